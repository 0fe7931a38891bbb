"""What to close first: what a gap's closing brings for the effort it takes."""

import statistics
from collections.abc import Iterable

from skillatlas.taxonomy import Course, Graph, MappingPredicate

from .assessment import BINDING_KINDS, Assessment
from .demand import Demand
from .gap_model import GapStatus, Parameter, Priority
from .gap_parameters import number
from .holdings import Holdings
from .mapped import mappings_of
from .settings import GapSettings

_MEDIAN = "the median of those that are known here"


def rank_priorities(
    graph: Graph,
    assessments: Iterable[Assessment],
    holdings: Holdings,
    settings: GapSettings,
    demand: Demand | None = None,
) -> tuple[Priority, ...]:
    """Every gap whose closing adds to readiness, best first, ties to the smaller id.

    weight x (1 - credit) x demand x value / hours. The value of a skill is known from no source yet, so it is
    neutral; demand only where documents are given.
    """
    gaps = [
        item
        for item in assessments
        if item.status is not GapStatus.MET and item.requirement.weight * (1.0 - item.credit) > 0.0
    ]
    courses = [
        _least_course(graph, holdings, item.requirement.skill_id, item.requirement.level, settings) for item in gaps
    ]
    shares = [_demand(graph, demand, item.requirement.skill_id, settings) for item in gaps]
    usual_hours = _median(course and course[0].hours for course in courses)
    usual_share = _median(shares)
    ranked = []
    for item, course, share in zip(gaps, courses, shares, strict=True):
        skill_id, weight, shortfall = item.requirement.skill_id, item.requirement.weight, 1.0 - item.credit
        hours = course[0].hours if course else None
        factors = (
            number("weight", weight, "necessity x importance x rarity"),
            number("shortfall", shortfall, "1 - credit"),
            _demand_factor(share, usual_share, demand, settings),
            number("value", 1.0, "what the skill earns is not known in this release: neutral"),
            _hours_factor(course, usual_hours),
        )
        numbers = [factor.number or 0.0 for factor in factors]
        score = numbers[0] * numbers[1] * numbers[2] * numbers[3] / numbers[4]
        ranked.append(Priority(skill_id, score, weight, shortfall, share, None, hours, factors))
    return tuple(sorted(ranked, key=lambda priority: (-round(priority.score, 6), priority.skill_id)))


def _median(values: Iterable[float | None]) -> float:
    """The median of the known ones, 1 if there are none."""
    return statistics.median([known for known in values if known is not None] or [1.0])


def _demand(graph: Graph, demand: Demand | None, skill_id: str, settings: GapSettings) -> float | None:
    if demand is None:
        return None
    return demand.share(skill_id, graph.concepts[skill_id].scheme, least=settings.demand_documents)


def _least_course(
    graph: Graph, holdings: Holdings, skill_id: str, level: int | None, settings: GapSettings
) -> tuple[Course, bool] | None:
    """The course of least hours that teaches a skill as required, and whether it can be begun from what is held.

    A course that teaches what is mapped to the skill by EXACT teaches it. One that can be begun comes before all that
    cannot; ties to the smaller id.
    """
    same = [found.id for found, predicate, _ in mappings_of(graph, skill_id) if predicate is MappingPredicate.EXACT]
    best = min(
        (
            (not _can_begin(course, holdings, settings), course.hours, course.id)
            for name in (skill_id, *same)
            for course in graph.taught_by(name)
            for taught in course.teaches
            if taught.skill == name and (taught.level is None or taught.level >= (level or 1))
        ),
        default=None,
    )
    return None if best is None else (graph.courses[best[2]], not best[0])


def _can_begin(course: Course, holdings: Holdings, settings: GapSettings) -> bool:
    return all(
        any(holdings.reaches(option.skill, option.level, settings) for option in clause.any_of)
        for clause in course.assumes
        if clause.kind in BINDING_KINDS
    )


def _demand_factor(share: float | None, usual: float, demand: Demand | None, settings: GapSettings) -> Parameter:
    if share is not None and demand is not None:
        return number("demand", share, f"share of {demand.documents} documents that name it ({demand.source})")
    if demand is None:
        return number("demand", 1.0, "not known, no documents are named to take it from: neutral")
    if demand.documents < settings.demand_documents:
        why = f"{demand.documents} documents ({demand.source}) are too few to tell it"
    else:
        why = f"not known, the documents were read in {demand.scheme}"
    return number("demand", usual, f"{why}: {_MEDIAN}, or 1")


def _hours_factor(course: tuple[Course, bool] | None, usual: float) -> Parameter:
    if course is None:
        return number("hours", usual, f"no course teaches it as required: {_MEDIAN}, or 1")
    found, can_begin = course
    if can_begin:
        return number("hours", found.hours, f"of {found.id}, the shortest course to it that can be begun")
    return number("hours", found.hours, f"of {found.id}, the shortest course to it; it assumes more than is held")
