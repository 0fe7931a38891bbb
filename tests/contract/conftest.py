"""Fixtures of the contract suite: every test in this folder runs on every store.

- `store_kind`: "sqlite" or "neo4j".
- `empty_store_url`: a function that empties the test's store and gives its URL (for properties and processes).
- `fresh_store`: a function that gives an empty, open store as a context manager.
- `store`: one empty store.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import pytest

from skillatlas.taxonomy import Store, open_store


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store_kind(request: pytest.FixtureRequest) -> str:
    """Which adapter the test runs on."""
    kind = request.param
    assert isinstance(kind, str)
    return kind


@pytest.fixture
def empty_store_url(request: pytest.FixtureRequest, store_kind: str, tmp_path: Path) -> Callable[[], str]:
    """A function that gives the URL of an empty store."""
    if store_kind == "sqlite":
        numbers = count()
        return lambda: f"sqlite:///{tmp_path / f'store-{next(numbers)}.db'}"
    from neo4j_fixtures import empty_database

    url = request.getfixturevalue("neo4j_url")
    driver = request.getfixturevalue("neo4j_driver")

    def emptied() -> str:
        empty_database(driver)
        return str(url)

    return emptied


@pytest.fixture
def fresh_store(empty_store_url: Callable[[], str]) -> Callable[[], AbstractContextManager[Store]]:
    """A function that opens an empty store, closed at the end of its block."""

    @contextmanager
    def opened() -> Iterator[Store]:
        store = open_store(empty_store_url())
        try:
            yield store
        finally:
            store.close()

    return opened


@pytest.fixture
def store(fresh_store: Callable[[], AbstractContextManager[Store]]) -> Iterator[Store]:
    """One empty store."""
    with fresh_store() as opened:
        yield opened
