"""Prerequisites from outside may run in circles: found here, broken where an inferred one is weakest, else named."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from skillatlas.taxonomy import PrerequisiteKind, Requires, edge_id

_STANDS_BEFORE = frozenset({PrerequisiteKind.HARD, PrerequisiteKind.COREQUISITE, PrerequisiteKind.INFERRED})


@dataclass(frozen=True, slots=True)
class Untangled:
    """What is left of prerequisites, in the order given; `broken` are those taken out, each with the circle it closed.

    `circles` are the skills that still wait for each other, since nothing of it was inferred: to be learnt together.
    """

    edges: tuple[Requires, ...]
    broken: tuple[tuple[Requires, tuple[str, ...]], ...]
    circles: tuple[tuple[str, ...], ...]


def untangle(edges: Iterable[Requires]) -> Untangled:
    """Take out inferred prerequisites, of each circle the one of least confidence, until none of them closes one.

    Every alternative of a clause counts as standing before its skill; recommended ones do not. Ties to the smaller id.
    """
    listed = list(edges)
    left = {edge_id(edge): edge for edge in listed if edge.kind in _STANDS_BEFORE}
    broken: dict[str, tuple[Requires, tuple[str, ...]]] = {}
    while True:
        circles = list(_circles(left.values()))
        weakest = [found for circle in circles if (found := _weakest(left.values(), circle)) is not None]
        if not weakest:
            return Untangled(
                tuple(edge for edge in listed if edge_id(edge) not in broken),
                tuple(broken[identifier] for identifier in sorted(broken)),
                tuple(circles),
            )
        for edge, circle in weakest:
            broken[edge_id(edge)] = edge, circle
            del left[edge_id(edge)]


def _circles(edges: Iterable[Requires]) -> Iterator[tuple[str, ...]]:
    """The strongly connected components of more than one skill, and skills that require themselves; by smallest id."""
    import networkx as nx

    pairs = sorted({(edge.from_id, option) for edge in edges for option in edge.any_of})
    graph: nx.DiGraph[str] = nx.DiGraph(pairs)
    found = [tuple(sorted(part)) for part in nx.strongly_connected_components(graph) if len(part) > 1]
    found += [(start,) for start, end in pairs if start == end and not any(start in part for part in found)]
    yield from sorted(found)


def _weakest(edges: Iterable[Requires], circle: tuple[str, ...]) -> tuple[Requires, tuple[str, ...]] | None:
    members = frozenset(circle)
    inferred = [
        edge
        for edge in edges
        if edge.kind is PrerequisiteKind.INFERRED and edge.from_id in members and members & set(edge.any_of)
    ]
    weakest = min(inferred, key=lambda edge: (round(edge.confidence, 6), edge_id(edge)), default=None)
    return None if weakest is None else (weakest, circle)
