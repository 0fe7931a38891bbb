"""Skill and Role, and what joins them: needs, prerequisites, transfers."""

from collections.abc import Sequence
from typing import Any

import graphene

from skillatlas import reskilling, taxonomy

from ..connections import Page, Scope, page_size, paginate
from ..views import ClauseView, ConceptView, CourseView, NeedView, concept_view, skill_views
from .concepts import Concept, many
from .enums import Necessity, PrerequisiteKind, SkillType
from .paging import connection
from .scalars import JSON


class Prerequisite(graphene.ObjectType):
    """A clause: any one skill of `anyOf`, at `level`, satisfies it."""

    any_of = many(lambda: Skill)
    kind = graphene.Field(PrerequisiteKind, required=True)
    level = graphene.Int()
    source = graphene.String(required=True)
    confidence = graphene.Float(required=True)

    @staticmethod
    def resolve_any_of(root: ClauseView, _info: Any) -> list[ConceptView]:
        return skill_views(root.graph, root.any_of)


class Transfer(graphene.ObjectType):
    """A skill that is easier to learn, and by how much (0 to 1)."""

    skill = graphene.Field(lambda: Skill, required=True)
    transfer = graphene.Float(required=True)
    source = graphene.String(required=True)


class Need(graphene.ObjectType):
    """What a role needs. `importance` is 0 to 100. `data` holds what the source says besides."""

    role = graphene.Field(lambda: Role, required=True)
    skill = graphene.Field(lambda: Skill, required=True)
    necessity = graphene.Field(Necessity, required=True)
    importance = graphene.Float()
    level = graphene.Int()
    source = graphene.String(required=True)
    data = JSON()

    @staticmethod
    def resolve_role(root: NeedView, _info: Any) -> ConceptView | None:
        return concept_view(root.graph, root.edge.from_id)

    @staticmethod
    def resolve_skill(root: NeedView, _info: Any) -> ConceptView | None:
        return concept_view(root.graph, root.edge.to_id)

    @staticmethod
    def resolve_necessity(root: NeedView, _info: Any) -> taxonomy.Necessity:
        return root.edge.necessity

    @staticmethod
    def resolve_importance(root: NeedView, _info: Any) -> float | None:
        return root.edge.importance

    @staticmethod
    def resolve_level(root: NeedView, _info: Any) -> int | None:
        return root.edge.level

    @staticmethod
    def resolve_source(root: NeedView, _info: Any) -> str:
        return root.edge.source

    @staticmethod
    def resolve_data(root: NeedView, _info: Any) -> Any:
        return root.edge.data


NeedConnection = connection("Need", lambda: Need)


def _need_page(
    root: ConceptView,
    info: Any,
    needs: Sequence[taxonomy.Needs],
    other: str,
    scope: Scope,
    first: int,
    after: str | None,
) -> Page[NeedView]:
    def key(edge: taxonomy.Needs) -> tuple[float, str]:
        return (1.0 if edge.importance is None else -edge.importance), getattr(edge, other)

    return paginate(
        needs,
        key,
        lambda edge: NeedView(root.graph, edge),
        scope,
        first=page_size(first, info.context.limits.page_size),
        after=after,
    )


def _course_connection() -> Any:
    from .courses import CourseConnection

    return CourseConnection


class Skill(graphene.ObjectType):
    """A skill."""

    class Meta:
        interfaces = (Concept,)

    type = graphene.Field(SkillType)
    prerequisites = many(
        Prerequisite,
        description="All of these clauses hold before the skill is learnt; any one skill satisfies its clause.",
    )
    eases = many(Transfer, description="Skills that are easier to learn for one who has this one. Directed.")
    related = many(lambda: Skill)
    needed_by = graphene.Field(
        NeedConnection, required=True, first=graphene.Int(default_value=20), after=graphene.String()
    )
    taught_by = graphene.Field(
        _course_connection, required=True, first=graphene.Int(default_value=20), after=graphene.String()
    )

    @staticmethod
    def resolve_type(root: ConceptView, _info: Any) -> taxonomy.SkillType | None:
        return root.concept.skill_type

    @staticmethod
    def resolve_prerequisites(root: ConceptView, _info: Any) -> list[ClauseView]:
        return [
            ClauseView(root.graph, edge.any_of, edge.kind, edge.level, edge.source, edge.confidence)
            for edge in root.graph.edges.requires.get(root.concept.id, ())
        ]

    @staticmethod
    def resolve_eases(root: ConceptView, _info: Any) -> list[dict[str, Any]]:
        return [
            {"skill": skill, "transfer": edge.transfer, "source": edge.source}
            for edge in root.graph.edges.eases.get(root.concept.id, ())
            for skill in skill_views(root.graph, (edge.to_id,))
        ]

    @staticmethod
    def resolve_related(root: ConceptView, _info: Any) -> list[ConceptView]:
        return skill_views(root.graph, root.graph.edges.related.get(root.concept.id, ()))

    @staticmethod
    def resolve_needed_by(root: ConceptView, info: Any, first: int, after: str | None = None) -> Page[NeedView]:
        scope = Scope("Skill.neededBy", {"of": root.concept.id}, root.graph.release.number)
        return _need_page(root, info, root.graph.needed_by(root.concept.id), "from_id", scope, first, after)

    @staticmethod
    def resolve_taught_by(root: ConceptView, info: Any, first: int, after: str | None = None) -> Page[CourseView]:
        graph = root.graph
        return paginate(
            graph.taught_by(root.concept.id),
            lambda course: (course.id,),
            lambda course: CourseView(graph, course),
            Scope("Skill.taughtBy", {"of": root.concept.id}, graph.release.number),
            first=page_size(first, info.context.limits.page_size),
            after=after,
        )


SkillConnection = connection("Skill", lambda: Skill, release=True)


class Role(graphene.ObjectType):
    """A role: what ESCO and O*NET call an occupation."""

    class Meta:
        interfaces = (Concept,)

    job_zone = graphene.Int(description="O*NET's 1 to 5, where known.")
    needs = graphene.Field(
        NeedConnection,
        required=True,
        necessity=Necessity(),
        first=graphene.Int(default_value=50),
        after=graphene.String(),
    )

    @staticmethod
    def resolve_job_zone(root: ConceptView, _info: Any) -> int | None:
        return reskilling.job_zone(root.concept)

    @staticmethod
    def resolve_needs(
        root: ConceptView,
        info: Any,
        first: int,
        necessity: taxonomy.Necessity | None = None,
        after: str | None = None,
    ) -> Page[NeedView]:
        needs = [edge for edge in root.graph.needs(root.concept.id) if necessity is None or edge.necessity is necessity]
        scope = Scope("Role.needs", {"of": root.concept.id, "necessity": necessity}, root.graph.release.number)
        return _need_page(root, info, needs, "to_id", scope, first, after)
