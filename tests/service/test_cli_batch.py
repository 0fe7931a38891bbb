"""`skillatlas batch gap`: a row for each learner with the figures of single calls; faulty rows are named."""

import csv
import json
import time
from pathlib import Path
from typing import Any

import pytest

from service_process import run_skillatlas

ROLE = "atlas:role.data-analyst"
FIGURES = ("readiness", "readinessStrict", "readinessLow", "readinessHigh", "knownShare", "essential", "optional")


def batch(store: str, file: Path, *options: str, status: int = 0) -> tuple[dict[str, Any], str]:
    done = run_skillatlas("batch", "gap", "--learners", str(file), "--role", ROLE, "--json", *options, "--store", store)
    assert done.returncode == status, done.stderr
    return json.loads(done.stdout), done.stderr


def test_the_figures_of_single_calls(ready_store: str, tmp_path: Path) -> None:
    file = tmp_path / "learners.csv"
    file.write_text(
        "name,skills,not held,roles,cv\n"
        "Ann,atlas:sql=3; Python = 2,atlas:pandas,,\n"
        ",,,atlas:role.data-engineer,\n"
        'Bo,,,,"I have worked with SQL and statistics for 5 years."\n',
        "utf-8",
    )
    found, _ = batch(ready_store, file, "--plan", "--start", "2027-01-04")
    (tmp_path / "cv.txt").write_text("I have worked with SQL and statistics for 5 years.", "utf-8")
    singles = (
        ["--has", "atlas:sql=3", "--has", "atlas:python=2", "--not-held", "atlas:pandas"],
        ["--held-role", "atlas:role.data-engineer"],
        ["--cv", str(tmp_path / "cv.txt")],
    )
    assert [row["learner"] for row in found["learners"]] == [{"name": "Ann"}, {"name": ""}, {"name": "Bo"}]
    for row, options in zip(found["learners"], singles, strict=True):
        gap = json.loads(run_skillatlas("gap", "--role", ROLE, *options, "--json", "--store", ready_store).stdout)
        assert {name: row[name] for name in FIGURES} == {name: gap[name] for name in FIGURES}
        asked = ["path", "--role", ROLE, *options, "--start", "2027-01-04", "--alternatives", "0", "--json"]
        paths = json.loads(run_skillatlas(*asked, "--store", ready_store).stdout)
        plan = paths["plans"][0]
        assert row["plan"]["courses"] == [step["course"]["id"] for step in plan["steps"]]
        for name in ("hours", "prices", "finishDate", "readinessAfter"):
            assert row["plan"][name] == plan[name]
    readiness = sorted(row["readiness"] for row in found["learners"])
    assert found["summary"]["readinessMedian"] == readiness[1]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_marks_and_chinese_headers(ready_store: str, tmp_path: Path, separator: str, mark: str) -> None:
    file = tmp_path / "学员.csv"
    rows = [["学员", "技能"], ["王芳", "atlas:sql=3；atlas:python"], ["李雷", ""]]
    file.write_text(mark + "\r\n".join(separator.join(row) for row in rows), "utf-8")
    found, _ = batch(ready_store, file)
    assert [row["learner"]["学员"] for row in found["learners"]] == ["王芳", "李雷"]
    assert found["learners"][0]["readiness"] > found["learners"][1]["readiness"] == 0


def test_faulty_rows_are_named_and_the_rest_done(ready_store: str, tmp_path: Path) -> None:
    file = tmp_path / "learners.csv"
    file.write_text(
        "id,skills,not_held,shoe size\n"
        "1,atlas:nix,,\n"
        "2,atlas:sql=9,,\n"
        "3,atlas:sql,atlas:sql,\n"
        "4,atlas:sql\n"
        '5,"atlas:sql;\natlas:python",,\n'
        "6,atlas:sql,,44\n",
        "utf-8",
    )
    out = tmp_path / "out.csv"
    found, said = batch(ready_store, file, "--out", str(out), status=1)
    assert [row["learner"]["id"] for row in found["learners"]] == ["5", "6"]
    assert [fault["line"] for fault in found["faults"]] == [2, 3, 4, 5]
    for line, text in ((2, "no skill 'atlas:nix'"), (3, "'9' is no level"), (4, "named as held too"), (5, "2 cells")):
        assert any(f"learners.csv:{line}: " in row and text in row for row in said.splitlines()), said
    assert "'shoe size' is not known" in said
    with out.open(encoding="utf-8", newline="") as stream:
        assert [(row["id"], row["line"]) for row in csv.DictReader(stream)] == [("5", "6"), ("6", "8")]


@pytest.mark.parametrize("column", ["age", "Date of birth", "性别", "nationality", "政治面貌"])
def test_columns_that_must_not_matter_are_refused(ready_store: str, tmp_path: Path, column: str) -> None:
    file = tmp_path / "learners.csv"
    file.write_text(f"id,skills,{column}\nAnn,atlas:nix,x\n", "utf-8")
    done = run_skillatlas("batch", "gap", "--learners", str(file), "--role", ROLE, "--store", ready_store)
    assert done.returncode == 1
    assert "SENSITIVE_INPUT" in done.stderr
    assert column in done.stderr
    assert not done.stdout
    assert "Ann" not in done.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"id,hobby\n1,x\n", "has no column of skills"),
        (b"id,skills\n1,\xff\n", "learners.csv:2: is not UTF-8"),
        (b"id,skills,has\n1,x,y\n", "twice"),
    ],
)
def test_files_that_are_no_batch(ready_store: str, tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "learners.csv"
    file.write_bytes(content)
    done = run_skillatlas("batch", "gap", "--learners", str(file), "--role", ROLE, "--store", ready_store)
    assert done.returncode == 1
    assert said in done.stderr


def test_a_bad_target_or_plan_is_said_once(ready_store: str, tmp_path: Path) -> None:
    file = tmp_path / "learners.csv"
    file.write_text("id,skills\n1,\n2,\n", "utf-8")
    for options in (["--role", "atlas:role.nix"], ["--role", ROLE, "--plan", "--hours-per-week", "500"]):
        done = run_skillatlas("batch", "gap", "--learners", str(file), *options, "--store", ready_store)
        assert (done.returncode, done.stderr.count("skillatlas: ")) == (1, 1)


@pytest.mark.slow
def test_a_thousand_learners(ready_store: str, tmp_path: Path) -> None:
    file = tmp_path / "learners.csv"
    skills = ["atlas:sql=3", "atlas:python", "atlas:statistics=2", "atlas:microsoft-excel=4", "atlas:data-cleaning"]
    rows = [f"{n},{'; '.join(skill for k, skill in enumerate(skills) if n >> k & 1)}" for n in range(1_000)]
    file.write_text("\n".join(["id,skills", *rows]), "utf-8")
    begin = time.perf_counter()
    found, _ = batch(ready_store, file)
    spent = time.perf_counter() - begin
    print(f"1,000 learners in {spent:.1f} s")
    assert found["summary"]["learners"] == 1_000
    assert spent < 60
