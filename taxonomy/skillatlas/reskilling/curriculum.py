"""Courses held against what roles need: what a curriculum covers, and what a catalogue lacks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from skillatlas.taxonomy import Concept, ConceptKind, Graph, Necessity

from .errors import BadInputError, NotFoundError
from .gap import share_of
from .gap_model import GapStatus, NecessityShare
from .identifying import Identifier, check_count
from .path_offers import read_offers
from .path_problem import ANY_LEVEL
from .profile import Target
from .requirements import DEFAULT_SCHEME, read_target
from .settings import GapSettings


@dataclass(frozen=True, slots=True)
class CurriculumCoverage:
    """What a set of courses teaches of what a role needs: MET, LEVEL_GAP where the level is too low, else MISSING.

    `covered` and `uncovered` are needed skills, met or not; `untargeted` are taught and not needed; each by id.
    """

    release: int
    essential: NecessityShare
    optional: NecessityShare
    covered: tuple[str, ...]
    uncovered: tuple[str, ...]
    untargeted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CatalogueGap:
    """A skill that roles need and few courses of a catalogue teach."""

    skill_id: str
    needed_by_roles: int
    taught_by_courses: int


def curriculum_coverage(
    graph: Graph, course_ids: Sequence[str], role_id: str, *, settings: GapSettings | None = None
) -> CurriculumCoverage:
    """What courses teach of what a role needs; a course that states no level reaches the one needed.

    Raises BadInputError for an unknown course, NotFoundError for an unknown role.
    """
    settings = settings or GapSettings()
    check_count("courseIds", course_ids, settings.max_ids)
    for index, course_id in enumerate(course_ids):
        if graph.find_course(course_id) is None:
            where = f"courseIds[{index}]"
            raise BadInputError(where, f"there is no course {course_id!r} in release {graph.release.number}")
    target = Target(role_id=role_id)
    needs = read_target(
        graph, target, Identifier(graph), scheme=DEFAULT_SCHEME, settings=settings, role_field="roleId"
    ).items
    chosen = frozenset(course_ids)
    taught: dict[str, int] = {}
    for offer in read_offers(graph, settings.evidence_floor):
        if offer.course.id in chosen:
            for skill, item in offer.teaches.items():
                taught[skill] = max(taught.get(skill, 0), item.level or ANY_LEVEL)
    status = {need.skill_id: _status(taught.get(need.skill_id), need.level) for need in needs}
    met = {skill for skill, value in status.items() if value is GapStatus.MET}
    return CurriculumCoverage(
        release=graph.release.number,
        essential=share_of(status[need.skill_id] for need in needs if need.necessity is Necessity.ESSENTIAL),
        optional=share_of(status[need.skill_id] for need in needs if need.necessity is Necessity.OPTIONAL),
        covered=tuple(sorted(met)),
        uncovered=tuple(sorted(status.keys() - met)),
        untargeted=tuple(sorted(taught.keys() - status.keys())),
    )


def _status(taught: int | None, required: int | None) -> GapStatus:
    if taught is None:
        return GapStatus.MISSING
    return GapStatus.MET if taught >= (required or 1) else GapStatus.LEVEL_GAP


def catalogue_gaps(
    graph: Graph, catalogue: str, under: str, *, max_courses: int = 0, settings: GapSettings | None = None
) -> tuple[CatalogueGap, ...]:
    """Skills that active roles under a concept need and at most `max_courses` courses of a catalogue teach.

    At any level, needed as essential or optional; by the number of roles that need them, most first, then id. Raises
    NotFoundError for an unknown catalogue or concept, BadInputError for a negative number.
    """
    settings = settings or GapSettings()
    if max_courses < 0:
        raise BadInputError("maxCourses", f"{max_courses} is not 0 or more")
    if catalogue not in graph.catalogues:
        raise NotFoundError(f"catalogue: there is no catalogue {catalogue!r} in release {graph.release.number}")
    top = graph.find(under)
    if top is None:
        raise NotFoundError(f"under: there is no concept {under!r} in release {graph.release.number}")
    offers = [offer for offer in read_offers(graph, settings.evidence_floor) if offer.course.catalogue == catalogue]
    taught = Counter(skill for offer in offers for skill in offer.teaches)
    gaps = [CatalogueGap(skill, count, taught[skill]) for skill, count in _needed(graph, top).items()]
    few = [gap for gap in gaps if gap.taught_by_courses <= max_courses]
    return tuple(sorted(few, key=lambda gap: (-gap.needed_by_roles, gap.skill_id)))


def _needed(graph: Graph, top: Concept) -> dict[str, int]:
    """How many active roles under a concept need each active skill."""
    counts: dict[str, int] = {}
    for concept_id in graph.under(top.id):
        role = graph.concepts.get(concept_id)
        if role is None or role.kind is not ConceptKind.ROLE or not role.active:
            continue
        for skill_id in {need.to_id for need in graph.needs(role.id)}:
            skill = graph.concepts.get(skill_id)
            if skill is not None and skill.active:
                counts[skill_id] = counts.get(skill_id, 0) + 1
    return counts
