"""What takes long to make and is only read: made once a test run, by whichever process comes first."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder that `make` filled, in this process or in another of the same run."""
    folder, done = _root(factory) / name, _root(factory) / f"{name}.done"
    with in_turn(factory, name):
        if not done.exists():
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


@contextmanager
def in_turn(factory: pytest.TempPathFactory, name: str) -> Iterator[None]:
    """A block that one process of a test run is in at a time."""
    with (_root(factory) / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _root(factory: pytest.TempPathFactory) -> Path:
    """The folder of the whole run."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
