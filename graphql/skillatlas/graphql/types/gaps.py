"""Several gaps in one answer: over several texts, and of several roles side by side."""

from dataclasses import dataclass
from typing import Any

import graphene

from skillatlas import reskilling, taxonomy

from ..connections import page_size
from ..views import ConceptView, skill_view, skill_views
from .concepts import many
from .enums import GapStatus
from .gap import EntryView, GapView, Parameter, SkillGap, SkillGapEntry
from .skills import Skill


@dataclass(frozen=True, slots=True)
class DemandGapView:
    """A gap over several texts, its name, and the gap to each text."""

    graph: taxonomy.Graph
    id: str
    found: reskilling.DemandGap
    gaps: tuple[GapView, ...]


@dataclass(frozen=True, slots=True)
class DemandedView:
    """One skill over several texts, in a graph."""

    graph: taxonomy.Graph
    row: reskilling.DemandedSkill


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """Roles side by side, the answer's name, and the gap to each role."""

    graph: taxonomy.Graph
    id: str
    found: reskilling.RoleComparison
    gaps: tuple[GapView, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """A skill with a cell for each role."""

    comparison: ComparisonView
    row: reskilling.ComparedSkill


class AdvertGap(graphene.ObjectType):
    """One of several texts; `share` is its part in the whole, 0 where it requires nothing."""

    index = graphene.Int(required=True)
    name = graphene.String()
    share = graphene.Float(required=True)
    gap = graphene.Field(SkillGap, required=True, description="As `skillGap` answers for this text alone.")


class DemandedSkill(graphene.ObjectType):
    """A skill over several texts."""

    skill = graphene.Field(Skill, required=True)
    status = graphene.Field(GapStatus, required=True, description="At the highest level that any of the texts asks.")
    required = graphene.Int(required=True, description="How many texts require it.")
    preferred = graphene.Int(required=True, description="How many texts ask for it without requiring it.")
    frequency = graphene.Float(required=True, description="The weighted share of the texts that ask for it, 0 to 1.")
    required_level = graphene.Int()
    held_level = graphene.Int()
    missed = graphene.Float(
        required=True, description="How badly it is missed: 1 - credit, on average over the texts that ask for it."
    )
    loss = graphene.Float(
        required=True,
        description="What the skills are ranked by: what readiness loses to it, on average over all texts. The "
        "losses add up to 1 - readiness.",
    )

    @staticmethod
    def resolve_skill(root: DemandedView, _info: Any) -> ConceptView | None:
        return skill_view(root.graph, root.row.skill_id)

    @staticmethod
    def resolve_status(root: DemandedView, _info: Any) -> reskilling.GapStatus:
        return root.row.status

    @staticmethod
    def resolve_required(root: DemandedView, _info: Any) -> int:
        return root.row.required

    @staticmethod
    def resolve_preferred(root: DemandedView, _info: Any) -> int:
        return root.row.preferred

    @staticmethod
    def resolve_frequency(root: DemandedView, _info: Any) -> float:
        return root.row.frequency

    @staticmethod
    def resolve_required_level(root: DemandedView, _info: Any) -> int | None:
        return root.row.required_level

    @staticmethod
    def resolve_held_level(root: DemandedView, _info: Any) -> int | None:
        return root.row.held_level

    @staticmethod
    def resolve_missed(root: DemandedView, _info: Any) -> float:
        return root.row.missed

    @staticmethod
    def resolve_loss(root: DemandedView, _info: Any) -> float:
        return root.row.loss


class DemandGap(graphene.ObjectType):
    """A profile against several texts; each readiness is the weighted mean over the texts that require anything."""

    id = graphene.ID(required=True)
    release = graphene.Int(required=True)
    readiness = graphene.Float()
    readiness_strict = graphene.Float()
    readiness_low = graphene.Float()
    readiness_high = graphene.Float()
    adverts = many(AdvertGap, description="In the order asked.")
    skills = many(
        DemandedSkill,
        first=graphene.Int(default_value=20),
        description="What is missed most over all texts comes first: by loss, then frequency, then id.",
    )
    parameters = many(Parameter)
    explanation = many(graphene.String, lang=graphene.String(default_value="en"))
    warnings = many(graphene.String)

    @staticmethod
    def resolve_release(root: DemandGapView, _info: Any) -> int:
        return root.found.release

    @staticmethod
    def resolve_readiness(root: DemandGapView, _info: Any) -> float | None:
        return root.found.readiness

    @staticmethod
    def resolve_readiness_strict(root: DemandGapView, _info: Any) -> float | None:
        return root.found.readiness_strict

    @staticmethod
    def resolve_readiness_low(root: DemandGapView, _info: Any) -> float | None:
        return root.found.readiness_low

    @staticmethod
    def resolve_readiness_high(root: DemandGapView, _info: Any) -> float | None:
        return root.found.readiness_high

    @staticmethod
    def resolve_adverts(root: DemandGapView, _info: Any) -> list[dict[str, Any]]:
        return [
            {"index": advert.index, "name": advert.name, "share": advert.share, "gap": gap}
            for advert, gap in zip(root.found.adverts, root.gaps, strict=True)
        ]

    @staticmethod
    def resolve_skills(root: DemandGapView, info: Any, first: int) -> list[DemandedView]:
        page_size(first, info.context.limits.page_size)
        return [DemandedView(root.graph, row) for row in root.found.skills[:first]]

    @staticmethod
    def resolve_parameters(root: DemandGapView, _info: Any) -> tuple[reskilling.Parameter, ...]:
        return root.found.parameters

    @staticmethod
    def resolve_explanation(root: DemandGapView, _info: Any, lang: str) -> tuple[str, ...]:
        return reskilling.explain_demand(root.graph, root.found, lang)

    @staticmethod
    def resolve_warnings(root: DemandGapView, _info: Any) -> tuple[str, ...]:
        return root.found.warnings


class ComparedSkill(graphene.ObjectType):
    """A skill that any of the roles needs."""

    skill = graphene.Field(Skill, required=True)
    needed_by = graphene.Int(required=True, description="How many of the roles need it.")
    cells = graphene.List(
        SkillGapEntry, required=True, description="One a role, in the order of `roles`; null where it is not needed."
    )

    @staticmethod
    def resolve_skill(root: RowView, _info: Any) -> ConceptView | None:
        return skill_view(root.comparison.graph, root.row.skill_id)

    @staticmethod
    def resolve_needed_by(root: RowView, _info: Any) -> int:
        return root.row.needed_by

    @staticmethod
    def resolve_cells(root: RowView, _info: Any) -> list[EntryView | None]:
        return [
            None if entry is None else gap.entry(entry)
            for gap, entry in zip(root.comparison.gaps, root.row.cells, strict=True)
        ]


class RoleComparison(graphene.ObjectType):
    """Two to four roles side by side, for one profile."""

    id = graphene.ID(required=True)
    release = graphene.Int(required=True)
    roles = many(SkillGap, description="As `skillGap` answers for each role, in the order asked.")
    rows = many(
        ComparedSkill,
        description="A row a skill: needed by most roles first, then what is missed most, then by id.",
    )
    shared = many(Skill, description="What all of the roles need, in the order of the rows.")
    differing = many(Skill, description="What not all of them need.")
    parameters = many(Parameter)
    explanation = many(graphene.String, lang=graphene.String(default_value="en"))
    warnings = many(graphene.String)

    @staticmethod
    def resolve_release(root: ComparisonView, _info: Any) -> int:
        return root.found.release

    @staticmethod
    def resolve_roles(root: ComparisonView, _info: Any) -> tuple[GapView, ...]:
        return root.gaps

    @staticmethod
    def resolve_rows(root: ComparisonView, _info: Any) -> list[RowView]:
        return [RowView(root, row) for row in root.found.rows]

    @staticmethod
    def resolve_shared(root: ComparisonView, _info: Any) -> list[ConceptView]:
        return skill_views(root.graph, root.found.shared)

    @staticmethod
    def resolve_differing(root: ComparisonView, _info: Any) -> list[ConceptView]:
        return skill_views(root.graph, root.found.differing)

    @staticmethod
    def resolve_parameters(root: ComparisonView, _info: Any) -> tuple[reskilling.Parameter, ...]:
        return root.found.parameters

    @staticmethod
    def resolve_explanation(root: ComparisonView, _info: Any, lang: str) -> tuple[str, ...]:
        return reskilling.explain_comparison(root.graph, root.found, lang)

    @staticmethod
    def resolve_warnings(root: ComparisonView, _info: Any) -> tuple[str, ...]:
        return root.found.warnings
