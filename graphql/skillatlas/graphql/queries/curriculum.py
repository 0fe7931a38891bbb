"""Root fields that hold courses against what roles need."""

from collections.abc import Sequence
from typing import Any

import graphene

from skillatlas import reskilling

from ..connections import Page, Scope, cursor_release, page_size, paginate
from ..finding import find_catalogue, find_under
from ..gap_answers import read_demand
from ..types.curriculum import CatalogueGapConnection, CatalogueGapView, CoverageView, CurriculumCoverage
from ..types.inputs import DemandInput


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
        levels=graphene.Boolean(
            default_value=False,
            description="Also list what more courses teach, but none at the level that some of the roles need.",
        ),
        demand=DemandInput(description="Rank by how many of these documents name the skill, before the roles."),
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
        levels: bool,
        first: int,
        release: int | None = None,
        after: str | None = None,
        demand: dict[str, Any] | None = None,
    ) -> Page[CatalogueGapView]:
        page_size(first, info.context.limits.page_size)
        graph = info.context.graph(cursor_release(release, after))
        find_catalogue(graph, catalogue)
        top = find_under(graph, under)
        asked_for = read_demand(info.context, demand, top.scheme)
        return paginate(
            reskilling.catalogue_gaps(
                graph, catalogue, top.id, max_courses=max_courses, levels=levels, demand=asked_for
            ),
            reskilling.gap_order,
            lambda gap: CatalogueGapView(graph, gap),
            Scope(
                "Query.catalogueGaps",
                {
                    "catalogue": catalogue,
                    "under": top.id,
                    "maxCourses": max_courses,
                    "levels": levels,
                    # Documents come and go within a release: a page goes on only among the same ones.
                    "demand": None if asked_for is None else [asked_for.source, asked_for.documents],
                },
                graph.release.number,
            ),
            first=first,
            after=after,
        )
