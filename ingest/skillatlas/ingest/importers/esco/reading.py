"""From the zips of ESCO to a harvest of the scheme `esco`."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from skillatlas.taxonomy import (
    ESCO_NAMESPACE,
    Concept,
    ConceptKind,
    Entity,
    EntityType,
    Record,
    Replacement,
    ReplacementKind,
    Scheme,
    Store,
    from_record,
)

from ...findings import Finding, ordered, warning
from ...progress import NoProgress, Progress
from ..draft import open_draft
from ..files import unreadable
from ..harvest import Harvest, covers_source
from .concepts import KEY, EscoConcepts, read_concepts
from .package import EscoPackage
from .relations import SOURCE, End, read_edges

_GROUP_KINDS = frozenset({ConceptKind.AREA, ConceptKind.SKILL_GROUP})


def read_esco(paths: Iterable[Path], *, progress: Progress | None = None) -> Harvest:
    """The whole of ESCO from its classification and relations zips, in any order, of one version and language.

    With the classification alone, relations stay as they are; with the relations alone, they are read beside the
    concepts that the store has. Raises UnreadableError for what cannot be read at all.
    """
    files = tuple(Path(path) for path in paths)
    package = EscoPackage(files)
    watcher = progress or NoProgress()
    if not package.has_classification:
        return Harvest(KEY, (), beside=lambda store: _relations_alone(store, package, watcher))
    with watcher.task("reading ESCO's concepts") as step:
        concepts = read_concepts(package)
        step(len(concepts.by_id))
    ends = _ends([*concepts.by_id.values(), *concepts.left_out.values()])
    findings = [*concepts.findings, *_unknown_version(package, files)]
    left_out = set(concepts.left_out)
    entities: list[Entity] = [*concepts.by_id.values()]
    if package.has_relations:
        with watcher.task("reading ESCO's relations") as step:
            edges = read_edges(package, ends)
            step(len(edges.edges))
        findings += edges.findings
        left_out |= edges.left_out
        entities += (edge for edge in edges.edges if edge.from_id not in concepts.left_out)
    harvest = Harvest(
        key=KEY,
        entities=tuple(entities),
        findings=ordered(findings),
        scheme=_scheme(package.version),
        covers=covers_source(SOURCE) if package.has_relations else _covers_concepts,
        left_out=frozenset(left_out),
    )
    reason = f"not in ESCO {package.version}" if package.version else "no longer in ESCO"
    return replace(
        harvest, beside=lambda store: replace(harvest, beside=None, successor=_successor(store, concepts, reason))
    )


def _covers_concepts(record: Record, _body: Mapping[str, Any]) -> bool:
    return record.entity_type is EntityType.CONCEPT


def _scheme(version: str | None) -> Scheme:
    return Scheme(
        key=KEY,
        namespace=ESCO_NAMESPACE,
        title="ESCO: European Skills, Competences, Qualifications and Occupations",
        version=version,
        licence="Commission Decision 2011/833/EU (reuse with acknowledgement)",
        attribution=(
            "This service uses the ESCO classification of the European Commission"
            + (f", version {version}" if version else "")
            + ". Changed by skillatlas: labels trimmed and repetitions and relations with missing ends left out."
        ),
        source_url="https://esco.ec.europa.eu/",
    )


def _unknown_version(package: EscoPackage, files: tuple[Path, ...]) -> list[Finding]:
    if package.version:
        return []
    text = "the file names do not tell the version (as in v1.1.1), so the scheme has none"
    return [warning(min(files).name, None, text, rule="version")]


def _ends(concepts: Iterable[Concept]) -> dict[str, End]:
    return {concept.id: End(concept.kind, str((concept.data or {}).get("code", ""))) for concept in concepts}


def _relations_alone(store: Store, package: EscoPackage, progress: Progress) -> Harvest:
    """The relations beside the concepts of the draft."""
    concepts = _draft_concepts(store)
    if not concepts:
        place = package.place("occupationSkillRelations")
        raise unreadable(place, None, "the store has no ESCO yet: give the classification zip too")
    with progress.task("reading ESCO's relations") as step:
        edges = read_edges(package, _ends(concepts))
        step(len(edges.edges))

    def covers(record: Record, body: Mapping[str, Any]) -> bool:
        return record.entity_type is EntityType.EDGE and body["source"] == SOURCE

    return Harvest(KEY, tuple(edges.edges), ordered(edges.findings), covers=covers, left_out=frozenset(edges.left_out))


def _draft_concepts(store: Store) -> list[Concept]:
    """The active concepts of ESCO in the draft."""
    found = []
    with open_draft(store, scheme=KEY) as rows:
        for row in rows:
            if row.entity_type is EntityType.CONCEPT:
                concept = from_record(row)
                assert isinstance(concept, Concept)
                if concept.active:
                    found.append(concept)
            elif row.entity_type is EntityType.EDGE:
                break
    return found


def _successor(store: Store, concepts: EscoConcepts, reason: str) -> Callable[[Concept], Replacement]:
    """What follows a concept that vanished: of a skill group, the one that has its code now, if it is the only one.

    1.1.1 gave every group of the skill pillars a new URI; the code is what stayed.
    """
    now = _by_code(concepts.by_id.values())
    before = Counter(_code(concept) for concept in _draft_concepts(store) if concept.kind in _GROUP_KINDS)

    def successor(concept: Concept) -> Replacement:
        code = _code(concept)
        if concept.kind in _GROUP_KINDS and code and before[code] == 1 and len(now.get(code, ())) == 1:
            return Replacement(ReplacementKind.REPLACED, tuple(now[code]), "same code")
        return Replacement(ReplacementKind.RETIRED, (), reason)

    return successor


def _by_code(concepts: Iterable[Concept]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for concept in concepts:
        if concept.kind in _GROUP_KINDS and _code(concept):
            found.setdefault(_code(concept), []).append(concept.id)
    return found


def _code(concept: Concept) -> str:
    return str((concept.data or {}).get("code", ""))
