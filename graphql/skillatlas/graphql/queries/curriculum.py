"""Root fields that hold courses against what roles need."""

from collections.abc import Sequence
from typing import Any

import graphene

from skillatlas import reskilling

from ..connections import Page, Scope, cursor_release, page_size, paginate
from ..finding import find_catalogue, find_under
from ..types.curriculum import CatalogueGapConnection, CatalogueGapView, CoverageView, CurriculumCoverage


class CurriculumQueries:
    """`curriculumCoverage`, `catalogueGaps`."""

    curriculum_coverage = graphene.Field(
        CurriculumCoverage,
        course_ids=graphene.List(graphene.NonNull(graphene.ID), required=True),
        role_id=graphene.ID(required=True),
        release=graphene.Int(),
        description="What courses, taken together, teach of what a role needs. A course that states no level reaches "
        "the one needed.",
    )
    catalogue_gaps = graphene.Field(
        CatalogueGapConnection,
        catalogue=graphene.String(required=True),
        under=graphene.ID(required=True),
        max_courses=graphene.Int(default_value=0),
        release=graphene.Int(),
        first=graphene.Int(default_value=20),
        after=graphene.String(),
        description="Skills that the roles under a concept need and at most `maxCourses` courses of the catalogue "
        "teach: needed by most roles first, then by id.",
    )

    @staticmethod
    def resolve_curriculum_coverage(
        _root: Any, info: Any, course_ids: Sequence[str], role_id: str, release: int | None = None
    ) -> CoverageView:
        graph = info.context.graph(release)
        return CoverageView(graph, reskilling.curriculum_coverage(graph, course_ids, role_id))

    @staticmethod
    def resolve_catalogue_gaps(
        _root: Any,
        info: Any,
        catalogue: str,
        under: str,
        max_courses: int,
        first: int,
        release: int | None = None,
        after: str | None = None,
    ) -> Page[CatalogueGapView]:
        page_size(first, info.context.limits.page_size)
        graph = info.context.graph(cursor_release(release, after))
        find_catalogue(graph, catalogue)
        top = find_under(graph, under).id
        return paginate(
            reskilling.catalogue_gaps(graph, catalogue, top, max_courses=max_courses),
            lambda gap: (-gap.needed_by_roles, gap.skill_id),
            lambda gap: CatalogueGapView(graph, gap),
            Scope(
                "Query.catalogueGaps",
                {"catalogue": catalogue, "under": top, "maxCourses": max_courses},
                graph.release.number,
            ),
            first=first,
            after=after,
        )
