"""Many learners against one target: for each the figures of a single call, and what they have in common."""

import math
import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from skillatlas.taxonomy import Graph, Necessity

from .gap import skill_gap
from .gap_model import GapStatus, NecessityShare, SkillGap
from .path_model import PathRequest, PathStatus, Price, UncoveredSkill
from .paths import learning_paths
from .profile import Profile, Target
from .requirements import DEFAULT_SCHEME
from .settings import PathSettings


@dataclass(frozen=True, slots=True)
class LearnerPlan:
    """The best plan of a learner in figures; `uncovered` is what it does not reach."""

    status: PathStatus
    hours: float
    prices: tuple[Price, ...]
    unpriced: tuple[str, ...]
    finish_date: date | None
    readiness_after: float | None
    course_ids: tuple[str, ...]
    uncovered: tuple[UncoveredSkill, ...]


@dataclass(frozen=True, slots=True)
class LearnerGap:
    """A learner's gap in figures, as `skill_gap` gives them.

    `lacking` has the essential skills that are not met, with their status, in the gap's order. `plan`: where one was
    asked for.
    """

    readiness: float | None
    readiness_strict: float | None
    readiness_low: float | None
    readiness_high: float | None
    known_share: float | None
    essential: NecessityShare
    optional: NecessityShare
    lacking: tuple[tuple[str, GapStatus], ...]
    warnings: tuple[str, ...]
    plan: LearnerPlan | None = None


@dataclass(frozen=True, slots=True)
class LackedSkill:
    """An essential skill that learners lack: how many do, and of them how many at too low a level."""

    skill_id: str
    learners: int
    level_gap: int


@dataclass(frozen=True, slots=True)
class CohortSummary:
    """What learners have in common. The readinesses and hours are over those that have one, None where nobody has.

    `lacked`: the essential skills that learners lack, most learners first, then id. `ready`: how many meet every
    essential need. `plans` counts by status; `hours_total` is the sum of the plans' hours.
    """

    learners: int
    ready: int
    readiness_mean: float | None
    readiness_median: float | None
    readiness_least: float | None
    readiness_most: float | None
    lacked: tuple[LackedSkill, ...]
    plans: tuple[tuple[PathStatus, int], ...]
    hours_mean: float | None
    hours_total: float | None


def learner_gap(
    graph: Graph,
    profile: Profile,
    target: Target,
    *,
    request: PathRequest | None = None,
    scheme: str = DEFAULT_SCHEME,
    settings: PathSettings | None = None,
) -> LearnerGap:
    """The figures of one learner, with a plan where a `request` says how to plan. Raises what the single calls raise.

    Of plans only the best is looked for: `request.alternatives` counts as 0.
    """
    settings = settings or PathSettings()
    gap = skill_gap(graph, profile, target, scheme=scheme, settings=settings.gap)
    plan, warnings = None, gap.warnings
    if request is not None:
        alone = replace(request, alternatives=0)
        paths = learning_paths(graph, profile, target, alone, scheme=scheme, settings=settings)
        best = paths.plans[0]
        warnings = tuple(dict.fromkeys((*warnings, *paths.warnings)))
        plan = LearnerPlan(
            status=paths.status,
            hours=best.hours,
            prices=best.prices,
            unpriced=best.unpriced,
            finish_date=best.finish_date,
            readiness_after=best.readiness_after,
            course_ids=tuple(step.course_id for step in best.steps),
            uncovered=paths.uncovered,
        )
    return LearnerGap(
        readiness=gap.readiness,
        readiness_strict=gap.readiness_strict,
        readiness_low=gap.readiness_low,
        readiness_high=gap.readiness_high,
        known_share=gap.known_share,
        essential=gap.essential,
        optional=gap.optional,
        lacking=_lacking(gap),
        warnings=warnings,
        plan=plan,
    )


def _lacking(gap: SkillGap) -> tuple[tuple[str, GapStatus], ...]:
    open_needs = gap.skills(set(GapStatus) - {GapStatus.MET}, Necessity.ESSENTIAL)
    return tuple((entry.skill_id, entry.status) for entry in open_needs)


def summarise(gaps: Iterable[LearnerGap]) -> CohortSummary:
    """What the learners have in common."""
    listed = list(gaps)
    readiness = sorted(gap.readiness for gap in listed if gap.readiness is not None)
    lacked = Counter(skill for gap in listed for skill, _ in gap.lacking)
    below = Counter(skill for gap in listed for skill, status in gap.lacking if status is GapStatus.LEVEL_GAP)
    plans = [gap.plan for gap in listed if gap.plan is not None]
    statuses = Counter(plan.status for plan in plans)
    hours = math.fsum(sorted(plan.hours for plan in plans))
    return CohortSummary(
        learners=len(listed),
        ready=sum(gap.essential.met == gap.essential.required for gap in listed),
        readiness_mean=math.fsum(readiness) / len(readiness) if readiness else None,
        readiness_median=statistics.median(readiness) if readiness else None,
        readiness_least=readiness[0] if readiness else None,
        readiness_most=readiness[-1] if readiness else None,
        lacked=tuple(
            LackedSkill(skill, count, below[skill])
            for skill, count in sorted(lacked.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
        plans=tuple((status, statuses[status]) for status in PathStatus if statuses[status]),
        hours_mean=hours / len(plans) if plans else None,
        hours_total=hours if plans else None,
    )
