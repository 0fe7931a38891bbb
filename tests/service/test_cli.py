"""The command line, as a user types it: results on stdout, words on stderr, exit statuses by the contract."""

import hashlib
import importlib
import json
from pathlib import Path
from typing import Any

import pytest

from service_process import run_skillatlas
from skillatlas.service.cli import errors


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def test_init_loads_once(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'new.db'}"
    first = run_skillatlas("init", "--store", store)
    assert first.returncode == 0
    assert "published release 1" in first.stderr
    again = run_skillatlas("init", "--store", store)
    assert again.returncode == 0
    assert "nothing changed" in again.stderr
    upgraded = run_skillatlas("init", "--upgrade", "--store", store)
    assert upgraded.returncode == 0
    assert "nothing changed" in upgraded.stderr


def test_the_store_can_come_from_the_environment(ready_store: str) -> None:
    done = run_skillatlas("search", "python", "--json", env={"SKILLATLAS_STORE": ready_store})
    assert done.returncode == 0
    assert json.loads(done.stdout)["hits"][0]["concept"]["id"] == "atlas:python"


def test_search_finds_in_chinese(ready_store: str) -> None:
    done = run_skillatlas("search", "机器学习", "--store", ready_store, "--lang", "zh")
    assert done.returncode == 0
    assert "atlas:machine-learning" in done.stdout


def test_export_is_hashed_and_whole(ready_store: str, tmp_path: Path) -> None:
    out = tmp_path / "dump.jsonl"
    done = run_skillatlas("export", "--release", "1", "--format", "jsonl", "--out", str(out), "--store", ready_store)
    assert done.returncode == 0
    assert f"sha256:{hashlib.sha256(out.read_bytes()).hexdigest()}" in done.stderr
    assert not list(tmp_path.glob("*.part"))
    piped = run_skillatlas("export", "--release", "1", "--out", "-", "--store", ready_store)
    assert piped.stdout.encode() == out.read_bytes()


def test_publish_with_nothing_to_publish(own_store: str) -> None:
    done = run_skillatlas("publish", "--note", "nothing", "--store", own_store)
    assert done.returncode == 0
    assert "nothing to publish" in done.stderr


def test_extract_answers_a_line_a_document(ready_store: str, tmp_path: Path) -> None:
    text = "Requirements:\n- 3+ years of Python\n- No Java needed\n"
    (tmp_path / "advert.txt").write_text(text, encoding="utf-8")
    rows = [{"id": "a", "text": text}, {"id": "b", "text": "熟悉Python和SQL，三年以上经验", "kind": "job"}]
    (tmp_path / "more.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = run_skillatlas("extract", str(tmp_path / "advert.txt"), str(tmp_path / "more.jsonl"), "--store", ready_store)
    assert done.returncode == 0, done.stderr
    answers = lines(done.stdout)
    assert len(answers) == 3
    python = next(m for m in answers[0]["mentions"] if m["skill"]["id"] == "atlas:python")
    assert text[python["start"] : python["end"]] == python["text"] == "Python"
    assert python["requirement"] == "REQUIRED"
    assert python["minYears"] == 3
    java = next(m for m in answers[0]["mentions"] if m["skill"]["id"] == "atlas:java")
    assert java["requirement"] == "NOT_REQUIRED"
    assert answers[1]["id"] == "a"
    assert {m["skill"]["id"] for m in answers[2]["mentions"]} >= {"atlas:python", "atlas:sql"}
    piped = run_skillatlas("extract", "--store", ready_store, stdin=text)
    assert lines(piped.stdout)[0]["mentions"] == answers[0]["mentions"]


def test_rank_answers_a_line_a_text(ready_store: str) -> None:
    done = run_skillatlas(
        "rank", "--scheme", "atlas", "--first", "3", "--store", ready_store, stdin="Python\ndouble-entry\n"
    )
    assert done.returncode == 0, done.stderr
    answers = lines(done.stdout)
    assert [len(answer) for answer in answers] == [3, 3]
    assert answers[0][0]["id"] == "atlas:python"
    assert set(answers[0][0]) == {"id", "label", "score"}


def test_gap_as_table_and_as_json(ready_store: str) -> None:
    question = ["gap", "--role", "atlas:role.data-analyst", "--has", "atlas:sql=3", "--store", ready_store]
    table = run_skillatlas(*question)
    assert table.returncode == 0, table.stderr
    assert "SQL" in table.stdout
    answer = json.loads(run_skillatlas(*question, "--json").stdout)
    assert 0 < answer["readiness"] < 1
    assert abs(sum(entry["contribution"] for entry in answer["skills"]) - answer["readiness"]) < 1e-9


def test_path_as_json_twice_the_same(ready_store: str) -> None:
    question = [
        *("path", "--role", "atlas:role.data-analyst", "--has", "atlas:school-mathematics=3"),
        *("--start", "2027-01-04", "--store", ready_store, "--json"),
    ]
    first = run_skillatlas(*question, env={"PYTHONHASHSEED": "1"})
    second = run_skillatlas(*question, env={"PYTHONHASHSEED": "2"})
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert json.loads(first.stdout)["plans"][0]["steps"]


def test_check_of_the_shipped_ontology_finds_no_fault() -> None:
    done = run_skillatlas("check")
    assert done.returncode == 0, done.stderr


def test_schema_is_the_file_in_the_repository() -> None:
    root = Path(__file__).resolve().parents[2]
    assert run_skillatlas("schema").stdout == (root / "schema.graphql").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["nonsense"], 2, "nonsense"),
        (["search"], 2, "text"),
        (["export", "--format", "xml", "--out", "x"], 2, "jsonl"),
        (["gap", "--has", "atlas:sql"], 2, "target"),
        (["gap", "--role", "atlas:role.data-analyst", "--has", "atlas:sql=x"], 2, "level"),
        (["gap", "--role", "atlas:role.data-analyst", "--has", "atlas:no-such-skill"], 1, "no-such-skill"),
        (["gap", "--role", "atlas:role.nobody"], 1, "role.nobody"),
        (["gap", "--role", "atlas:role.data-analyst", "--has", "atlas:sql=9"], 1, "level"),
        (["search", "x", "--scheme", "nowhere"], 1, "nowhere"),
        (["search", "x", "--kind", "thing"], 2, "skill_group"),
        (["extract", "--policy", "strict"], 2, "balanced"),
        (["path", "--role", "atlas:role.data-analyst", "--objective", "best"], 2, "fastest"),
        (["ingest", "no-such-folder"], 1, "no such file"),
        (["export", "--release", "77", "--out", "-"], 1, "77"),
        (["import", "courses", "no-such-file.csv", "--catalogue", "college"], 1, "no-such-file.csv"),
        (["import", "esco", "no-such-file.zip"], 1, "no-such-file.zip"),
        (["ingest", "no-such-file.txt"], 1, "no-such-file.txt"),
    ],
)
def test_exit_statuses_and_words(ready_store: str, arguments: list[str], status: int, words: str) -> None:
    done = run_skillatlas(*arguments, env={"SKILLATLAS_STORE": ready_store})
    assert done.returncode == status, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "store",
    [
        "sqlite:////no/such/folder/store.db",
        "postgres://somewhere/db",
        "neo4j://neo4j:very-secret@127.0.0.1:1/neo4j",
    ],
)
def test_a_store_that_is_away_is_status_3(store: str) -> None:
    done = run_skillatlas("search", "python", "--store", store)
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert "very-secret" not in done.stderr


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.db").write_text("This is a letter, not a database. " * 200, encoding="utf-8")
    done = run_skillatlas("search", "python", "--store", f"sqlite:///{tmp_path / 'note.db'}")
    assert done.returncode == 3
    assert "no SQLite database" in done.stderr


def test_a_course_without_skills_is_read_from_its_outline(own_store: str, tmp_path: Path) -> None:
    row = {
        "id": "py-1",
        "title": "Introduction to Python",
        "hours": 20,
        "description": "You will learn Python from the start, and how to query a database in SQL.",
    }
    (tmp_path / "courses.jsonl").write_text(json.dumps(row), encoding="utf-8")
    arguments = ["import", "courses", str(tmp_path / "courses.jsonl"), "--catalogue", "college"]
    done = run_skillatlas(*arguments, "--publish", "Courses", "--store", own_store)
    assert done.returncode == 0, done.stderr
    dump = run_skillatlas("export", "--out", "-", "--scheme", "college", "--store", own_store).stdout
    (course,) = (line["entity"] for line in lines(dump))
    taught = {skill["skill"]: skill["confidence"] for skill in course["teaches"]}
    assert "atlas:python" in taught
    assert all(0 < confidence < 1 for confidence in taught.values())
    again = run_skillatlas(*arguments, "--json", "--store", own_store)
    assert json.loads(again.stdout)["counts"]["COURSE"]["updated"] == 0


def test_faults_are_told_by_a_dry_run_and_as_json(own_store: str, tmp_path: Path) -> None:
    rows = [{"id": "a", "title": "A", "hours": 0}, {"id": "b", "title": "B", "hours": 3, "teaches": [{"skill": "no"}]}]
    path = tmp_path / "courses.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    arguments = ["import", "courses", str(path), "--catalogue", "college", "--store", own_store]
    dry = run_skillatlas(*arguments, "--dry-run")
    assert dry.returncode == 1
    assert "courses.jsonl:1" in dry.stderr
    assert "courses.jsonl:2" in dry.stderr
    refused = run_skillatlas(*arguments, "--json")
    assert refused.returncode == 1
    assert {finding["line"] for finding in json.loads(refused.stdout)["findings"]} >= {1, 2}
    nothing = run_skillatlas("publish", "--note", "nothing", "--store", own_store)
    assert "nothing to publish" in nothing.stderr


def test_the_errors_of_the_table_are_there() -> None:
    for module, name, status in errors._STATUS:
        kind = getattr(importlib.import_module(module), name)
        assert issubclass(kind, Exception)
        assert status in (errors.FAULTS, errors.USAGE, errors.UNREACHABLE)
