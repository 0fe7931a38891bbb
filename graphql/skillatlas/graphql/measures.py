"""Thresholds of role similarity: reckoned once for each release, kept in the store with it."""

import threading
import weakref
from contextlib import suppress

import orjson

from skillatlas.reskilling import METHOD, Calibration, RoleIndex, RoleSpace, calibrate, comparable_roles
from skillatlas.taxonomy import ConceptKind, Graph, Store, StoreError, canonical_json, load_graph


def measure_name(scheme: str) -> str:
    """The name under which a scheme's calibration is kept; a program that reckons otherwise has another."""
    return f"{METHOD}/{scheme}"


def store_calibrations(store: Store, release: int) -> tuple[Calibration, ...]:
    """Reckon and keep the threshold of every scheme with roles at a release; done when it is published."""
    graph = load_graph(store, release)
    schemes = [key for key in sorted(graph.schemes) if graph.of_kind(ConceptKind.ROLE, scheme=key)]
    found = tuple(comparable_roles(graph, key).calibration for key in schemes)
    if found:
        with store.writer() as writer:
            for calibration in found:
                writer.put_measure(release, measure_name(calibration.scheme), _body(calibration))
    return found


class RoleSpaces:
    """The roles of each scheme and graph made comparable, when first asked for, and kept as long as the graph is.

    Safe for many threads; those who ask for one while it is made wait for it.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        # Without the graph, which what is kept for it must not keep alive.
        self._made: weakref.WeakKeyDictionary[Graph, dict[str, tuple[RoleIndex, Calibration]]] = (
            weakref.WeakKeyDictionary()
        )

    def get(self, graph: Graph, scheme: str) -> RoleSpace:
        """The space of a scheme, which must be the graph's; its threshold is the one kept with the release.

        A threshold that is not kept (the release was published by an older program) is reckoned, and kept if the
        store lets us write.
        """
        with self._lock:
            made = self._made.setdefault(graph, {})
            if scheme not in made:
                made[scheme] = self._make(graph, scheme)
            return RoleSpace(graph, *made[scheme])

    def _make(self, graph: Graph, scheme: str) -> tuple[RoleIndex, Calibration]:
        index = RoleIndex(graph, scheme)
        kept = self._store.measure(graph.release.number, measure_name(scheme))
        if kept is not None:
            return index, Calibration.from_json(orjson.loads(kept))
        calibration = calibrate(graph, index)
        # It is the same whoever reckons it: where another writes just now, or nobody may, nothing is lost.
        with suppress(StoreError), self._store.writer(wait=0.0) as writer:
            writer.put_measure(graph.release.number, measure_name(scheme), _body(calibration))
        return index, calibration


def _body(calibration: Calibration) -> bytes:
    return canonical_json(calibration.to_json())
