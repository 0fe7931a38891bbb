"""What to close first: what a gap's closing brings for the effort it takes."""

import statistics
from collections.abc import Iterable

from skillatlas.taxonomy import Graph

from .assessment import Assessment
from .gap_model import GapStatus, Priority


def rank_priorities(graph: Graph, assessments: Iterable[Assessment]) -> tuple[Priority, ...]:
    """Every gap whose closing adds to readiness, best first, ties to the smaller id.

    Demand and value are known from no source of this release, so they are neutral; hours are those of the
    shortest course that teaches the skill at the level required.
    """
    gaps = [
        item
        for item in assessments
        if item.status is not GapStatus.MET and item.requirement.weight * (1.0 - item.credit) > 0.0
    ]
    hours = {
        item.requirement.skill_id: _shortest_course(graph, item.requirement.skill_id, item.requirement.level)
        for item in gaps
    }
    neutral = statistics.median([known for known in hours.values() if known is not None] or [1.0])
    ranked = []
    for item in gaps:
        skill_id, weight = item.requirement.skill_id, item.requirement.weight
        effort = hours[skill_id]
        score = weight * (1.0 - item.credit) / (neutral if effort is None else effort)
        ranked.append(Priority(skill_id, score, weight, 1.0 - item.credit, None, None, effort))
    return tuple(sorted(ranked, key=lambda priority: (-round(priority.score, 6), priority.skill_id)))


def _shortest_course(graph: Graph, skill_id: str, level: int | None) -> float | None:
    return min(
        (
            course.hours
            for course in graph.taught_by(skill_id)
            for taught in course.teaches
            if taught.skill == skill_id and (taught.level is None or taught.level >= (level or 1))
        ),
        default=None,
    )
