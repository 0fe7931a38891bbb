"""The public face of the package, findings and progress."""

import io
import subprocess
import sys

import pytest

import skillatlas.ingest as face
from skillatlas.ingest import (
    BarProgress,
    DocumentError,
    Finding,
    ImportFaultsError,
    IngestError,
    KeyInUseError,
    NoProgress,
    PlainProgress,
    Progress,
    RemovalLimitError,
    Severity,
    UnreadableError,
    progress_for,
)


@pytest.mark.parametrize("name", face.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(face, name) is not None
    assert name in dir(face)


def test_all_names_are_listed_once_and_sorted() -> None:
    assert list(face.__all__) == sorted(set(face.__all__))
    listed = {name for names in face._HOMES.values() for name in names}
    assert listed == set(face.__all__)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        face.nothing  # noqa: B018


HEAVY = ("spacy", "rdflib", "pyshacl", "sklearn", "neo4j", "rich")


@pytest.mark.parametrize(
    "statement",
    [
        "import skillatlas.ingest",
        "from skillatlas.ingest import run_import, read_courses, read_esco, read_documents, ingest_documents",
    ],
)
def test_importing_loads_nothing_heavy(statement: str) -> None:
    code = f"{statement}\nimport sys\nprint([name for name in {HEAVY!r} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_errors_form_one_tree() -> None:
    for error in (ImportFaultsError, UnreadableError, RemovalLimitError, KeyInUseError, DocumentError):
        assert issubclass(error, IngestError)
    assert issubclass(UnreadableError, ImportFaultsError)


def test_findings_print_their_place() -> None:
    assert str(Finding(Severity.FAULT, "a.ttl", 3, 7, "is wrong")) == "a.ttl:3:7: fault: is wrong"
    assert str(Finding(Severity.WARNING, "a.ttl", 3, None, "is odd")) == "a.ttl:3: warning: is odd"
    assert str(Finding(Severity.WARNING, "a.ttl", None, None, "is odd")) == "a.ttl: warning: is odd"


def test_the_error_names_the_first_faults_and_counts_the_rest() -> None:
    findings = [Finding(Severity.FAULT, "a", number, None, "x") for number in range(1, 61)]
    error = ImportFaultsError([*findings, Finding(Severity.WARNING, "a", 99, None, "y")])
    assert str(error).startswith("60 fault(s), nothing was written\na:1: fault: x\n")
    assert str(error).endswith("a:50: fault: x\n… and 10 more")
    assert len(error.findings) == 61


def work(progress: Progress) -> None:
    with progress.task("reading", 30) as step:
        for _ in range(3):
            step(10)


def test_plain_progress_is_lines() -> None:
    stream = io.StringIO()
    work(PlainProgress(stream))
    assert stream.getvalue() == "reading …\nreading: 30 done\n"


def test_a_bar_where_there_is_a_terminal() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    progress = progress_for(stream)
    assert isinstance(progress, BarProgress)
    work(progress)
    assert "reading" in stream.getvalue()
    assert isinstance(progress_for(io.StringIO()), PlainProgress)


def test_no_progress_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    work(NoProgress())
    assert capsys.readouterr() == ("", "")
