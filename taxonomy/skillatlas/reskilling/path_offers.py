"""The courses of the graph as offers to a planner: which may be used under a request, and why others may not."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from skillatlas.taxonomy import Course, CourseClause, Graph, SkillAtLevel, TaughtSkill, lookup

from .assessment import BINDING_KINDS
from .errors import BadInputError
from .identifying import successor
from .path_model import PathObjective, PathRequest


@dataclass(frozen=True, slots=True)
class Offer:
    """A course with its skills as active ids; `teaches` has only what it is sure enough to teach.

    `through` names, for each skill that it teaches through an EXACT mapping, the skill that the course itself names.
    """

    course: Course
    teaches: Mapping[str, TaughtSkill]
    clauses: tuple[CourseClause, ...]
    through: Mapping[str, str] = field(default_factory=dict)

    @property
    def binding(self) -> tuple[CourseClause, ...]:
        """The clauses that bind an order."""
        return tuple(clause for clause in self.clauses if clause.kind in BINDING_KINDS)


def read_offers(graph: Graph, floor: float) -> tuple[Offer, ...]:
    """All courses by id. What a course teaches with less confidence than `floor` is not relied on."""
    active: dict[str, str] = {}

    def current(skill_id: str) -> str:
        if skill_id not in active:
            concept = graph.find(skill_id)
            follower = None if concept is None else successor(graph, concept)
            active[skill_id] = skill_id if follower is None else follower.id
        return active[skill_id]

    offers = []
    for course_id in sorted(graph.courses):
        course = graph.courses[course_id]
        teaches: dict[str, TaughtSkill] = {}
        for taught in sorted(course.teaches, key=lambda item: (item.skill, item.level is None, -(item.level or 0))):
            if taught.confidence >= floor:
                teaches.setdefault(current(taught.skill), replace(taught, skill=current(taught.skill)))
        clauses = tuple(
            replace(clause, any_of=tuple(SkillAtLevel(current(o.skill), o.level) for o in clause.any_of))
            for clause in course.assumes
        )
        offers.append(Offer(course, teaches, clauses))
    return tuple(offers)


@dataclass(frozen=True, slots=True)
class Selection:
    """The offers that a request allows, the currency that prices are compared in, and what was left out and why."""

    offers: tuple[Offer, ...]
    currency: str | None
    left_out: Mapping[str, str]

    def summary(self) -> str:
        """The reasons with their counts, for a person."""
        return ", ".join(f"{count} {reason}" for reason, count in sorted(Counter(self.left_out.values()).items()))


def select(offers: Iterable[Offer], request: PathRequest, objective: PathObjective) -> Selection:
    """What may be used for an objective. Raises BadInputError where money of several currencies would be compared."""
    left_out: dict[str, str] = {}
    allowed = []
    excluded = frozenset(request.exclude_course_ids)
    for offer in offers:
        reason = _unwanted(offer.course, request, excluded)
        if reason is None:
            allowed.append(offer)
        else:
            left_out[offer.course.id] = reason
    if request.budget is None and objective is not PathObjective.CHEAPEST:
        return Selection(tuple(allowed), None, left_out)
    currency = _currency(allowed, request)
    payable = []
    for offer in allowed:
        price = offer.course.price
        if price is None:
            left_out[offer.course.id] = "of a price that is not known"
        elif price.amount > 0 and price.currency != currency:
            left_out[offer.course.id] = f"priced in {price.currency}"
        else:
            payable.append(offer)
    return Selection(tuple(payable), currency, left_out)


def _unwanted(course: Course, request: PathRequest, excluded: frozenset[str]) -> str | None:
    if course.id in excluded:
        return "excluded by id"
    if request.catalogues is not None and course.catalogue not in request.catalogues:
        return "in other catalogues"
    if request.langs is not None and not _speaks(course.lang, request.langs):
        return "in other languages"
    return None


def _speaks(lang: str | None, wanted: Iterable[str]) -> bool:
    """A course in en-GB is one in English, and one in zh serves who asks for zh-CN; of no language serves nobody."""
    return lang is not None and any(lookup(lang, [tag]) or lookup(tag, [lang]) for tag in wanted)


def _currency(offers: Iterable[Offer], request: PathRequest) -> str | None:
    if request.budget is not None:
        return request.budget.currency
    if request.currency is not None:
        return request.currency
    priced = {offer.course.price.currency for offer in offers if offer.course.price and offer.course.price.amount > 0}
    if len(priced) > 1:
        several = ", ".join(sorted(priced))
        raise BadInputError("currency", f"the courses are priced in {several}: name the currency, or give a budget")
    return next(iter(priced), None)
