"""Courses whose skills were read in their outline, with where each was read."""

from dataclasses import dataclass
from typing import Any

import graphene

from skillatlas import taxonomy

from ..views import ConceptView, CourseView, skill_view
from .concepts import many
from .courses import Course
from .paging import connection
from .skills import Skill


@dataclass(frozen=True, slots=True)
class ReadSkillView:
    """A skill that was read, and the places of the outline: text, start, end."""

    graph: taxonomy.Graph
    taught: taxonomy.TaughtSkill
    places: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class UnconfirmedView:
    """A course with its outline and the skills that wait for confirmation."""

    graph: taxonomy.Graph
    course: taxonomy.Course
    outline: str
    skills: tuple[ReadSkillView, ...]


class OutlinePlace(graphene.ObjectType):
    """Where in the outline a skill was read; offsets count code points, `end` is exclusive."""

    text = graphene.String(required=True)
    start = graphene.Int(required=True)
    end = graphene.Int(required=True)


class ReadSkill(graphene.ObjectType):
    """A skill that was read in a course's outline and that nobody has confirmed."""

    skill = graphene.Field(Skill, required=True)
    level = graphene.Int()
    confidence = graphene.Float(required=True)
    evidence = many(OutlinePlace, description="Empty where the outline does not name it any more.")

    @staticmethod
    def resolve_skill(root: ReadSkillView, _info: Any) -> ConceptView | None:
        return skill_view(root.graph, root.taught.skill)

    @staticmethod
    def resolve_level(root: ReadSkillView, _info: Any) -> int | None:
        return root.taught.level

    @staticmethod
    def resolve_confidence(root: ReadSkillView, _info: Any) -> float:
        return root.taught.confidence

    @staticmethod
    def resolve_evidence(root: ReadSkillView, _info: Any) -> list[dict[str, Any]]:
        return [{"text": text, "start": start, "end": end} for text, start, end in root.places]


class UnconfirmedCourse(graphene.ObjectType):
    """A course of which some skills were read and nobody has confirmed them."""

    course = graphene.Field(Course, required=True)
    outline = graphene.String(required=True, description="The text that was read: title, description, outcomes.")
    skills = many(ReadSkill, description="By id.")

    @staticmethod
    def resolve_course(root: UnconfirmedView, _info: Any) -> CourseView:
        return CourseView(root.graph, root.course)

    @staticmethod
    def resolve_outline(root: UnconfirmedView, _info: Any) -> str:
        return root.outline

    @staticmethod
    def resolve_skills(root: UnconfirmedView, _info: Any) -> tuple[ReadSkillView, ...]:
        return root.skills


UnconfirmedCourseConnection = connection("UnconfirmedCourse", lambda: UnconfirmedCourse, release=True)
