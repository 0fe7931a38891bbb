"""A store of rdflib for one file: what the validator asks for, and no more.

rdflib's own keeps contexts and three indexes for each statement; filling it took longer than parsing and validating.
"""

from collections.abc import Generator, Iterable, Iterator
from typing import Any

from rdflib import Graph
from rdflib.store import Store
from rdflib.term import Node

Triple = tuple[Node, Node, Node]
Pattern = tuple[Node | None, Node | None, Node | None]


class TripleStore(Store):
    """Statements by subject and by property, each once; they are added and read, never removed.

    All belong to one graph, whichever is asked for.
    """

    context_aware = True  # pySHACL demands it
    graph_aware = True

    def __init__(self) -> None:
        super().__init__()
        self._by_subject: dict[Node, dict[Node, dict[Node, None]]] = {}
        self._by_property: dict[Node, dict[Node, dict[Node, None]]] = {}
        self._count = 0

    def put(self, subject: Node, predicate: Node, value: Node) -> bool:
        """Add a statement; whether it is new."""
        values = self._by_subject.setdefault(subject, {}).setdefault(predicate, {})
        if value in values:
            return False
        values[value] = None
        self._by_property.setdefault(predicate, {}).setdefault(value, {})[subject] = None
        self._count += 1
        return True

    def triples(self, triple_pattern: Pattern, context: Any = None) -> Iterator[tuple[Triple, Iterator[Any]]]:
        """The statements that a pattern (None: anything) fits, in the order in which they were added."""
        for triple in self._matching(*triple_pattern):
            yield triple, iter(() if context is None else (context,))

    def _matching(self, subject: Node | None, predicate: Node | None, value: Node | None) -> Iterator[Triple]:
        if subject is not None:
            found = self._by_subject.get(subject, {})
            for term in tuple(found) if predicate is None else (predicate,):
                values = found.get(term, {})
                if value is None:
                    yield from ((subject, term, one) for one in tuple(values))
                elif value in values:
                    yield subject, term, value
            return
        for term in tuple(self._by_property) if predicate is None else (predicate,):
            held = self._by_property.get(term, {})
            for one in tuple(held) if value is None else (value,):
                yield from ((start, term, one) for start in tuple(held.get(one, ())))

    def __len__(self, context: Any = None) -> int:
        return self._count

    def contexts(self, triple: Any = None) -> Generator[Graph, None, None]:  # noqa: ARG002 (the name is rdflib's)
        """No named graphs."""
        yield from ()

    def namespaces(self) -> Iterable[Any]:  # type: ignore[override]
        """No prefixes."""
        return iter(())
