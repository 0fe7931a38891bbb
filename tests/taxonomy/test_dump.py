"""Dumps, and finding releases and schemes."""

import pytest

from graphs import concept
from histories import put
from skillatlas.taxonomy import (
    ConceptKind,
    Course,
    NotFoundError,
    Scheme,
    Store,
    dump_lines,
    find_release,
    find_scheme_state,
    publish,
)


@pytest.fixture
def filled(sqlite_store: Store) -> Store:
    """Two releases: a concept and its scheme, then a course."""
    for batch in (
        (concept("atlas:a"), Scheme("atlas", "https://example.org/", "t")),
        (Course("moocs:1", "moocs", "t", 1),),
    ):
        with sqlite_store.writer() as writer:
            writer.edit([put(entity) for entity in batch])
        publish(sqlite_store)
    return sqlite_store


def test_a_dump_is_one_entity_a_line_in_order(filled: Store) -> None:
    assert list(dump_lines(filled, 2)) == [
        b'{"entity":{"attribution":null,"key":"atlas","licence":null,"namespace":"https://example.org/",'
        b'"sourceUrl":null,"title":"t","version":null},"entityId":"atlas","entityType":"SCHEME","scheme":"atlas"}\n',
        b'{"entity":{"data":null,"definitions":{},"id":"atlas:a","kind":"SKILL","labels":[{"lang":"en",'
        b'"type":"PREFERRED","value":"atlas:a"}],"replacement":null,"scheme":"atlas","skillType":null,'
        b'"status":"ACTIVE","uri":"https://example.org/atlas/atlas:a"},"entityId":"atlas:a",'
        b'"entityType":"CONCEPT","scheme":"atlas"}\n',
        b'{"entity":{"assumes":[],"catalogue":"moocs","description":null,"hours":1,"id":"moocs:1","lang":null,'
        b'"outcomes":[],"price":null,"provider":null,"teaches":[],"title":"t","url":null},"entityId":"moocs:1",'
        b'"entityType":"COURSE","scheme":"moocs"}\n',
    ]


def test_an_older_release_stays_as_it_was(filled: Store) -> None:
    assert list(dump_lines(filled, 1)) == list(dump_lines(filled, 2))[:2]
    with filled.writer() as writer:
        writer.edit([put(concept("atlas:a", ConceptKind.AREA))])
    before = list(dump_lines(filled, 1))
    publish(filled)
    assert list(dump_lines(filled, 1)) == before


def test_a_dump_of_a_scheme_or_a_catalogue_is_its_lines(filled: Store) -> None:
    whole = list(dump_lines(filled, 2))
    assert list(dump_lines(filled, 2, scheme="atlas")) == whole[:2]
    assert list(dump_lines(filled, 2, scheme="moocs")) == whole[2:]


@pytest.mark.parametrize("number", [0, 3, -1, 2**63, 10**30])
def test_there_is_no_such_release(filled: Store, number: int) -> None:
    with pytest.raises(NotFoundError, match=f"there is no release {number}"):
        dump_lines(filled, number)


@pytest.mark.parametrize(("number", "key"), [(1, "moocs"), (2, "esco"), (2, "")])
def test_there_is_no_such_scheme(filled: Store, number: int, key: str) -> None:
    with pytest.raises(NotFoundError, match="no scheme or catalogue"):
        dump_lines(filled, number, scheme=key)


def test_releases_are_found(filled: Store, sqlite_store: Store) -> None:
    assert find_release(filled).number == 2
    assert find_release(filled, 1).number == 1
    assert find_scheme_state(filled, 1, "atlas").concept_count == 1
    assert [release.number for release in filled.releases()] == [2, 1]


def test_before_the_first_release_there_is_a_hint(sqlite_store: Store) -> None:
    with pytest.raises(NotFoundError, match="skillatlas init"):
        find_release(sqlite_store)
