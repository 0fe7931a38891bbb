"""What belongs to a gap and is asked for apart: what stands before a skill, questions."""

from dataclasses import dataclass
from typing import Any

import graphene

from skillatlas import reskilling, taxonomy

from ..views import ConceptView, skill_view, skill_views
from .concepts import many
from .enums import GapStatus, PrerequisiteKind, QuestionKind
from .skills import Skill


@dataclass(frozen=True, slots=True)
class StepView:
    """A skill that stands before another, in a graph."""

    graph: taxonomy.Graph
    step: reskilling.PrerequisiteStep


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question, in a graph."""

    graph: taxonomy.Graph
    question: reskilling.GapQuestion


class PrerequisiteStep(graphene.ObjectType):
    """A skill that stands before another one, at the highest level that is asked of it there."""

    skill = graphene.Field(Skill, required=True)
    level = graphene.Int()
    kind = graphene.Field(PrerequisiteKind, required=True)
    status = graphene.Field(GapStatus, required=True)
    held = graphene.Boolean(
        required=True,
        description="The profile reaches the level, one that is not known counted as basic; what stands before it is "
        "then not followed.",
    )
    held_level = graphene.Int()
    needed_for = many(Skill, description="Which skills of the chain, or the one it leads to, require it.")
    alternatives = many(Skill, description="Other skills that would do as well.")
    circular = graphene.Boolean(
        required=True,
        description="It and what it requires wait for each other, so no order can be right: to be learnt together.",
    )

    @staticmethod
    def resolve_skill(root: StepView, _info: Any) -> ConceptView | None:
        return skill_view(root.graph, root.step.skill_id)

    @staticmethod
    def resolve_level(root: StepView, _info: Any) -> int | None:
        return root.step.level

    @staticmethod
    def resolve_kind(root: StepView, _info: Any) -> taxonomy.PrerequisiteKind:
        return root.step.kind

    @staticmethod
    def resolve_status(root: StepView, _info: Any) -> reskilling.GapStatus:
        return root.step.status

    @staticmethod
    def resolve_held(root: StepView, _info: Any) -> bool:
        return root.step.held

    @staticmethod
    def resolve_held_level(root: StepView, _info: Any) -> int | None:
        return root.step.held_level

    @staticmethod
    def resolve_needed_for(root: StepView, _info: Any) -> list[ConceptView]:
        return skill_views(root.graph, root.step.needed_for)

    @staticmethod
    def resolve_alternatives(root: StepView, _info: Any) -> list[ConceptView]:
        return skill_views(root.graph, root.step.any_of)

    @staticmethod
    def resolve_circular(root: StepView, _info: Any) -> bool:
        return root.step.circular


class GapAnswer(graphene.ObjectType):
    """One answer to a question; with it in the profile, the range of readiness is this."""

    text = graphene.String(required=True, lang=graphene.String(default_value="en"))
    holds = graphene.Boolean(required=True, description="true: to be named in `skills`; false: in `notHeld`.")
    level = graphene.Int()
    readiness_low = graphene.Float(required=True)
    readiness_high = graphene.Float(required=True)

    @staticmethod
    def resolve_text(root: reskilling.GapAnswer, _info: Any, lang: str) -> str:
        return reskilling.answer_text(root, lang)


class GapQuestion(graphene.ObjectType):
    """A question to the person, on a required skill of which too little is known."""

    skill = graphene.Field(Skill, required=True)
    kind = graphene.Field(QuestionKind, required=True)
    required_level = graphene.Int()
    text = graphene.String(required=True, lang=graphene.String(default_value="en"))
    narrows = graphene.Float(
        required=True,
        description="By how much readinessHigh - readinessLow shrinks at least, whichever of the answers is given.",
    )
    answers = many(GapAnswer)

    @staticmethod
    def resolve_skill(root: QuestionView, _info: Any) -> ConceptView | None:
        return skill_view(root.graph, root.question.skill_id)

    @staticmethod
    def resolve_kind(root: QuestionView, _info: Any) -> reskilling.QuestionKind:
        return root.question.kind

    @staticmethod
    def resolve_required_level(root: QuestionView, _info: Any) -> int | None:
        return root.question.required_level

    @staticmethod
    def resolve_text(root: QuestionView, _info: Any, lang: str) -> str:
        return reskilling.question_text(root.graph, root.question, lang)

    @staticmethod
    def resolve_narrows(root: QuestionView, _info: Any) -> float:
        return root.question.narrows

    @staticmethod
    def resolve_answers(root: QuestionView, _info: Any) -> tuple[reskilling.GapAnswer, ...]:
        return root.question.answers
