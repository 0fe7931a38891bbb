"""Guards of the layout: namespace traps, public faces, start-up weight, size, and what never belongs in a commit."""

import ast
import importlib
import re
import statistics
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE_ROOTS = ("taxonomy", "ingest", "graphql", "ontologies", "sync")
PACKAGES = {
    "skillatlas.taxonomy": "taxonomy/skillatlas/taxonomy",
    "skillatlas.reskilling": "taxonomy/skillatlas/reskilling",
    "skillatlas.ingest": "ingest/skillatlas/ingest",
    "skillatlas.graphql": "graphql/skillatlas/graphql",
    "skillatlas.service": "graphql/skillatlas/service",
    "skillatlas.sync": "sync/skillatlas/sync",
}
LONGEST = 400  # lines; a longer module does more than one thing
HEAVY = ("spacy", "ortools", "rdflib", "pyshacl", "neo4j", "sklearn", "scipy", "numpy", "networkx")
SLOW_TO_START = (*HEAVY, "graphene", "graphql", "ariadne", "starlette", "uvicorn", "structlog", "pydantic_settings")


def python(code: str, *, folder: Path = ROOT) -> str:
    """What a fresh interpreter prints, started in a folder."""
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def modules() -> list[Path]:
    return sorted(path for root in SOURCE_ROOTS for path in (ROOT / root).rglob("*.py"))


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git work tree: what is tracked cannot be told")
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


# -- the namespace ---------------------------------------------------------------------------------------------


def test_no_marker_breaks_the_namespace() -> None:
    """`graphql/__init__.py` would shadow graphql-core, one in a `skillatlas/` folder all the other roots."""
    markers = [ROOT / root / "__init__.py" for root in SOURCE_ROOTS]
    markers += [ROOT / root / "skillatlas" / "__init__.py" for root in SOURCE_ROOTS]
    markers += (ROOT / "tests").rglob("__init__.py")
    assert [str(path.relative_to(ROOT)) for path in markers if path.exists()] == []


@pytest.mark.parametrize("folder", [".", "graphql", "tests"])
def test_graphql_is_graphql_core_wherever_python_starts(folder: str) -> None:
    code = "import graphene, graphql; print(graphql.__file__)"
    assert "site-packages" in Path(python(code, folder=ROOT / folder)).parts


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_lies_in_its_root(package: str) -> None:
    module = importlib.import_module(package)
    assert module.__file__ is not None
    assert Path(module.__file__).parent == ROOT / PACKAGES[package]
    assert (ROOT / PACKAGES[package] / "py.typed").is_file(), "its types are for users too"


def test_the_ontology_is_found_as_data() -> None:
    files = {item.name for item in resources.files("skillatlas.ontologies").iterdir()}
    assert {"scheme.ttl", "domains", "samples"} <= files


# -- public faces ----------------------------------------------------------------------------------------------


def reexported(path: Path) -> set[str]:
    """The public names that a package's `__init__` takes from its modules, lazily or not, or defines itself."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            names |= {alias.asname or alias.name for alias in node.names}
    return {name for name in names if not name.startswith("_")}


@pytest.mark.parametrize("package", PACKAGES)
def test_a_face_names_all_that_it_shows(package: str) -> None:
    module = importlib.import_module(package)
    assert len(module.__all__) == len(set(module.__all__))
    assert set(module.__all__) == reexported(ROOT / PACKAGES[package] / "__init__.py")
    missing = [name for name in module.__all__ if getattr(module, name, None) is None]
    assert missing == []
    with pytest.raises(AttributeError):
        module.there_is_no_such_name  # noqa: B018


def test_other_packages_are_used_through_their_faces() -> None:
    """The adapters' own names are no exception: `skillatlas.x.y` is imported from within `skillatlas.x` only."""
    wrong = []
    for path in modules():
        own = path.relative_to(ROOT).parts[2]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names = [] if node.level else [node.module or ""]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            wrong += [
                f"{path.relative_to(ROOT)}:{node.lineno}: {name}"
                for name in names
                if re.fullmatch(r"skillatlas\.\w+\..+", name) and name.split(".")[1] != own
            ]
    assert wrong == []


# -- weight ----------------------------------------------------------------------------------------------------


def loaded(code: str, of: tuple[str, ...]) -> list[str]:
    """Which libraries a fresh interpreter has loaded after running the code."""
    return python(f"import sys\n{code}\nprint(*sorted(set({of!r}) & set(sys.modules)), file=sys.__stdout__)").split()


def test_help_loads_no_heavy_library() -> None:
    code = """
import contextlib, io
from skillatlas.service.cli import main
sys.argv = ["skillatlas", "--help"]
with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.suppress(SystemExit):
    main()
assert "Usage" in out.getvalue(), out.getvalue()
"""
    assert loaded(code, SLOW_TO_START) == []


@pytest.mark.parametrize("package", ["skillatlas.ingest", "skillatlas.service"])
def test_lazy_faces_are_light(package: str) -> None:
    assert loaded(f"import {package}", SLOW_TO_START) == []


def test_the_base_needs_no_language_processing() -> None:
    unwanted = ("spacy", "ortools", "rdflib", "pyshacl", "neo4j", "graphene", "graphql", "starlette")
    assert loaded("import skillatlas.taxonomy, skillatlas.reskilling", unwanted) == []


# -- size, and what is committed -------------------------------------------------------------------------------


def test_no_module_is_too_long() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    print(f"{len(lines)} modules, median {statistics.median(lines.values()):.0f} lines, longest {max(lines.values())}")
    assert {str(path.relative_to(ROOT)): count for path, count in lines.items() if count > LONGEST} == {}


# Put together here, so that this file does not contain what it looks for.
_MACHINE_PATHS = re.compile(r"(?<![\w.~-])/(?:" + "|".join(("work", "root", "home", "Users")) + r")/[A-Za-z]")
_REGISTRIES = re.compile(
    r"(?:pypi|pythonhosted|registry\.npmjs|registry\.yarnpkg|repo\d?\.maven|deb\.debian)\." r"(?:com|org|apache\.org)\b"
)


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    found = []
    for name in tracked():
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if _MACHINE_PATHS.search(line) or _REGISTRIES.search(line):
                found.append(f"{name}:{number}: {line.strip()[:100]}")
    assert found == []


def test_nothing_large_or_made_is_tracked() -> None:
    made = re.compile(r"(^|/)(__pycache__|node_modules|dist|build|\.venv[^/]*|var)/|\.(pyc|db|db-wal|db-shm|jar|whl)$")
    names = tracked()
    assert [name for name in names if made.search(name)] == []
    assert [name for name in names if (ROOT / name).stat().st_size > 1024 * 1024] == []
