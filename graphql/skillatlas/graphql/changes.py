"""Pages of the change log, and the net difference of two releases."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

import orjson

from skillatlas.taxonomy import Change, ChangeOperation, EntityType, Store, find_release

from .connections import PageEdge, PageInfo, Scope
from .errors import BadInputError, LimitError

_MOST_SEQ = 2**53


@dataclass(frozen=True, slots=True)
class Range:
    """Changes of the releases in (`start`, `end`]."""

    start: int
    end: int

    @property
    def empty(self) -> bool:
        """Whether nothing lies between; stores take 0 as the end for "up to the head", so they are not asked."""
        return self.start == self.end


def find_range(store: Store, start: int, end: int | None, *, names: tuple[str, str]) -> Range:
    """The releases from `start`, 0 being the empty one, to `end`, the newest if None.

    `names` are the arguments' names. Raises NotFoundError for an unknown release, BadInputError where they stand
    the wrong way round.
    """
    newest = find_release(store)
    last = newest.number if end is None else end
    if start != 0:
        find_release(store, start)
    if last != 0:
        find_release(store, last)
    if start > last:
        raise BadInputError(f"{names[0]}: {start} is after {names[1]}, {last}")
    return Range(start, last)


def check_size(store: Store, releases: Range, *, most: int) -> None:
    """Raise LimitError where the log between the releases holds more than `most` changes."""
    if releases.empty:
        return
    whole = store.count_changes(releases.start, releases.end).count
    if whole > most:
        raise LimitError(f"from: {whole} changes would have to be looked at; at most {most} are")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which changes: of a range, a scheme and types if named, and of the concepts `within` and the edges from them."""

    releases: Range
    scheme: str | None = None
    types: Collection[EntityType] | None = None
    within: frozenset[str] | None = None

    def read(self, store: Store, *, after_seq: int = 0, limit: int | None = None) -> Iterator[Change]:
        """The selected changes by seq."""
        if self.releases.empty:
            return iter(())
        rows = store.changes(
            self.releases.start,
            self.releases.end,
            after_seq=after_seq,
            scheme=self.scheme,
            types=self.types,
            limit=limit if self.within is None else None,
        )
        return rows if self.within is None else islice(filter(self._lies_within, rows), limit)

    def count(self, store: Store, *, most: int) -> int:
        """How many changes there are. Raises LimitError where more than `most` would have to be looked at."""
        if self.releases.empty:
            return 0
        whole = store.count_changes(self.releases.start, self.releases.end, scheme=self.scheme, types=self.types).count
        if self.within is None:
            return whole
        if whole > most:
            raise LimitError(f"under: {whole} changes would have to be looked at; at most {most} are")
        return sum(1 for _ in self.read(store))

    def _lies_within(self, change: Change) -> bool:
        assert self.within is not None
        if change.entity_type is EntityType.CONCEPT:
            return change.entity_id in self.within
        if change.entity_type is EntityType.EDGE:
            return change.entity_id.split("|", 2)[1] in self.within
        return False


@dataclass(frozen=True, slots=True)
class ChangePage:
    """A page of changes, with the releases that they lie between."""

    edges: tuple[PageEdge[Change], ...]
    page_info: PageInfo
    total_count: int
    from_release: int
    to_release: int


def change_page(
    store: Store, selection: Selection, scope: Scope, *, first: int, after: str | None, most: int
) -> ChangePage:
    """The page of the selection that follows `after`."""
    after_seq = 0
    if after is not None:
        match scope.key_of(after):
            case (int() as after_seq,) if 0 <= after_seq < _MOST_SEQ:
                pass
            case _:
                raise BadInputError("after: is no cursor of this API")
    rows = list(selection.read(store, after_seq=after_seq, limit=first + 1))
    edges = tuple(PageEdge(row, (row.seq,), scope) for row in rows[:first])
    info = PageInfo(len(rows) > first, after_seq > 0, edges[0] if edges else None, edges[-1] if edges else None)
    total = selection.count(store, most=most)
    return ChangePage(edges, info, total, selection.releases.start, selection.releases.end)


@dataclass(frozen=True, slots=True)
class NetCounts:
    """How many entities differ between two releases, by what became of them."""

    created: int
    updated: int
    deprecated: int
    restored: int
    removed: int


def net_counts(store: Store, releases: Range, *, most: int) -> NetCounts:
    """Compare two releases by the log between them. Raises LimitError where it holds more than `most` changes."""
    if releases.empty:
        return NetCounts(0, 0, 0, 0, 0)
    check_size(store, releases, most=most)
    # Whole entities, since only they tell whether nothing is left of several changes.
    first: dict[tuple[EntityType, str], bytes | None] = {}
    counts = dict.fromkeys(ChangeOperation, 0)
    last: dict[tuple[EntityType, str], bytes | None] = {}
    single = releases.end - releases.start == 1
    for change in store.changes(releases.start, releases.end):
        if single:
            counts[change.operation] += 1
            continue
        key = (change.entity_type, change.entity_id)
        first.setdefault(key, change.before)
        last[key] = change.after
    for key, before in first.items():
        operation = _net(key[0], before, last[key])
        if operation is not None:
            counts[operation] += 1
    return NetCounts(
        counts[ChangeOperation.CREATE],
        counts[ChangeOperation.UPDATE],
        counts[ChangeOperation.DEPRECATE],
        counts[ChangeOperation.RESTORE],
        counts[ChangeOperation.REMOVE],
    )


def _net(kind: EntityType, before: bytes | None, after: bytes | None) -> ChangeOperation | None:
    if before == after:
        return None
    if before is None:
        return ChangeOperation.CREATE
    if after is None:
        return ChangeOperation.REMOVE
    if kind is EntityType.CONCEPT:
        was, will = (orjson.loads(body)["status"] for body in (before, after))
        if was != will:
            return ChangeOperation.DEPRECATE if will == "DEPRECATED" else ChangeOperation.RESTORE
    return ChangeOperation.UPDATE
