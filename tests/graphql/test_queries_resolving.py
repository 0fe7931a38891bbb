"""`resolve` and `impact`: stored ids, the good ones answered among malformed ones, and what is refused."""

import dataclasses

import pytest

from api_graphs import concept
from asking import Api
from skillatlas.graphql import Limits
from skillatlas.taxonomy import ConceptKind, ConceptStatus, Replacement, ReplacementKind

QUERY = """query($ids: [ID!]!, $from: Int!, $to: Int) { resolve(ids: $ids, fromRelease: $from, toRelease: $to) {
    id status automatic kindChanged detail candidates { id release label } } }"""
IMPACT = """query($ids: [ID!]!, $from: Int!, $to: Int) { impact(ids: $ids, fromRelease: $from, toRelease: $to) {
    fromRelease toRelease counts { status count } affected { id status } } }"""


@pytest.fixture
def history(own_api: Api) -> Api:
    """Release 2 renames one skill and replaces another by a new one."""
    old = concept("atlas:python", ConceptKind.SKILL, "Python")
    replacement = Replacement(ReplacementKind.REPLACED, ("atlas:python-3",), "one version is left")
    own_api.publish(
        [
            concept("atlas:cpp", ConceptKind.SKILL, "C++ language"),
            concept("atlas:python-3", ConceptKind.SKILL, "Python 3"),
            concept("atlas:lonely", ConceptKind.SKILL, "lonely"),
        ],
        "second",
    )
    own_api.publish(
        [dataclasses.replace(old, id="atlas:lonely", status=ConceptStatus.DEPRECATED, replacement=replacement)], "third"
    )
    return own_api


def test_ids_are_answered_in_the_order_asked(history: Api) -> None:
    ids = ["atlas:lonely", "no id at all", "atlas:cpp", "atlas:cpp", "atlas:group.languages", ""]
    rows = history.ask(QUERY, ids=ids, **{"from": 1})["resolve"]
    assert [row["id"] for row in rows] == ids
    assert [row["status"] for row in rows] == [
        "UNKNOWN_ID",
        "UNKNOWN_ID",
        "RELABELLED",
        "RELABELLED",
        "UNCHANGED",
        "UNKNOWN_ID",
    ]
    replaced = history.ask(QUERY, ids=["atlas:lonely"], **{"from": 2})["resolve"][0]
    assert replaced["status"] == "REPLACED"
    assert replaced["automatic"] is True
    assert replaced["candidates"] == [{"id": "atlas:python-3", "release": 3, "label": "Python 3"}]
    assert "one version is left" in replaced["detail"]


def test_a_release_between_is_an_end_too(history: Api) -> None:
    rows = history.ask(QUERY, ids=["atlas:lonely"], to=2, **{"from": 2})["resolve"]
    assert rows[0]["status"] == "UNCHANGED"
    assert rows[0]["candidates"] == [{"id": "atlas:lonely", "release": 2, "label": "lonely"}]


def test_impact_counts_what_resolve_answers(history: Api) -> None:
    ids = ["atlas:lonely", "atlas:cpp", "atlas:python-3", "atlas:cpp", "nothing"]
    report = history.ask(IMPACT, ids=ids, **{"from": 2})["impact"]
    assert (report["fromRelease"], report["toRelease"]) == (2, 3)
    assert report["counts"] == [
        {"status": "UNCHANGED", "count": 3},
        {"status": "REPLACED", "count": 1},
        {"status": "UNKNOWN_ID", "count": 1},
    ]
    assert report["affected"] == [
        {"id": "atlas:lonely", "status": "REPLACED"},
        {"id": "nothing", "status": "UNKNOWN_ID"},
    ]


def test_nothing_was_known_in_the_empty_release(history: Api) -> None:
    assert history.ask(QUERY, ids=["atlas:cpp"], **{"from": 0})["resolve"][0]["status"] == "UNKNOWN_ID"


@pytest.mark.parametrize("query", [QUERY, IMPACT])
def test_what_is_refused(history: Api, query: str) -> None:
    assert history.refuse(query, ids=[], **{"from": 9})[0] == "NOT_FOUND"
    assert history.refuse(query, ids=[], to=9, **{"from": 1})[0] == "NOT_FOUND"
    code, message = history.refuse(query, ids=[], to=1, **{"from": 2})
    assert code == "BAD_INPUT"
    assert "after" in message
    assert history.refuse(query, ids=["atlas:cpp"] * 501, **{"from": 1})[0] in ("BAD_INPUT", "LIMIT_EXCEEDED")


def test_a_range_that_is_too_long_is_refused(history: Api) -> None:
    short = Api.over(history.store, Limits(changes=2))
    code, message = short.refuse(QUERY, ids=["atlas:cpp"], **{"from": 1})
    assert code == "LIMIT_EXCEEDED"
    assert "4 changes" in message
