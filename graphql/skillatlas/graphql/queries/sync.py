"""Root fields on releases and on what changed between them."""

from collections.abc import Sequence
from typing import Any

import graphene

from skillatlas import taxonomy

from ..changes import ChangePage, Range, Selection, change_page, count_differences, find_range
from ..connections import Page, Scope, cursor_release, page_size, paginate
from ..errors import AbsentError
from ..finding import shown
from ..types.differences import DiffView, ReleaseDiff
from ..types.enums import EntityType
from ..types.releases import ChangeConnection, Release, ReleaseConnection


class SyncQueries:
    """`releases`, `release`, `changes`, `releaseDiff`."""

    releases = graphene.Field(ReleaseConnection, first=graphene.Int(default_value=20), after=graphene.String())
    release = graphene.Field(Release, number=graphene.Int())
    changes = graphene.Field(
        ChangeConnection,
        from_release=graphene.Int(required=True),
        to_release=graphene.Int(),
        scheme=graphene.String(),
        under=graphene.ID(),
        entity_types=graphene.List(graphene.NonNull(EntityType)),
        first=graphene.Int(default_value=100),
        after=graphene.String(),
        description="`fromRelease` is exclusive, 0 the empty release. `under` selects what is below it at either "
        "end: for reading, not for mirroring.",
    )
    release_diff = graphene.Field(
        ReleaseDiff, from_=graphene.Argument(graphene.Int, name="from", required=True), to=graphene.Int()
    )

    @staticmethod
    def resolve_releases(_root: Any, info: Any, first: int, after: str | None = None) -> Page[taxonomy.Release]:
        return paginate(
            info.context.store.releases(),
            lambda release: (-release.number,),
            lambda release: release,
            Scope("Query.releases", {}, None),
            first=page_size(first, info.context.limits.page_size),
            after=after,
        )

    @staticmethod
    def resolve_release(_root: Any, info: Any, number: int | None = None) -> taxonomy.Release:
        if number is None:
            found: taxonomy.Release = info.context.graph().release
            return found
        return taxonomy.find_release(info.context.store, number)

    @staticmethod
    def resolve_changes(
        _root: Any,
        info: Any,
        from_release: int,
        first: int,
        to_release: int | None = None,
        scheme: str | None = None,
        under: str | None = None,
        entity_types: Sequence[taxonomy.EntityType] | None = None,
        after: str | None = None,
    ) -> ChangePage:
        page_size(first, info.context.limits.page_size)
        store, limits = info.context.store, info.context.limits
        # A following page keeps the end of the first one, whatever has been published since.
        end = cursor_release(to_release, after)
        releases = find_range(store, from_release, _newest_or(info, end), names=("fromRelease", "toRelease"))
        if scheme is not None and releases.end:
            taxonomy.find_scheme_state(store, releases.end, scheme)
        types = None if entity_types is None else tuple(sorted(set(entity_types)))
        within, under_id = (None, None) if under is None else _within(info, releases, under)
        return change_page(
            store,
            Selection(releases, scheme, types, within),
            Scope(
                "Query.changes",
                {"from": releases.start, "scheme": scheme, "under": under_id, "types": types},
                releases.end,
            ),
            first=first,
            after=after,
            most=limits.changes,
        )

    @staticmethod
    def resolve_release_diff(_root: Any, info: Any, from_: int, to: int | None = None) -> DiffView:
        store = info.context.store
        releases = find_range(store, from_, _newest_or(info, to), names=("from", "to"))
        counts = info.context.context.release_counts
        return DiffView(releases, count_differences(store, releases, counts, most=info.context.limits.changes))


def _newest_or(info: Any, number: int | None) -> int:
    """A release's number, or that of the release which the request reads."""
    newest: int = info.context.graph().release.number if number is None else number
    return newest


def _within(info: Any, releases: Range, under: str) -> tuple[frozenset[str], str]:
    """The ids below `under` at either end, and its own. Raises AbsentError where neither release has it."""
    below: frozenset[str] = frozenset()
    under_id = None
    for number in (releases.start, releases.end):
        if number:
            graph = info.context.graph(number)
            concept = graph.find(under)
            if concept is not None:
                under_id = concept.id
                below |= graph.under(concept.id)
    if under_id is None:
        raise AbsentError(f"under: no concept {shown(under)} at either release")
    return below, under_id
