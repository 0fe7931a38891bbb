"""Opening a release of a store as a graph in memory."""

from .collecting import collector_off
from .entities import from_record
from .finding import find_release
from .graph import Graph
from .model import Concept, Course, Edge, Scheme
from .store.port import Store


def load_graph(store: Store, release: int | None = None) -> Graph:
    """The graph of a release, of the newest if None. Raises NotFoundError where there is no such release.

    ESCO's size (17,000 concepts, 150,000 edges) takes about 2 s.
    """
    found = find_release(store, release)
    schemes: list[Scheme] = []
    concepts: list[Concept] = []
    edges: list[Edge] = []
    courses: list[Course] = []
    with collector_off():
        for row in store.records(found.number):
            entity = from_record(row)
            if isinstance(entity, Scheme):
                schemes.append(entity)
            elif isinstance(entity, Concept):
                concepts.append(entity)
            elif isinstance(entity, Course):
                courses.append(entity)
            else:
                edges.append(entity)
        return Graph(found, store.scheme_states(found.number), schemes, concepts, edges, courses)
