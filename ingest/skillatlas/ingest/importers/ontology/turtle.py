"""Parsing Turtle files into the terms of rdflib, which the validator works on; nothing is ever fetched."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse
from rdflib import BNode, Graph, Literal, URIRef

from ..files import decode, read_bytes, unreadable
from ..rdf import BASE, canonical_tag, syntax_reason
from .subjects import nesting, subject_lines
from .triples import TripleStore

Term = URIRef | BNode | Literal

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_DEPTH = 100  # levels of brackets: content has two


@dataclass(slots=True)
class TurtleFile:
    """One file: its triples by subject, and where each subject stands."""

    name: str
    graph: Graph
    lines: dict[str, list[int]]
    values: dict[Term, dict[str, list[Term]]] = field(default_factory=dict)

    def line(self, subject: Term) -> int | None:
        """The line on which the block of a subject begins; of a blank node, that of the subject that holds it."""
        if isinstance(subject, URIRef) and str(subject) in self.lines:
            return self.lines[str(subject)][0]
        owner = self.owner(subject)
        return None if owner is None else self.lines[str(owner)][0]

    def owner(self, node: Term) -> URIRef | None:
        """The subject with a block of its own that a node belongs to."""
        seen: set[Term] = set()
        waiting: list[Term] = [node]
        while waiting:
            current = waiting.pop()
            if current in seen:
                continue
            seen.add(current)
            if isinstance(current, URIRef) and str(current) in self.lines:
                return current
            waiting += sorted((s for s in self.graph.subjects(None, current)), key=str)  # type: ignore[misc]
        return None


def parse_turtle(path: Path, name: str) -> TurtleFile:
    """Parse a file that findings call `name`. Raises UnreadableError with the line of a syntax error."""
    data = read_bytes(path)
    text = decode(data, name)
    store, terms = TripleStore(), _Terms()
    found = TurtleFile(name, Graph(store=store, bind_namespaces="none"), {})
    try:
        reader = parse(data.removeprefix(b"\xef\xbb\xbf"), RdfFormat.TURTLE, base_iri=BASE)
        with quiet():
            for quad in reader:
                subject, predicate, value = terms(quad.subject), terms(quad.predicate), terms(quad.object)
                if store.put(subject, predicate, value):
                    found.values.setdefault(subject, {}).setdefault(str(predicate), []).append(value)
    except SyntaxError as error:
        if nesting(text) > _DEPTH:
            raise unreadable(name, None, "is nested too deeply") from None
        raise unreadable(name, error.lineno, f"is no Turtle: {syntax_reason(error)}") from None
    found.lines.update(subject_lines(text, reader.prefixes, BASE))
    for properties in found.values.values():
        for term, values in properties.items():
            if len(values) > 1:
                properties[term] = sorted(values, key=_order)
    return found


class _Terms:
    """The parser's terms as rdflib's, which the validator reads; equal IRIs become one object."""

    def __init__(self) -> None:
        self._iris: dict[str, URIRef] = {}
        self._nodes: dict[str, BNode] = {}
        self._tags: dict[str, str] = {}

    def __call__(self, term: Any) -> Any:
        """The term of rdflib."""
        kind, value = type(term), term.value
        if kind is NamedNode:
            return self._iris.get(value) or self._iris.setdefault(value, URIRef(value))
        if kind is BlankNode:
            # Numbered as they come: the parser's own names differ from run to run.
            return self._nodes.get(value) or self._nodes.setdefault(value, BNode(f"n{len(self._nodes):08}"))
        tag = term.language
        if tag:
            return Literal(value, lang=self._tags.get(tag) or self._tags.setdefault(tag, canonical_tag(tag)))
        datatype = term.datatype
        return Literal(value) if datatype.value == _STRING else Literal(value, datatype=self(datatype))


def _order(term: Term) -> tuple[str, str]:
    return str(term), str(getattr(term, "language", None) or getattr(term, "datatype", None) or "")


@contextmanager
def quiet() -> Iterator[None]:
    """Keep rdflib silent: it logs a traceback for each number that is none; the shapes report it, with its place."""
    logger = logging.getLogger("rdflib.term")
    logger.addFilter(_nothing)
    try:
        yield
    finally:
        logger.removeFilter(_nothing)


def _nothing(_record: logging.LogRecord) -> bool:
    return False
