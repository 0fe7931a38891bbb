"""Root fields on what became of stored ids, and which courses name them."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import graphene

from skillatlas import taxonomy

from ..changes import Range, check_size, find_range
from ..connections import Scope, cursor_release, page_size, paginate
from ..finding import find_catalogue
from ..types.affected import AffectedCourseConnection, AffectedPage, AffectedView, CatalogueImpact
from ..types.resolutions import ImpactReport, Resolution
from ..views import ImpactView, ResolutionView


class ResolvingQueries:
    """`resolve`, `impact`, `affectedCourses`."""

    resolve = graphene.List(
        graphene.NonNull(Resolution),
        ids=graphene.List(graphene.NonNull(graphene.ID), required=True),
        from_release=graphene.Int(required=True),
        to_release=graphene.Int(),
        description="What became of stored ids since the release they were stored under; in the order asked.",
    )
    impact = graphene.Field(
        ImpactReport,
        ids=graphene.List(graphene.NonNull(graphene.ID), required=True),
        from_release=graphene.Int(required=True),
        to_release=graphene.Int(),
        description="The same, counted; `affected` holds what is not UNCHANGED. More ids than one argument takes go "
        "to the route POST /sync/impact.",
    )
    affected_courses = graphene.Field(
        AffectedCourseConnection,
        from_=graphene.Argument(graphene.Int, name="from", required=True),
        to=graphene.Int(),
        catalogue=graphene.String(),
        automatic=graphene.Boolean(
            description="true: only where a client may apply all of it; false: only where a person has to look."
        ),
        first=graphene.Int(default_value=20),
        after=graphene.String(),
        description="Courses, as release `to` has them, that teach or assume concepts which are not as they were at "
        "release `from`; by the rules of `resolve`.",
    )

    @staticmethod
    def resolve_resolve(
        _root: Any, info: Any, ids: Sequence[str], from_release: int, to_release: int | None = None
    ) -> list[ResolutionView]:
        return _resolve(info, ids, from_release, to_release)[1]

    @staticmethod
    def resolve_impact(
        _root: Any, info: Any, ids: Sequence[str], from_release: int, to_release: int | None = None
    ) -> ImpactView:
        graph, resolutions = _resolve(info, ids, from_release, to_release)
        counts = Counter(view.resolution.status for view in resolutions)
        return ImpactView(
            graph,
            from_release,
            tuple((status, counts[status]) for status in taxonomy.ResolutionStatus if counts[status]),
            tuple(view for view in resolutions if view.resolution.status is not taxonomy.ResolutionStatus.UNCHANGED),
        )

    @staticmethod
    def resolve_affected_courses(
        _root: Any,
        info: Any,
        from_: int,
        first: int,
        to: int | None = None,
        catalogue: str | None = None,
        automatic: bool | None = None,
        after: str | None = None,
    ) -> AffectedPage:
        page_size(first, info.context.limits.page_size)
        graph, resolver, releases = _resolver(info, from_, cursor_release(to, after), names=("from", "to"))
        if catalogue is not None:
            find_catalogue(graph, catalogue)
        found = taxonomy.affected_courses(resolver, catalogue=catalogue)
        page = paginate(
            [one for one in found if automatic is None or one.automatic is automatic],
            lambda affected: (affected.course.id,),
            lambda affected: AffectedView(graph, affected),
            Scope(
                "Query.affectedCourses",
                {"from": releases.start, "catalogue": catalogue, "automatic": automatic},
                releases.end,
            ),
            first=first,
            after=after,
        )
        return AffectedPage(page, releases.start, releases.end, _by_catalogue(graph, found, catalogue))


def _by_catalogue(
    graph: taxonomy.Graph, found: Sequence[taxonomy.AffectedCourse], catalogue: str | None
) -> tuple[CatalogueImpact, ...]:
    whole = Counter(course.catalogue for course in graph.courses.values())
    affected = Counter(one.course.catalogue for one in found)
    automatic = Counter(one.course.catalogue for one in found if one.automatic)
    keys = sorted(graph.catalogues) if catalogue is None else [catalogue]
    return tuple(CatalogueImpact(key, whole[key], affected[key], automatic[key]) for key in keys)


def _resolve(info: Any, ids: Sequence[str], start: int, end: int | None) -> tuple[taxonomy.Graph, list[ResolutionView]]:
    graph, resolver, _ = _resolver(info, start, end, names=("fromRelease", "toRelease"))
    return graph, [ResolutionView(graph, resolution) for resolution in resolver.resolve_all(ids)]


def _resolver(
    info: Any, start: int, end: int | None, *, names: tuple[str, str]
) -> tuple[taxonomy.Graph, taxonomy.Resolver, Range]:
    request = info.context
    number = request.graph().release.number if end is None else end
    releases = find_range(request.store, start, number, names=names)
    check_size(request.store, releases, most=request.limits.changes)
    graph = request.graph(number)
    return graph, request.context.resolvers.get(graph, releases.start), releases
