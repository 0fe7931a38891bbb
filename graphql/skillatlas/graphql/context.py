"""What resolvers work with: the process's `Context`, and the `Request` that pins the releases of one request."""

from collections.abc import Iterable
from importlib.metadata import version as distribution_version
from typing import TYPE_CHECKING, Protocol

from skillatlas.taxonomy import (
    ChangeOperation,
    EntityType,
    Graph,
    Resolvers,
    SearchIndex,
    SearchIndexes,
    Snapshots,
    Store,
    collector_off,
)

from .documents import Documents
from .errors import LimitError
from .limits import Limits
from .measures import RoleSpaces
from .release_counts import ReleaseCounts

if TYPE_CHECKING:  # keeps the extraction's libraries out of this import
    from skillatlas.ingest import Extractor, Said


class ExtractorPool(Protocol):
    """Where extractors come from (`skillatlas.ingest.Extractors`): one a scheme and release, made once."""

    def get(self, graph: Graph, scheme: str, said: "tuple[Said, ...]" = ()) -> "Extractor":
        """The extractor of a scheme at the graph's release, with what people said of forms laid over it."""
        ...


class Context:
    """Everything long-lived that the API needs; made once a process, shared by all threads."""

    def __init__(
        self,
        store: Store,
        snapshots: Snapshots,
        extractors: ExtractorPool,
        *,
        limits: Limits | None = None,
        introspection: bool = False,
        version: str | None = None,
    ) -> None:
        """`introspection`: answer `__schema` and `__type`. `version`: the program's, part of the ids of answers."""
        self.store = store
        self.snapshots = snapshots
        self.extractors = extractors
        self.limits = limits or Limits()
        self.version = version or distribution_version("skillatlas")
        self.documents = Documents(self.limits, introspection=introspection)
        self.indexes = SearchIndexes()
        self.resolvers = Resolvers(store)
        self.role_spaces = RoleSpaces(store)
        self.release_counts = ReleaseCounts(store)

    def prepare(self, graph: Graph, schemes: Iterable[str] = ()) -> None:
        """Make what requests on a graph need: its search index, and the extractors of those `schemes` that it has."""
        with collector_off():
            self.indexes.get(graph)
            for scheme in schemes:
                if scheme in graph.schemes:
                    self.extractors.get(graph, scheme).prepare()

    def prepare_later(self, graph: Graph) -> None:
        """Make what the first platforms to pull a new release will ask for: what became of ids of the one before."""
        if graph.release.number > 1:
            self.resolvers.get(graph, graph.release.number - 1)


class Request:
    """One request: all its fields that omit `release` read the release that the first of them met."""

    __slots__ = ("_graphs", "_newest", "context", "limits")

    def __init__(self, context: Context) -> None:
        self.context = context
        self.limits = context.limits
        self._newest: Graph | None = None
        self._graphs: dict[int, Graph] = {}

    def graph(self, release: int | None = None) -> Graph:
        """The graph of a release; of the request's newest if None.

        Raises NotFoundError for an unknown release, LimitError where a request reads more than two.
        """
        if release is None:
            if self._newest is None:
                self._newest = self._admit(self.context.snapshots.newest())
            return self._newest
        held = self._graphs.get(release)
        if held is None:
            # Refused before it is loaded: loading is what the limit is there to save.
            self._check_room()
            held = self._admit(self.context.snapshots.at(release))
        return held

    def _admit(self, graph: Graph) -> Graph:
        if graph.release.number not in self._graphs:
            self._check_room()
            self._graphs[graph.release.number] = graph
        return self._graphs[graph.release.number]

    def _check_room(self) -> None:
        if len(self._graphs) >= self.limits.releases:
            raise LimitError(f"release: one request may read {self.limits.releases} different releases")

    @property
    def store(self) -> Store:
        """The store, for what is not in graphs: releases, changes, observations."""
        return self.context.store

    def extractor(
        self, graph: Graph, scheme: str, *, collection: str | None = None, document: str | None = None
    ) -> "Extractor":
        """The extractor of a scheme, which must be the graph's, with the overrides that hold there laid over it."""
        from skillatlas.ingest import said_at

        said = said_at(graph, self.store.overrides(scheme=scheme), scheme, collection, document)
        return self.context.extractors.get(graph, scheme, said)

    def index(self, graph: Graph) -> SearchIndex:
        """The search index of a graph."""
        return self.context.indexes.get(graph)

    def deprecated_in(self, graph: Graph, concept_id: str) -> int:
        """The release that deprecated a concept of the graph; it stands only in the store's log."""
        found = graph.release.number
        for change in self.store.history(EntityType.CONCEPT, concept_id):
            if change.release > graph.release.number:
                break
            if change.operation in (ChangeOperation.DEPRECATE, ChangeOperation.CREATE):
                found = change.release
        return found
