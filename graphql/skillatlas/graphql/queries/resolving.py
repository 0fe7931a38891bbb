"""Root fields on what became of stored ids."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import graphene

from skillatlas import taxonomy

from ..changes import check_size, find_range
from ..types.resolutions import ImpactReport, Resolution
from ..views import ImpactView, ResolutionView


class ResolvingQueries:
    """`resolve` and `impact`."""

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


def _resolve(info: Any, ids: Sequence[str], start: int, end: int | None) -> tuple[taxonomy.Graph, list[ResolutionView]]:
    request = info.context
    number = request.graph().release.number if end is None else end
    releases = find_range(request.store, start, number, names=("fromRelease", "toRelease"))
    check_size(request.store, releases, most=request.limits.changes)
    graph = request.graph(number)
    resolver = request.context.resolvers.get(graph, releases.start)
    return graph, [ResolutionView(graph, resolution) for resolution in resolver.resolve_all(ids)]
