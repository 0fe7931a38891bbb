"""`skillatlas import` and `ingest` as a user types them: reports, files of findings, the worked example of the docs."""

import csv
import json
import shutil
from pathlib import Path

from service_process import run_skillatlas

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "importing-courses.md"


def squeezed(text: str) -> list[str]:
    """Lines without the padding of tables."""
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def test_the_worked_example_prints_what_the_page_shows(ready_store: str, tmp_path: Path) -> None:
    table, mapping = EXAMPLES / "college.csv", EXAMPLES / "college.toml"
    done = run_skillatlas(
        "import", "courses", str(table), "--catalogue", "college", "--mapping", str(mapping), "--dry-run",
        "--warnings", str(tmp_path / "found.csv"), "--store", ready_store,
    )  # fmt: skip
    assert done.returncode == 1
    page = PAGE.read_text(encoding="utf-8")
    shown = page.split("--dry-run\n```\n\n```\n", 1)[1].split("```", 1)[0]
    told = [line for line in squeezed(done.stderr) if not line.startswith(("reading", "comparing"))]
    assert squeezed(done.stdout) + told == squeezed(shown)
    assert table.read_text(encoding="utf-8") in page
    assert mapping.read_text(encoding="utf-8").split("\n\n", 1)[1] in page
    with (tmp_path / "found.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["severity"], row["rule"], row["line"], row["column"]) for row in rows] == [
        ("WARNING", "hours-range", "2", "3"),
        ("WARNING", "teaches", "4", ""),
        ("FAULT", "course", "5", "3"),
        ("FAULT", "course", "5", "5"),
    ]


def test_all_findings_are_written_where_the_import_is_refused(own_store: str, tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "college.csv", tmp_path / "college.csv")
    arguments = ("import", "courses", str(tmp_path / "college.csv"), "--catalogue", "college", "--store", own_store)
    mapped = (*arguments, "--mapping", str(EXAMPLES / "college.toml"))
    refused = run_skillatlas(*mapped, "--warnings", str(tmp_path / "found.jsonl"))
    assert refused.returncode == 1
    rows = [json.loads(line) for line in (tmp_path / "found.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["severity"] for row in rows] == ["WARNING", "WARNING", "FAULT", "FAULT"]
    skipped = run_skillatlas(*mapped, "--skip-faulty", "--publish", "College")
    assert skipped.returncode == 0
    assert "left out: college:DA-4" in skipped.stderr
    again = run_skillatlas(*mapped, "--skip-faulty", "--json")
    assert json.loads(again.stdout)["counts"]["COURSE"]["unchanged"] == 3
    unreadable = run_skillatlas(*arguments, "--warnings", str(tmp_path / "none.jsonl"))
    assert unreadable.returncode == 1
    assert "no column id" in json.loads((tmp_path / "none.jsonl").read_text(encoding="utf-8"))["text"]


def test_a_file_that_is_faulty_all_over_is_told_in_short(ready_store: str, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("id,title,hours,teaches\n" + "".join(f"{n},C,0,\n" for n in range(60)))
    done = run_skillatlas(
        "import", "courses", str(tmp_path / "c.csv"), "--catalogue", "bad", "--dry-run", "--store", ready_store
    )
    assert done.returncode == 1
    assert done.stderr.count(": fault: ") == 50
    assert "… and 10 more faults" in done.stderr
    assert "60 fault(s)" in done.stderr


def test_documents_that_cannot_be_read_can_be_passed_over(own_store: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<h2>Requirements</h2><ul><li>Python</li></ul>", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7")
    arguments = (
        "ingest",
        str(tmp_path / "a.html"),
        str(tmp_path / "b.pdf"),
        "--collection",
        "mixed",
        "--store",
        own_store,
    )
    assert run_skillatlas(*arguments).returncode == 1
    done = run_skillatlas(*arguments, "--skip-faulty")
    assert done.returncode == 0
    assert "b.pdf: fault:" in done.stderr
    assert "mixed: 1 documents stored" in done.stderr


def test_a_file_of_findings_that_cannot_be_written_is_told_before_the_import(own_store: str, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("id,title,hours,teaches\n1,C,1,\n")
    arguments = ("import", "courses", str(tmp_path / "c.csv"), "--catalogue", "late", "--store", own_store)
    for path, told in ((tmp_path, "is a folder"), (tmp_path / "absent" / "f.csv", "there is no folder")):
        done = run_skillatlas(*arguments, "--warnings", str(path), "--publish", "late")
        assert done.returncode == 2
        assert f"--warnings: {path}" in done.stderr or str(path.parent) in done.stderr
        assert told in done.stderr
    assert "1 changes are unpublished edits" in run_skillatlas(*arguments).stdout
