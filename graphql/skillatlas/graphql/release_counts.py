"""How many changes of each sort a release has: it never changes, so it is counted once a process."""

import threading
from collections import OrderedDict

from skillatlas.taxonomy import OperationCount, Release, Store


class ReleaseCounts:
    """The counts of the releases asked for last. Safe for many threads: two at once may count the same."""

    def __init__(self, store: Store, *, keep: int = 1000) -> None:
        """`keep`: of how many releases (some hundred bytes each; one of ESCO's size takes 0.2 s to count)."""
        self._store = store
        self._keep = keep
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[int, str], tuple[OperationCount, ...]] = OrderedDict()

    def get(self, release: Release) -> tuple[OperationCount, ...]:
        """The changes of a published release, counted by scheme, entity type and operation."""
        key = release.number, release.content_hash
        with self._lock:
            held = self._held.get(key)
            if held is not None:
                self._held.move_to_end(key)
                return held
        found = tuple(self._store.count_operations(release.number - 1, release.number))
        with self._lock:
            self._held[key] = found
            while len(self._held) > self._keep:
                self._held.popitem(last=False)
        return found
