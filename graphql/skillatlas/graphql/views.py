"""What resolvers hand to each other: entities of the taxonomy with the graph that they were read in."""

from collections.abc import Iterable
from dataclasses import dataclass

from skillatlas.taxonomy import (
    Concept,
    ConceptKind,
    Course,
    Graph,
    Label,
    Needs,
    Resolution,
    ResolutionStatus,
    Scheme,
)


@dataclass(frozen=True, slots=True)
class ConceptView:
    """A concept of a graph."""

    graph: Graph
    concept: Concept


@dataclass(frozen=True, slots=True)
class SchemeView:
    """A scheme of a graph."""

    graph: Graph
    scheme: Scheme


@dataclass(frozen=True, slots=True)
class NeedView:
    """What a role needs, in a graph."""

    graph: Graph
    edge: Needs


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause of prerequisites of a skill."""

    graph: Graph
    any_of: tuple[str, ...]
    kind: str
    level: int | None
    source: str
    confidence: float


@dataclass(frozen=True, slots=True)
class SkillAtView:
    """A skill with a level, and how sure it is where that is asked: taught, or assumed by a course."""

    skill: ConceptView
    level: int | None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class CourseView:
    """A course of a graph's catalogues."""

    graph: Graph
    course: Course


@dataclass(frozen=True, slots=True)
class ResolutionView:
    """What became of an id, up to the graph's release."""

    graph: Graph
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class ImpactView:
    """What became of many ids between release `start` and the graph's; `counts` without those of 0."""

    graph: Graph
    start: int
    counts: tuple[tuple[ResolutionStatus, int], ...]
    affected: tuple[ResolutionView, ...]


@dataclass(frozen=True, slots=True)
class HitView:
    """A found concept."""

    concept: ConceptView
    matched_label: Label
    score: float
    matched_text: str | None = None


@dataclass(frozen=True, slots=True)
class RankedView:
    """A skill with a score."""

    skill: ConceptView
    score: float


def concept_view(graph: Graph, concept_id: str) -> ConceptView | None:
    """The concept of an id, None where the graph has none."""
    concept = graph.concepts.get(concept_id)
    return None if concept is None else ConceptView(graph, concept)


def concept_views(graph: Graph, ids: Iterable[str]) -> list[ConceptView]:
    """The concepts of those ids that the graph has, in the same order."""
    return [ConceptView(graph, concept) for one in ids if (concept := graph.concepts.get(one)) is not None]


def skill_view(graph: Graph, skill_id: str) -> ConceptView | None:
    """The skill of an id; None for another kind of concept, which a field of type Skill could not answer."""
    concept = graph.concepts.get(skill_id)
    if concept is None or concept.kind is not ConceptKind.SKILL:
        return None
    return ConceptView(graph, concept)


def skill_views(graph: Graph, ids: Iterable[str]) -> list[ConceptView]:
    """The skills of those ids that the graph has, in the same order."""
    return [view for one in ids if (view := skill_view(graph, one)) is not None]
