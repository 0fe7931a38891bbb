"""Pages of the change log, and the net difference of two releases."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from skillatlas.taxonomy import (
    Change,
    ChangeOperation,
    EntityType,
    NetChanges,
    OperationCount,
    Store,
    find_net_changes,
    find_release,
)

from .connections import PageEdge, PageInfo, Scope
from .errors import BadInputError, LimitError
from .release_counts import ReleaseCounts

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


def count_differences(store: Store, releases: Range, counts: ReleaseCounts, *, most: int) -> tuple[OperationCount, ...]:
    """How many entities differ between two releases, by scheme, entity type and what became of them.

    Raises LimitError where they are more than one release apart and the log holds more than `most` changes.
    """
    if releases.empty:
        return ()
    if releases.end - releases.start == 1:  # within one release the log is net already
        return counts.get(find_release(store, releases.end))
    return tuple(net_changes(store, releases, most=most).counts())


def net_changes(store: Store, releases: Range, *, most: int, scheme: str | None = None) -> NetChanges:
    """Compare two releases by the log between them. Raises LimitError where it holds more than `most` changes."""
    check_size(store, releases, most=most)
    return find_net_changes(store, releases.start, releases.end, scheme=scheme)


def sum_of(counts: Iterable[OperationCount], operation: ChangeOperation) -> int:
    """How many of the counted changes are of an operation."""
    return sum(row.count for row in counts if row.operation is operation)
