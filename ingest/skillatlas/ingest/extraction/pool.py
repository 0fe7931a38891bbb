"""The extractors in use: one for each scheme as it stands, made once and shared."""

import threading
from collections import OrderedDict
from concurrent.futures import Future
from pathlib import Path

from skillatlas.taxonomy import ConceptKind, Graph, NotFoundError, collector_off

from .extractor import Extractor
from .forms import forms_of
from .overriding import Said
from .same import same_as_esco
from .settings import ExtractionSettings

_Key = tuple[str, str]
_LAID = 16  # extractors with overrides laid over: small beside what they share


class Extractors:
    """Extractors by scheme and content. Safe for many threads; several that ask for one wait for one build.

    A release that leaves a scheme as it was keeps its extractor, since the key is the scheme's content hash.
    """

    def __init__(self, *, keep: int = 4, cache: Path | None = None, settings: ExtractionSettings | None = None) -> None:
        """`keep`: how many are held; the least recently used is let go (ESCO's takes about 250 MB).

        `cache`: a folder where indexes of meaning are kept from run to run; any number of processes may share it.
        """
        self._keep = keep
        self._cache = cache
        self._settings = settings
        self._lock = threading.Lock()
        self._held: OrderedDict[_Key, Extractor] = OrderedDict()
        self._laid: OrderedDict[tuple[_Key, tuple[Said, ...]], Extractor] = OrderedDict()
        self._building: dict[_Key, Future[Extractor]] = {}

    def get(self, graph: Graph, scheme: str, said: tuple[Said, ...] = ()) -> Extractor:
        """The extractor of a scheme at the graph's release, with what people said of forms laid over it.

        Raises NotFoundError for a scheme that the release does not have.
        """
        key = _key(graph, scheme)
        plain = self._plain(graph, scheme, key)
        if not said:
            return plain
        with self._lock:
            laid = self._laid.get((key, said))
            if laid is None or laid.overridden(()) is not plain:
                laid = self._laid[key, said] = plain.overridden(said)
            self._laid.move_to_end((key, said))
            while len(self._laid) > _LAID:
                self._laid.popitem(last=False)
        return laid

    def _plain(self, graph: Graph, scheme: str, key: _Key) -> Extractor:
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
            extractor = build_extractor(graph, scheme, cache=self._cache, settings=self._settings)
        except BaseException as error:
            future.set_exception(error)
            raise
        else:
            future.set_result(extractor)
            with self._lock:
                self._held[key] = extractor
                while len(self._held) > self._keep:
                    gone, _ = self._held.popitem(last=False)
                    for laid in [laid for laid in self._laid if laid[0] == gone]:
                        del self._laid[laid]
            return extractor
        finally:
            with self._lock:
                del self._building[key]


def build_extractor(
    graph: Graph, scheme: str, *, cache: Path | None = None, settings: ExtractionSettings | None = None
) -> Extractor:
    """An extractor for a scheme at the graph's release, with all that linking by meaning may use.

    `cache`: a folder where the index of meaning is kept from run to run.
    """
    with collector_off():
        definitions = {
            concept.id: definition
            for concept in graph.of_kind(ConceptKind.SKILL, scheme=scheme)
            if (definition := graph.definition(concept))
        }
        return Extractor.build(
            scheme=scheme,
            forms=forms_of(graph, scheme),
            definitions=definitions,
            same_as=same_as_esco(graph, scheme),
            cache=cache,
            settings=settings,
        )


def _key(graph: Graph, scheme: str) -> _Key:
    if scheme not in graph.schemes:
        raise NotFoundError(f"release {graph.release.number} has no scheme {scheme!r}")
    return scheme, graph.scheme_states[scheme].content_hash
