"""Releases, changes and differences."""

import pytest

from api_graphs import concept, small_graph
from asking import Api
from skillatlas.taxonomy import Broader, ConceptKind, ConceptStatus, Course, Replacement, ReplacementKind


@pytest.fixture
def history(own_api: Api) -> Api:
    """Three releases: 2 adds and changes; 3 takes some of it back."""
    skill = ConceptKind.SKILL
    own_api.publish(
        [
            concept("atlas:new", skill, "new"),
            Broader(from_id="atlas:new", to_id="atlas:group.languages"),
            concept("atlas:cpp", skill, "C++ language"),
            Course(id="demo:new", catalogue="demo", title="New", hours=1.0),
        ],
        "second",
    )
    own_api.publish([concept("atlas:cpp", skill, "C++"), concept("atlas:new", skill, "newer")], "third")
    return own_api


def test_releases(history: Api) -> None:
    data = history.ask(
        """{ releases { totalCount edges { node {
            number publishedAt note contentHash conceptCount edgeCount changeCount } } }
            release { number } first: release(number: 1) { note changeCount } }"""
    )
    nodes = [edge["node"] for edge in data["releases"]["edges"]]
    assert [(node["number"], node["note"]) for node in nodes] == [(3, "third"), (2, "second"), (1, "first")]
    assert nodes[0]["publishedAt"] == "2026-01-02T03:04:05Z"
    assert nodes[0]["contentHash"].startswith("sha256:")
    assert (nodes[0]["conceptCount"], nodes[0]["changeCount"]) == (18, 2)
    assert data["release"] == {"number": 3}
    assert data["first"] == {"note": "first", "changeCount": len(small_graph())}


def test_changes_carry_whole_entities(history: Api) -> None:
    data = history.ask(
        """{ changes(fromRelease: 1, toRelease: 2) { totalCount fromRelease toRelease edges { node {
            seq release at operation entityType entityId scheme before after reason } } } }"""
    )["changes"]
    nodes = [edge["node"] for edge in data["edges"]]
    assert (data["totalCount"], data["fromRelease"], data["toRelease"]) == (4, 1, 2)
    assert [(node["operation"], node["entityType"], node["entityId"]) for node in nodes] == [
        ("UPDATE", "CONCEPT", "atlas:cpp"),
        ("CREATE", "CONCEPT", "atlas:new"),
        ("CREATE", "EDGE", "BROADER|atlas:new|atlas:group.languages"),
        ("CREATE", "COURSE", "demo:new"),
    ]
    assert nodes[0]["before"]["labels"][0]["value"] == "C++"
    assert nodes[0]["after"]["labels"][0]["value"] == "C++ language"
    assert nodes[1]["before"] is None
    assert [node["seq"] for node in nodes] == sorted(node["seq"] for node in nodes)
    assert {node["scheme"] for node in nodes} == {"atlas", "demo"}


def test_changes_are_selected(history: Api) -> None:
    data = history.ask(
        """{ all: changes(fromRelease: 1) { totalCount toRelease }
             none: changes(fromRelease: 3) { totalCount fromRelease toRelease }
             empty: changes(fromRelease: 0, toRelease: 0) { totalCount }
             courses: changes(fromRelease: 1, entityTypes: [COURSE]) { totalCount }
             catalogue: changes(fromRelease: 1, scheme: "demo") { edges { node { entityId } } }
             nothing: changes(fromRelease: 0, entityTypes: []) { totalCount } }"""
    )
    assert data["all"] == {"totalCount": 6, "toRelease": 3}
    assert data["none"] == {"totalCount": 0, "fromRelease": 3, "toRelease": 3}
    assert data["empty"] == {"totalCount": 0}
    assert data["courses"] == {"totalCount": 1}
    assert data["catalogue"]["edges"] == [{"node": {"entityId": "demo:new"}}]
    assert data["nothing"] == {"totalCount": 0}


def test_changes_below_a_concept_at_either_end(history: Api) -> None:
    query = 'query($after: String) { changes(fromRelease: 1, under: "atlas:group.languages", first: 2, after: $after)'
    query += " { totalCount pageInfo { hasNextPage endCursor } edges { node { entityId release } } } }"
    page = history.ask(query)["changes"]
    assert page["totalCount"] == 5
    found = [edge["node"]["entityId"] for edge in page["edges"]]
    while page["pageInfo"]["hasNextPage"]:
        page = history.ask(query, after=page["pageInfo"]["endCursor"])["changes"]
        found += [edge["node"]["entityId"] for edge in page["edges"]]
    assert found == [
        "atlas:cpp",
        "atlas:new",
        "BROADER|atlas:new|atlas:group.languages",
        "atlas:cpp",
        "atlas:new",
    ]


def test_the_wrong_way_round(history: Api) -> None:
    assert history.refuse("{ changes(fromRelease: 3, toRelease: 2) { totalCount } }")[0] == "BAD_INPUT"
    assert history.refuse("{ releaseDiff(from: 3, to: 2) { created } }")[0] == "BAD_INPUT"
    assert history.refuse("{ changes(fromRelease: -1) { totalCount } }")[0] == "NOT_FOUND"


def test_differences_are_net(history: Api) -> None:
    fields = "fromRelease toRelease created updated deprecated restored removed"
    data = history.ask(
        f"""{{ one: releaseDiff(from: 1, to: 2) {{ {fields} }}
              both: releaseDiff(from: 1) {{ {fields} changes {{ totalCount }} }}
              none: releaseDiff(from: 2, to: 2) {{ {fields} }} }}"""
    )
    zero = {"deprecated": 0, "restored": 0, "removed": 0}
    assert data["one"] == {"fromRelease": 1, "toRelease": 2, "created": 3, "updated": 1, **zero}
    # What was changed and changed back is no difference, but stands in the log.
    assert data["both"] == {
        "fromRelease": 1, "toRelease": 3, "created": 3, "updated": 0, **zero, "changes": {"totalCount": 6}
    }  # fmt: skip
    assert data["none"] == {"fromRelease": 2, "toRelease": 2, "created": 0, "updated": 0, **zero}


def test_differences_of_what_was_deprecated_and_restored(own_api: Api) -> None:
    gone = Replacement(ReplacementKind.RETIRED)
    own_api.publish([concept("atlas:cpp", ConceptKind.SKILL, "C++", status=ConceptStatus.DEPRECATED, replacement=gone)])
    own_api.publish([concept("atlas:cpp", ConceptKind.SKILL, "C++")])
    data = own_api.ask(
        """{ a: releaseDiff(from: 1, to: 2) { deprecated restored updated }
             b: releaseDiff(from: 2) { deprecated restored }
             c: releaseDiff(from: 1, to: 3) { deprecated restored updated } }"""
    )
    assert data["a"] == {"deprecated": 1, "restored": 0, "updated": 0}
    assert data["b"] == {"deprecated": 0, "restored": 1}
    assert data["c"] == {"deprecated": 0, "restored": 0, "updated": 0}
    assert own_api.ask("{ releaseDiff(from: 0, to: 3) { created deprecated } }")["releaseDiff"] == {
        "created": len(small_graph()),
        "deprecated": 0,
    }


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("changes(fromRelease: 9) { totalCount }", "NOT_FOUND"),
        ("changes(fromRelease: 1, toRelease: 9) { totalCount }", "NOT_FOUND"),
        ("changes(fromRelease: 1, toRelease: -1) { totalCount }", "NOT_FOUND"),
        ("changes(fromRelease: 1, toRelease: 0) { totalCount }", "BAD_INPUT"),
        ("changes(fromRelease: 1, first: 101) { totalCount }", "BAD_INPUT"),
        ('changes(fromRelease: 1, scheme: "nowhere") { totalCount }', "NOT_FOUND"),
        ('changes(fromRelease: 1, under: "nothing") { totalCount }', "NOT_FOUND"),
        ("releaseDiff(from: 9) { created }", "NOT_FOUND"),
        ("releaseDiff(from: 1, to: 2147483647) { created }", "NOT_FOUND"),
        ('resolve(ids: ["a"], fromRelease: 9) { status }', "NOT_FOUND"),
        ('resolve(ids: ["a"], fromRelease: 3, toRelease: 1) { status }', "BAD_INPUT"),
        ('impact(ids: ["a"], fromRelease: 1, toRelease: 9) { counts { count } }', "NOT_FOUND"),
    ],
)
def test_releases_that_cannot_be_compared(history: Api, field: str, code: str) -> None:
    assert history.refuse(f"{{ {field} }}")[0] == code


def test_cursors_of_other_queries(history: Api) -> None:
    query = """query($from: Int!, $types: [EntityType!], $after: String) {
        changes(fromRelease: $from, entityTypes: $types, first: 1, after: $after) { pageInfo { endCursor } } }"""
    cursor = history.ask(query, **{"from": 1})["changes"]["pageInfo"]["endCursor"]
    for variables in ({"from": 2}, {"from": 1, "types": ["COURSE"]}):
        assert history.refuse(query, **variables, after=cursor)[0] == "BAD_INPUT"
    for text in ("", "x", cursor[:-3], cursor + "A", "é"):
        assert history.refuse(query, **{"from": 1}, after=text)[0] == "BAD_INPUT"
    releases = history.ask("{ releases(first: 1) { pageInfo { endCursor } } }")["releases"]["pageInfo"]["endCursor"]
    assert history.refuse(query, **{"from": 1}, after=releases)[0] == "BAD_INPUT"


def test_ids_by_the_thousand_are_refused_by_name(history: Api) -> None:
    many = [f"atlas:{number}" for number in range(501)]
    for field in ("resolve(ids: $ids, fromRelease: 1) { status }", "impact(ids: $ids, fromRelease: 1) { fromRelease }"):
        reply = history.answer(f"query($ids: [ID!]!) {{ {field} }}", {"ids": many})
        (error,) = reply.body["errors"]
        assert error["extensions"]["code"] == "LIMIT_EXCEEDED"
        assert "ids" in error["message"]
