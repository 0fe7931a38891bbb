"""The extractors in use: one for each scheme as it stands, made once and shared."""

import threading
from collections import OrderedDict
from concurrent.futures import Future

from skillatlas.taxonomy import ConceptKind, Graph, NotFoundError, collector_off

from .extractor import Extractor
from .forms import forms_of
from .settings import ExtractionSettings

_Key = tuple[str, str]


class Extractors:
    """Extractors by scheme and content. Safe for many threads; several that ask for one wait for one build.

    A release that leaves a scheme as it was keeps its extractor, since the key is the scheme's content hash.
    """

    def __init__(self, *, keep: int = 4, settings: ExtractionSettings | None = None) -> None:
        """`keep`: how many are held; the least recently used is let go (ESCO's takes about 200 MB)."""
        self._keep = keep
        self._settings = settings
        self._lock = threading.Lock()
        self._held: OrderedDict[_Key, Extractor] = OrderedDict()
        self._building: dict[_Key, Future[Extractor]] = {}

    def get(self, graph: Graph, scheme: str) -> Extractor:
        """The extractor of a scheme at the graph's release. Raises NotFoundError for a scheme that it does not have."""
        key = _key(graph, scheme)
        with self._lock:
            held = self._held.get(key)
            if held is not None:
                self._held.move_to_end(key)
                return held
            future = self._building.get(key)
            mine = future is None
            if future is None:
                future = self._building[key] = Future()
        if not mine:
            return future.result()
        try:
            extractor = build_extractor(graph, scheme, settings=self._settings)
        except BaseException as error:
            future.set_exception(error)
            raise
        else:
            future.set_result(extractor)
            with self._lock:
                self._held[key] = extractor
                while len(self._held) > self._keep:
                    self._held.popitem(last=False)
            return extractor
        finally:
            with self._lock:
                del self._building[key]


def build_extractor(graph: Graph, scheme: str, *, settings: ExtractionSettings | None = None) -> Extractor:
    """An extractor for a scheme at the graph's release, with the definitions that ranking may use."""
    with collector_off():
        definitions = {
            concept.id: definition
            for concept in graph.of_kind(ConceptKind.SKILL, scheme=scheme)
            if (definition := graph.definition(concept))
        }
        return Extractor.build(scheme=scheme, forms=forms_of(graph, scheme), definitions=definitions, settings=settings)


def _key(graph: Graph, scheme: str) -> _Key:
    if scheme not in graph.schemes:
        raise NotFoundError(f"release {graph.release.number} has no scheme {scheme!r}")
    return scheme, graph.scheme_states[scheme].content_hash
