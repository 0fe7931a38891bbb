"""`POST /graphql` over HTTP: statuses, limits of the body, JSON that is none, and what no client may send."""

import httpx
import pytest

from service_process import Served


def send(served: Served, content: bytes) -> httpx.Response:
    return httpx.post(
        f"{served.url}/graphql", content=content, headers={"Content-Type": "application/json"}, timeout=120
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b'"query"',
        b'[{"query": "{ release { number } }"}]',
        b'{"query": 7}',
        b"{}",
        b'{"query": "{ release { number } }", "variables": []}',
        b'{"query": "{ release { number } }", "operationName": 3}',
        b'{"query": "{ release { numbr } }"}',
        b'{"query": "{ release { number "}',
        b'{"query": "query($n: Int!) { release(number: $n) { number } }", "variables": {"n": "one"}}',
        b'{"query": "\xff\xfe"}',
        b'{"query": "{ release { number } }", "variables": {"a": "\\ud800"}}',
        b"[" * 100_000,
    ],
)
def test_what_does_not_parse_validate_or_fit_is_400_bad_input(shared_server: Served, content: bytes) -> None:
    answer = send(shared_server, content)
    assert answer.status_code == 400
    error = answer.json()["errors"][0]
    assert error["extensions"]["code"] == "BAD_INPUT"
    assert error["message"]
    assert "Did you mean" not in error["message"]


def test_a_body_beyond_the_limit_is_limit_exceeded(shared_server: Served) -> None:
    answer = send(shared_server, b'{"query": "' + b"x" * (33 * 1024 * 1024) + b'"}')
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"


def test_the_longest_text_is_read_and_one_more_is_not(shared_server: Served) -> None:
    query = "query($t: String!) { extractSkills(input: {text: $t}) { lang } }"
    longest = shared_server.graphql(query, {"t": "中" * 1_000_000})
    assert longest["data"]["extractSkills"]["lang"] == "zh"
    beyond = shared_server.graphql(query, {"t": "中" * 1_000_001})
    assert beyond["data"]["extractSkills"] is None
    assert beyond["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert beyond["errors"][0]["path"] == ["extractSkills"]


def test_a_failed_field_leaves_the_others(shared_server: Served) -> None:
    answer = shared_server.graphql('{ a: concept(id: "atlas:python") { id } release(number: 99) { number } }')
    assert answer["data"] == {"a": {"id": "atlas:python"}, "release": None}
    assert [error["path"] for error in answer["errors"]] == [["release"]]
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def test_the_same_question_gives_the_same_bytes(shared_server: Served) -> None:
    question = b'{"query": "{ concept(id: \\"atlas:python\\") { id label status scheme { key } eases { transfer } } }"}'
    answers = {send(shared_server, question).content for _ in range(5)}
    assert len(answers) == 1


def test_a_question_about_a_person_is_refused(shared_server: Served) -> None:
    target = '{roleId: "atlas:role.accountant"}'
    query = f"query($p: ProfileInput!) {{ skillGap(input: {{profile: $p, target: {target}}}) {{ id }} }}"
    answer = httpx.post(f"{shared_server.url}/graphql", json={"query": query, "variables": {"p": {"age": 40}}})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "SENSITIVE_INPUT"
