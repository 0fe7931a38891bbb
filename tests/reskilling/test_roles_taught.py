"""What a whole catalogue teaches of each role's essential skills."""

import pytest

from reskilling_graphs import build_graph, course, need, role, skills
from skillatlas.reskilling import NotFoundError, RoleTaught, roles_taught
from skillatlas.taxonomy import Graph

FIRST, SECOND, EMPTY = "atlas:role.first", "atlas:role.second", "atlas:role.third"


@pytest.fixture
def graph() -> Graph:
    return build_graph(
        [*skills("a", "b", "c", "d"), role(FIRST), role(SECOND), role(EMPTY)],
        [
            need(FIRST, "atlas:a", 3),
            need(FIRST, "atlas:b", 4),
            need(FIRST, "atlas:c"),
            need(FIRST, "atlas:d", optional=True),
            need(SECOND, "atlas:c", 2),
        ],
        [
            course("open:1", [("atlas:a", 3), ("atlas:b", 2)]),
            course("open:2", ["atlas:c"], confidence=0.3),
            course("more:3", ["atlas:c"]),
        ],
    )


def test_roles_are_listed_least_taught_first(graph: Graph) -> None:
    assert roles_taught(graph, "open", scheme="atlas") == (
        RoleTaught(SECOND, essential=1, taught=0, at_level=0, untaught=("atlas:c",)),
        RoleTaught(FIRST, essential=3, taught=2, at_level=1, untaught=("atlas:c",)),
        RoleTaught(EMPTY, essential=0, taught=0, at_level=0, untaught=()),
    )


def test_a_course_without_a_level_reaches_the_one_needed(graph: Graph) -> None:
    second = next(one for one in roles_taught(graph, "more", scheme="atlas") if one.role_id == SECOND)
    assert (second.taught, second.at_level, second.untaught) == (1, 1, ())


def test_an_unknown_catalogue_is_named(graph: Graph) -> None:
    with pytest.raises(NotFoundError, match="no catalogue 'nix'"):
        roles_taught(graph, "nix", scheme="atlas")
