"""`skillatlas diff`, `releases` and `history`: what a curator sees."""

import json
from pathlib import Path

import pytest

from service_process import run_skillatlas


def test_diff_prints_or_writes_a_page(two_releases: str, tmp_path: Path) -> None:
    done = run_skillatlas("diff", "1", "2", "--store", two_releases)
    assert done.returncode == 0, done.stderr
    assert "- C++ `atlas:cpp`: retired; reason: no one asks" in done.stdout
    out = tmp_path / "page.md"
    assert run_skillatlas("diff", "1", "2", "--out", str(out), "--store", two_releases).stdout == ""
    assert out.read_text("utf-8") == done.stdout
    chinese = run_skillatlas(
        "diff", "0", "2", "--lang", "zh", "--most", "1", "--scheme", "atlas", "--store", two_releases
    )
    assert "# atlas：版本 0 至 2 的变更" in chinese.stdout
    assert "项" in chinese.stdout
    assert "项" not in run_skillatlas("diff", "0", "2", "--lang", "zh", "--all", "--store", two_releases).stdout


@pytest.mark.parametrize(
    ("arguments", "status", "word"),
    [
        (["diff", "2", "1"], 2, "first"),
        (["diff", "1", "9"], 1, "no release 9"),
        (["diff", "1", "2", "--scheme", "nowhere"], 1, "nowhere"),
        (["diff", "1", "2", "--out", "/nowhere/page.md"], 2, "does not exist"),
        (["diff", "1"], 2, "R2"),
        (["history", "atlas:nothing"], 1, "skillatlas search"),
    ],
)
def test_what_is_not_there_is_said(two_releases: str, arguments: list[str], status: int, word: str) -> None:
    done = run_skillatlas(*arguments, "--store", two_releases)
    assert done.returncode == status
    assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_releases_as_a_table_and_as_json(two_releases: str) -> None:
    table = run_skillatlas("releases", "--store", two_releases).stdout
    assert "second" in table
    rows = json.loads(run_skillatlas("releases", "--json", "--store", two_releases).stdout)
    assert [(row["number"], row["note"], row["updated"], row["deprecated"]) for row in rows] == [
        (2, "second", 1, 1),
        (1, "first", 0, 0),
    ]
    (newest,) = json.loads(run_skillatlas("releases", "--first", "1", "--json", "--store", two_releases).stdout)
    assert newest["number"] == 2


def test_the_history_of_a_concept(two_releases: str) -> None:
    done = run_skillatlas("history", "atlas:cpp", "--edges", "--store", two_releases)
    assert done.returncode == 0, done.stderr
    assert "1 to 1 (active), 2 to 2 (deprecated)" in done.stdout
    assert "no one asks" in done.stdout
    found = json.loads(run_skillatlas("history", "atlas:cpp", "--json", "--lang", "zh", "--store", two_releases).stdout)
    assert [row["words"][0] for row in found["history"]] == ["新增", "弃用"]
