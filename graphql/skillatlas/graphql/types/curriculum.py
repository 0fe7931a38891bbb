"""Courses held against what roles need, as the API shows it."""

from dataclasses import dataclass
from typing import Any

import graphene

from skillatlas import reskilling, taxonomy

from ..views import ConceptView, skill_view, skill_views
from .concepts import many
from .gap import NecessityShare
from .paging import connection
from .skills import Skill


@dataclass(frozen=True, slots=True)
class CoverageView:
    """A coverage and the graph that it was found in."""

    graph: taxonomy.Graph
    coverage: reskilling.CurriculumCoverage


@dataclass(frozen=True, slots=True)
class CatalogueGapView:
    """One skill that a catalogue lacks, in a graph."""

    graph: taxonomy.Graph
    gap: reskilling.CatalogueGap


class CurriculumCoverage(graphene.ObjectType):
    """What a set of courses teaches of what a role needs: a curriculum held against a target."""

    release = graphene.Int(required=True)
    essential = graphene.Field(NecessityShare, required=True)
    optional = graphene.Field(NecessityShare, required=True)
    covered = many(Skill, description="Needed, and taught at the level needed. By id, as the other two.")
    uncovered = many(Skill, description="Needed, and not taught, or at a lower level.")
    untargeted = many(Skill, description="Taught, and not needed.")

    @staticmethod
    def resolve_release(root: CoverageView, _info: Any) -> int:
        return root.coverage.release

    @staticmethod
    def resolve_essential(root: CoverageView, _info: Any) -> reskilling.NecessityShare:
        return root.coverage.essential

    @staticmethod
    def resolve_optional(root: CoverageView, _info: Any) -> reskilling.NecessityShare:
        return root.coverage.optional

    @staticmethod
    def resolve_covered(root: CoverageView, _info: Any) -> list[ConceptView]:
        return skill_views(root.graph, root.coverage.covered)

    @staticmethod
    def resolve_uncovered(root: CoverageView, _info: Any) -> list[ConceptView]:
        return skill_views(root.graph, root.coverage.uncovered)

    @staticmethod
    def resolve_untargeted(root: CoverageView, _info: Any) -> list[ConceptView]:
        return skill_views(root.graph, root.coverage.untargeted)


class CatalogueGap(graphene.ObjectType):
    """A skill that the roles of a part of the taxonomy need and few courses of a catalogue teach."""

    skill = graphene.Field(Skill, required=True)
    needed_by_roles = graphene.Int(required=True)
    taught_by_courses = graphene.Int(required=True)

    @staticmethod
    def resolve_skill(root: CatalogueGapView, _info: Any) -> ConceptView | None:
        return skill_view(root.graph, root.gap.skill_id)

    @staticmethod
    def resolve_needed_by_roles(root: CatalogueGapView, _info: Any) -> int:
        return root.gap.needed_by_roles

    @staticmethod
    def resolve_taught_by_courses(root: CatalogueGapView, _info: Any) -> int:
        return root.gap.taught_by_courses


CatalogueGapConnection = connection("CatalogueGap", lambda: CatalogueGap, release=True)
