"""`staleMappings`: mappings whose other end changed, with what changed, in pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from asking import Api
from skillatlas.taxonomy import confirm_mappings, open_store, publish
from upgrades import far, first_edges, first_version, mapping_id, started, upgrade

QUERY = """query($scheme: String, $first: Int, $after: String, $release: Int) {
  staleMappings(scheme: $scheme, first: $first, after: $after, release: $release) {
    release totalCount pageInfo { hasNextPage endCursor }
    edges { node {
      id predicate confidence statedBy staleSince targetId choose
      source { id label } target { id label status }
      changes { field lang before after } followers { id }
    } } } }"""


@pytest.fixture
def upgraded(tmp_path: Path) -> Iterator[Api]:
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    started(store, "saw", "glue", "plan")
    newer = first_version() | {"saw": far("saw", "sawing timber")}
    del newer["plan"]
    upgrade(store, newer, first_edges())
    publish(store)
    yield Api.over(store)
    store.close()


def test_it_tells_what_changed(upgraded: Api) -> None:
    page = upgraded.ask(QUERY)["staleMappings"]
    assert (page["release"], page["totalCount"]) == (2, 2)
    plan, saw = (edge["node"] for edge in page["edges"])
    assert saw == {
        "id": mapping_id("saw"),
        "predicate": "EXACT",
        "confidence": 1.0,
        "statedBy": "curated",
        "staleSince": 2,
        "targetId": "far:saw",
        "choose": False,
        "source": {"id": "own:saw", "label": "saw"},
        "target": {"id": "far:saw", "label": "sawing timber", "status": "ACTIVE"},
        "changes": [{"field": "label", "lang": "en", "before": "sawing wood", "after": "sawing timber"}],
        "followers": [],
    }
    assert plan["target"]["status"] == "DEPRECATED"
    assert plan["changes"] == [{"field": "status", "lang": None, "before": "ACTIVE", "after": "DEPRECATED"}]


def test_pages_schemes_and_releases(upgraded: Api) -> None:
    first = upgraded.ask(QUERY, first=1)["staleMappings"]
    assert first["pageInfo"]["hasNextPage"] is True
    second = upgraded.ask(QUERY, first=1, after=first["pageInfo"]["endCursor"])["staleMappings"]
    assert [edge["node"]["id"] for edge in second["edges"]] == [mapping_id("saw")]
    assert upgraded.ask(QUERY, release=1)["staleMappings"]["totalCount"] == 0
    assert upgraded.ask(QUERY, scheme="far")["staleMappings"]["totalCount"] == 2
    code, message = upgraded.refuse(QUERY, scheme="none")
    assert "has no scheme 'none'" in message
    assert code == "NOT_FOUND"


def test_what_is_confirmed_is_gone(upgraded: Api) -> None:
    confirm_mappings(upgraded.store, None)
    publish(upgraded.store)
    upgraded.context.snapshots.refresh()
    page = upgraded.ask(QUERY)["staleMappings"]
    assert [edge["node"]["id"] for edge in page["edges"]] == [mapping_id("plan")]
