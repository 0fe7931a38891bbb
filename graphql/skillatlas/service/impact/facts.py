"""What an answer stands on besides its own ids, and what of that differs between two releases."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from skillatlas.taxonomy import Concept, ConceptKind, Course, Differences, Graph

_PLACES = 6  # to which decimals answers are rounded before they are compared


class FactKind(StrEnum):
    """What differs."""

    NEEDS = "NEEDS"
    WEIGHTS = "WEIGHTS"
    PREREQUISITES = "PREREQUISITES"
    TRANSFERS = "TRANSFERS"
    MAPPINGS = "MAPPINGS"
    COURSES = "COURSES"
    ROLES = "ROLES"
    GROUPS = "GROUPS"
    TEXTS = "TEXTS"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that an answer stands on and that is not as it was: at these ids."""

    kind: FactKind
    ids: tuple[str, ...]


class FactsBetween:
    """What differs between two releases, by what it bears on; each worked out when it is first asked for."""

    def __init__(self, before: Graph, after: Graph, differences: Differences) -> None:
        self._before = before
        self._after = after
        self._differences = differences

    def needed(self, roles: Iterable[str]) -> tuple[str, ...]:
        """Skills that these roles need, then or now."""
        return _ordered(edge.to_id for role in roles for edge in (*self._before.needs(role), *self._after.needs(role)))

    def before_learning(self, skills: Iterable[str], *, by_courses: bool) -> tuple[str, ...]:
        """These skills and all that stands before them, then or now: prerequisites, and what courses to them assume."""
        reached = set(skills)
        stack = sorted(reached)
        while stack:
            skill = stack.pop()
            for graph in (self._before, self._after):
                for following in _steps_back(graph, skill, by_courses=by_courses):
                    if following not in reached:
                        reached.add(following)
                        stack.append(following)
        return _ordered(reached)

    def needs(self, roles: Iterable[str]) -> Fact:
        """Skills that these roles need otherwise than they did."""
        changed = (
            edge.to_id for role in roles for edge in _differing(self._before.needs(role), self._after.needs(role))
        )
        return Fact(FactKind.NEEDS, _ordered(changed))

    def weights(self, skills: Iterable[str]) -> Fact:
        """Skills whose rarity among roles is another: what they weigh in every gap."""
        changed = (
            one for one in skills if round(self._before.idf(one), _PLACES) != round(self._after.idf(one), _PLACES)
        )
        return Fact(FactKind.WEIGHTS, _ordered(changed))

    def prerequisites(self, skills: Iterable[str]) -> Fact:
        """Skills that need other prerequisites, or are prerequisites of others."""
        return Fact(FactKind.PREREQUISITES, _ordered(self._required.intersection(skills)))

    def transfers(self, skills: Iterable[str]) -> Fact:
        """Skills that other skills ease otherwise than they did."""
        return Fact(FactKind.TRANSFERS, _ordered(self._eased.intersection(skills)))

    def mappings(self, skills: Iterable[str]) -> Fact:
        """Skills with other mappings."""
        return Fact(FactKind.MAPPINGS, _ordered(self._mapped.intersection(skills)))

    def courses(self, skills: Iterable[str]) -> Fact:
        """Courses that teach any of the skills, then or now, and came, went or changed."""
        taught = self._taught
        changed = (course for skill in skills for course in taught.get(skill, ()))
        return Fact(FactKind.COURSES, _ordered(changed))

    def roles(self, schemes: Iterable[str]) -> Fact:
        """Roles of the schemes that came, went, need other skills or have other data, such as a job zone."""
        return Fact(FactKind.ROLES, _ordered(one for key in schemes for one in self._roles.get(key, ())))

    def groups(self, schemes: Iterable[str]) -> Fact:
        """Concepts of the schemes that lie in other groups, by which roles are compared."""
        wanted = frozenset(schemes)
        moved = (one for one in self._differences.parents if self._after.concepts[one].scheme in wanted)
        return Fact(FactKind.GROUPS, _ordered(moved))

    def texts(self, schemes: Iterable[str]) -> Fact:
        """Concepts of the schemes whose names a text is read by are others than they were."""
        return Fact(FactKind.TEXTS, _ordered(one for key in schemes for one in self._named.get(key, ())))

    def renamed(self, concept_id: str) -> bool:
        """Whether what people read of a concept is another: a label or a definition."""
        was, now = self._differences.before.get(concept_id), self._after.concepts.get(concept_id)
        return was is not None and now is not None and _names(was) != _names(now)

    @cached_property
    def _required(self) -> frozenset[str]:
        edges = self._changed(lambda graph, one: graph.edges.requires.get(one, ()))
        return frozenset(skill for edge in edges for skill in (edge.from_id, *edge.any_of))

    @cached_property
    def _eased(self) -> frozenset[str]:
        return frozenset(edge.to_id for edge in self._changed(lambda graph, one: graph.edges.eases.get(one, ())))

    @cached_property
    def _mapped(self) -> frozenset[str]:
        edges = self._changed(lambda graph, one: graph.edges.mappings.get(one, ()))
        return frozenset(end for edge in edges for end in (edge.from_id, edge.to_id))

    def _changed(self, edges: Callable[[Graph, str], Sequence[Any]]) -> list[Any]:
        return [
            edge
            for concept_id in sorted(self._differences.edges)
            for edge in _differing(edges(self._before, concept_id), edges(self._after, concept_id))
        ]

    @cached_property
    def _taught(self) -> Mapping[str, tuple[str, ...]]:
        """Changed courses by what they teach; a skill mapped to another one is taught with it."""
        found: dict[str, list[str]] = {}
        for course_id in sorted(self._differences.courses):
            for graph in (self._before, self._after):
                course = graph.courses.get(course_id)
                if course is not None:
                    for skill in _taught(graph, course):
                        found.setdefault(skill, []).append(course_id)
        return {skill: tuple(courses) for skill, courses in found.items()}

    @cached_property
    def _roles(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        differences = self._differences
        for concept_id in sorted(differences.edges | differences.created | differences.before.keys()):
            now, was = self._after.concepts[concept_id], self._before.concepts.get(concept_id)
            if now.kind is not ConceptKind.ROLE:
                continue
            turned = was is None or (was.active, was.data) != (now.active, now.data)
            if turned or _differing(self._before.needs(concept_id), self._after.needs(concept_id)):
                found.setdefault(now.scheme, []).append(concept_id)
        return {key: tuple(roles) for key, roles in found.items()}

    @cached_property
    def _named(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for concept_id in sorted(self._differences.created | self._differences.before.keys()):
            now, was = self._after.concepts[concept_id], self._differences.before.get(concept_id)
            if was is None or (was.labels, was.active, was.data) != (now.labels, now.active, now.data):
                found.setdefault(now.scheme, []).append(concept_id)
        return {key: tuple(ids) for key, ids in found.items()}


def _differing(before: Sequence[Any], after: Sequence[Any]) -> list[Any]:
    """Edges that are on one side only; data may be no key, so they are compared one by one."""
    if before == after:
        return []
    return [edge for edge in before if edge not in after] + [edge for edge in after if edge not in before]


def _steps_back(graph: Graph, skill: str, *, by_courses: bool) -> Iterator[str]:
    for clause in graph.edges.requires.get(skill, ()):
        yield from clause.any_of
    if by_courses:
        for course in graph.taught_by(skill):
            yield from (option.skill for clause in course.assumes for option in clause.any_of)
        yield from (edge.to_id for edge in graph.mappings(skill))
        yield from (edge.from_id for edge in graph.mapped_from(skill))


def _taught(graph: Graph, course: Course) -> Iterable[str]:
    for one in course.teaches:
        yield one.skill
        yield from (edge.to_id for edge in graph.mappings(one.skill))
        yield from (edge.from_id for edge in graph.mapped_from(one.skill))


def _names(concept: Concept) -> tuple[Any, Any]:
    return concept.labels, dict(concept.definitions)


def _ordered(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(ids)))
