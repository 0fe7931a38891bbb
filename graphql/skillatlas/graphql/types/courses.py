"""Courses: what they teach, assume and cost."""

from typing import Any

import graphene

from skillatlas import taxonomy

from ..views import CourseView, SkillAtView, skill_views
from .concepts import many
from .enums import PrerequisiteKind
from .paging import connection
from .skills import Skill


class Money(graphene.ObjectType):
    """An amount in an ISO 4217 currency; two currencies are never added."""

    amount = graphene.Float(required=True)
    currency = graphene.String(required=True)


class TaughtSkill(graphene.ObjectType):
    """`level` null: not stated; the course then brings the skill to the level asked for, and a plan says so."""

    skill = graphene.Field(Skill, required=True)
    level = graphene.Int()
    confidence = graphene.Float(required=True)


class RequiredSkill(graphene.ObjectType):
    """A skill at a level, or at any level."""

    skill = graphene.Field(Skill, required=True)
    level = graphene.Int()


class CoursePrerequisite(graphene.ObjectType):
    """A clause: any one skill of `anyOf`, at its level, satisfies it."""

    any_of = many(RequiredSkill)
    kind = graphene.Field(PrerequisiteKind, required=True)


class Course(graphene.ObjectType):
    """A course of a catalogue. `price` null: not known; amount 0: free."""

    id = graphene.ID(required=True)
    catalogue = graphene.String(required=True)
    release = graphene.Int(required=True)
    title = graphene.String(required=True)
    provider = graphene.String()
    url = graphene.String()
    lang = graphene.String()
    hours = graphene.Float(required=True)
    price = graphene.Field(Money)
    teaches = many(TaughtSkill)
    assumes = many(
        CoursePrerequisite, description="All clauses; any one skill of a clause, at its level, satisfies it."
    )

    @staticmethod
    def resolve_id(root: CourseView, _info: Any) -> str:
        return root.course.id

    @staticmethod
    def resolve_catalogue(root: CourseView, _info: Any) -> str:
        return root.course.catalogue

    @staticmethod
    def resolve_release(root: CourseView, _info: Any) -> int:
        return root.graph.release.number

    @staticmethod
    def resolve_title(root: CourseView, _info: Any) -> str:
        return root.course.title

    @staticmethod
    def resolve_provider(root: CourseView, _info: Any) -> str | None:
        return root.course.provider

    @staticmethod
    def resolve_url(root: CourseView, _info: Any) -> str | None:
        return root.course.url

    @staticmethod
    def resolve_lang(root: CourseView, _info: Any) -> str | None:
        return root.course.lang

    @staticmethod
    def resolve_hours(root: CourseView, _info: Any) -> float:
        return root.course.hours

    @staticmethod
    def resolve_price(root: CourseView, _info: Any) -> Any:
        return root.course.price

    @staticmethod
    def resolve_teaches(root: CourseView, _info: Any) -> list[SkillAtView]:
        return [
            SkillAtView(skill, taught.level, taught.confidence)
            for taught in root.course.teaches
            for skill in skill_views(root.graph, (taught.skill,))
        ]

    @staticmethod
    def resolve_assumes(root: CourseView, _info: Any) -> list[dict[str, Any]]:
        return [course_clause(root.graph, clause) for clause in root.course.assumes]


def course_clause(graph: taxonomy.Graph, clause: taxonomy.CourseClause) -> dict[str, Any]:
    """What a `CoursePrerequisite` is made of."""
    return {
        "any_of": [
            SkillAtView(skill, option.level)
            for option in clause.any_of
            for skill in skill_views(graph, (option.skill,))
        ],
        "kind": clause.kind,
    }


CourseConnection = connection("Course", lambda: Course)
