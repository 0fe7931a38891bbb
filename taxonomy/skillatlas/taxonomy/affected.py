"""Courses that a range of releases affects: what became of the concepts that they teach and assume."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from .model import Course
from .resolving import Resolution, ResolutionStatus, Resolver


class CourseUse(StrEnum):
    """What a course names a concept for."""

    TEACHES = "TEACHES"
    ASSUMES = "ASSUMES"


@dataclass(frozen=True, slots=True)
class UsedConcept:
    """A concept that a course names, at a level (None: not stated), and what became of it."""

    use: CourseUse
    level: int | None
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class AffectedCourse:
    """A course with those of its concepts that are not UNCHANGED, what it teaches first, then by id.

    `rewritten`: the course itself changed in the range, so it may take account of what became of them.
    """

    course: Course
    rewritten: bool
    uses: tuple[UsedConcept, ...]

    @property
    def automatic(self) -> bool:
        """A client may apply all of it without a person choosing."""
        return all(used.resolution.automatic for used in self.uses)


def affected_courses(resolver: Resolver, *, catalogue: str | None = None) -> list[AffectedCourse]:
    """The courses of the resolver's later release that its range affects, by id; of one catalogue if named.

    A concept that the earlier release did not have counts only if it is deprecated, where the course is younger than
    that release too: it was named by whoever wrote the course.
    """
    found: dict[tuple[str, bool], Resolution | None] = {}
    graph, rewritten = resolver.graph, resolver.differences.courses

    def resolve(concept_id: str, *, younger: bool) -> Resolution | None:
        key = concept_id, younger
        if key not in found:
            found[key] = _resolve(resolver, concept_id, younger=younger)
        return found[key]

    affected = []
    for course_id in sorted(graph.courses):
        course = graph.courses[course_id]
        if catalogue is not None and course.catalogue != catalogue:
            continue
        younger = course_id in rewritten
        uses = tuple(
            UsedConcept(use, level, resolution)
            for use, concept_id, level in course_uses(course)
            if (resolution := resolve(concept_id, younger=younger)) is not None
        )
        if uses:
            affected.append(AffectedCourse(course, younger, uses))
    return affected


def _resolve(resolver: Resolver, concept_id: str, *, younger: bool) -> Resolution | None:
    """What became of a concept that a course names; None where nothing did."""
    resolution = resolver.resolve(concept_id)
    concept = resolver.graph.concepts.get(concept_id)
    if resolution.status is ResolutionStatus.UNKNOWN_ID and younger and concept is not None:
        return None if concept.active else resolver.follow(concept_id, concept, concept)
    return None if resolution.status is ResolutionStatus.UNCHANGED else resolution


def course_uses(course: Course) -> Iterator[tuple[CourseUse, str, int | None]]:
    """What a course names, each concept once a use and level: what it teaches, then what it assumes, by id."""
    taught = ((one.skill, one.level) for one in course.teaches)
    assumed = ((one.skill, one.level) for clause in course.assumes for one in clause.any_of)
    for use, named in ((CourseUse.TEACHES, taught), (CourseUse.ASSUMES, assumed)):
        for concept_id, level in _sorted(named):
            yield use, concept_id, level


def _sorted(named: Iterable[tuple[str, int | None]]) -> list[tuple[str, int | None]]:
    return sorted(set(named), key=lambda pair: (pair[0], pair[1] or 0))
