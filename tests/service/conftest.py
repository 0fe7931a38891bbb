"""Fixtures of the service's tests: everything runs as a user runs it, in processes of its own.

- `ready_store`: the URL of a SQLite store with the shipped ontology, sample courses and documents, made once and
  only read; tests that write get a copy of their own by `own_store`.
- `shared_server`: one server over the ready store, for all tests that only read.
- `start`: starts further servers, which end with the test.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from service_process import SAMPLES, Served, run_skillatlas, start_server, stop_server


@pytest.fixture(scope="session")
def ready_store(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('ready') / 'store.db'}"
    for arguments in (
        ["init"],
        ["import", "courses", str(SAMPLES / "courses.jsonl"), "--catalogue", "samples", "--publish", "Sample courses"],
        *(
            ["ingest", str(SAMPLES / "documents" / kind), "--kind", kind, "--collection", "samples"]
            for kind in ("job", "task", "cv", "course")
        ),
    ):
        done = run_skillatlas(*arguments, "--store", url)
        assert done.returncode == 0, done.stderr
    return url


@pytest.fixture
def own_store(ready_store: str, tmp_path: Path) -> str:
    path = Path(ready_store.removeprefix("sqlite:///"))
    for file in path.parent.glob("store.db*"):
        shutil.copy(file, tmp_path / file.name)
    return f"sqlite:///{tmp_path / 'store.db'}"


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
