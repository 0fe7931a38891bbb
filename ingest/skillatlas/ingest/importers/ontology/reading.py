"""From ontology files to a harvest: parse, validate by shapes, build, check the rules between concepts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from rdflib import URIRef

from skillatlas.taxonomy import (
    OWN_SOURCE,
    Concept,
    Course,
    Edge,
    EntityType,
    Record,
    Related,
    Scheme,
    Store,
    collector_off,
    edge_id,
    from_record,
)

from ...errors import ImportFaultsError, UnreadableError
from ...findings import Finding, fault, ordered
from ...progress import NoProgress, Progress
from ...settings import OntologySettings
from ..draft import open_draft
from ..files import unreadable
from ..harvest import Harvest, covers_source, retired
from . import terms
from .building import ConceptBuilder
from .content import Content
from .labels import check_forms, check_labels, check_shared_labels
from .quality import check_quality
from .rules import check_cycles, check_edges, check_ids, check_replacements, check_tree
from .scheme import find_scheme
from .turtle import TurtleFile, parse_turtle


def shipped_ontology() -> Path:
    """The folder of the ontology that comes with the program."""
    return Path(str(files("skillatlas.ontologies").joinpath("scheme.ttl"))).parent


def check_ontology(paths: Iterable[Path] = (), *, progress: Progress | None = None) -> tuple[Finding, ...]:
    """Every finding in ontology files, by file and line; without paths, in the shipped ontology.

    A folder is checked as one unit. Of single files, references to what is not in them are not judged: what is
    missing may be in the store. Raises nothing for what is wrong with the files: that is among the findings.
    """
    given = tuple(Path(path) for path in paths) or (shipped_ontology(),)
    try:
        content, partial = _read(given, progress or NoProgress())
    except ImportFaultsError as error:
        return ordered(error.findings)
    _check(content, partial=partial)
    if not partial:
        check_quality(content, OntologySettings())
    return ordered(content.findings)


def read_ontology(paths: Iterable[Path] | Path, *, progress: Progress | None = None) -> Harvest:
    """An ontology: a folder is the whole of its scheme, single files are a part of it.

    A part takes no concept away, but is the whole of the concepts that it describes: of these, edges that it lacks
    are removed (of skos:related those between two of them). A part is checked beside what the store has. Raises
    UnreadableError for files that cannot be read; all other faults are in the harvest.
    """
    given = (paths,) if isinstance(paths, Path) else tuple(Path(path) for path in paths)
    content, partial = _read(given, progress or NoProgress())
    if partial:
        return Harvest(content.scheme.key, (), scheme=content.scheme, beside=lambda store: _beside(store, content))
    _check(content, partial=False)
    return _harvest(content)


def _read(paths: Sequence[Path], progress: Progress) -> tuple[Content, bool]:
    """Parse and build; whether the files are a part only. Raises UnreadableError with all unreadable files."""
    with collector_off():
        return _read_files(paths, progress)


def _read_files(paths: Sequence[Path], progress: Progress) -> tuple[Content, bool]:
    from .shapes import load_shapes, shape_faults

    named, partial = _files(paths)
    parsed: list[TurtleFile] = []
    broken: list[Finding] = []
    with progress.task("reading ontology files", len(named)) as step:
        for name, path in named:
            try:
                parsed.append(parse_turtle(path, name))
            except UnreadableError as error:
                broken += error.findings
            step(1)
    if broken:
        raise UnreadableError(ordered(broken))
    parsed = [file for file in parsed if not _is_vocabulary(file)]
    found = find_scheme(parsed, ", ".join(path.name or str(path) for path in paths), partial=partial)
    content = Content(found.scheme, found.iri, found.stated)
    shapes = load_shapes()
    with progress.task("checking ontology files", len(parsed)) as step:
        described: dict[str, str] = {}
        for file in parsed:
            _build(content, file, described)
            for owner, finding in shape_faults(file, shapes):
                content.findings.append(finding)
                if owner is not None:
                    content.faulty.add(ConceptBuilder(content, file).own_id(owner))
            step(1)
    return content, partial


def _files(paths: Sequence[Path]) -> tuple[list[tuple[str, Path]], bool]:
    """The files with the names that findings give them, and whether they are a part of their scheme."""
    found: dict[str, Path] = {}
    partial = True
    for path in paths:
        if path.is_dir():
            partial = False
            inside = sorted(item for item in path.rglob("*.ttl") if item.is_file())
            if not inside:
                raise unreadable(str(path), None, "holds no .ttl file")
            found |= {item.relative_to(path).as_posix(): item for item in inside}
        else:
            found[path.name if path.name not in found else str(path)] = path
    if not found:
        raise unreadable("ontology", None, "no file was named")
    return sorted(found.items()), partial


def _is_vocabulary(file: TurtleFile) -> bool:
    """Whether a file holds a vocabulary or shapes instead of content."""
    return any(URIRef(terms.ONTOLOGY) in values.get(terms.RDF_TYPE, ()) for values in file.values.values())


def _build(content: Content, file: TurtleFile, described: dict[str, str]) -> None:
    """Add the file's concepts; each subject must be one, and described once."""
    builder = ConceptBuilder(content, file)
    for iri, lines in sorted(file.lines.items()):
        subject = URIRef(iri)
        values = file.values.get(subject)
        if values is None:
            continue
        types = [str(value) for value in values.get(terms.RDF_TYPE, ())]
        if terms.CONCEPT_SCHEME in types:
            continue
        kinds = [terms.KINDS[name] for name in types if name in terms.KINDS]
        identifier = builder.own_id(subject)
        unknown = [terms.short(name) for name in types if name not in terms.KINDS and name != terms.CONCEPT]
        if not kinds or unknown:
            what = f"is a {', '.join(unknown)}" if unknown else "has no class"
            text = f"{identifier}: {what}; a concept is one of {', '.join(terms.short(name) for name in terms.KINDS)}"
            content.findings.append(fault(file.name, lines[0], text, rule="class"))
            content.faulty.add(identifier)
            if not kinds:
                continue
        if len(lines) > 1:
            text = f"{identifier}: is described again; it began in line {lines[0]}"
            content.findings.append(fault(file.name, lines[1], text, rule="duplicate"))
            content.faulty.add(identifier)
        if iri in described:
            text = f"{identifier}: is described in {described[iri]} too"
            content.findings.append(fault(file.name, lines[0], text, rule="duplicate"))
            content.faulty.add(identifier)
            continue
        described[iri] = f"{file.name}:{lines[0]}"
        builder.build(subject, kinds[0])


def _check(content: Content, *, partial: bool) -> None:
    check_ids(content)
    check_edges(content, partial=partial)
    check_tree(content)
    check_cycles(content)
    check_replacements(content, partial=partial)
    check_labels(content)
    check_shared_labels(content)
    check_forms(content)


def _harvest(content: Content) -> Harvest:
    """The harvest of the concepts that the files describe."""
    whole = {identifier for identifier in content.places if identifier not in content.faulty}
    concepts = [content.concepts[identifier] for identifier in sorted(whole)]
    # RELATED may be stated on both sides, and begins at the smaller id whoever states it.
    edges = {edge_id(edge): edge for edge in content.edges if _states(content, edge) and _whole(edge, whole, content)}
    return Harvest(
        key=content.scheme.key,
        entities=(*concepts, *edges.values()),
        findings=ordered(content.findings),
        scheme=content.scheme,
        covers=covers_source(OWN_SOURCE),
        successor=retired("no longer in the ontology"),
        left_out=frozenset(content.faulty),
    )


def _states(content: Content, edge: Edge) -> bool:
    """Whether the files, not the store, state the edge."""
    return edge.from_id in content.places or (isinstance(edge, Related) and edge.to_id in content.places)


def _whole(edge: Edge, whole: set[str], content: Content) -> bool:
    """Whether what states the edge is free of faults; its end may be faulty, and be in the store."""
    return edge.from_id in whole or (isinstance(edge, Related) and edge.from_id not in content.faulty)


def _beside(store: Store, part: Content) -> Harvest:
    """A part, checked beside the rest of its scheme in the draft."""
    merged = Content(
        scheme=part.scheme,
        scheme_iri=part.scheme_iri,
        stated=part.stated,
        concepts=dict(part.concepts),
        edges=list(part.edges),
        places=part.places,
        primary=dict(part.primary),
        findings=list(part.findings),
        faulty=set(part.faulty),
    )
    stored: Scheme | None = None
    with open_draft(store, scheme=part.scheme.key) as rows:
        for row in rows:
            entity = from_record(row)
            if isinstance(entity, Scheme):
                stored = entity
            elif isinstance(entity, Concept):
                merged.concepts.setdefault(entity.id, entity)
            elif not isinstance(entity, Course) and not _owned(part, entity):
                merged.edges.append(entity)
    if stored is None and not part.stated:
        text = f"the store has no scheme {part.scheme.key!r} yet: import the whole folder first"
        raise ImportFaultsError((fault(next(iter(part.places.values())).file, None, text, rule="scheme"),))
    _check(merged, partial=False)
    harvest = _harvest(merged)

    def covers(record: Record, body: Mapping[str, Any]) -> bool:
        if record.entity_type is not EntityType.EDGE or body["source"] != OWN_SOURCE:
            return False
        entity = from_record(record)
        assert not isinstance(entity, Concept | Course | Scheme)
        return _owned(part, entity)

    return replace(harvest, covers=covers, scheme=harvest.scheme if part.stated else stored)


def _owned(part: Content, edge: Edge) -> bool:
    """Whether a part decides alone if an edge is there: RELATED may be stated on either side."""
    if isinstance(edge, Related) and edge.to_id not in part.places:
        return False
    return edge.from_id in part.places
