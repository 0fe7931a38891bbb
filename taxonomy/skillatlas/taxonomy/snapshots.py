"""Which releases are held in memory: the newest and a few older ones, loaded once and shared."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future

from .finding import find_release
from .graph import Graph
from .loading import load_graph
from .store.port import Store


class Snapshots:
    """Graphs by release. Safe for many threads; several that ask for a release wait for one load.

    A new release becomes the newest when `refresh` has loaded it; until then everyone reads the former one.
    """

    def __init__(self, store: Store, *, keep_older: int = 1) -> None:
        """`keep_older`: how many releases besides the newest stay in memory (ESCO takes about 250 MB each)."""
        self._store = store
        self._keep_older = keep_older
        self._lock = threading.Lock()
        # Held through a whole refresh: a slow one must not put an older release over what a later one swapped in.
        self._refreshing = threading.Lock()
        self._newest: Graph | None = None
        self._older: OrderedDict[int, Graph] = OrderedDict()
        self._loading: dict[int, Future[Graph]] = {}

    @property
    def loaded(self) -> Graph | None:
        """The newest release in memory, without looking at the store; None before the first load."""
        return self._newest

    def newest(self) -> Graph:
        """The newest release in memory, loaded if there is none. Raises NotFoundError before the first release."""
        return self._newest or self.refresh()

    def refresh(self, prepare: Callable[[Graph], object] | None = None) -> Graph:
        """Look at the store; load the newest release if it is not yet held, and swap it in at once.

        `prepare` is given a new graph before it is swapped in: what it takes no request waits for.
        """
        with self._refreshing:
            release = find_release(self._store)
            held = self._newest
            if held is not None and held.release == release:
                return held
            # A store restored from an older copy goes back: what it says is published, and nothing held counts.
            restored = held is not None and release.number <= held.release.number
            if restored:
                with self._lock:
                    self._older.clear()
            graph = self._load(release.number)
            if prepare is not None:
                prepare(graph)
            with self._lock:
                self._newest = graph
                self._older.pop(release.number, None)
                if held is not None and not restored:
                    self._keep(held)
            return graph

    def at(self, number: int | None) -> Graph:
        """The graph of a release, of the newest in memory if None. Raises NotFoundError."""
        newest = self.newest()
        if number is None or newest.release.number == number:
            return newest
        return self._load(number, keep=True)

    def _keep(self, graph: Graph) -> None:
        self._older[graph.release.number] = graph
        while len(self._older) > self._keep_older:
            self._older.popitem(last=False)

    def _load(self, number: int, *, keep: bool = False) -> Graph:
        """A release as held, else loaded once, however many ask for it meanwhile."""
        with self._lock:
            held = self._older.get(number)
            if held is not None:
                self._older.move_to_end(number)
                return held
            future = self._loading.get(number)
            mine = future is None
            if future is None:
                future = self._loading[number] = Future()
        if not mine:
            return future.result()
        try:
            graph = load_graph(self._store, number)
        except BaseException as error:
            with self._lock:
                del self._loading[number]
            future.set_exception(error)
            raise
        with self._lock:
            # In one step, so that nobody finds it neither loading nor kept, and loads it again.
            del self._loading[number]
            if keep and (self._newest is None or self._newest.release.number != number):
                self._keep(graph)
        future.set_result(graph)
        return graph
