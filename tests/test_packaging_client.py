"""The client alone: its own small wheel, in an environment that has httpx and nothing else of what we need."""

import importlib
import sys
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from installing import install, run
from service_process import ROOT
from sync_source import Source, first_release, serving

pytestmark = pytest.mark.slow

LENT = ("httpx", "httpcore", "h11", "anyio", "idna", "certifi", "sniffio", "typing_extensions")
"""The one library that the client needs, and what it needs itself; lent by the environment of the tests."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("client")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT / "sync", folder=folder)
    (found,) = folder.glob("skillatlas_sync-*.whl")
    return found


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment with the client and what is lent to it, no more."""
    folder = tmp_path_factory.mktemp("alone")
    venv.EnvBuilder(symlinks=True).create(folder)
    python = folder / "bin" / "python"
    own = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=folder).strip())
    for name in LENT:
        try:
            found = Path(importlib.import_module(name).__file__ or "")
        except ImportError:  # newer versions need some of them no more
            continue
        source = found.parent if found.name == "__init__.py" else found
        (own / source.name).symlink_to(source)
    install(python, wheel)
    return python


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Source]:
    with first_release(f"sqlite:///{tmp_path / 'source.db'}") as store, serving(store.url) as url:
        yield Source(store, url)


def test_the_wheel_holds_the_client_alone(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    client = ROOT / "sync" / "skillatlas" / "sync"
    assert names == {f"skillatlas/sync/{path.name}" for path in client.iterdir() if path.is_file()}


def test_a_mirror_with_nothing_else_installed(python: Path, source: Source, tmp_path: Path) -> None:
    for name in ("spacy", "ortools", "skillatlas.taxonomy", "orjson", "typer"):
        check = f"import importlib.util as u; print(bool(u.find_spec({name!r})))"
        assert run(python, "-c", check, folder=tmp_path).strip() == "False", name
    command, folder = python.parent / "skillatlas-sync", tmp_path / "mirror"
    assert "release 1" in run(command, "init", "--from", source.url, "--dir", folder, folder=tmp_path)
    source.relabel("second", range(5))
    ids = tmp_path / "ids.txt"
    ids.write_text("atlas:0001\natlas:0100\n", encoding="utf-8")
    assert '"RELABELLED"' in run(command, "pull", "--dir", folder, "--ids", ids, folder=tmp_path)
    assert "whole, release 2" in run(command, "verify", "--dir", folder, folder=tmp_path)
    assert (folder / "release-2.jsonl").read_bytes() == source.dump(2)
