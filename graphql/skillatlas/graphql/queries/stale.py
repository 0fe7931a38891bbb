"""The root field on mappings whose other end changed."""

from typing import Any

import graphene

from skillatlas import taxonomy

from ..connections import Page, Scope, cursor_release, page_size, paginate
from ..finding import find_scheme
from ..types.stale import StaleMappingConnection, StaleView


class StaleQueries:
    """`staleMappings`."""

    stale_mappings = graphene.Field(
        StaleMappingConnection,
        scheme=graphene.String(description="Only mappings that begin or end in this scheme."),
        release=graphene.Int(),
        first=graphene.Int(default_value=20),
        after=graphene.String(),
        description="Mappings whose other end was deprecated, or changed its kind, a preferred label or a definition, "
        "since somebody last looked; with what changed; by id.",
    )

    @staticmethod
    def resolve_stale_mappings(
        _root: Any,
        info: Any,
        first: int,
        scheme: str | None = None,
        release: int | None = None,
        after: str | None = None,
    ) -> Page[StaleView]:
        request = info.context
        page_size(first, request.limits.page_size)
        graph = request.graph(cursor_release(release, after))
        if scheme is not None:
            find_scheme(graph, scheme)
        return paginate(
            taxonomy.stale_mappings(graph, scheme),
            lambda edge: (taxonomy.edge_id(edge),),
            lambda edge: StaleView(graph, taxonomy.explain_stale(request.store, graph, edge)),
            Scope("Query.staleMappings", {"scheme": scheme}, graph.release.number),
            first=first,
            after=after,
        )
