"""Candidates and overrides through the API."""

from typing import Any

import pytest

from asking import Api
from skillatlas.ingest import DocumentKind, Extractors, SourceDocument, Wish, ingest_documents, say_overrides
from skillatlas.taxonomy import Verdict, load_graph

CANDIDATES = """query($collection: String, $kind: DocumentKind, $least: Int, $first: Int, $after: String) {
    candidates(collection: $collection, kind: $kind, minDocuments: $least, first: $first, after: $after) {
        totalCount release pageInfo { hasNextPage endCursor }
        edges { node { text variants score documents mentions listed } } } }"""
EXTRACT = """query($input: ExtractSkillsInput!) { extractSkills(input: $input) {
    extractorVersion mentions { skill { id } evidence } } }"""
TEXT = "Requirements:\n- Experience with Foo lakes, BazQux and Python\n- OnceOnly\n"


@pytest.fixture
def read_api(own_api: Api) -> Api:
    """Three adverts and a CV."""
    graph = load_graph(own_api.store)
    documents = [
        SourceDocument(str(number), text, kind, lang="en", file="x", line=number)
        for number, (text, kind) in enumerate(
            [
                (TEXT, DocumentKind.JOB),
                (TEXT.replace("lakes", "lake").replace("OnceOnly", "Python"), DocumentKind.JOB),
                ("Requirements:\n- BazQux", DocumentKind.TASK),
                ("Skills:\n- Experience with PrivateThing and BazQux", DocumentKind.CV),
            ]
        )
    ]
    ingest_documents(own_api.store, graph, Extractors().get(graph, "atlas"), documents, collection="ads")
    return own_api


def nodes(api: Api, **variables: Any) -> list[dict[str, Any]]:
    return [edge["node"] for edge in api.ask(CANDIDATES, **variables)["candidates"]["edges"]]


def test_candidates_of_at_least_two_documents_and_no_cv(read_api: Api) -> None:
    found = {node["text"]: node for node in nodes(read_api)}
    assert set(found) == {"BazQux", "Foo lake"} or set(found) == {"BazQux", "Foo lakes"}
    assert found["BazQux"]["documents"] == found["BazQux"]["mentions"] == 3
    lake = next(node for text, node in found.items() if text.startswith("Foo"))
    assert (lake["documents"], len(lake["variants"])) == (2, 1)
    assert nodes(read_api, kind="TASK") == []
    assert nodes(read_api, collection="nowhere") == []
    assert [node["text"] for node in nodes(read_api, least=3)] == ["BazQux"]


def test_pages_fit_together(read_api: Api) -> None:
    whole = nodes(read_api)
    page = read_api.ask(CANDIDATES, first=1)["candidates"]
    assert (page["totalCount"], page["release"], page["pageInfo"]["hasNextPage"]) == (2, 1, True)
    rest = nodes(read_api, first=1, after=page["pageInfo"]["endCursor"])
    assert [page["edges"][0]["node"], *rest] == whole


@pytest.mark.parametrize(
    ("variables", "code", "word"),
    [
        ({"kind": "CV"}, "BAD_INPUT", "about people"),
        ({"least": 1}, "BAD_INPUT", "at least 2"),
        ({"first": 101}, "BAD_INPUT", "first"),
        ({"after": "x"}, "BAD_INPUT", "cursor"),
    ],
)
def test_what_is_refused(read_api: Api, variables: dict[str, Any], code: str, word: str) -> None:
    error = read_api.answer(CANDIDATES, variables).body["errors"][0]
    assert error["extensions"]["code"] == code
    assert word in error["message"]


def test_overrides_hold_at_once_for_texts_and_candidates(read_api: Api) -> None:
    def found(**given: str) -> tuple[str, list[str]]:
        answer = read_api.ask(EXTRACT, input={"text": TEXT, "lang": "en", **given})["extractSkills"]
        return answer["extractorVersion"], [row["skill"]["id"] for row in answer["mentions"]]

    plain, before = found()
    assert before == ["atlas:python"]
    say_overrides(
        read_api.store,
        [
            Wish("Foo lake", Verdict.MEANS, "atlas:sql"),
            Wish("BazQux", Verdict.REJECTED),
            Wish("Python", Verdict.NEVER, collection="ads", document="7"),
        ],
    )
    version, after = found()
    assert version != plain
    assert after == ["atlas:sql", "atlas:python"]
    assert found(collection="ads")[1] == after
    assert found(collection="ads", document="7")[1] == ["atlas:sql"]
    assert nodes(read_api) == []
    error = read_api.answer(EXTRACT, {"input": {"text": TEXT, "document": "7"}}).body["errors"][0]
    assert error["extensions"]["code"] == "BAD_INPUT"
