"""What users install: wheel, source archive and editable form, built and used outside the repository.

The environments are new and hold only skillatlas; the libraries it needs are lent by the environment of the tests,
whose own editable installation is not seen (files of paths count only in an environment's own folder).
"""

import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from installing import install, run

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("taxonomy", "ingest", "graphql", "ontologies", "sync")

pytestmark = pytest.mark.slow


def environment(folder: Path) -> Path:
    """A new environment; gives its Python."""
    venv.EnvBuilder(symlinks=True).create(folder)
    python = folder / "bin" / "python"
    own = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=folder).strip()
    (Path(own) / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("built")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, folder=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("skillatlas-*-py3-none-any.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with the wheel."""
    python = environment(tmp_path_factory.mktemp("wheel"))
    install(python, wheel)
    return python


@pytest.fixture(scope="module")
def editable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with an editable installation."""
    python = environment(tmp_path_factory.mktemp("editable"))
    install(python, "--editable", ROOT)
    return python


def shipped() -> set[str]:
    """Every file of the source roots, as a wheel names it."""
    files = (path for root in SOURCES for path in (ROOT / root / "skillatlas").rglob("*") if path.is_file())
    return {
        Path(*path.relative_to(ROOT).parts[1:]).as_posix()
        for path in files
        if "__pycache__" not in path.parts and path.suffix != ".pyc"
    }


def test_the_wheel_holds_every_file_and_no_other(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        licences = [name for name in archive.namelist() if name.endswith("dist-info/licenses/LICENSE")]
    assert names == shipped()
    assert len(licences) == 1
    data = ("samples/courses.jsonl", "samples/learners.csv", "cues/en.toml", "cues/zh.toml", "templates/report.html")
    for kind in (".ttl", *data, "static/page.html", "py.typed"):
        assert any(name.endswith(kind) for name in names), kind


def test_the_source_archive_is_enough_to_develop(built: Path) -> None:
    (path,) = built.glob("skillatlas-*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"pyproject.toml", "constraints.txt", "Makefile", "README.md", "LICENSE", "CHANGELOG.md", "schema.graphql"}
    assert wanted | {"tests/test_packaging.py", "scripts/bootstrap.py", ".importlinter"} <= names
    assert not [name for name in names if name.startswith((".ci", ".venv", ".git/", "var/", ".build"))]


@pytest.mark.parametrize("form", ["installed", "editable"])
def test_it_works_outside_the_repository(form: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    python: Path = request.getfixturevalue(form)
    command = python.parent / "skillatlas"
    where = run(python, "-c", "import skillatlas.service as s; print(s.__file__)", folder=tmp_path).strip()
    assert Path(where).is_relative_to(python.parent.parent if form == "installed" else ROOT)
    assert run(command, "--version", folder=tmp_path).startswith("skillatlas ")
    assert run(command, "schema", folder=tmp_path).strip() == (ROOT / "schema.graphql").read_text("utf-8").strip()
    store = "sqlite:///store.db"
    run(command, "init", "--store", store, folder=tmp_path)
    assert "atlas:python" in run(command, "search", "python", "--store", store, folder=tmp_path)
    graphql = run(python, "-c", "import graphene, graphql; print(graphql.__file__)", folder=tmp_path)
    assert "site-packages" in graphql
