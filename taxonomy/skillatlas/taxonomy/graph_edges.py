"""The edges of a graph, grouped by what they are asked by."""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, TypeVar

from .entities import edge_id
from .model import Broader, Eases, Edge, MapsTo, Needs, Related, Requires

_E = TypeVar("_E", Broader, Eases, MapsTo, Needs, Related, Requires)


class EdgeIndex:
    """Edges by the concept that they begin or end at; every group is a sorted tuple."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        by_type: dict[type, list[Edge]] = {}
        for edge in edges:
            by_type.setdefault(type(edge), []).append(edge)

        def group(kind: type[_E], field: str) -> dict[str, list[_E]]:
            groups: dict[str, list[_E]] = {}
            key = attrgetter(field)
            for edge in by_type.get(kind, ()):
                assert isinstance(edge, kind)
                groups.setdefault(key(edge), []).append(edge)
            return groups

        self.broader = _ordered(group(Broader, "from_id"), attrgetter("to_id"))
        self.narrower = {
            parent: tuple(sorted(edge.from_id for edge in below)) for parent, below in group(Broader, "to_id").items()
        }
        self.requires = _ordered(group(Requires, "from_id"), edge_id)
        self.eases = _ordered(group(Eases, "from_id"), attrgetter("to_id"))
        self.eased_by = _ordered(group(Eases, "to_id"), attrgetter("from_id"))
        self.related = _related(by_type.get(Related, ()))
        self.needs = _ordered(group(Needs, "from_id"), _need_order("to_id"))
        self.needed_by = _ordered(group(Needs, "to_id"), _need_order("from_id"))
        self.mappings = _ordered(group(MapsTo, "from_id"), edge_id)
        self.count = sum(map(len, by_type.values()))
        """How many edges there are in all."""


def _ordered(groups: dict[str, list[_E]], key: Callable[[_E], Any]) -> dict[str, tuple[_E, ...]]:
    return {start: tuple(sorted(group, key=key)) for start, group in groups.items()}


def _need_order(field: str) -> Callable[[Needs], tuple[float, str]]:
    other = attrgetter(field)

    def key(edge: Needs) -> tuple[float, str]:
        return (1.0 if edge.importance is None else -edge.importance), other(edge)

    return key


def _related(edges: Iterable[Edge]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, set[str]] = {}
    for edge in edges:
        assert isinstance(edge, Related)
        groups.setdefault(edge.from_id, set()).add(edge.to_id)
        groups.setdefault(edge.to_id, set()).add(edge.from_id)
    return {start: tuple(sorted(ends)) for start, ends in groups.items()}
