"""From a gap and offers to the problem that is searched: what a profile stands on, and what is still open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from skillatlas.taxonomy import Graph, Money, Necessity, PrerequisiteKind

from .gap_model import GapStatus, SkillGap, SkillGapEntry
from .holdings import Holdings
from .money import minor_units
from .path_model import PathRequest
from .path_offers import Offer, Selection
from .path_problem import ANY_LEVEL, Candidate, Goal, Need, OpenClause, Problem
from .settings import PathSettings
from .transfer import transfer

_HOUR_DECIMALS = 6
"""Hours are reckoned to this many decimals (a thousandth of a second's precision is beyond any catalogue)."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a person can build on. `assume`: what the profile says nothing on is taken as held."""

    graph: Graph
    holdings: Holdings
    settings: PathSettings
    assume: bool

    def holds(self, skill_id: str, level: int | None) -> bool:
        """Whether a skill counts as held at a level (None: any)."""
        if self.holdings.reaches(skill_id, level, self.settings.gap):
            return True
        if not self.assume:
            return False
        held = self.holdings.held.get(skill_id)
        if held is not None:
            return held.level is None
        if self.holdings.known(skill_id):
            return False
        return transfer(self.graph, self.holdings, skill_id, self.settings.gap).from_id is None


def goals_of(gap: SkillGap, request: PathRequest) -> tuple[SkillGapEntry, ...]:
    """The requirements to plan for, in the gap's order."""
    met = {GapStatus.MET}
    if request.assume_unknown_held:
        met |= {GapStatus.UNKNOWN, GapStatus.LEVEL_UNKNOWN}
    return tuple(
        entry
        for entry in gap.entries
        if entry.status not in met and (request.include_optional or entry.necessity is Necessity.ESSENTIAL)
    )


def need_of(entry: SkillGapEntry) -> Need:
    """The need of a requirement."""
    return Need(entry.skill_id, entry.required_level or 1)


@dataclass(frozen=True, slots=True)
class Units:
    """How hours and weights become whole numbers."""

    hours: int
    weights: int

    def exact_hours(self, units: int) -> Fraction:
        """Hours of a number of units."""
        return Fraction(units, self.hours)


def units_of(offers: Iterable[Offer], settings: PathSettings) -> Units:
    """The coarsest units in which all hours are whole."""
    decimals = [_decimal(offer.course.hours).as_tuple().exponent for offer in offers]
    places = max([0, *(-exponent for exponent in decimals if isinstance(exponent, int))])
    return Units(10**places, 10**settings.weight_decimals)


def _decimal(hours: float) -> Decimal:
    exact = Decimal(repr(float(hours)))
    exponent = exact.as_tuple().exponent
    # Only what has more decimals is rounded: a great number has none, and too many digits for it.
    finer = isinstance(exponent, int) and exponent < -_HOUR_DECIMALS
    return (round(exact, _HOUR_DECIMALS) if finer else exact).normalize()


def hours_in(units: Units, hours: float) -> int:
    """Hours as a whole number of units."""
    return int(_decimal(hours) * units.hours)


def days_of(hours: Fraction, hours_per_week: float) -> int:
    """The number of the day, from 0, on which the last of these hours falls: floor((h - e) x 7 / hoursPerWeek)."""
    exact = hours * 7 / Fraction(Decimal(repr(float(hours_per_week))))
    return max(0, -(-exact.numerator // exact.denominator) - 1)


def hours_until(start: date, deadline: date, hours_per_week: float) -> Fraction:
    """The most hours whose last falls no later than the deadline."""
    return Fraction((deadline - start).days + 1) * Fraction(Decimal(repr(float(hours_per_week)))) / 7


def build_problem(
    ground: Ground, selection: Selection, goals: Iterable[SkillGapEntry], request: PathRequest, units: Units
) -> Problem:
    """The problem of reaching goals with the offers selected, within the request's budget and deadline.

    A limit above what all courses take together binds nothing: it is cut to that, so that any amount can be given.
    """
    candidates = tuple(_candidate(ground, offer, selection.currency, units) for offer in selection.offers)
    skills = sorted({skill for offer in selection.offers for skill in offer.teaches})
    hours_limit = None
    if request.start_date is not None and request.deadline is not None:
        most = hours_until(request.start_date, request.deadline, request.hours_per_week) * units.hours
        hours_limit = min(most.numerator // most.denominator, sum(course.hours for course in candidates))
    price_limit = None
    if request.budget is not None:
        price_limit = min(_budget(request.budget), sum(course.price or 0 for course in candidates))
    return Problem(
        candidates=candidates,
        goals=tuple(Goal(need_of(entry), max(1, round(entry.weight * units.weights))) for entry in goals),
        skill_clauses={skill: _skill_clauses(ground, skill) for skill in skills}
        if request.respect_skill_prerequisites
        else {},
        hours_limit=hours_limit,
        price_limit=price_limit,
    )


def _budget(budget: Money) -> int:
    return minor_units(budget.amount, budget.currency, down=True)


def _candidate(ground: Ground, offer: Offer, currency: str | None, units: Units) -> Candidate:
    price = offer.course.price
    return Candidate(
        id=offer.course.id,
        hours=hours_in(units, offer.course.hours),
        price=None if price is None or currency is None else minor_units(price.amount, currency),
        teaches={skill: taught.level or ANY_LEVEL for skill, taught in offer.teaches.items()},
        clauses=tuple(
            OpenClause(
                tuple(sorted(Need(option.skill, option.level or 1) for option in clause.any_of)),
                clause.kind is PrerequisiteKind.COREQUISITE,
            )
            for clause in offer.binding
            if not any(ground.holds(option.skill, option.level) for option in clause.any_of)
        ),
        through=offer.through,
    )


def _skill_clauses(ground: Ground, skill_id: str) -> tuple[tuple[Need, ...], ...]:
    return tuple(
        tuple(Need(option, clause.level or 1) for option in sorted(clause.any_of))
        for clause in ground.graph.edges.requires.get(skill_id, ())
        if clause.kind is PrerequisiteKind.HARD
        and not any(ground.holds(option, clause.level) for option in clause.any_of)
    )
