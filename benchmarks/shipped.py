"""The shipped ontology as a release in memory."""

from functools import cache
from tempfile import TemporaryDirectory

from skillatlas.ingest import read_ontology, run_import, shipped_ontology
from skillatlas.taxonomy import Graph, load_graph, open_store, publish


@cache
def shipped_graph() -> Graph:
    """Its graph, made once a run."""
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/store.db")
        run_import(store, read_ontology(shipped_ontology()))
        publish(store)
        graph = load_graph(store)
        store.close()
        return graph
