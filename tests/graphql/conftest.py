"""Fixtures of the API's tests.

- `api`: the API over the small graph of `api_graphs`, published once for all tests of a session; read only.
- `own_api`: the same in a store of the test's own, which may publish more.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api_graphs import publish_entities, small_graph
from asking import Api
from skillatlas.taxonomy import open_store


@pytest.fixture(scope="session")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('api') / 'store.db'}")
    publish_entities(store, small_graph(), "first")
    yield Api.over(store)
    store.close()


@pytest.fixture
def own_api(tmp_path: Path) -> Iterator[Api]:
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    publish_entities(store, small_graph(), "first")
    yield Api.over(store)
    store.close()
