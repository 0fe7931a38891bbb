"""Fixtures of the client's tests.

- `source`: a store with one release of some hundred concepts, and a server over it, in this process.
- `served`: such a server in a process of its own, to be killed.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service_process import Served, start_server, stop_server
from sync_source import Source, first_release, serving


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'source.db'}"


@pytest.fixture
def source(store_url: str) -> Iterator[Source]:
    with first_release(store_url) as store, serving(store_url) as url:
        yield Source(store, url)


@pytest.fixture
def served(store_url: str, tmp_path: Path) -> Iterator[Served]:
    with first_release(store_url):
        pass
    running = start_server(store_url, tmp_path)
    running.wait_ready()
    yield running
    stop_server(running)
