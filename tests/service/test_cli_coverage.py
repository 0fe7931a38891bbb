"""`skillatlas coverage`: all parts as tables and as JSON, and what it says of bad input."""

import json
from pathlib import Path

import pytest

import onet_package
from service_process import run_skillatlas

CURRICULUM = """## Courses

[Linear Algebra](https://example.org/linear-algebra)

[Whittling for Beginners](https://example.org/whittling)
"""


@pytest.fixture
def curriculum(tmp_path: Path) -> str:
    path = tmp_path / "curriculum.md"
    path.write_text(CURRICULUM, encoding="utf-8")
    return str(path)


def test_the_parts_asked_for_are_in_the_json(ready_store: str, tmp_path: Path, curriculum: str) -> None:
    onet = onet_package.write(tmp_path, onet_package.tables())
    adverts = tmp_path / "adverts.jsonl"
    adverts.write_text('{"tokens": ["Python", "and", "lathes"], "tags_knowledge": ["B", "O", "B"]}\n', encoding="utf-8")
    options = ["--onet", str(onet), "--adverts", str(adverts), "--courses", curriculum, "--catalogue", "samples"]
    done = run_skillatlas("coverage", *options, "--json", "--store", ready_store)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["release"] == 2
    assert {"roles", "technologies", "adverts", "courses"} <= report.keys()
    assert "esco" not in report
    assert report["adverts"]["measures"][0] | {"wanted": None} == {
        "name": "concrete spans",
        "met": 1,
        "total": 2,
        "wanted": None,
        "share": 0.5,
        "reached": False,
    }
    assert [one["text"] for one in report["adverts"]["missed"]] == ["lathes"]
    first, second = report["courses"]["courses"]
    assert first["skills"] == ["atlas:linear-algebra"]
    assert first["chain"] is not None
    assert first["hours"] > 0
    assert (second["skills"], second["chain"], second["hours"]) == ([], None, None)
    assert {"Microsoft Access", "C"}.isdisjoint(one["name"] for one in report["technologies"]["missed"])
    roles = {one["roleId"]: one for one in report["roles"]["roles"]}
    analyst = roles["atlas:role.data-analyst"]
    assert 0 < analyst["atLevel"] <= analyst["taught"] <= analyst["essential"]
    assert len(analyst["untaught"]) == analyst["essential"] - analyst["taught"]


def test_tables_say_what_is_met_and_what_is_missed(ready_store: str, curriculum: str) -> None:
    done = run_skillatlas("coverage", "--courses", curriculum, "--store", ready_store)
    assert done.returncode == 0, done.stderr
    assert "courses whose subject is a skill" in done.stdout
    assert "50.0%" in done.stdout
    assert done.stdout.index("Whittling") < done.stdout.index("Linear Algebra")
    shown = run_skillatlas("coverage", "--catalogue", "samples", "--first", "3", "--store", ready_store)
    assert "the first 3 of" in shown.stdout


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        ([], 2, "name what to hold it against"),
        (["--catalogue", "nix"], 1, "there is no catalogue 'nix'"),
        (["--catalogue", "samples", "--scheme", "nix"], 1, "no scheme 'nix'"),
        (["--onet", "absent.zip"], 1, "absent.zip: fault: there is no such file"),
        (["--adverts", "absent.jsonl"], 1, "absent.jsonl: fault: there is no such file"),
        (["--courses", "absent.md"], 1, "absent.md: fault: there is no such file"),
        (["--esco", "absent.zip"], 1, "absent.zip: fault: there is no such file"),
    ],
)
def test_bad_input_is_named(ready_store: str, options: list[str], status: int, words: str) -> None:
    done = run_skillatlas("coverage", *options, "--store", ready_store)
    assert (done.returncode, "Traceback" in done.stderr) == (status, False)
    assert words in done.stderr


def test_a_beginner_must_hold_a_skill(ready_store: str, curriculum: str) -> None:
    options = ["--courses", curriculum, "--beginner", "atlas:nix"]
    done = run_skillatlas("coverage", *options, "--store", ready_store)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "atlas:nix" in done.stderr
