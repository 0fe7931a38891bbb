"""How many changes of each sort a release has: it never changes, so it is counted once a process."""

from functools import lru_cache

from skillatlas.taxonomy import OperationCount, Release, Store


class ReleaseCounts:
    """The counts of the releases asked for last. Safe for many threads: two at once may count the same."""

    def __init__(self, store: Store, *, keep: int = 1000) -> None:
        """`keep`: of how many releases (some hundred bytes each; one of ESCO's size takes 0.2 s to count)."""
        self._store = store
        self._counted = lru_cache(maxsize=keep)(self._count)

    def get(self, release: Release) -> tuple[OperationCount, ...]:
        """The changes of a published release, counted by scheme, entity type and operation."""
        # With the hash: a store restored from an older copy may publish another release of the same number.
        return self._counted(release.number, release.content_hash)

    def _count(self, number: int, _content_hash: str) -> tuple[OperationCount, ...]:
        return tuple(self._store.count_operations(number - 1, number))
