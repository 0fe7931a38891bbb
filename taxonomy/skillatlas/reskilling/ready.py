"""What a person could learn next: the outer fringe of what is held."""

from skillatlas.taxonomy import ConceptKind, Graph

from .assessment import clauses_missing
from .errors import NotFoundError
from .holdings import read_profile
from .identifying import Identifier
from .profile import Profile
from .settings import GapSettings


def ready_to_learn(
    graph: Graph, profile: Profile, under: str, *, settings: GapSettings | None = None
) -> tuple[str, ...]:
    """The active skills under a concept that are not held and whose HARD and COREQUISITE clauses the profile meets.

    In order of their ids. A held level that is not known counts as `level_if_unknown`. Raises NotFoundError for an
    unknown concept, and what `skill_gap` raises for a profile.
    """
    settings = settings or GapSettings()
    top = graph.find(under)
    if top is None:
        raise NotFoundError(f"under: there is no concept {under!r} in release {graph.release.number}")
    below = [graph.concepts[concept_id] for concept_id in sorted(graph.under(top.id)) if concept_id in graph.concepts]
    skills = [concept for concept in below if concept.kind is ConceptKind.SKILL and concept.active]
    schemes = frozenset({top.scheme, *(skill.scheme for skill in skills)})
    holdings = read_profile(graph, profile, Identifier(graph), schemes=schemes, settings=settings)
    return tuple(
        skill.id
        for skill in skills
        if skill.id not in holdings.held and not clauses_missing(graph, holdings, skill.id, settings)
    )
