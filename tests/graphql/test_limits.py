"""Every limit: what is just within it is answered, what is beyond is LIMIT_EXCEEDED, and quickly."""

import time
from dataclasses import replace

import pytest

from asking import Api
from skillatlas.graphql import Limits

SMALL = Limits(
    depth=6,
    cost=400,
    aliases=3,
    directives=2,
    root_fields=4,
    fragments=2,
    operations=2,
    repeated_fields=5,
    tokens=200,
    text=50,
    string=40,
)


@pytest.fixture(scope="module")
def small(api: Api) -> Api:
    return Api.over(api.store, replace(SMALL, string=2000))


DEEP = '{{ concept(id: "atlas:python") {{ {} }} }}'
WITHIN = [
    DEEP.format("broader { broader { broader { broader { id } } } }"),
    "{ a: schemes { key } b: schemes { key } c: schemes { key } }",
    "{ schemes @include(if: true) { key @skip(if: false) } }",
    "{ a: schemes { key } b: schemes { key } c: schemes { key } schemes { key } }",
    "{ ...A ...B } fragment A on Query { schemes { key } } fragment B on Query { release { number } }",
    "{ schemes { key key key key key } }",
]
MANY_OPERATIONS = "query A { schemes { key } } query B { schemes { key } } query C { schemes { key } }"
BEYOND = [
    DEEP.format("broader { broader { broader { broader { broader { id } } } } }"),
    "{ a: schemes { key } b: schemes { key } c: schemes { key } d: schemes { key } }",
    "{ schemes @include(if: true) { key @skip(if: false) @skip(if: false) } }",
    "{ a: schemes { key } b: schemes { key } c: schemes { key } schemes { key } release { number } }",
    "{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { schemes { key } }",
    "{ schemes { key key key key key key } }",
    MANY_OPERATIONS,
    "{ schemes { key key key ... on Scheme { key key key } } }",
    "{ schemes {" + " key title version" * 100 + " } }",
    # Depth and root fields count through fragments.
    '{ ...A } fragment A on Query { concept(id: "x") { ...B } } fragment B on Concept'
    " { broader { broader { broader { broader { broader { id } } } } } }",
    "{ ...A ...A ...A } fragment A on Query { schemes { key } release { number } }",
]


@pytest.mark.parametrize("query", WITHIN)
def test_within_the_limits(small: Api, query: str) -> None:
    small.ask(query)


@pytest.mark.parametrize("query", BEYOND)
def test_beyond_the_limits(small: Api, query: str) -> None:
    assert small.reject(query)[0] == "LIMIT_EXCEEDED"


def test_costs_count_pages_and_variables(small: Api) -> None:
    query = 'query($n: Int) { search(text: "data", first: $n) { edges { node { concept { id ancestors { id } } } } } }'
    small.ask(query, n=10)
    small.ask(query)  # 20, the default
    assert small.reject(query, n=100)[0] == "LIMIT_EXCEEDED"
    small.ask(query, n=10)  # what one request could not afford is not held against the next
    with_default = query.replace("$n: Int", "$n: Int = 100")
    assert small.reject(with_default)[0] == "LIMIT_EXCEEDED"
    small.ask(with_default, n=1)
    lists = "query($ids: [ID!]!) { concepts(ids: $ids) { ancestors { id } } }"
    small.ask(lists, ids=["atlas:sql"] * 10)
    assert small.reject(lists, ids=["atlas:sql"] * 200)[0] == "LIMIT_EXCEEDED"


def test_costs_count_fragments_each_time(small: Api) -> None:
    fragment = (
        ' fragment F on Query { search(text: "data", first: 30) { edges { node { concept { ancestors { id } } } } } }'
    )
    small.ask("{ ...F }" + fragment)
    assert (
        small.reject("{ ...F x: schemes { key } ... on Query { ...F } ... { ...F } }" + fragment)[0] == "LIMIT_EXCEEDED"
    )


def test_a_usual_page_is_far_within_the_default_cost(api: Api) -> None:
    reply = api.answer(
        """{ search(text: "data", first: 50) { edges { node { concept {
            id label scheme { key } ancestors { id label } labels { value } } matchedLabel { value } } } }
            concept(id: "atlas:role.data-analyst") { ... on Role { needs(first: 50) { edges { node {
                skill { id label prerequisites { anyOf { id } } taughtBy(first: 3) { edges { node { title } } } }
            } } } } } }"""
    )
    assert reply.status == 200
    assert 500 < reply.cost < Limits().cost / 3


def test_ids_and_texts(api: Api) -> None:
    query = "query($ids: [ID!]!) { concepts(ids: $ids) { id } }"
    api.ask(query, ids=["x"] * 500)
    code, message = api.refuse(query, ids=["x"] * 501)
    assert code == "LIMIT_EXCEEDED"
    assert message.startswith("ids:")
    for field in ("search(text: $s) { totalCount }", "concept(id: $s) { id }", "suggest(prefix: $s) { score }"):
        query = f"query($s: {'ID' if 'id:' in field else 'String'}!) {{ {field} }}"
        api.ask(query, s="x" * 100_000)
        code, message = api.refuse(query, s="x" * 100_001)
        assert code == "LIMIT_EXCEEDED"


def test_long_texts_have_a_limit_of_their_own(small: Api) -> None:
    extract = "query($i: ExtractSkillsInput!) { extractSkills(input: $i) { lang } }"
    rank = "query($t: String!) { rankSkills(text: $t) { score } }"
    gap = "query($i: SkillGapInput!) { skillGap(input: $i) { id } }"
    within, beyond = "数" * 50, "数" * 51
    small.ask(extract, i={"text": within})
    assert small.refuse(extract, i={"text": beyond})[0] == "LIMIT_EXCEEDED"
    assert small.refuse(rank, t=beyond)[0] == "LIMIT_EXCEEDED"
    for i in (
        {"profile": {"text": beyond}, "target": {"roleId": "atlas:role.data-analyst"}},
        {"profile": {}, "target": {"text": beyond}},
    ):
        code, message = small.refuse(gap, i=i)
        assert code == "LIMIT_EXCEEDED"
        assert ".text:" in message


def test_half_surrogates_are_refused_where_they_can_name_nothing(api: Api) -> None:
    query = "query($s: String!) { search(text: $s) { totalCount } }"
    code, message = api.refuse(query, s="a\ud800")
    assert (code, message[:5]) == ("BAD_INPUT", "text:")
    assert api.ask(query, s="a\0b")["search"]["totalCount"] >= 0
    assert (
        api.refuse("query($c: String) { observedSkills(collection: $c) { documents } }", c="\udfff")[0] == "BAD_INPUT"
    )


ATTACKS = {
    "aliases": "{ " + " ".join(f"a{at}: schemes {{ key }}" for at in range(900)) + " }",
    "directives": "{ schemes { key " + "@include(if: true) " * 700 + "} }",
    "repeated": '{ concept(id: "x") { ' + "id " * 3900 + "} }",
    "unknown fields": "{ " + " ".join(f"nope{at}" for at in range(3900)) + " }",
    "deep": '{ concept(id: "x") ' + "{ broader " * 1900 + "{ id }" + " }" * 1900 + " }",
    "deep list": "{ concepts(ids: " + "[" * 1900 + "]" * 1900 + ") { id } }",
    "deep input": "{ skillGap(input: " + "{ profile: " * 950 + "1" + " }" * 950 + ") { id } }",
    "fragments": "{ ...F0 } "
    + " ".join(f"fragment F{at} on Query {{ ...F{at + 1} ...F{at + 1} }}" for at in range(300))
    + " fragment F300 on Query { schemes { key } }",
    "spreads": "{ " + "...F " * 1900 + "} fragment F on Query { schemes { key } }",
    "many fragments": "{ "
    + " ".join(f"...F{at}" for at in range(45))
    + " } "
    + " ".join(f"fragment F{at} on Query {{ schemes {{ key title version licence }} }}" for at in range(45)),
    "tokens": "{ schemes { " + "key, " * 100_000 + "} }",
    "long": "#" + "x" * 150_000 + "\n{ schemes { key } }",
    "variables": "query(" + " ".join(f"$v{at}: Int" for at in range(900)) + ") { schemes { key } }",
    "operations": " ".join(f"query Q{at} {{ schemes {{ key }} }}" for at in range(500)),
    "multiplied": '{ a: search(text: "data", first: 100) { edges { node { concept { narrower(first: 100) { edges {'
    " node { narrower(first: 100) { edges { node { id } } } } } } } } } }",
}


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_attacks_are_refused_quickly(api: Api, name: str) -> None:
    started = time.process_time()
    reply = api.answer(ATTACKS[name])
    assert time.process_time() - started < 2.0  # seconds of work; the slowest took 0.13
    assert reply.status == 400
    assert not reply.internal
    assert len(reply.body["errors"]) <= 5
