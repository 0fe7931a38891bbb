"""Courses held against what a role needs: what a curriculum covers, and how far it leads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from skillatlas.taxonomy import Graph, Necessity

from .errors import BadInputError
from .gap import share_of
from .gap_model import GapStatus, NecessityShare
from .identifying import Identifier, check_count
from .path_mapped import with_mapped
from .path_offers import Offer, read_offers
from .path_problem import ANY_LEVEL
from .profile import Target
from .requirements import DEFAULT_SCHEME, Requirement, read_target
from .settings import GapSettings


@dataclass(frozen=True, slots=True)
class CoveredNeed:
    """One need of the role and how far the courses lead: MET, LEVEL_GAP where the level is too low, else MISSING.

    `taught_level`: the highest stated level, None where none is stated or nothing teaches it. `course_ids`: the
    courses that teach it, at any level. `through`: the skills of other schemes, mapped to it as EXACT, as which
    courses teach it.
    """

    skill_id: str
    status: GapStatus
    necessity: Necessity
    required_level: int | None
    taught_level: int | None
    course_ids: tuple[str, ...]
    through: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CurriculumCoverage:
    """What a set of courses teaches of what a role needs.

    `covered` and `uncovered` are needed skills, met or not; `untargeted` are taught and not needed; each by id.
    `needs` has every need, by importance (highest first, unknown last), then id.
    """

    release: int
    essential: NecessityShare
    optional: NecessityShare
    covered: tuple[str, ...]
    uncovered: tuple[str, ...]
    untargeted: tuple[str, ...]
    needs: tuple[CoveredNeed, ...]
    warnings: tuple[str, ...]


def curriculum_coverage(
    graph: Graph, course_ids: Sequence[str], role_id: str, *, settings: GapSettings | None = None
) -> CurriculumCoverage:
    """What courses teach of what a role needs; a course that states no level reaches the one needed.

    A skill of another scheme counts where it is mapped to the needed one as EXACT. Raises BadInputError for an
    unknown course, NotFoundError for an unknown role.
    """
    settings = settings or GapSettings()
    check_count("courseIds", course_ids, settings.max_ids)
    for index, course_id in enumerate(course_ids):
        if graph.find_course(course_id) is None:
            where = f"courseIds[{index}]"
            raise BadInputError(where, f"there is no course {course_id!r} in release {graph.release.number}")
    target = Target(role_id=role_id)
    identifier = Identifier(graph)
    required = read_target(graph, target, identifier, scheme=DEFAULT_SCHEME, settings=settings, role_field="roleId")
    chosen = frozenset(course_ids)
    offers = [offer for offer in read_offers(graph, settings.evidence_floor) if offer.course.id in chosen]
    teachers: dict[str, list[Offer]] = {}
    for offer in with_mapped(graph, offers, required.schemes, settings.evidence_floor):
        for skill in offer.teaches:
            teachers.setdefault(skill, []).append(offer)
    needs = tuple(_covered(need, teachers.get(need.skill_id, ())) for need in required.items)
    met = {need.skill_id for need in needs if need.status is GapStatus.MET}
    used = {need.skill_id for need in needs} | {source for need in needs for source in need.through}
    stated = {skill for offer in offers for skill in offer.teaches}
    return CurriculumCoverage(
        release=graph.release.number,
        essential=_share(needs, Necessity.ESSENTIAL),
        optional=_share(needs, Necessity.OPTIONAL),
        covered=tuple(sorted(met)),
        uncovered=tuple(sorted({need.skill_id for need in needs} - met)),
        untargeted=tuple(sorted(stated - used)),
        needs=needs,
        warnings=(*identifier.warnings, *required.warnings, *_mapped_warnings(needs)),
    )


def _covered(need: Requirement, teachers: Sequence[Offer]) -> CoveredNeed:
    skill = need.skill_id
    reached = max((offer.teaches[skill].level or ANY_LEVEL for offer in teachers), default=None)
    stated = [level for offer in teachers if (level := offer.teaches[skill].level) is not None]
    return CoveredNeed(
        skill_id=skill,
        status=_status(reached, need.level),
        necessity=need.necessity,
        required_level=need.level,
        taught_level=max(stated, default=None),
        course_ids=tuple(offer.course.id for offer in teachers),
        through=tuple(sorted({offer.through[skill] for offer in teachers if skill in offer.through})),
    )


def _status(taught: int | None, required: int | None) -> GapStatus:
    if taught is None:
        return GapStatus.MISSING
    return GapStatus.MET if taught >= (required or 1) else GapStatus.LEVEL_GAP


def _share(needs: Iterable[CoveredNeed], necessity: Necessity) -> NecessityShare:
    return share_of(need.status for need in needs if need.necessity is necessity)


def _mapped_warnings(needs: Iterable[CoveredNeed]) -> tuple[str, ...]:
    mapped = [f"{need.skill_id} as {', '.join(need.through)}" for need in needs if need.through]
    return (f"taught through an EXACT mapping: {'; '.join(mapped)}",) if mapped else ()
