"""Courses that a range of releases affects."""

from dataclasses import dataclass
from typing import Any

import graphene

from skillatlas import taxonomy

from ..connections import Page
from ..views import CourseView, ResolutionView
from .concepts import many
from .courses import Course
from .paging import PageInfo
from .resolutions import Resolution

CourseUse = graphene.Enum.from_enum(taxonomy.CourseUse)


@dataclass(frozen=True, slots=True)
class AffectedView:
    """An affected course in a graph."""

    graph: taxonomy.Graph
    affected: taxonomy.AffectedCourse


@dataclass(frozen=True, slots=True)
class CatalogueImpact:
    """How many courses a catalogue has, how many of them are affected, and of how many all is automatic."""

    catalogue: str
    courses: int
    affected: int
    automatic: int


@dataclass(frozen=True, slots=True)
class AffectedPage:
    """A page of affected courses, with the releases between which they were, and the sums by catalogue."""

    page: Page[AffectedView]
    from_release: int
    to_release: int
    catalogues: tuple[CatalogueImpact, ...]


class AffectedSkill(graphene.ObjectType):
    """A concept that a course names, and what became of it."""

    use = graphene.Field(CourseUse, required=True)
    level = graphene.Int()
    resolution = graphene.Field(Resolution, required=True)


class AffectedCourse(graphene.ObjectType):
    """A course that names concepts which are not as they were."""

    course = graphene.Field(Course, required=True)
    automatic = graphene.Boolean(
        required=True, description="All of it may be applied without a person choosing; each resolution says so too."
    )
    rewritten = graphene.Boolean(
        required=True, description="The course itself changed in the range, so it may take account of it already."
    )
    skills = many(
        AffectedSkill, description="Those that are not UNCHANGED: what it teaches, then what it assumes, by id."
    )

    @staticmethod
    def resolve_course(root: AffectedView, _info: Any) -> CourseView:
        return CourseView(root.graph, root.affected.course)

    @staticmethod
    def resolve_automatic(root: AffectedView, _info: Any) -> bool:
        return root.affected.automatic

    @staticmethod
    def resolve_rewritten(root: AffectedView, _info: Any) -> bool:
        return root.affected.rewritten

    @staticmethod
    def resolve_skills(root: AffectedView, _info: Any) -> list[dict[str, Any]]:
        return [
            {"use": one.use, "level": one.level, "resolution": ResolutionView(root.graph, one.resolution)}
            for one in root.affected.uses
        ]


class AffectedCatalogue(graphene.ObjectType):
    """How many courses a catalogue has, how many of them are affected, and of how many all is automatic."""

    catalogue = graphene.String(required=True)
    courses = graphene.Int(required=True)
    affected = graphene.Int(required=True)
    automatic = graphene.Int(required=True)


class AffectedCourseEdge(graphene.ObjectType):
    """An affected course and its cursor."""

    node = graphene.Field(AffectedCourse, required=True)
    cursor = graphene.String(required=True)


class AffectedCourseConnection(graphene.ObjectType):
    """One page of the courses that a range of releases affects."""

    edges = many(AffectedCourseEdge)
    page_info = graphene.Field(PageInfo, required=True)
    total_count = graphene.Int(required=True)
    from_release = graphene.Int(required=True)
    to_release = graphene.Int(required=True)
    catalogues = many(
        AffectedCatalogue,
        description="By key, whatever `automatic` selects; of one catalogue where one is named.",
    )

    @staticmethod
    def resolve_edges(root: AffectedPage, _info: Any) -> Any:
        return root.page.edges

    @staticmethod
    def resolve_page_info(root: AffectedPage, _info: Any) -> Any:
        return root.page.page_info

    @staticmethod
    def resolve_total_count(root: AffectedPage, _info: Any) -> int:
        return root.page.total_count
