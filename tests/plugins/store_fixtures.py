"""Stores that many tests read, made by the commands that a user types.

- `ready_store`: the URL of a SQLite store with the shipped ontology, sample courses and documents; only read.
- `esco_store`: the same with ESCO 1.1.1 as release 3; only read.
"""

import shutil
from pathlib import Path

import pytest

from made_once import made_once
from service_process import SAMPLES, run_skillatlas


def copied(url: str, folder: Path) -> str:
    """The URL of a copy of a SQLite store, for a test that writes."""
    path = Path(url.removeprefix("sqlite:///"))
    for file in path.parent.glob(f"{path.name}*"):
        shutil.copy(file, folder / file.name)
    return f"sqlite:///{folder / path.name}"


def _run(url: str, *commands: list[str]) -> None:
    for arguments in commands:
        done = run_skillatlas(*arguments, "--store", url, timeout=300)
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def ready_store(tmp_path_factory: pytest.TempPathFactory) -> str:
    def make(folder: Path) -> None:
        courses = ["import", "courses", str(SAMPLES / "courses.jsonl"), "--catalogue", "samples"]
        _run(
            f"sqlite:///{folder / 'store.db'}",
            ["init"],
            [*courses, "--publish", "Sample courses"],
            *(
                ["ingest", str(SAMPLES / "documents" / kind), "--kind", kind, "--collection", "samples"]
                for kind in ("job", "task", "cv", "course")
            ),
        )

    return f"sqlite:///{made_once(tmp_path_factory, 'ready-store', make) / 'store.db'}"


@pytest.fixture(scope="session")
def esco_store(ready_store: str, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    def make(folder: Path) -> None:
        files = sorted(map(str, (shared_data / "esco").glob("*v1.1.1*.zip")))
        _run(copied(ready_store, folder), ["import", "esco", *files, "--publish", "ESCO 1.1.1"])

    return f"sqlite:///{made_once(tmp_path_factory, 'esco-store', make) / 'store.db'}"
