"""The question and the answer of learning paths; skills and courses are named by id."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from skillatlas.taxonomy import CourseClause, Money, TaughtSkill

from .gap_model import NecessityShare, Parameter


class PathObjective(StrEnum):
    """FASTEST: least hours. CHEAPEST: least money, then hours. COVERAGE: most weighted need closed."""

    FASTEST = "FASTEST"
    CHEAPEST = "CHEAPEST"
    COVERAGE = "COVERAGE"


class PathStatus(StrEnum):
    """OPTIMAL: proven. FEASIBLE: the proof was ended, or a better plan is known. INFEASIBLE: not all can be reached."""

    OPTIMAL = "OPTIMAL"
    FEASIBLE = "FEASIBLE"
    INFEASIBLE = "INFEASIBLE"


class UncoveredReason(StrEnum):
    """Why a skill that is needed is in no plan."""

    NO_COURSE = "NO_COURSE"
    PREREQUISITE_UNREACHABLE = "PREREQUISITE_UNREACHABLE"
    OVER_BUDGET = "OVER_BUDGET"
    TOO_LATE = "TOO_LATE"
    FILTERED = "FILTERED"


@dataclass(frozen=True, slots=True)
class PathRequest:
    """How to plan. `langs` and `catalogues` None: any. `alternatives`: how many further plans to offer, 0 to 5."""

    objective: PathObjective = PathObjective.FASTEST
    hours_per_week: float = 8.0
    start_date: date | None = None
    deadline: date | None = None
    budget: Money | None = None
    currency: str | None = None
    langs: tuple[str, ...] | None = None
    catalogues: tuple[str, ...] | None = None
    exclude_course_ids: tuple[str, ...] = ()
    alternatives: int = 2
    include_optional: bool = False
    assume_unknown_held: bool = False
    respect_skill_prerequisites: bool = True


@dataclass(frozen=True, slots=True)
class Price:
    """A decimal sum in one currency, at its minor unit."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class SatisfiedPrerequisite:
    """A clause of the course, the skill that satisfies it, and the step that teaches that; None: the profile."""

    clause: CourseClause
    by: str
    step: int | None


@dataclass(frozen=True, slots=True)
class StepUse:
    """A skill for which the plan needs a step, at `level` (None: any): for the target, for the steps `for_steps`.

    `level_assumed`: the course does not state its level and is taken to reach the one asked for. `through`: the skill
    of another scheme, mapped to this one as EXACT, as which the course teaches it.
    """

    skill_id: str
    level: int | None
    for_target: bool
    for_steps: tuple[int, ...]
    level_assumed: bool
    through: str | None = None


@dataclass(frozen=True, slots=True)
class LearningStep:
    """A course in its place, `order` from 1. `teaches`: what it adds to what is held by then, as the course has it."""

    order: int
    course_id: str
    start_date: date | None
    end_date: date | None
    teaches: tuple[TaughtSkill, ...]
    prerequisites: tuple[SatisfiedPrerequisite, ...]
    uses: tuple[StepUse, ...]


@dataclass(frozen=True, slots=True)
class LearningPlan:
    """One plan; `objective_value` and `bound` are hours, money or covered weight, by objective.

    No plan that covers the same skills has a better value than `bound`, whatever it begins with: an alternative that
    is the best with another first course has the first plan's bound, and is OPTIMAL only where its value is that.
    `prices` are by currency, empty where none is known; courses in `unpriced` have a price that is not known and
    are in no sum.
    """

    target_id: str | None
    objective: PathObjective
    status: PathStatus
    objective_value: float
    bound: float
    hours: float
    prices: tuple[Price, ...]
    unpriced: tuple[str, ...]
    finish_date: date | None
    steps: tuple[LearningStep, ...]
    covered: tuple[str, ...]
    readiness_after: float | None
    essential_after: NecessityShare
    optional_after: NecessityShare


@dataclass(frozen=True, slots=True)
class UncoveredSkill:
    """A needed skill that the best plan does not reach, and why."""

    skill_id: str
    reason: UncoveredReason
    detail: str


@dataclass(frozen=True, slots=True)
class LearningPaths:
    """The best plan first, then the alternatives. INFEASIBLE: `uncovered` names each skill out of reach."""

    release: int
    status: PathStatus
    plans: tuple[LearningPlan, ...]
    uncovered: tuple[UncoveredSkill, ...]
    parameters: tuple[Parameter, ...]
    warnings: tuple[str, ...]
