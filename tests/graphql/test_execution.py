"""What a request gets back: statuses, codes, one error a root field, nothing internal."""

import json
from typing import Any

import orjson
import pytest
from graphql import DocumentNode, parse

from api_graphs import concept
from asking import Api
from skillatlas.graphql import Answer, Context, Limits, Request, answer, documents, encode, execute
from skillatlas.taxonomy import ConceptKind, Graph, NotFoundError, Snapshots, StoreUnavailableError

SKILL_GAP = "query($input: SkillGapInput!) { skillGap(input: $input) { id } }"


@pytest.mark.parametrize(
    "query",
    [
        *(
            "",
            "  ",
            "{",
            "{ nope }",
            "query A { release { number } } query A { schemes { key } }",
            "{ release { } }",
            "\0",
        ),
        *("fragment F on Query { schemes { key } }", "mutation { x }", "subscription { x }", "{ concept { id } }"),
        *('{ concept(id: "x", nope: 1) { id } }', "{ topConcepts(kinds: [NOPE]) { id } }", "type X { y: Int }"),
        *('{ concept(id: "\\uD800") { id } }', "{ ...F } fragment F on Query { ...F }"),
        "{ release { number number(x: 1) } }",
    ],
)
def test_what_does_not_parse_or_validate_is_400_bad_input(api: Api, query: str) -> None:
    code, message = api.reject(query)
    assert code == "BAD_INPUT"
    assert "Did you mean" not in message


@pytest.mark.parametrize("query", [None, 5, [], {}, ["{ release { number } }"]])
def test_a_query_that_is_no_text(api: Api, query: Any) -> None:
    reply = answer(api.context, query)
    assert (reply.status, reply.body["errors"][0]["extensions"]["code"]) == (400, "BAD_INPUT")


@pytest.mark.parametrize(("variables", "name"), [([], None), ("x", None), (5, None), ({}, 5), ({}, "B"), ({}, {})])
def test_variables_and_operation_names_of_other_types(api: Api, variables: Any, name: Any) -> None:
    reply = answer(api.context, "query A { release { number } } query C { schemes { key } }", variables, name)
    assert (reply.status, reply.body["errors"][0]["extensions"]["code"]) == (400, "BAD_INPUT")


def test_the_named_operation_is_run(api: Api) -> None:
    query = "query A { release { number } } query B { schemes { key } }"
    assert answer(api.context, query, None, "A").body == {"data": {"release": {"number": 1}}}
    assert answer(api.context, query).status == 400


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"input": None},
        {"input": 5},
        {"input": {"profile": {}}},
        {"input": {"profile": {}, "target": {}, "nope": 1}},
        {"input": {"profile": {"skills": [{"skillId": "atlas:sql", "level": "three"}]}, "target": {}}},
        {"input": {"profile": {"skills": [{"level": 1}]}, "target": {}}},
        {"input": {"profile": {"skills": [None]}, "target": {}}},
        {"input": {"profile": {"complete": "yes"}, "target": {}}},
        {"input": {"profile": {}, "target": {"skills": [{"skillId": "atlas:sql", "necessity": "MUST"}]}}},
    ],
)
def test_variables_that_do_not_fit_are_400_bad_input(api: Api, variables: dict[str, Any]) -> None:
    code, message = api.reject(SKILL_GAP, **variables)
    assert code == "BAD_INPUT"
    assert message.startswith("$input")


def test_messages_do_not_repeat_values(api: Api) -> None:
    secret = "my whole curriculum vitae"
    for profile in ({"complete": secret}, {"skills": [{"skillId": "x", "level": secret}]}, {"skills": secret}):
        reply = api.answer(SKILL_GAP, {"input": {"profile": profile, "target": {}}})
        assert reply.status == 400
        assert secret not in json.dumps(reply.body)


def test_a_variable_that_only_its_value_spoils(api: Api) -> None:
    query = 'query($text: String = "sql") { search(text: $text) { totalCount } }'
    assert api.ask(query)["search"]["totalCount"] == 1
    code, message = api.refuse(query, text=None)
    assert code == "BAD_INPUT"
    assert "text" in message


def test_other_fields_are_answered(api: Api) -> None:
    reply = api.answer(
        """{ good: concept(id: "atlas:sql") { id } bad: concept(id: "atlas:sql", release: 7) { id }
             deep: concepts(ids: ["atlas:sql", "atlas:python"]) { narrower(first: 101) { totalCount } } }"""
    )
    assert reply.status == 200
    assert reply.body["data"] == {"good": {"id": "atlas:sql"}, "bad": None, "deep": None}
    assert [(error["path"], error["extensions"]["code"]) for error in reply.body["errors"]] == [
        (["bad"], "NOT_FOUND"),
        (["deep"], "BAD_INPUT"),  # one error, though both concepts failed
    ]
    assert {error["extensions"]["code"] for error in reply.body["errors"]} <= {"NOT_FOUND", "BAD_INPUT"}
    assert reply.fields == {"good": None, "bad": "NOT_FOUND", "deep": "BAD_INPUT"}


class Broken(Snapshots):
    """Snapshots of a store that has gone away."""

    def newest(self) -> Graph:
        raise StoreUnavailableError("bolt://neo4j:secret@db:7687 is unreachable")

    def at(self, number: int | None) -> Graph:
        raise NotFoundError(f"there is no release {number}")


def test_what_is_internal_stays_inside(api: Api) -> None:
    context = Context(api.store, Broken(api.store), api.context.extractors)
    reply = answer(context, '{ concept(id: "x") { id } release { number } b: concept(id: "x", release: 3) { id } }')
    assert reply.status == 200
    assert [(error["message"], error["extensions"]) for error in reply.body["errors"]] == [
        ("internal error", {"code": "INTERNAL"}),
        ("internal error", {"code": "INTERNAL"}),
        ("there is no release 3", {"code": "NOT_FOUND"}),
    ]
    assert b"secret" not in encode(reply.body)
    assert [type(error) for error in reply.internal] == [StoreUnavailableError, StoreUnavailableError]


def test_null_means_the_default(api: Api) -> None:
    data = api.ask(
        """{ a: search(text: "data", scheme: null, first: null, kinds: null, after: null, release: null) { totalCount }
             b: search(text: "data") { totalCount }
             concept(id: "atlas:sql", release: null) { label(lang: null) definition(lang: null)
                labels(langs: null) { value } narrower(first: null, kinds: null) { totalCount }
                ... on Skill { neededBy(first: null) { totalCount } } }
             suggest(prefix: "sq", first: null, scheme: null) { score }
             topConcepts(scheme: null) { id } }"""
    )
    assert data["a"] == data["b"]
    assert data["concept"]["label"] == "SQL"
    assert len(data["concept"]["labels"]) == 2


def test_introspection_is_only_answered_where_it_is_on(api: Api) -> None:
    query = (
        '{ __schema { types { name fields { name type { name ofType { name } } } } } __type(name: "Skill") { name } }'
    )
    assert api.reject(query)[0] == "BAD_INPUT"
    assert api.ask("{ __typename }") == {"__typename": "Query"}
    open_api = Api.over(api.store, introspection=True)
    assert open_api.ask(query)["__type"] == {"name": "Skill"}


def test_answers_are_encoded_even_with_half_surrogates(api: Api) -> None:
    assert orjson.loads(encode({"a": "数", "b": 1.5})) == {"a": "数", "b": 1.5}
    assert encode({"a": "\ud800"}) == b'{"a":"\\ud800"}'
    assert isinstance(execute(api.context, "{ schemes { key } }"), dict)
    assert isinstance(answer(api.context, "{ schemes { key } }"), Answer)


def test_a_request_reads_one_release_and_at_most_two(own_api: Api) -> None:
    for number in (2, 3):
        own_api.publish([concept(f"atlas:new-{number}", ConceptKind.SKILL, f"new {number}")])
    data = own_api.ask(
        """{ a: concept(id: "atlas:sql") { release } b: search(text: "new") { release totalCount }
             c: concept(id: "atlas:sql", release: 3) { release } d: concept(id: "atlas:sql", release: 1) { release }
             e: release { number } }"""
    )
    assert data == {
        "a": {"release": 3},
        "b": {"release": 3, "totalCount": 2},
        "c": {"release": 3},
        "d": {"release": 1},
        "e": {"number": 3},
    }
    reply = own_api.answer(
        '{ a: concept(id: "x", release: 1) { id } b: concept(id: "x", release: 2) { id } c: concept(id: "x") { id } }'
    )
    assert reply.status == 200
    (error,) = reply.body["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["c"], "LIMIT_EXCEEDED")


def test_a_request_keeps_its_release_while_another_is_published(own_api: Api) -> None:
    request = Request(own_api.context)
    before = request.graph()
    own_api.publish([concept("atlas:new", ConceptKind.SKILL, "new")])
    assert request.graph() is before
    assert Request(own_api.context).graph().release.number == 2


def test_repeated_queries_are_neither_parsed_nor_validated_again(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def counted(text: str, **options: Any) -> DocumentNode:
        parsed.append(text)
        return parse(text, **options)

    monkeypatch.setattr(documents, "parse", counted)
    fresh = Api.over(api.store, Limits(cached_characters=100))
    queries = [f"{{ a{at}: schemes {{ key title version }} }}" for at in range(3)]  # 36 characters each
    for query in (queries[0], queries[0], queries[1], queries[0]):
        fresh.ask(query)
    assert parsed == queries[:2]
    fresh.ask(queries[2])  # pushes out what was used longest ago
    fresh.ask(queries[0])
    assert parsed == queries
    fresh.ask(queries[1])
    assert parsed == [*queries, queries[1]]
