"""Whether the subjects of real courses are skills, and whether a learner who knows school mathematics gets to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from skillatlas.ingest import Measure, OutlinedCourse, outlined_courses, subject_finder
from skillatlas.reskilling import (
    EvidenceItem,
    PathRequest,
    PathStatus,
    Profile,
    RequiredSkill,
    Target,
    learning_paths,
    prerequisite_chain,
    read_standing,
)
from skillatlas.taxonomy import Course, Graph

_BEGINNER_LEVEL = 3  # school mathematics as a leaver of a secondary school works with it


@dataclass(frozen=True, slots=True)
class CourseSubject:
    """A course, the skills that are its subject, and the ways to them.

    `stated`: a course of the catalogue with the same address or title says what it teaches; else the title was read.
    `chain`: the skills to learn before them, in order; None where they wait for each other, or there is no subject.
    `hours`: of the shortest plan from the catalogue's courses; None where there is none, or no catalogue.
    """

    course: OutlinedCourse
    skills: tuple[str, ...]
    stated: bool
    chain: tuple[str, ...] | None
    hours: float | None


@dataclass(frozen=True, slots=True)
class CourseCoverage:
    """`courses` in the order of the files."""

    measures: tuple[Measure, ...]
    courses: tuple[CourseSubject, ...]


def course_coverage(
    graph: Graph, paths: Iterable[Path], *, scheme: str, beginner: str, catalogue: str | None = None
) -> CourseCoverage:
    """Courses of curricula in Markdown against skills. `beginner`: the one skill that the learner has.

    Raises UnreadableError, and BadInputError where `beginner` is no skill.
    """
    outlined = outlined_courses(paths)
    find = subject_finder(graph, scheme)
    own = [course for course in graph.courses.values() if course.catalogue == catalogue]
    stated = _by_name(own)
    learner = Profile(named=(EvidenceItem(beginner, level=_BEGINNER_LEVEL),), complete=True)
    hours: dict[tuple[str, ...], float | None] = {}
    chains: dict[tuple[str, ...], tuple[str, ...] | None] = {}
    courses: list[CourseSubject] = []
    for course in outlined:
        same = stated.get(course.url) or stated.get(course.title.casefold())
        taught = () if same is None else tuple(sorted({one.skill for one in same.teaches} & graph.concepts.keys()))
        skills = taught or find(course.title)
        if skills not in chains:
            chains[skills] = _chain(graph, learner, skills) if skills else None
            hours[skills] = _hours(graph, learner, skills, catalogue) if skills and catalogue else None
        courses.append(CourseSubject(course, skills, bool(taught), chains[skills], hours[skills]))
    total = len(courses)
    measures = [
        Measure("courses whose subject is a skill", sum(bool(one.skills) for one in courses), total, 1.0),
        Measure("with a way to it for a beginner", sum(one.chain is not None for one in courses), total, 1.0),
    ]
    if catalogue:
        planned = sum(one.hours is not None for one in courses)
        measures.append(Measure(f"with a plan from the courses of {catalogue}", planned, total))
    return CourseCoverage(tuple(measures), tuple(courses))


def _by_name(courses: Sequence[Course]) -> dict[str, Course]:
    named = {course.title.casefold(): course for course in courses}
    return named | {course.url: course for course in courses if course.url}


def _chain(graph: Graph, learner: Profile, skills: tuple[str, ...]) -> tuple[str, ...] | None:
    """What stands before the skills, each once; None where any step waits for itself."""
    found: dict[str, None] = {}
    for skill in skills:
        standing = read_standing(graph, learner, Target(skills=(RequiredSkill(skill),)))
        for step in prerequisite_chain(standing, skill):
            if step.circular:
                return None
            if not step.held and step.skill_id not in skills:
                found[step.skill_id] = None
    return tuple(found)


def _hours(graph: Graph, learner: Profile, skills: tuple[str, ...], catalogue: str) -> float | None:
    target = Target(skills=tuple(RequiredSkill(skill) for skill in skills))
    answer = learning_paths(graph, learner, target, PathRequest(catalogues=(catalogue,), alternatives=0))
    if answer.status is PathStatus.INFEASIBLE or not answer.plans:
        return None
    return answer.plans[0].hours
