"""The skill gap: what a target requires against what a profile holds."""

import math
from collections.abc import Iterable, Sequence

from skillatlas.taxonomy import Graph, Necessity

from .assessment import Assessment, assess, clauses_missing
from .demand import Demand
from .gap_model import GapStatus, NecessityShare, SkillGap, SkillGapEntry
from .gap_parameters import gap_parameters
from .holdings import Holdings
from .priorities import rank_priorities
from .profile import Profile, Target
from .requirements import DEFAULT_SCHEME, Requirements
from .settings import GapSettings
from .standing import Standing, read_standing


def skill_gap(
    graph: Graph,
    profile: Profile,
    target: Target,
    *,
    scheme: str = DEFAULT_SCHEME,
    settings: GapSettings | None = None,
    demand: Demand | None = None,
) -> SkillGap:
    """How far a profile is from a target, skill by skill, with the evidence and the range of what is not known.

    `scheme` is that in which a target text was read; `demand` only weighs in the priorities. Raises BadInputError
    for what breaks a rule of the input or names no skill, NotFoundError for an unknown role or scheme.
    """
    return gap_of(read_standing(graph, profile, target, scheme=scheme, settings=settings, demand=demand))


def gap_of(standing: Standing) -> SkillGap:
    """The gap of a question that has been read."""
    return measure(
        standing.graph,
        standing.requirements,
        standing.holdings,
        standing.warnings,
        standing.settings,
        standing.demand,
    )


def measure(
    graph: Graph,
    requirements: Requirements,
    holdings: Holdings,
    warnings: tuple[str, ...],
    settings: GapSettings,
    demand: Demand | None = None,
) -> SkillGap:
    """The gap between requirements and holdings that have been read."""
    assessments = [assess(graph, holdings, requirement, settings) for requirement in requirements.items]
    total = math.fsum(requirement.weight for requirement in requirements.items)
    if requirements.items and total <= 0.0:
        warnings = (*warnings, "nothing that is required has any weight: there is no readiness to state")
    return SkillGap(
        release=graph.release.number,
        target_id=requirements.target_id,
        readiness=_share(total, ((item, item.credit) for item in assessments)),
        readiness_strict=_share(total, ((item, item.direct) for item in assessments)),
        readiness_low=_share(total, ((item, item.low) for item in assessments)),
        readiness_high=_share(total, ((item, item.high) for item in assessments)),
        known_share=_known_share(assessments, holdings),
        essential=share_of(item.status for item in assessments if item.requirement.necessity is Necessity.ESSENTIAL),
        optional=share_of(item.status for item in assessments if item.requirement.necessity is Necessity.OPTIONAL),
        entries=tuple(_entry(graph, holdings, item, total, settings) for item in assessments),
        priorities=rank_priorities(graph, assessments, holdings, settings, demand),
        parameters=gap_parameters(graph, requirements, settings, demand),
        warnings=warnings,
    )


def share_of(statuses: Iterable[GapStatus]) -> NecessityShare:
    """Counts by status, and the share that is met."""
    listed = list(statuses)
    met = listed.count(GapStatus.MET)
    return NecessityShare(
        required=len(listed),
        met=met,
        level_gap=listed.count(GapStatus.LEVEL_GAP),
        level_unknown=listed.count(GapStatus.LEVEL_UNKNOWN),
        transferable=listed.count(GapStatus.TRANSFERABLE),
        unknown=listed.count(GapStatus.UNKNOWN),
        missing=listed.count(GapStatus.MISSING),
        coverage=met / len(listed) if listed else 0.0,
    )


def _share(total: float, earned: Iterable[tuple[Assessment, float]]) -> float | None:
    """The weighted share; since both sums are correctly rounded, it keeps the order of the credits exactly."""
    share = math.fsum(item.requirement.weight * credit for item, credit in earned)
    return share / total if total > 0.0 else None


def _known_share(assessments: Sequence[Assessment], holdings: Holdings) -> float | None:
    if not assessments:
        return None
    return sum(holdings.known(item.requirement.skill_id) for item in assessments) / len(assessments)


def _entry(graph: Graph, holdings: Holdings, item: Assessment, total: float, settings: GapSettings) -> SkillGapEntry:
    requirement = item.requirement
    skill_id = requirement.skill_id
    by_transfer = item.transferred.credit > item.direct
    return SkillGapEntry(
        skill_id=skill_id,
        status=item.status,
        necessity=requirement.necessity,
        importance=requirement.importance,
        required_level=requirement.level,
        held_level=item.held.level if item.held else None,
        weight=requirement.weight,
        credit=item.credit,
        contribution=requirement.weight * item.credit / total if total > 0.0 else 0.0,
        transferable_from=item.transferred.from_id if by_transfer else None,
        evidence=holdings.evidence.get(skill_id, ()),
        prerequisites_missing=() if item.held else clauses_missing(graph, holdings, skill_id, settings),
        ruled_out=item.ruled_out,
    )
