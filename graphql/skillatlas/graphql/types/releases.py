"""Releases, changes and their differences."""

from typing import Any

import graphene
import orjson

from skillatlas import taxonomy

from ..changes import sum_of
from .enums import ChangeOperation, EntityType
from .paging import PageInfo, connection
from .scalars import JSON, DateTime


class Release(graphene.ObjectType):
    """A published release of the whole graph."""

    number = graphene.Int(required=True)
    published_at = DateTime(required=True)
    note = graphene.String()
    content_hash = graphene.String(required=True)
    concept_count = graphene.Int(required=True)
    edge_count = graphene.Int(required=True)
    change_count = graphene.Int(required=True)
    created = graphene.Int(required=True, description="Of its changes, those that created an entity; and so on.")
    updated = graphene.Int(required=True)
    deprecated = graphene.Int(required=True)
    restored = graphene.Int(required=True)
    removed = graphene.Int(required=True)

    @staticmethod
    def resolve_created(root: taxonomy.Release, info: Any) -> int:
        return sum_of(info.context.context.release_counts.get(root), taxonomy.ChangeOperation.CREATE)

    @staticmethod
    def resolve_updated(root: taxonomy.Release, info: Any) -> int:
        return sum_of(info.context.context.release_counts.get(root), taxonomy.ChangeOperation.UPDATE)

    @staticmethod
    def resolve_deprecated(root: taxonomy.Release, info: Any) -> int:
        return sum_of(info.context.context.release_counts.get(root), taxonomy.ChangeOperation.DEPRECATE)

    @staticmethod
    def resolve_restored(root: taxonomy.Release, info: Any) -> int:
        return sum_of(info.context.context.release_counts.get(root), taxonomy.ChangeOperation.RESTORE)

    @staticmethod
    def resolve_removed(root: taxonomy.Release, info: Any) -> int:
        return sum_of(info.context.context.release_counts.get(root), taxonomy.ChangeOperation.REMOVE)


ReleaseConnection = connection("Release", lambda: Release)


class Change(graphene.ObjectType):
    """The net change of one entity in one release. `before` and `after` are the whole entity."""

    seq = graphene.Int(required=True)
    release = graphene.Int(required=True)
    at = DateTime(required=True)
    operation = graphene.Field(ChangeOperation, required=True)
    entity_type = graphene.Field(EntityType, required=True)
    entity_id = graphene.ID(required=True)
    scheme = graphene.String(required=True)
    before = JSON()
    after = JSON()
    reason = graphene.String()
    words = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        lang=graphene.String(default_value="en"),
        description="What changed, a phrase each, in English or Chinese; concepts are called as at its release.",
    )

    @staticmethod
    def resolve_before(root: taxonomy.Change, _info: Any) -> Any:
        return None if root.before is None else orjson.loads(root.before)

    @staticmethod
    def resolve_after(root: taxonomy.Change, _info: Any) -> Any:
        return None if root.after is None else orjson.loads(root.after)

    @staticmethod
    def resolve_words(root: taxonomy.Change, info: Any, lang: str) -> list[str]:
        return taxonomy.describe_change(info.context.store, root, lang=lang)


class ChangeEdge(graphene.ObjectType):
    """A change and its cursor."""

    node = graphene.Field(Change, required=True)
    cursor = graphene.String(required=True)


class ChangeConnection(graphene.ObjectType):
    """One page of the change log."""

    edges = graphene.List(graphene.NonNull(ChangeEdge), required=True)
    page_info = graphene.Field(PageInfo, required=True)
    total_count = graphene.Int(required=True)
    from_release = graphene.Int(required=True)
    to_release = graphene.Int(required=True)
