"""From the courses found to a plan for people: steps with dates, what satisfies each clause, and what remains."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from skillatlas.taxonomy import CourseClause, PrerequisiteKind, TaughtSkill

from .claims import Claim, Rank
from .errors import LimitExceededError
from .gap_model import Evidence, SkillGap, SkillGapEntry
from .money import from_minor, minor_units
from .path_ground import Ground, Units, days_of
from .path_model import (
    LearningPlan,
    LearningStep,
    PathObjective,
    PathRequest,
    PathStatus,
    Price,
    SatisfiedPrerequisite,
    StepUse,
)
from .path_offers import Offer
from .path_order import Taken
from .path_problem import ANY_LEVEL, Need
from .profile import COURSE


@dataclass(frozen=True, slots=True)
class PlanMaker:
    """Makes plans of one question. `regap` measures the gap again with what courses teach."""

    ground: Ground
    offers: Mapping[str, Offer]
    request: PathRequest
    units: Units
    goals: Mapping[Need, SkillGapEntry]
    levels: Mapping[str, int | None]
    target_id: str | None
    regap: Callable[[Sequence[Claim]], SkillGap]

    def make(
        self,
        taken: Sequence[Taken],
        covered: Collection[Need],
        objective: PathObjective,
        *,
        proven: bool,
        figures: tuple[float, float],
    ) -> LearningPlan:
        """The plan of courses in order; `figures`: the objective's value and its bound."""
        hours = self.units.exact_hours(sum(step.course.hours for step in taken))
        after = self.regap(self._learned(taken))
        steps = self._steps(taken)
        courses = [self.offers[step.course.id].course for step in taken]
        return LearningPlan(
            target_id=self.target_id,
            objective=objective,
            status=PathStatus.OPTIMAL if proven else PathStatus.FEASIBLE,
            objective_value=figures[0],
            bound=figures[1],
            hours=float(hours),
            prices=prices_of(self.offers[course.id] for course in courses),
            unpriced=tuple(sorted(course.id for course in courses if course.price is None)),
            finish_date=steps[-1].end_date if steps else self.request.start_date,
            steps=tuple(steps),
            covered=tuple(sorted(need.skill for need in covered)),
            readiness_after=after.readiness,
            essential_after=after.essential,
            optional_after=after.optional,
        )

    def _steps(self, taken: Sequence[Taken]) -> list[LearningStep]:
        steps: list[LearningStep] = []
        spent = Fraction(0)
        begins = self.request.start_date
        for place, item in enumerate(taken):
            spent += self.units.exact_hours(item.course.hours)
            ends = self._date(spent)
            offer = self.offers[item.course.id]
            steps.append(
                LearningStep(
                    order=place + 1,
                    course_id=item.course.id,
                    start_date=begins,
                    end_date=ends,
                    teaches=tuple(_shown(offer, item)),
                    prerequisites=tuple(self._satisfied(offer, taken[: place + 1])),
                    uses=tuple(self._uses(item, place)),
                )
            )
            begins = ends
        return steps

    def _date(self, spent: Fraction) -> date | None:
        if self.request.start_date is None:
            return None
        try:
            return self.request.start_date + timedelta(days=days_of(spent, self.request.hours_per_week))
        except OverflowError:
            raise LimitExceededError("the plan runs past the year 9999: study more hours a week") from None

    def _satisfied(self, offer: Offer, taken: Sequence[Taken]) -> Iterable[SatisfiedPrerequisite]:
        """Each clause with what satisfies it; one that binds nothing and is not satisfied is left out."""
        for clause in offer.clauses:
            found = self._by(clause, taken, together=clause not in offer.binding or _together(clause))
            if found is not None:
                yield SatisfiedPrerequisite(clause, *found)

    def _by(self, clause: CourseClause, taken: Sequence[Taken], *, together: bool) -> tuple[str, int | None] | None:
        options = sorted(clause.any_of)
        held = [option.skill for option in options if self.ground.holds(option.skill, option.level)]
        if held:
            return held[0], None
        for place, item in enumerate(taken if together else taken[:-1]):
            for option in options:
                if item.gained.get(option.skill, 0) >= (option.level or 1):
                    return option.skill, place + 1
        return None

    def _uses(self, item: Taken, place: int) -> Iterable[StepUse]:
        for need, places in item.uses.items():
            goal = self.goals.get(need)
            # A need at level 1 is one at any level.
            asked = need.level if need.level > 1 else None
            if goal is not None and None in places:
                asked = goal.required_level
            yield StepUse(
                skill_id=need.skill,
                level=asked,
                for_target=None in places,
                for_steps=tuple(sorted(p + 1 for p in places if p is not None and p != place)),
                level_assumed=asked is not None and item.course.teaches[need.skill] == ANY_LEVEL,
                through=item.course.through.get(need.skill),
            )

    def _learned(self, taken: Sequence[Taken]) -> list[Claim]:
        """What the courses add to the profile: of each skill the highest level reached."""
        best: dict[str, tuple[int, TaughtSkill, str]] = {}
        for item in taken:
            for skill, level in item.gained.items():
                taught = self.offers[item.course.id].teaches[skill]
                if skill not in best or level > best[skill][0]:
                    best[skill] = level, taught, item.course.id
        claims = []
        for skill, (level, taught, course_id) in sorted(best.items()):
            asked = [need.level for item in taken for need in item.uses if need.skill == skill]
            reached = level if level != ANY_LEVEL else max([*asked, self.levels.get(skill) or 0], default=0) or None
            held = self.ground.holdings.held.get(skill)
            if held is not None and held.level is not None and (reached is None or held.level >= reached):
                continue
            evidence = Evidence(COURSE, course_id, None, None, round(taught.confidence, 6))
            claims.append(Claim(skill, Rank.LEARNED, True, reached, evidence))
        return claims


def _shown(offer: Offer, item: Taken) -> Iterable[TaughtSkill]:
    """What a step adds; what it does so through a mapping only where that is used."""
    used = {need.skill for need in item.uses}
    for skill in sorted(item.gained):
        if skill not in offer.through or skill in used:
            yield offer.teaches[skill]


def prices_of(offers: Iterable[Offer]) -> tuple[Price, ...]:
    """One sum a currency, by currency; courses of unknown price are in none."""
    sums: dict[str, int] = {}
    for offer in offers:
        price = offer.course.price
        if price is not None:
            sums[price.currency] = sums.get(price.currency, 0) + minor_units(price.amount, price.currency)
    return tuple(Price(from_minor(units, currency), currency) for currency, units in sorted(sums.items()))


def _together(clause: CourseClause) -> bool:
    return clause.kind is PrerequisiteKind.COREQUISITE


def without_beaten(plans: Sequence[LearningPlan]) -> tuple[LearningPlan, ...]:
    """The first plan, and those others of other courses that no plan beats."""
    kept = list(plans[:1])
    for plan in plans[1:]:
        repeated = any(_courses(plan) == _courses(other) for other in kept)
        if not repeated and not any(beats(other, plan) for other in plans if other is not plan):
            kept.append(plan)
    return tuple(kept)


def _courses(plan: LearningPlan) -> frozenset[str]:
    return frozenset(step.course_id for step in plan.steps)


def beats(one: LearningPlan, other: LearningPlan) -> bool:
    """Whether a plan is no worse than another in hours, in each currency, in unknown prices and skills covered,
    and better in one of them.
    """
    prices, others = ({price.currency: price.amount for price in plan.prices} for plan in (one, other))
    figures = [
        (one.hours, other.hours),
        *((prices.get(currency, 0), others.get(currency, 0)) for currency in prices.keys() | others.keys()),
    ]
    sets = [(frozenset(one.unpriced), frozenset(other.unpriced)), (frozenset(other.covered), frozenset(one.covered))]
    no_worse = all(mine <= theirs for mine, theirs in figures) and all(mine <= theirs for mine, theirs in sets)
    return no_worse and (any(mine < theirs for mine, theirs in figures) or any(a < b for a, b in sets))
