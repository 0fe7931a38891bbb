"""The gap command: one target, several adverts, roles side by side; the same bytes whatever the hash seed."""

import json
from pathlib import Path

import pytest

from service_process import ROOT, SAMPLES, Served, run_skillatlas

CV = str(SAMPLES / "documents" / "cv" / "bookkeeper-to-data-analyst.txt")
POSTS = [str(SAMPLES / "documents" / "job" / name) for name in ("data-analyst.md", "zh-backend-engineer.md")]
ROLES = ("--role", "atlas:role.data-analyst", "--role", "atlas:role.bi-developer")
QUESTIONS = {
    "skillGap": ("gap", "--role", "atlas:role.data-analyst", "--cv", CV),
    "demandGap": ("gap", "--advert", POSTS[0], "--advert", POSTS[1], "--cv", CV),
    "compareRoles": ("gap", *ROLES, "--cv", CV),
}


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_the_same_question_has_the_same_bytes(ready_store: str, name: str) -> None:
    question = (*QUESTIONS[name], "--store", ready_store, "--json")
    first = run_skillatlas(*question, env={"PYTHONHASHSEED": "1"})
    second = run_skillatlas(*question, env={"PYTHONHASHSEED": "2"})
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert len(json.loads(first.stdout)["id"]) == 64


def test_several_adverts_and_roles_as_tables(ready_store: str) -> None:
    adverts = run_skillatlas(*QUESTIONS["demandGap"], "--store", ready_store)
    assert adverts.returncode == 0, adverts.stderr
    assert "What 2 posts ask for" in adverts.stdout
    assert "Each post" in adverts.stdout
    roles = run_skillatlas(*QUESTIONS["compareRoles"], "--store", ready_store, "--lang", "zh")
    assert roles.returncode == 0, roles.stderr
    assert "2 roles side by side" in roles.stdout
    assert "数据分析师" in roles.stdout


def test_details_show_factors_chains_and_questions(ready_store: str) -> None:
    done = run_skillatlas(*QUESTIONS["skillGap"], "--details", "--store", ready_store)
    assert done.returncode == 0, done.stderr
    for title in ("Worth closing first", "What stands before a skill", "Questions that narrow"):
        assert title in done.stdout
    answer = json.loads(run_skillatlas(*QUESTIONS["skillGap"], "--store", ready_store, "--json").stdout)
    assert 0 < len(answer["questions"]) <= 10
    assert answer["priorities"][0]["priority"]["value"] > 0


def test_an_advert_of_json_lines_is_as_many_posts(ready_store: str, tmp_path: Path) -> None:
    rows = [
        {"id": f"a{n}", "title": f"post {n}", "text": f"Requirements:\n- {skill}\n"}
        for n, skill in enumerate(("SQL", "Python", "Microsoft Excel"))
    ]
    (tmp_path / "posts.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    question = (
        "gap",
        "--advert",
        str(tmp_path / "posts.jsonl"),
        "--has",
        "atlas:sql",
        "--store",
        ready_store,
        "--json",
    )
    answer = json.loads(run_skillatlas(*question).stdout)
    assert [advert["name"] for advert in answer["adverts"]] == ["post 0", "post 1", "post 2"]
    assert answer["readiness"] == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["gap", *ROLES, "--advert", POSTS[0]], 2, "one target"),
        (["gap", *ROLES, "--demand", "posts"], 2, "--demand"),
        (["gap", *ROLES[:2], *ROLES[:2]], 1, "twice"),
        (["gap", *ROLES, "--role", "atlas:role.nobody"], 1, "role.nobody"),
        (["gap", "--advert", "no-such-file.txt"], 1, "no-such-file.txt"),
    ],
)
def test_what_is_wrong_is_said(ready_store: str, arguments: list[str], status: int, words: str) -> None:
    done = run_skillatlas(*arguments, "--store", ready_store)
    assert done.returncode == status, done.stderr
    assert words in done.stderr


def test_the_query_of_the_advisers_page_works(shared_server: Served) -> None:
    text = (ROOT / "docs" / "advisers.md").read_text(encoding="utf-8")
    query = text.split("```graphql\n", 1)[1].split("```", 1)[0]
    answer = shared_server.graphql(query, {})
    assert "errors" not in answer
    questions = answer["data"]["skillGap"]["questions"]
    assert len(questions) == 2
    assert all(question["narrows"] > 0 and question["zh"] for question in questions)
