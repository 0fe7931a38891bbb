"""Connection types: edges, page information and counts around any node type."""

from collections.abc import Callable
from typing import Any

import graphene


class PageInfo(graphene.ObjectType):
    """Where a page stands in its list."""

    has_next_page = graphene.Boolean(required=True)
    has_previous_page = graphene.Boolean(required=True)
    start_cursor = graphene.String()
    end_cursor = graphene.String()


def connection(name: str, node: Callable[[], Any], *, release: bool = False) -> Any:
    """The types `nameConnection` and `nameEdge`; with `release`, the connection says which one it was read at."""
    edge = type(
        f"{name}Edge",
        (graphene.ObjectType,),
        {
            "__doc__": "An entry and its cursor.",
            "node": graphene.Field(node, required=True),
            "cursor": graphene.String(required=True),
        },
    )
    fields = {
        "__doc__": "One page of a list.",
        "edges": graphene.List(graphene.NonNull(edge), required=True),
        "page_info": graphene.Field(PageInfo, required=True),
        "total_count": graphene.Int(required=True),
    }
    if release:
        fields["release"] = graphene.Int(required=True)
    return type(f"{name}Connection", (graphene.ObjectType,), fields)
