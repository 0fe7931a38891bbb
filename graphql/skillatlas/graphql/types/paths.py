"""Learning paths as the API shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

import graphene

from skillatlas import reskilling, taxonomy

from ..views import ConceptView, CourseView, SkillAtView, concept_views, skill_view, skill_views
from .concepts import many
from .courses import Course, CoursePrerequisite, Money, TaughtSkill, course_clause
from .enums import PathObjective, PathStatus, UncoveredReason
from .gap import NecessityShare, Parameter
from .scalars import Date
from .skills import Role, Skill

Unlocked = tuple[tuple[str, ...], ...]
"""For each step of a plan the roles that it makes viable; reckoned when it is asked for."""


@dataclass(frozen=True, slots=True)
class PathsView:
    """The plans, their name, and the graph that they were made in."""

    graph: taxonomy.Graph
    id: str
    paths: reskilling.LearningPaths
    unlocked: Callable[[reskilling.LearningPlan], Unlocked]
    target: taxonomy.Concept | None


@dataclass(frozen=True, slots=True)
class PlanView:
    """One plan."""

    graph: taxonomy.Graph
    plan: reskilling.LearningPlan
    unlocked: Callable[[], Unlocked]


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of a plan."""

    graph: taxonomy.Graph
    plan: reskilling.LearningPlan
    step: reskilling.LearningStep
    unlocked: Callable[[], Unlocked]


class SatisfiedPrerequisite(graphene.ObjectType):
    """A clause, the skill that satisfies it, and the step that teaches the skill; null: the profile."""

    clause = graphene.Field(CoursePrerequisite, required=True)
    by = graphene.Field(Skill, required=True)
    step = graphene.Int()


class ThroughMapping(graphene.ObjectType):
    """A skill of another scheme that a step brings, and the skill that its course names, mapped to it as EXACT."""

    skill = graphene.Field(Skill, required=True)
    taught = graphene.Field(Skill, required=True)


class UncoveredSkill(graphene.ObjectType):
    """A needed skill that the best plan does not reach, and why."""

    skill = graphene.Field(Skill, required=True)
    reason = graphene.Field(UncoveredReason, required=True)
    detail = graphene.String(required=True)


class LearningStep(graphene.ObjectType):
    """A course in its place."""

    order = graphene.Int(required=True)
    course = graphene.Field(Course, required=True)
    start_date = Date()
    end_date = Date()
    teaches = many(TaughtSkill)
    through_mappings = many(
        ThroughMapping,
        description="What of `teaches` the course does not name itself, but as a skill mapped to it as EXACT.",
    )
    prerequisites = many(
        SatisfiedPrerequisite,
        description="Which earlier step, or the profile (step null), satisfies each clause.",
    )
    unlocks = many(
        Role, description="Roles that become viable with this step: places to stop. They are of the target's scheme."
    )
    why = graphene.String(required=True, lang=graphene.String(default_value="en"))

    @staticmethod
    def resolve_order(root: StepView, _info: Any) -> int:
        return root.step.order

    @staticmethod
    def resolve_course(root: StepView, _info: Any) -> CourseView:
        return CourseView(root.graph, root.graph.courses[root.step.course_id])

    @staticmethod
    def resolve_start_date(root: StepView, _info: Any) -> date | None:
        return root.step.start_date

    @staticmethod
    def resolve_end_date(root: StepView, _info: Any) -> date | None:
        return root.step.end_date

    @staticmethod
    def resolve_teaches(root: StepView, _info: Any) -> list[SkillAtView]:
        return [
            SkillAtView(skill, taught.level, taught.confidence)
            for taught in root.step.teaches
            for skill in skill_views(root.graph, (taught.skill,))
        ]

    @staticmethod
    def resolve_through_mappings(root: StepView, _info: Any) -> list[dict[str, Any]]:
        pairs = sorted({(use.skill_id, use.through) for use in root.step.uses if use.through is not None})
        return [{"skill": skill_view(root.graph, one), "taught": skill_view(root.graph, other)} for one, other in pairs]

    @staticmethod
    def resolve_prerequisites(root: StepView, _info: Any) -> list[dict[str, Any]]:
        return [
            {
                "clause": course_clause(root.graph, satisfied.clause),
                "by": skill_view(root.graph, satisfied.by),
                "step": satisfied.step,
            }
            for satisfied in root.step.prerequisites
        ]

    @staticmethod
    def resolve_unlocks(root: StepView, _info: Any) -> list[ConceptView]:
        return concept_views(root.graph, root.unlocked()[root.step.order - 1])

    @staticmethod
    def resolve_why(root: StepView, _info: Any, lang: str) -> str:
        return reskilling.explain_step(root.graph, root.plan, root.step, lang)


class LearningPlan(graphene.ObjectType):
    """One plan: courses in their order, what they cost, and where they lead."""

    objective = graphene.Field(PathObjective, required=True)
    status = graphene.Field(
        PathStatus,
        required=True,
        description="OPTIMAL: proven. FEASIBLE: the effort limit ended the proof, or an alternative's value is short "
        "of the `bound`.",
    )
    objective_value = graphene.Float(required=True, description="In hours, in money, or in covered weight.")
    bound = graphene.Float(required=True, description="No plan has a better value than this.")
    hours = graphene.Float(required=True)
    prices = many(
        Money,
        description="One sum a currency, of the prices that are known; `warnings` name the courses of the others.",
    )
    finish_date = Date()
    steps = many(LearningStep)
    readiness_after = graphene.Float()
    essential_after = graphene.Field(NecessityShare, required=True)
    optional_after = graphene.Field(NecessityShare, required=True)

    @staticmethod
    def resolve_objective(root: PlanView, _info: Any) -> reskilling.PathObjective:
        return root.plan.objective

    @staticmethod
    def resolve_status(root: PlanView, _info: Any) -> reskilling.PathStatus:
        return root.plan.status

    @staticmethod
    def resolve_objective_value(root: PlanView, _info: Any) -> float:
        return root.plan.objective_value

    @staticmethod
    def resolve_bound(root: PlanView, _info: Any) -> float:
        return root.plan.bound

    @staticmethod
    def resolve_hours(root: PlanView, _info: Any) -> float:
        return root.plan.hours

    @staticmethod
    def resolve_prices(root: PlanView, _info: Any) -> list[dict[str, Any]]:
        return [{"amount": float(price.amount), "currency": price.currency} for price in root.plan.prices]

    @staticmethod
    def resolve_finish_date(root: PlanView, _info: Any) -> date | None:
        return root.plan.finish_date

    @staticmethod
    def resolve_steps(root: PlanView, _info: Any) -> list[StepView]:
        return [StepView(root.graph, root.plan, step, root.unlocked) for step in root.plan.steps]

    @staticmethod
    def resolve_readiness_after(root: PlanView, _info: Any) -> float | None:
        return root.plan.readiness_after

    @staticmethod
    def resolve_essential_after(root: PlanView, _info: Any) -> reskilling.NecessityShare:
        return root.plan.essential_after

    @staticmethod
    def resolve_optional_after(root: PlanView, _info: Any) -> reskilling.NecessityShare:
        return root.plan.optional_after


class LearningPaths(graphene.ObjectType):
    """Plans that close a gap, the best first."""

    id = graphene.ID(required=True)
    release = graphene.Int(required=True)
    target = graphene.Field(Role, description="The role that was asked for; null where the target is no role.")
    status = graphene.Field(
        PathStatus,
        required=True,
        description="INFEASIBLE: not all that is needed can be reached; `uncovered` names each such skill, and "
        "`plans` hold the best for the rest, proven like any other.",
    )
    plans = many(LearningPlan)
    uncovered = many(UncoveredSkill)
    parameters = many(Parameter)
    warnings = many(graphene.String)

    @staticmethod
    def resolve_release(root: PathsView, _info: Any) -> int:
        return root.paths.release

    @staticmethod
    def resolve_target(root: PathsView, _info: Any) -> ConceptView | None:
        return None if root.target is None else ConceptView(root.graph, root.target)

    @staticmethod
    def resolve_status(root: PathsView, _info: Any) -> reskilling.PathStatus:
        return root.paths.status

    @staticmethod
    def resolve_plans(root: PathsView, _info: Any) -> list[PlanView]:
        return [PlanView(root.graph, plan, cache(partial(root.unlocked, plan))) for plan in root.paths.plans]

    @staticmethod
    def resolve_uncovered(root: PathsView, _info: Any) -> list[dict[str, Any]]:
        rows: list[tuple[ConceptView, reskilling.UncoveredSkill]] = [
            (skill, row) for row in root.paths.uncovered if (skill := skill_view(root.graph, row.skill_id)) is not None
        ]
        return [{"skill": skill, "reason": row.reason, "detail": row.detail} for skill, row in rows]

    @staticmethod
    def resolve_parameters(root: PathsView, _info: Any) -> tuple[reskilling.Parameter, ...]:
        return root.paths.parameters

    @staticmethod
    def resolve_warnings(root: PathsView, _info: Any) -> tuple[str, ...]:
        return root.paths.warnings
