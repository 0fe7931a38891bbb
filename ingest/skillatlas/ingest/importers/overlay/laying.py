"""Laying an overlay over the scheme in the draft, finished beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rdflib import URIRef

from skillatlas.taxonomy import (
    LOCAL,
    OWN_SOURCE,
    Concept,
    ConceptKind,
    Course,
    Eases,
    Edge,
    EntityType,
    LocalConflict,
    LocalPart,
    MapsTo,
    Needs,
    PrerequisiteKind,
    Record,
    Related,
    Requires,
    Scheme,
    Store,
    compact,
    edge_id,
    from_record,
    local_part,
    with_local,
    without_local,
)

from ...findings import Finding, ordered, warning
from ..draft import open_draft
from ..harvest import Harvest
from ..laying import edge_is_local
from ..mappings import Stated, read_ends, settle_mappings
from ..ontology.building import ConceptBuilder
from ..ontology.content import Content, Place
from ..ontology.rules import check_cycles
from ..ontology.turtle import TurtleFile
from .checking import block_faults

_MARK: Mapping[str, Any] = {LOCAL: True}
_OWN = f'"source":"{OWN_SOURCE}"'.encode()


@dataclass(slots=True)
class _Held:
    """Of the scheme in the draft: concepts, ids of edges that are not local, hard prerequisites, local mappings."""

    concepts: dict[str, Concept] = field(default_factory=dict)
    stated: set[str] = field(default_factory=set)
    hard: list[Edge] = field(default_factory=list)
    mappings: dict[str, MapsTo] = field(default_factory=dict)


def beside_scheme(store: Store, key: str, namespace: str, files: Sequence[TurtleFile], *, whole: bool) -> Harvest:
    """The finished harvest: concepts with their local parts, and local edges."""
    held = _read(store, key)
    content = Content(Scheme(key, namespace, key), "", stated=False)
    for file in files:
        _build(content, file, held, key, namespace)
    own = [edge for edge in content.edges if edge.from_id in content.places or isinstance(edge, Related)]
    content.edges = held.hard + [edge for edge in own if isinstance(edge, Requires)]
    check_cycles(content)
    findings: list[Finding] = []
    edges: dict[str, tuple[str, Edge]] = {}
    stated: list[Stated] = []
    for edge in own:
        owner = edge.from_id if edge.from_id in content.places else edge.to_id if isinstance(edge, Related) else ""
        if owner in content.faulty or owner not in content.places:
            continue
        place = content.places[owner]
        marked = replace(edge, data=_MARK)
        if isinstance(marked, MapsTo) and edge_id(marked) in held.mappings:
            # Once written, it stays as it is, though its end may be deprecated since: it is stale then.
            edges[edge_id(marked)] = owner, held.mappings[edge_id(marked)]
        elif isinstance(marked, MapsTo):
            stated.append(Stated(marked, place.file, place.line))
        elif (problem := _problem(marked, held)) is None:
            edges[edge_id(marked)] = owner, marked
        else:
            rule, text = problem
            if rule in ("deprecated-end", "same"):
                findings.append(warning(place.file, place.line, f"{edge_id(marked)}: {text}", rule=rule))
            else:
                content.fault(owner, rule, f"{edge_id(marked)} {text}")
    mappings, more = settle_mappings(store, key, read_ends(store), stated, keep_unknown=True) if stated else ([], [])
    concepts = list(_concepts(content, held, whole=whole))
    relations = [edge for owner, edge in edges.values() if owner not in content.faulty]
    relations += (edge for edge in mappings if edge.from_id not in content.faulty)
    places = content.places

    def covers(record: Record, body: Mapping[str, Any]) -> bool:
        if record.entity_type is not EntityType.EDGE or not edge_is_local(body):
            return False
        ends = (body["from"], *(body["to"] if body["type"] == "RELATED" else ()))
        return whole or any(end in places for end in ends)

    return Harvest(
        key=key,
        entities=(*concepts, *relations),
        findings=ordered([*content.findings, *findings, *more]),
        covers=covers,
        left_out=frozenset(content.faulty),
        overlay=True,
    )


def _read(store: Store, key: str) -> _Held:
    found = _Held()
    with open_draft(store, scheme=key) as rows:
        for row in rows:
            if row.entity_type is EntityType.CONCEPT:
                concept = from_record(row)
                assert isinstance(concept, Concept)
                found.concepts[concept.id] = concept
            elif row.entity_type is EntityType.EDGE:
                if _OWN not in row.body:
                    found.stated.add(row.entity_id)
                    if row.entity_id.startswith("REQUIRES|") and f"|{PrerequisiteKind.HARD}|" in row.entity_id:
                        found.hard.append(_edge(row))
                    continue
                edge = _edge(row)
                if not (edge.data or {}).get(LOCAL):
                    found.stated.add(row.entity_id)
                    if isinstance(edge, Requires) and edge.kind is PrerequisiteKind.HARD:
                        found.hard.append(edge)
                elif isinstance(edge, MapsTo):
                    found.mappings[row.entity_id] = edge
    return found


def _edge(row: Record) -> Edge:
    edge = from_record(row)
    assert not isinstance(edge, Concept | Course | Scheme)
    return edge


def _build(content: Content, file: TurtleFile, held: _Held, key: str, namespace: str) -> None:
    """Add what a file says of concepts that the store has; the rest are faults."""
    builder = ConceptBuilder(content, file)
    for subject in sorted(subject for subject in file.values if isinstance(subject, URIRef)):
        values, line = file.values[subject], file.line(subject)
        name = compact(str(subject), key, namespace)
        known = held.concepts.get(name)
        texts = list(block_faults(file, values))
        if known is None:
            texts = [f"the store has no concept {name}"]
        elif len(file.lines.get(str(subject), ())) > 1 or name in content.places:
            texts.append("is described twice")
        if texts:
            content.places.setdefault(name, Place(file.name, line))
            for text in texts:
                content.fault(name, "overlay", text)
            continue
        assert known is not None
        builder.build(subject, known.kind)


def _concepts(content: Content, held: _Held, *, whole: bool) -> Iterable[Concept]:
    """The concepts described, laid over; of a whole overlay those too that it no longer describes."""
    for name in sorted(content.places):
        if name in content.faulty:
            continue
        built, place = content.concepts[name], content.places[name]
        source = without_local(held.concepts[name])
        part = LocalPart(built.labels, built.definitions, local_part(held.concepts[name]).replacement)
        laid, conflicts = with_local(source, part)
        content.findings += (_told(conflict, place) for conflict in conflicts)
        if not laid.active:
            text = f"{name}: is deprecated; what is ours stays at it"
            content.findings.append(warning(place.file, place.line, text, rule="local-deprecated"))
        yield laid
    for name, concept in sorted(held.concepts.items()) if whole else ():
        part = local_part(concept)
        if (part.labels or part.definitions) and name not in content.places:
            yield with_local(without_local(concept), LocalPart(replacement=part.replacement))[0]


def _told(conflict: LocalConflict, place: Place) -> Finding:
    return warning(place.file, place.line, f"{conflict.entity_id}: {conflict.text}", rule=f"local-{conflict.rule}")


def _problem(edge: Edge, held: _Held) -> tuple[str, str] | None:
    """Why a local edge cannot be written: the rule and the text."""
    if edge_id(edge) in held.stated:
        return "same", "the source says it itself; left out"
    start = held.concepts.get(edge.from_id)
    starts = {Needs: ConceptKind.ROLE, Requires: ConceptKind.SKILL, Eases: ConceptKind.SKILL}
    wanted = starts.get(type(edge))
    if start is not None and wanted is not None and start.kind is not wanted:
        return "kind", f"begins at a {start.kind}, and only a {wanted} has it"
    for name in edge.any_of if isinstance(edge, Requires) else (edge.to_id,):
        end = held.concepts.get(name)
        if end is None or start is None:
            return "dangling", f"names {name if end is None else edge.from_id}, which the scheme does not have"
        if end.id == start.id:
            return "self", "names the concept itself"
        if start.active and not end.active:
            return "deprecated-end", f"{end.id} is deprecated; left out"
        if isinstance(edge, Needs | Requires | Eases) and end.kind is not ConceptKind.SKILL:
            return "kind", f"{end.id} is a {end.kind}, and it leads to skills"
    return None
