"""Store URLs of Neo4j."""

import pytest

from skillatlas.taxonomy import StoreUnavailableError
from skillatlas.taxonomy.store.neo4j.address import parse_address


def test_all_parts() -> None:
    address = parse_address("neo4j+s://ann%40x:p%2F%3Aw@host.example:7777/skills?policy=eu")
    assert address.uri == "neo4j+s://host.example:7777?policy=eu"
    assert (address.user, address.password, address.database) == ("ann@x", "p/:w", "skills")
    assert address.shown == "neo4j+s://ann%40x@host.example:7777/skills"


def test_what_may_be_left_out() -> None:
    address = parse_address("bolt://localhost")
    assert (address.uri, address.database, address.user) == ("bolt://localhost:7687", "neo4j", None)
    assert parse_address("bolt://localhost/").database == "neo4j"
    assert parse_address("bolt://[::1]:7687").uri == "bolt://[::1]:7687"


@pytest.mark.parametrize(
    "url", ["neo4j://", "neo4j:///db", "neo4j://host:port/db", "neo4j://host:99999", "neo4j://host/a/b", "neo4j://h/#x"]
)
def test_other_forms_are_refused_with_the_right_one(url: str) -> None:
    with pytest.raises(StoreUnavailableError, match="neo4j://user:password@host:7687/database"):
        parse_address(url)


def test_the_password_is_never_shown() -> None:
    address = parse_address("neo4j://ann:secret@host")
    assert "secret" not in f"{address!r} {address} {address.shown}"
