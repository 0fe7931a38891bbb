"""The skill gap as the API shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import graphene

from skillatlas import reskilling, taxonomy

from ..connections import page_size
from ..views import ClauseView, ConceptView, concept_view, skill_view
from .concepts import many
from .enums import GapStatus, Necessity
from .gap_details import GapQuestion, PrerequisiteStep, QuestionView, StepView
from .skills import Prerequisite, Role, Skill


@dataclass(frozen=True, slots=True)
class GapView:
    """A gap, its name, the graph that it was found in, and the question as it was read."""

    graph: taxonomy.Graph
    id: str
    gap: reskilling.SkillGap
    standing: reskilling.Standing

    def entry(self, entry: reskilling.SkillGapEntry) -> "EntryView":
        """One of its entries."""
        return EntryView(self.graph, entry, self)


@dataclass(frozen=True, slots=True)
class EntryView:
    """One required skill of a gap."""

    graph: taxonomy.Graph
    entry: reskilling.SkillGapEntry
    of: GapView


class NecessityShare(graphene.ObjectType):
    """Counts of required skills by status, which add up to `required`; `coverage` = met / required, 0 where none is."""

    required = graphene.Int(required=True)
    met = graphene.Int(required=True)
    level_gap = graphene.Int(required=True)
    level_unknown = graphene.Int(required=True)
    transferable = graphene.Int(required=True)
    unknown = graphene.Int(required=True)
    missing = graphene.Int(required=True)
    coverage = graphene.Float(required=True)


class Evidence(graphene.ObjectType):
    """Why a skill is believed to be held or not. Offsets count code points of the text as sent."""

    source = graphene.String(required=True)
    text = graphene.String()
    start = graphene.Int()
    end = graphene.Int()
    confidence = graphene.Float(required=True)


class Parameter(graphene.ObjectType):
    """What an answer stands on. `number` where the value is one."""

    name = graphene.String(required=True)
    value = graphene.String(required=True)
    number = graphene.Float()
    meaning = graphene.String(required=True)


class GapPriority(graphene.ObjectType):
    """What closing a gap brings for the effort: `value` is weight x shortfall x demand x value / hours.

    The `factors` are all five as they were reckoned with; what is not known is said so in the meaning.
    """

    value = graphene.Float(required=True)
    factors = many(Parameter)

    @staticmethod
    def resolve_value(root: reskilling.Priority, _info: Any) -> float:
        return root.score


class SkillGapEntry(graphene.ObjectType):
    """One required skill, how it stands and what it adds to readiness."""

    skill = graphene.Field(Skill, required=True)
    status = graphene.Field(GapStatus, required=True)
    necessity = graphene.Field(Necessity, required=True)
    importance = graphene.Float()
    required_level = graphene.Int()
    held_level = graphene.Int()
    weight = graphene.Float(required=True)
    credit = graphene.Float(required=True)
    contribution = graphene.Float(required=True)
    transferable_from = graphene.Field(Skill)
    evidence = many(Evidence)
    prerequisites_missing = many(Prerequisite)
    prerequisite_chain = many(
        PrerequisiteStep,
        description="All that stands before a skill that is not met, in an order that can be learnt; what is held "
        "already is marked. Empty where the requirement is met.",
    )
    priority = graphene.Field(GapPriority, description="null where closing it would not raise readiness.")

    @staticmethod
    def resolve_skill(root: EntryView, _info: Any) -> ConceptView | None:
        return skill_view(root.graph, root.entry.skill_id)

    @staticmethod
    def resolve_status(root: EntryView, _info: Any) -> reskilling.GapStatus:
        return root.entry.status

    @staticmethod
    def resolve_necessity(root: EntryView, _info: Any) -> taxonomy.Necessity:
        return root.entry.necessity

    @staticmethod
    def resolve_importance(root: EntryView, _info: Any) -> float | None:
        return root.entry.importance

    @staticmethod
    def resolve_required_level(root: EntryView, _info: Any) -> int | None:
        return root.entry.required_level

    @staticmethod
    def resolve_held_level(root: EntryView, _info: Any) -> int | None:
        return root.entry.held_level

    @staticmethod
    def resolve_weight(root: EntryView, _info: Any) -> float:
        return root.entry.weight

    @staticmethod
    def resolve_credit(root: EntryView, _info: Any) -> float:
        return root.entry.credit

    @staticmethod
    def resolve_contribution(root: EntryView, _info: Any) -> float:
        return root.entry.contribution

    @staticmethod
    def resolve_transferable_from(root: EntryView, _info: Any) -> ConceptView | None:
        origin = root.entry.transferable_from
        return None if origin is None else skill_view(root.graph, origin)

    @staticmethod
    def resolve_evidence(root: EntryView, _info: Any) -> tuple[reskilling.Evidence, ...]:
        return root.entry.evidence

    @staticmethod
    def resolve_prerequisites_missing(root: EntryView, _info: Any) -> list[ClauseView]:
        return [
            ClauseView(root.graph, edge.any_of, edge.kind, edge.level, edge.source, edge.confidence)
            for edge in root.entry.prerequisites_missing
        ]

    @staticmethod
    def resolve_prerequisite_chain(root: EntryView, _info: Any) -> list[StepView]:
        if root.entry.status is reskilling.GapStatus.MET:
            return []
        chain = reskilling.prerequisite_chain(root.of.standing, root.entry.skill_id)
        return [StepView(root.graph, step) for step in chain]

    @staticmethod
    def resolve_priority(root: EntryView, _info: Any) -> reskilling.Priority | None:
        return root.of.gap.priority_of(root.entry.skill_id)


class SkillGap(graphene.ObjectType):
    """How far a profile is from a target, skill by skill."""

    id = graphene.ID(
        required=True,
        description="Names this answer: the same question, release and version give the same id and the same bytes.",
    )
    release = graphene.Int(required=True)
    target = graphene.Field(Role)
    readiness = graphene.Float(
        description="0 to 1: weighted share of what is required that is held, transfer credit included; the sum of "
        "the contributions. null where nothing is required."
    )
    readiness_strict = graphene.Float(description="The same without transfer credit.")
    readiness_low = graphene.Float(
        description="The least it could be on this evidence; low <= strict <= readiness <= high."
    )
    readiness_high = graphene.Float(description="The most it could be on this evidence.")
    known_share = graphene.Float(description="Share of the required skills on which the profile says anything.")
    essential = graphene.Field(NecessityShare, required=True)
    optional = graphene.Field(NecessityShare, required=True)
    skills = many(SkillGapEntry, statuses=graphene.List(graphene.NonNull(GapStatus)), necessity=Necessity())
    priorities = many(
        SkillGapEntry,
        first=graphene.Int(default_value=5),
        description="What would raise readiness most for the effort, best first.",
    )
    questions = many(
        GapQuestion,
        first=graphene.Int(default_value=10),
        description="What to ask the person, at most 10: each narrows the range of readiness, whichever answer is "
        "given. What narrows most comes first.",
    )
    parameters = many(Parameter)
    explanation = many(graphene.String, lang=graphene.String(default_value="en"))
    warnings = many(graphene.String)

    @staticmethod
    def resolve_release(root: GapView, _info: Any) -> int:
        return root.gap.release

    @staticmethod
    def resolve_target(root: GapView, _info: Any) -> ConceptView | None:
        return None if root.gap.target_id is None else concept_view(root.graph, root.gap.target_id)

    @staticmethod
    def resolve_readiness(root: GapView, _info: Any) -> float | None:
        return root.gap.readiness

    @staticmethod
    def resolve_readiness_strict(root: GapView, _info: Any) -> float | None:
        return root.gap.readiness_strict

    @staticmethod
    def resolve_readiness_low(root: GapView, _info: Any) -> float | None:
        return root.gap.readiness_low

    @staticmethod
    def resolve_readiness_high(root: GapView, _info: Any) -> float | None:
        return root.gap.readiness_high

    @staticmethod
    def resolve_known_share(root: GapView, _info: Any) -> float | None:
        return root.gap.known_share

    @staticmethod
    def resolve_essential(root: GapView, _info: Any) -> reskilling.NecessityShare:
        return root.gap.essential

    @staticmethod
    def resolve_optional(root: GapView, _info: Any) -> reskilling.NecessityShare:
        return root.gap.optional

    @staticmethod
    def resolve_skills(
        root: GapView,
        _info: Any,
        statuses: Sequence[reskilling.GapStatus] | None = None,
        necessity: taxonomy.Necessity | None = None,
    ) -> list[EntryView]:
        return [root.entry(entry) for entry in root.gap.skills(statuses, necessity)]

    @staticmethod
    def resolve_priorities(root: GapView, info: Any, first: int) -> list[EntryView]:
        page_size(first, info.context.limits.page_size)
        return [root.entry(entry) for entry in root.gap.prioritised(first)]

    @staticmethod
    def resolve_questions(root: GapView, _info: Any, first: int) -> list[QuestionView]:
        page_size(first, root.standing.settings.max_questions)
        return [QuestionView(root.graph, question) for question in reskilling.gap_questions(root.standing, first)]

    @staticmethod
    def resolve_parameters(root: GapView, _info: Any) -> tuple[reskilling.Parameter, ...]:
        return root.gap.parameters

    @staticmethod
    def resolve_explanation(root: GapView, _info: Any, lang: str) -> tuple[str, ...]:
        return reskilling.explain_gap(root.graph, root.gap, lang)

    @staticmethod
    def resolve_warnings(root: GapView, _info: Any) -> tuple[str, ...]:
        return root.gap.warnings
