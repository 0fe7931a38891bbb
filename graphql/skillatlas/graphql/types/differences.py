"""What differs between two releases: counted, as a page to read, and change by change."""

from dataclasses import dataclass
from typing import Any

import graphene

from skillatlas import taxonomy

from ..changes import ChangePage, Range, Selection, change_page, net_changes, sum_of
from ..connections import Scope, page_size
from ..errors import BadInputError
from .concepts import many
from .enums import ChangeOperation, EntityType
from .releases import ChangeConnection

_MOST_ITEMS = 1000


@dataclass(frozen=True, slots=True)
class DiffView:
    """Two releases, and how many entities differ between them."""

    releases: Range
    counts: tuple[taxonomy.OperationCount, ...]


class OperationCount(graphene.ObjectType):
    """How many entities of a scheme or catalogue, and of one type, had the same happen to them."""

    scheme = graphene.String(required=True)
    entity_type = graphene.Field(EntityType, required=True)
    operation = graphene.Field(ChangeOperation, required=True)
    count = graphene.Int(required=True)


class ReleaseDiff(graphene.ObjectType):
    """Counts are the net difference of the two releases."""

    from_release = graphene.Int(required=True)
    to_release = graphene.Int(required=True)
    created = graphene.Int(required=True)
    updated = graphene.Int(required=True)
    deprecated = graphene.Int(required=True)
    restored = graphene.Int(required=True)
    removed = graphene.Int(required=True)
    counts = many(OperationCount, description="By scheme, entity type and operation; their sums are the fields above.")
    markdown = graphene.String(
        required=True,
        scheme=graphene.String(),
        lang=graphene.String(default_value="en"),
        most=graphene.Int(default_value=50),
        description="The net changes as a page of Markdown, in English or Chinese; what labels hold is escaped. "
        f"`most`: how many items each list shows, 0 to {_MOST_ITEMS}.",
    )
    changes = graphene.Field(
        ChangeConnection, required=True, first=graphene.Int(default_value=50), after=graphene.String()
    )

    @staticmethod
    def resolve_from_release(root: DiffView, _info: Any) -> int:
        return root.releases.start

    @staticmethod
    def resolve_to_release(root: DiffView, _info: Any) -> int:
        return root.releases.end

    @staticmethod
    def resolve_created(root: DiffView, _info: Any) -> int:
        return sum_of(root.counts, taxonomy.ChangeOperation.CREATE)

    @staticmethod
    def resolve_updated(root: DiffView, _info: Any) -> int:
        return sum_of(root.counts, taxonomy.ChangeOperation.UPDATE)

    @staticmethod
    def resolve_deprecated(root: DiffView, _info: Any) -> int:
        return sum_of(root.counts, taxonomy.ChangeOperation.DEPRECATE)

    @staticmethod
    def resolve_restored(root: DiffView, _info: Any) -> int:
        return sum_of(root.counts, taxonomy.ChangeOperation.RESTORE)

    @staticmethod
    def resolve_removed(root: DiffView, _info: Any) -> int:
        return sum_of(root.counts, taxonomy.ChangeOperation.REMOVE)

    @staticmethod
    def resolve_markdown(root: DiffView, info: Any, lang: str, most: int, scheme: str | None = None) -> str:
        if not 0 <= most <= _MOST_ITEMS:
            raise BadInputError(f"most: must be 0 to {_MOST_ITEMS}, not {most}")
        store = info.context.store
        if scheme is not None and root.releases.end:
            taxonomy.find_scheme_state(store, root.releases.end, scheme)
        net = net_changes(store, root.releases, most=info.context.limits.changes, scheme=scheme)
        return taxonomy.write_notes(store, net, lang=lang, most=most)

    @staticmethod
    def resolve_changes(root: DiffView, info: Any, first: int, after: str | None = None) -> ChangePage:
        limits = info.context.limits
        releases = root.releases
        return change_page(
            info.context.store,
            Selection(releases),
            Scope("ReleaseDiff.changes", {"from": releases.start}, releases.end),
            first=page_size(first, limits.page_size),
            after=after,
            most=limits.changes,
        )
