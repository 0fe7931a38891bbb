"""Fixtures of the service's tests: everything runs as a user runs it, in processes of its own.

- `own_store`: a copy of `ready_store` (plugins/store_fixtures.py) for a test that writes.
- `two_releases`: the URL of a small store of two releases, of which the second renames SQL and retires C++; only read.
- `shared_server`: one server over the ready store, for all tests that only read.
- `start`: starts further servers, which end with the test.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from api_graphs import concept, publish_entities, small_graph
from service_process import Served, start_server, stop_server
from skillatlas.taxonomy import ConceptKind, ConceptStatus, Replacement, ReplacementKind, open_store
from store_fixtures import copied


@pytest.fixture
def own_store(ready_store: str, tmp_path: Path) -> str:
    return copied(ready_store, tmp_path)


@pytest.fixture(scope="session")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('two') / 'store.db'}"
    store = open_store(url)
    publish_entities(store, small_graph(), "first")
    gone = Replacement(ReplacementKind.RETIRED, (), "no one asks")
    publish_entities(
        store,
        [
            concept("atlas:cpp", ConceptKind.SKILL, "C++", status=ConceptStatus.DEPRECATED, replacement=gone),
            concept("atlas:sql", ConceptKind.SKILL, "SQL and more", "结构化查询语言"),
        ],
        "second",
    )
    store.close()
    return url


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    running: list[Served] = []

    def started(store: str, *options: str, ready: bool = True) -> Served:
        served = start_server(store, tmp_path, *options)
        running.append(served)
        if ready:
            served.wait_ready()
        return served

    yield started
    for served in running:
        stop_server(served)


@pytest.fixture(scope="session")
def shared_server(ready_store: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = start_server(ready_store, tmp_path_factory.mktemp("server"))
    served.wait_ready()
    yield served
    assert stop_server(served) == 0
