"""Resolvers by their two releases, kept for the next question: a platform asks for its ids page by page."""

import threading
from collections import OrderedDict

from .differences import find_differences
from .graph import Graph
from .resolving import Resolver
from .store.port import Release, Store


class Resolvers:
    """The last few resolvers. Safe for many threads: two that come at once may make the same one, which is the same."""

    def __init__(self, store: Store, *, keep: int = 4) -> None:
        """`keep`: how many pairs of releases are held (the differences of an ESCO upgrade take about 10 MB)."""
        self._store = store
        self._keep = keep
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[int, Release], Resolver] = OrderedDict()

    def get(self, graph: Graph, start: int) -> Resolver:
        """The resolver from release `start`, which is published and not after the graph's, to that of the graph."""
        # By all that a release is: after a restored backup its number or its content may come again with another past.
        key = start, graph.release
        with self._lock:
            held = self._held.get(key)
            if held is not None:
                self._held.move_to_end(key)
                return held
        made = Resolver(graph, find_differences(self._store, start, graph.release.number))
        with self._lock:
            self._held[key] = made
            while len(self._held) > self._keep:
                self._held.popitem(last=False)
        return made
