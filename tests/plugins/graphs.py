"""Graphs for tests, made from entities alone, as they would be if published together."""

from collections.abc import Iterable

from histories import scheme_of
from skillatlas.taxonomy import (
    Concept,
    ConceptKind,
    Course,
    Entity,
    Graph,
    Label,
    LabelType,
    Release,
    Scheme,
    SchemeState,
)


def concept(concept_id: str, kind: ConceptKind = ConceptKind.SKILL, label: str | None = None) -> Concept:
    """An active concept with one English label."""
    scheme = concept_id.partition(":")[0]
    labels = (Label(LabelType.PREFERRED, "en", label or concept_id),)
    return Concept(concept_id, f"https://example.org/{scheme}/{concept_id}", scheme, kind, labels)


def graph_of(entities: Iterable[Entity]) -> Graph:
    """The graph of these entities, as release 1."""
    schemes = [entity for entity in entities if isinstance(entity, Scheme)]
    concepts = [entity for entity in entities if isinstance(entity, Concept)]
    courses = [entity for entity in entities if isinstance(entity, Course)]
    edges = [entity for entity in entities if not isinstance(entity, (Scheme, Concept, Course))]
    named: list[Scheme | Concept | Course] = [*schemes, *concepts, *courses]
    keys = sorted({scheme_of(entity) for entity in named})
    release = Release(1, "2026-01-01T00:00:00Z", None, "sha256:0", len(concepts), len(edges), 0, 0)
    states = [SchemeState(key, "sha256:0", 0, 1) for key in keys]
    return Graph(release, states, schemes, concepts, edges, courses)
