"""A Neo4j server for a benchmark: the same that the tests start."""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.processes import ROOT


@contextmanager
def neo4j_store() -> Iterator[str]:
    """The URL of an empty store on a server of its own."""
    sys.path.insert(0, str(ROOT / "tests" / "plugins"))
    with importlib.import_module("neo4j_server").run_server() as server:
        yield f"{server.uri}/neo4j"
