"""The draft: the newest release with the unpublished edits applied; what importers compare with."""

from collections.abc import Iterable, Iterator

from .entities import Record
from .store.port import Edit, Store


def merge(records: Iterable[Record], edits: Iterable[Edit]) -> Iterator[tuple[Record | None, Edit | None]]:
    """Pairs of an entity as published and its edit, either of them None, in the order of dumps.

    Both inputs must be in that order, with one row an entity.
    """
    waiting = iter(edits)
    edit = next(waiting, None)
    for published in records:
        while edit is not None and edit.order < published.order:
            yield None, edit
            edit = next(waiting, None)
        if edit is not None and edit.order == published.order:
            yield published, edit
            edit = next(waiting, None)
        else:
            yield published, None
    while edit is not None:
        yield None, edit
        edit = next(waiting, None)


def draft_records(store: Store, *, scheme: str | None = None) -> Iterator[Record]:
    """All entities as they would stand if the unpublished edits were published now, in the order of dumps."""
    head = store.head()
    published = store.records(head.number, scheme=scheme) if head else iter(())
    for current, edit in merge(published, store.edits(scheme=scheme)):
        if edit is None:
            assert current is not None
            yield current
        elif edit.body is not None:
            yield Record(edit.entity_type, edit.entity_id, edit.scheme, edit.body)
