"""Courses held against what roles need, as the API shows it."""

from dataclasses import dataclass
from typing import Any

import graphene

from skillatlas import reskilling, taxonomy

from ..views import ConceptView, CourseView, skill_view, skill_views
from .concepts import many
from .courses import Course
from .enums import GapStatus, Necessity
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


@dataclass(frozen=True, slots=True)
class CoveredNeedView:
    """One need of a coverage, in a graph."""

    graph: taxonomy.Graph
    need: reskilling.CoveredNeed


class CoveredNeed(graphene.ObjectType):
    """One need of the role, and how far the courses lead."""

    skill = graphene.Field(Skill, required=True)
    status = graphene.Field(
        GapStatus, required=True, description="MET; LEVEL_GAP: taught, at too low a level; MISSING: not taught."
    )
    necessity = graphene.Field(Necessity, required=True)
    required_level = graphene.Int()
    taught_level = graphene.Int(description="The highest stated; null: none is stated, or nothing teaches it.")
    courses = many(Course, description="Those that teach it, at any level, by id.")
    through = many(Skill, description="Skills of other schemes, mapped to it as EXACT, as which courses teach it.")

    @staticmethod
    def resolve_skill(root: CoveredNeedView, _info: Any) -> ConceptView | None:
        return skill_view(root.graph, root.need.skill_id)

    @staticmethod
    def resolve_status(root: CoveredNeedView, _info: Any) -> reskilling.GapStatus:
        return root.need.status

    @staticmethod
    def resolve_necessity(root: CoveredNeedView, _info: Any) -> taxonomy.Necessity:
        return root.need.necessity

    @staticmethod
    def resolve_required_level(root: CoveredNeedView, _info: Any) -> int | None:
        return root.need.required_level

    @staticmethod
    def resolve_taught_level(root: CoveredNeedView, _info: Any) -> int | None:
        return root.need.taught_level

    @staticmethod
    def resolve_courses(root: CoveredNeedView, _info: Any) -> list[CourseView]:
        return [CourseView(root.graph, root.graph.courses[course]) for course in root.need.course_ids]

    @staticmethod
    def resolve_through(root: CoveredNeedView, _info: Any) -> list[ConceptView]:
        return skill_views(root.graph, root.need.through)


class CurriculumCoverage(graphene.ObjectType):
    """What a set of courses teaches of what a role needs: a curriculum held against a target."""

    release = graphene.Int(required=True)
    essential = graphene.Field(NecessityShare, required=True)
    optional = graphene.Field(NecessityShare, required=True)
    covered = many(Skill, description="Needed, and taught at the level needed. By id, as the other two.")
    uncovered = many(Skill, description="Needed, and not taught, or at a lower level.")
    untargeted = many(Skill, description="Taught, and not needed.")
    needs = many(CoveredNeed, description="Every need with the level taught beside the level needed.")
    warnings = many(graphene.String)

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

    @staticmethod
    def resolve_needs(root: CoverageView, _info: Any) -> list[CoveredNeedView]:
        return [CoveredNeedView(root.graph, need) for need in root.coverage.needs]

    @staticmethod
    def resolve_warnings(root: CoverageView, _info: Any) -> tuple[str, ...]:
        return root.coverage.warnings


class CatalogueGap(graphene.ObjectType):
    """A skill that the roles of a part of the taxonomy need and few courses of a catalogue teach."""

    skill = graphene.Field(Skill, required=True)
    needed_by_roles = graphene.Int(required=True)
    taught_by_courses = graphene.Int(required=True)
    unmet_roles = graphene.Int(
        required=True, description="How many of the roles need it at a level that no course of the catalogue reaches."
    )
    needed_level = graphene.Int(description="The highest that a role needs; null: any level will do.")
    taught_level = graphene.Int(description="The highest that is taught; null: none is, or none is stated.")
    documents = graphene.Int(
        description="How many of the documents of `demand` name it; null: not asked, or read in another scheme."
    )

    @staticmethod
    def resolve_skill(root: CatalogueGapView, _info: Any) -> ConceptView | None:
        return skill_view(root.graph, root.gap.skill_id)

    @staticmethod
    def resolve_needed_by_roles(root: CatalogueGapView, _info: Any) -> int:
        return root.gap.needed_by_roles

    @staticmethod
    def resolve_taught_by_courses(root: CatalogueGapView, _info: Any) -> int:
        return root.gap.taught_by_courses

    @staticmethod
    def resolve_unmet_roles(root: CatalogueGapView, _info: Any) -> int:
        return root.gap.unmet_roles

    @staticmethod
    def resolve_needed_level(root: CatalogueGapView, _info: Any) -> int | None:
        return root.gap.needed_level

    @staticmethod
    def resolve_taught_level(root: CatalogueGapView, _info: Any) -> int | None:
        return root.gap.taught_level

    @staticmethod
    def resolve_documents(root: CatalogueGapView, _info: Any) -> int | None:
        return root.gap.documents


CatalogueGapConnection = connection("CatalogueGap", lambda: CatalogueGap, release=True)
