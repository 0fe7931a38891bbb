"""History for people: counts of releases, pages of differences, a concept's history and words."""

import pytest

from api_graphs import concept, small_graph
from asking import Api
from skillatlas.taxonomy import Broader, ConceptKind, ConceptStatus, Replacement, ReplacementKind

COUNTS = "created updated deprecated restored removed"


@pytest.fixture
def history(own_api: Api) -> Api:
    """Release 2 renames and retires, 3 restores under another name."""
    skill = ConceptKind.SKILL
    gone = Replacement(ReplacementKind.RETIRED, (), "no one asks for it")
    own_api.publish(
        [
            concept("atlas:cpp", skill, "C++", status=ConceptStatus.DEPRECATED, replacement=gone),
            concept("atlas:sql", skill, "SQL | <b>", "结构化查询语言"),
            Broader(from_id="atlas:cpp", to_id="atlas:domain.data", primary=False),
        ],
        "second",
    )
    own_api.publish([concept("atlas:cpp", skill, "modern C++")], "third")
    return own_api


def test_releases_are_counted_by_operation(history: Api) -> None:
    data = history.ask(f"{{ releases {{ edges {{ node {{ number changeCount {COUNTS} }} }} }} }}")["releases"]
    rows = [tuple(edge["node"].values()) for edge in data["edges"]]
    assert rows == [
        (3, 1, 0, 0, 0, 1, 0),
        (2, 3, 1, 1, 1, 0, 0),
        (1, len(small_graph()), len(small_graph()), 0, 0, 0, 0),
    ]


def test_a_difference_is_counted_by_scheme_and_type(history: Api) -> None:
    query = """query($from: Int!, $to: Int) { releaseDiff(from: $from, to: $to) {
        counts { scheme entityType operation count } updated } }"""
    one = history.ask(query, **{"from": 1, "to": 2})["releaseDiff"]
    assert [tuple(row.values()) for row in one["counts"]] == [
        ("atlas", "CONCEPT", "DEPRECATE", 1),
        ("atlas", "CONCEPT", "UPDATE", 1),
        ("atlas", "EDGE", "CREATE", 1),
    ]
    both = history.ask(query, **{"from": 1})["releaseDiff"]
    assert both["updated"] == 2, "deprecated and restored under another name"
    assert history.ask(query, **{"from": 3})["releaseDiff"] == {"counts": [], "updated": 0}


def test_a_difference_as_a_page(history: Api) -> None:
    query = """query($scheme: String, $lang: String, $most: Int) {
        releaseDiff(from: 1, to: 2) { markdown(scheme: $scheme, lang: $lang, most: $most) } }"""
    page = history.ask(query)["releaseDiff"]["markdown"]
    assert "- C++ `atlas:cpp`: retired; reason: no one asks for it" in page
    assert "SQL → SQL \\| \\<b\\>" in page
    assert "弃用的概念" in history.ask(query, lang="zh")["releaseDiff"]["markdown"]
    assert "Nothing changed." in history.ask(query, scheme="onet")["releaseDiff"]["markdown"]
    assert "… and 1 more" in history.ask(query, most=0)["releaseDiff"]["markdown"]
    for variables, code in (({"most": -1}, "BAD_INPUT"), ({"most": 1001}, "BAD_INPUT"), ({"scheme": "x"}, "NOT_FOUND")):
        reply = history.answer(query, dict(variables))
        assert reply.body["data"]["releaseDiff"] is None
        assert reply.body["errors"][0]["extensions"]["code"] == code


def test_what_happened_to_a_concept(history: Api) -> None:
    query = """query($release: Int, $edges: Boolean, $lang: String, $first: Int, $after: String) {
      concept(id: "atlas:cpp", release: $release) {
        releases { fromRelease toRelease status }
        history(edges: $edges, first: $first, after: $after) {
          totalCount fromRelease toRelease pageInfo { hasNextPage endCursor }
          edges { node { release operation entityId reason words(lang: $lang) } } } } }"""
    found = history.ask(query)["concept"]
    assert [tuple(span.values()) for span in found["releases"]] == [
        (1, 1, "ACTIVE"),
        (2, 2, "DEPRECATED"),
        (3, 3, "ACTIVE"),
    ]
    nodes = [edge["node"] for edge in found["history"]["edges"]]
    assert [(node["release"], node["words"]) for node in nodes] == [
        (1, ["created"]),
        (2, ["deprecated", "retired; reason: no one asks for it"]),
        (3, ["restored", "label (en): C++ → modern C++"]),
    ]
    assert (found["history"]["fromRelease"], found["history"]["toRelease"]) == (0, 3)
    older = history.ask(query, release=2)["concept"]
    assert older["history"]["totalCount"] == 2
    assert older["releases"][-1] == {"fromRelease": 2, "toRelease": 2, "status": "DEPRECATED"}
    whole = history.ask(query, edges=True, lang="zh")["concept"]["history"]
    words = {edge["node"]["entityId"]: edge["node"]["words"] for edge in whole["edges"]}
    assert words["BROADER|atlas:cpp|atlas:group.languages"] == ["新增", "上位：C++ → 编程语言"]
    assert whole["totalCount"] == 5
    paged, after = [], None
    while True:
        page = history.ask(query, edges=True, first=2, after=after)["concept"]["history"]
        paged += [edge["node"]["entityId"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert paged == [edge["node"]["entityId"] for edge in whole["edges"]]
    other = """query($after: String) { concept(id: "atlas:cpp") { history(after: $after) { totalCount } } }"""
    assert "another query" in history.answer(other, {"after": after}).body["errors"][0]["message"]
