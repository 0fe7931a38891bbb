"""What a catalogue lacks: skills that roles need and few of its courses teach, or none at the level needed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from skillatlas.taxonomy import Concept, ConceptKind, Graph

from .demand import Demand
from .errors import BadInputError, NotFoundError
from .path_mapped import with_mapped
from .path_offers import Offer, read_offers
from .path_problem import ANY_LEVEL
from .settings import GapSettings


@dataclass(frozen=True, slots=True)
class CatalogueGap:
    """A skill that roles need and few courses of a catalogue teach.

    `unmet_roles`: how many of the roles need it at a level that no course of the catalogue reaches. `needed_level` is
    the highest that a role needs, None where any level will do; `taught_level` the highest stated one that is taught.
    `documents`: how many of the documents of the demand name it, None where that is not known.
    """

    skill_id: str
    needed_by_roles: int
    taught_by_courses: int
    unmet_roles: int
    needed_level: int | None
    taught_level: int | None
    documents: int | None = None


def catalogue_gaps(
    graph: Graph,
    catalogue: str,
    under: str,
    *,
    max_courses: int = 0,
    levels: bool = False,
    demand: Demand | None = None,
    settings: GapSettings | None = None,
) -> tuple[CatalogueGap, ...]:
    """Skills that active roles under a concept need and at most `max_courses` courses of a catalogue teach.

    Needed as essential or optional, taught at any level; `levels` adds the skills that more courses teach, but none at
    the level that some of the roles need. By the number of roles that need them, most first, then id; with a demand
    by the documents that name them before that. Raises NotFoundError for an unknown catalogue or concept,
    BadInputError for a negative number.
    """
    settings = settings or GapSettings()
    if max_courses < 0:
        raise BadInputError("maxCourses", f"{max_courses} is not 0 or more")
    if catalogue not in graph.catalogues:
        raise NotFoundError(f"catalogue: there is no catalogue {catalogue!r} in release {graph.release.number}")
    top = graph.find(under)
    if top is None:
        raise NotFoundError(f"under: there is no concept {under!r} in release {graph.release.number}")
    needed = _needed(graph, top)
    own = [offer for offer in read_offers(graph, settings.evidence_floor) if offer.course.catalogue == catalogue]
    schemes = frozenset(graph.concepts[skill].scheme for skill in needed)
    offers = with_mapped(graph, own, schemes, settings.evidence_floor)
    taught = Counter(skill for offer in offers for skill in offer.teaches)
    reached = taught_levels(offers)
    gaps = []
    for skill, asked in needed.items():
        level = reached.get(skill, 0)
        gap = CatalogueGap(
            skill_id=skill,
            needed_by_roles=len(asked),
            taught_by_courses=taught[skill],
            unmet_roles=sum(level < one for one in asked),
            needed_level=max((one for one in asked if one > 1), default=None),
            taught_level=level if 0 < level < ANY_LEVEL else None,
            documents=_documents(graph, skill, demand),
        )
        if gap.taught_by_courses <= max_courses or (levels and gap.unmet_roles):
            gaps.append(gap)
    return tuple(sorted(gaps, key=gap_order))


def gap_order(gap: CatalogueGap) -> tuple[int, int, str]:
    """Most documents first, then most roles, then id."""
    return -(gap.documents or 0), -gap.needed_by_roles, gap.skill_id


def _documents(graph: Graph, skill_id: str, demand: Demand | None) -> int | None:
    if demand is None or graph.concepts[skill_id].scheme != demand.scheme:
        return None
    return demand.seen.get(skill_id, 0)


def _needed(graph: Graph, top: Concept) -> dict[str, list[int]]:
    """The levels at which active roles under a concept need each active skill, one a role; at any level: 1."""
    levels: dict[str, list[int]] = {}
    for concept_id in sorted(graph.under(top.id)):
        role = graph.concepts.get(concept_id)
        if role is None or role.kind is not ConceptKind.ROLE or not role.active:
            continue
        asked: dict[str, int] = {}
        for need in graph.needs(role.id):
            asked[need.to_id] = max(asked.get(need.to_id, 1), need.level or 1)
        for skill_id, level in asked.items():
            skill = graph.concepts.get(skill_id)
            if skill is not None and skill.active:
                levels.setdefault(skill_id, []).append(level)
    return levels


def taught_levels(offers: Iterable[Offer]) -> Mapping[str, int]:
    """The highest level that any of the offers reaches, by skill; ANY_LEVEL where one of them states none."""
    levels: dict[str, int] = {}
    for offer in offers:
        for skill, taught in offer.teaches.items():
            levels[skill] = max(levels.get(skill, 0), taught.level or ANY_LEVEL)
    return levels
