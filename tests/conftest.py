"""Fixtures shared by all tests.

- `shared_data`: the folder of real data beside the project; tests that use it are skipped where it is absent,
  and fail where `SKILLATLAS_REQUIRE_DATA=1` demands it (CI does).
- `sqlite_store`: an empty SQLite store in a folder of the test's own.
- `ready_store`, `esco_store`: stores that many tests read: `plugins/store_fixtures.py`.
- A real Neo4j (`neo4j_url`, `neo4j_store` …): `plugins/neo4j_fixtures.py`.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from skillatlas.taxonomy import Store, open_store

pytest_plugins = ["neo4j_fixtures", "store_fixtures"]

ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Modules that take long first, so that no process waits for another at the end."""
    long = {item.path for item in items if item.get_closest_marker("slow") or item.get_closest_marker("neo4j")}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with ESCO, O*NET, adverts and courses; see its README."""
    folder = Path(os.environ.get("SKILLATLAS_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        reason = f"the real data is absent: {folder} (set SKILLATLAS_SHARED_DATA)"
        if os.environ.get("SKILLATLAS_REQUIRE_DATA") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """An empty SQLite store."""
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    yield store
    store.close()
