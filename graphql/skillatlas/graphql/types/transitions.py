"""Role transitions and what-if as the API shows them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import graphene

from skillatlas import reskilling, taxonomy

from ..connections import Page, Scope, page_size, paginate
from ..views import ConceptView, concept_view, skill_view, skill_views
from .concepts import many
from .gap import NecessityShare, Parameter
from .inputs import ProfileInput
from .paging import connection
from .skills import Role, Skill


class RoleTransitionsInput(graphene.InputObjectType):
    """From a profile, or from a role in it, to other roles."""

    profile = graphene.InputField(ProfileInput, required=True)
    scheme = graphene.String(default_value="atlas")
    under = graphene.ID()
    min_coverage = graphene.Float(
        default_value=0.0, description="Keep only destinations whose essential coverage is at least this."
    )
    max_zone_distance = graphene.Int(
        default_value=1, description="Keep only destinations at most so many job zones apart, where both are known."
    )
    first = graphene.Int(default_value=20)
    after = graphene.String()


@dataclass(frozen=True, slots=True)
class TransitionsView:
    """A page of destinations, all that the answer is made from, and what its cursors are bound to."""

    graph: taxonomy.Graph
    id: str
    answer: reskilling.RoleTransitions
    page: Page["TransitionView"]
    scope: Scope


@dataclass(frozen=True, slots=True)
class TransitionView:
    """One destination, and what finds the fewest skills that would make it viable: searched when asked for, once."""

    graph: taxonomy.Graph
    transition: reskilling.RoleTransition
    calibration: reskilling.Calibration
    counterfactual: Callable[[], tuple[str, ...]]

    @classmethod
    def of(
        cls, graph: taxonomy.Graph, answer: reskilling.RoleTransitions, ranked: reskilling.RankedRole
    ) -> "TransitionView":
        """The destination of a place in the ranking."""
        search = cache(partial(reskilling.fewest_skills, answer.position, ranked.role_id))
        return cls(graph, reskilling.describe(answer, ranked), answer.position.space.calibration, search)


@dataclass(frozen=True, slots=True)
class ExcludedView:
    """A role that filters left out."""

    graph: taxonomy.Graph
    excluded: reskilling.ExcludedRole


@dataclass(frozen=True, slots=True)
class OpeningView:
    """A page of skills that open roles."""

    graph: taxonomy.Graph
    answer: reskilling.OpeningSkills
    page: Page["OpeningSkillView"]
    calibration: reskilling.Calibration


@dataclass(frozen=True, slots=True)
class OpeningSkillView:
    """One skill that opens roles."""

    graph: taxonomy.Graph
    answer: reskilling.OpeningSkills
    skill: reskilling.OpeningSkill


class TransitionFilter(graphene.ObjectType):
    """A filter: what it looks at, its limit, and how many roles it left out."""

    name = graphene.String(required=True)
    value = graphene.String(required=True)
    limit = graphene.String(required=True)
    excluded = graphene.Int(required=True)


class FailedFilter(graphene.ObjectType):
    """A filter that left a role out: the role's own value, and the limit."""

    name = graphene.String(required=True)
    value = graphene.String(required=True)
    limit = graphene.String(required=True)


class ExcludedRole(graphene.ObjectType):
    """A role that was left out, with every filter that left it out."""

    role = graphene.Field(Role, required=True)
    similarity = graphene.Float(required=True)
    filters = many(FailedFilter)

    @staticmethod
    def resolve_role(root: ExcludedView, _info: Any) -> ConceptView | None:
        return concept_view(root.graph, root.excluded.role_id)

    @staticmethod
    def resolve_similarity(root: ExcludedView, _info: Any) -> float:
        return root.excluded.similarity

    @staticmethod
    def resolve_filters(root: ExcludedView, _info: Any) -> tuple[reskilling.FailedFilter, ...]:
        return root.excluded.filters


ExcludedRoleConnection = connection("ExcludedRole", lambda: ExcludedRole, release=True)


class RoleTransition(graphene.ObjectType):
    """One destination."""

    role = graphene.Field(Role, required=True)
    similarity = graphene.Float(required=True, description="0 to 1, symmetric; what the list is ranked by.")
    components = many(Parameter)
    essential = graphene.Field(NecessityShare, required=True)
    optional = graphene.Field(NecessityShare, required=True)
    viable = graphene.Boolean(required=True, description="Above the threshold calibrated on this release.")
    missing = many(Skill, description="Essential skills that are not held.")
    counterfactual = many(
        Skill,
        description="The fewest skills that would make a role that is not viable so; empty where it is, or where none "
        "was found.",
    )
    explanation = many(graphene.String, lang=graphene.String(default_value="en"))

    @staticmethod
    def resolve_role(root: TransitionView, _info: Any) -> ConceptView | None:
        return concept_view(root.graph, root.transition.role_id)

    @staticmethod
    def resolve_similarity(root: TransitionView, _info: Any) -> float:
        return root.transition.similarity

    @staticmethod
    def resolve_components(root: TransitionView, _info: Any) -> tuple[reskilling.Parameter, ...]:
        return root.transition.components

    @staticmethod
    def resolve_essential(root: TransitionView, _info: Any) -> reskilling.NecessityShare:
        return root.transition.essential

    @staticmethod
    def resolve_optional(root: TransitionView, _info: Any) -> reskilling.NecessityShare:
        return root.transition.optional

    @staticmethod
    def resolve_viable(root: TransitionView, _info: Any) -> bool:
        return root.transition.viable

    @staticmethod
    def resolve_missing(root: TransitionView, _info: Any) -> list[ConceptView]:
        return skill_views(root.graph, root.transition.missing)

    @staticmethod
    def resolve_counterfactual(root: TransitionView, _info: Any) -> list[ConceptView]:
        return skill_views(root.graph, root.counterfactual())

    @staticmethod
    def resolve_explanation(root: TransitionView, _info: Any, lang: str) -> tuple[str, ...]:
        found = root.counterfactual()
        return reskilling.explain_transition(root.graph, root.transition, root.calibration, found, lang)


class RoleTransitions(graphene.ObjectType):
    """Destinations, the most alike first."""

    id = graphene.ID(required=True)
    release = graphene.Int(required=True)
    threshold = graphene.Field(Parameter, required=True)
    transitions = many(RoleTransition)
    total_count = graphene.Int(required=True)
    has_next_page = graphene.Boolean(required=True)
    end_cursor = graphene.String()
    filters = many(TransitionFilter, description="What was filtered by, and how many roles each filter left out.")
    excluded = graphene.Field(
        ExcludedRoleConnection,
        required=True,
        first=graphene.Int(default_value=20),
        after=graphene.String(),
        description="The roles that were left out, the most alike first, each with its reasons.",
    )
    parameters = many(Parameter)
    warnings = many(graphene.String)

    @staticmethod
    def resolve_release(root: TransitionsView, _info: Any) -> int:
        return root.answer.release

    @staticmethod
    def resolve_threshold(root: TransitionsView, _info: Any) -> reskilling.Parameter:
        return root.answer.threshold

    @staticmethod
    def resolve_transitions(root: TransitionsView, _info: Any) -> list[TransitionView]:
        return [edge.node for edge in root.page.edges]

    @staticmethod
    def resolve_total_count(root: TransitionsView, _info: Any) -> int:
        return root.page.total_count

    @staticmethod
    def resolve_has_next_page(root: TransitionsView, _info: Any) -> bool:
        return root.page.page_info.has_next_page

    @staticmethod
    def resolve_end_cursor(root: TransitionsView, _info: Any) -> str | None:
        return root.page.page_info.end_cursor

    @staticmethod
    def resolve_filters(root: TransitionsView, _info: Any) -> tuple[reskilling.FilterResult, ...]:
        return root.answer.filters

    @staticmethod
    def resolve_excluded(root: TransitionsView, info: Any, first: int, after: str | None = None) -> Page[ExcludedView]:
        return paginate(
            root.answer.excluded,
            lambda excluded: excluded.order,
            lambda excluded: ExcludedView(root.graph, excluded),
            Scope("RoleTransitions.excluded", root.scope.arguments, root.scope.release),
            first=page_size(first, info.context.limits.page_size),
            after=after,
        )

    @staticmethod
    def resolve_parameters(root: TransitionsView, _info: Any) -> tuple[reskilling.Parameter, ...]:
        return root.answer.parameters

    @staticmethod
    def resolve_warnings(root: TransitionsView, _info: Any) -> Sequence[str]:
        return root.answer.warnings


class OpenedRole(graphene.ObjectType):
    """A role that a skill makes viable, and for how many of the profiles."""

    role = graphene.Field(Role, required=True)
    people = graphene.Int(required=True)


class OpeningSkill(graphene.ObjectType):
    """A skill that would make roles viable if it were held too."""

    skill = graphene.Field(Skill, required=True)
    opened = graphene.Int(required=True, description="Roles that become viable, each counted for every profile.")
    people = graphene.Int(required=True, description="Profiles for which any role becomes viable.")
    roles = many(
        OpenedRole,
        first=graphene.Int(default_value=20),
        description="Which roles: those that open to most people first, then by id.",
    )

    @staticmethod
    def resolve_skill(root: OpeningSkillView, _info: Any) -> ConceptView | None:
        return skill_view(root.graph, root.skill.skill_id)

    @staticmethod
    def resolve_opened(root: OpeningSkillView, _info: Any) -> int:
        return root.skill.opened

    @staticmethod
    def resolve_people(root: OpeningSkillView, _info: Any) -> int:
        return root.skill.people

    @staticmethod
    def resolve_roles(root: OpeningSkillView, info: Any, first: int) -> list[dict[str, Any]]:
        page_size(first, info.context.limits.page_size)
        opened = reskilling.opened_by(root.answer, root.skill.skill_id)[:first]
        return [{"role": concept_view(root.graph, role), "people": people} for role, people in opened]


class OpeningSkills(graphene.ObjectType):
    """Skills by how many roles they would open, most first, then by id."""

    release = graphene.Int(required=True)
    threshold = graphene.Field(Parameter, required=True)
    skills = many(OpeningSkill)
    total_count = graphene.Int(required=True)
    has_next_page = graphene.Boolean(required=True)
    end_cursor = graphene.String()
    warnings = many(graphene.String)

    @staticmethod
    def resolve_release(root: OpeningView, _info: Any) -> int:
        return root.answer.release

    @staticmethod
    def resolve_threshold(root: OpeningView, _info: Any) -> reskilling.Parameter:
        return root.calibration.parameter()

    @staticmethod
    def resolve_skills(root: OpeningView, _info: Any) -> list[OpeningSkillView]:
        return [edge.node for edge in root.page.edges]

    @staticmethod
    def resolve_total_count(root: OpeningView, _info: Any) -> int:
        return root.page.total_count

    @staticmethod
    def resolve_has_next_page(root: OpeningView, _info: Any) -> bool:
        return root.page.page_info.has_next_page

    @staticmethod
    def resolve_end_cursor(root: OpeningView, _info: Any) -> str | None:
        return root.page.page_info.end_cursor

    @staticmethod
    def resolve_warnings(root: OpeningView, _info: Any) -> Sequence[str]:
        return root.answer.warnings


RoleConnection = connection("Role", lambda: Role, release=True)
