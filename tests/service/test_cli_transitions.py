"""`skillatlas transitions` and `skillatlas what-if`, as a user types them."""

import json
from pathlib import Path
from typing import Any

import pytest

from service_process import run_skillatlas

ANALYST = "atlas:role.data-analyst"


def asked(store: str, *arguments: str, seed: str = "0") -> Any:
    done = run_skillatlas(*arguments, "--store", store, "--json", env={"PYTHONHASHSEED": seed})
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_transitions_as_table_and_as_json(ready_store: str) -> None:
    question = ["transitions", "--held-role", ANALYST, "--first", "3", "--min-coverage", "0.2"]
    table = run_skillatlas(*question, "--store", ready_store)
    assert table.returncode == 0, table.stderr
    found = asked(ready_store, *question)
    assert len(found["transitions"]) == 3
    for row in found["transitions"]:
        assert row["role"]["id"] in table.stdout
        assert row["essential"]["coverage"] >= 0.2
    assert f"Threshold {found['threshold']['value']}" in table.stdout
    assert "Filter coverage" in table.stdout
    following = asked(ready_store, *question, "--after", found["endCursor"])
    assert not {row["role"]["id"] for row in found["transitions"]} & {
        row["role"]["id"] for row in following["transitions"]
    }


def test_the_same_question_gives_the_same_bytes_in_a_fresh_process(ready_store: str) -> None:
    for question in (
        ["transitions", "--has", "atlas:sql=3", "--has", "atlas:microsoft-excel"],
        ["what-if", "--has", "atlas:sql=3", "--has", "atlas:microsoft-excel"],
    ):
        assert asked(ready_store, *question, seed="1") == asked(ready_store, *question, seed="2")


def test_what_if_for_a_person_for_skills_and_for_a_group(ready_store: str, tmp_path: Path) -> None:
    opening = asked(ready_store, "what-if", "--held-role", ANALYST, "--first", "1")
    (best,) = opening["skills"]
    opened = asked(ready_store, "what-if", "--held-role", ANALYST, "--with", best["skill"]["id"])
    assert opened["totalCount"] == best["opened"] > 0
    people = tmp_path / "people.jsonl"
    people.write_text(f'\ufeff{{"roleIds": ["{ANALYST}"]}}\n\n{{"skills": []}}\n', encoding="utf-8")
    group = asked(ready_store, "what-if", "--group", str(people), "--first", "1")
    assert group["skills"][0]["people"] <= 2
    table = run_skillatlas("what-if", "--group", str(people), "--first", "1", "--store", ready_store)
    assert table.returncode == 0, table.stderr
    assert group["skills"][0]["skill"]["id"] in table.stdout


@pytest.mark.parametrize(
    ("content", "arguments", "said"),
    [
        ("{}\n{not json\n", [], "people.jsonl:2"),
        ("{}\n", ["--has", "atlas:sql"], "--group"),
    ],
)
def test_what_is_wrong_with_a_group_is_said(
    ready_store: str, tmp_path: Path, content: str, arguments: list[str], said: str
) -> None:
    people = tmp_path / "people.jsonl"
    people.write_text(content, encoding="utf-8")
    done = run_skillatlas("what-if", "--group", str(people), *arguments, "--store", ready_store)
    assert done.returncode == 2
    assert said in done.stderr


def test_publishing_keeps_the_threshold(ready_store: str) -> None:
    from skillatlas.taxonomy import open_store

    store = open_store(ready_store)
    for release in (1, 2):
        kept = store.measure(release, "transitions-1/atlas")
        assert kept is not None
        assert json.loads(kept)["pairs"] > 0
    store.close()
