"""Parsing Turtle files with rdflib; nothing is ever fetched."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax

from ..files import decode, read_bytes, unreadable
from .subjects import subject_lines

Term = URIRef | BNode | Literal

_BASE = "https://w3id.org/skillatlas/file/"


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
    text = decode(read_bytes(path), name)
    graph = Graph(bind_namespaces="none")
    try:
        with quiet():
            graph.parse(data=text, format="turtle", publicID=_BASE)
    except BadSyntax as error:
        raise unreadable(name, error.lines + 1, f"is no Turtle: {_reason(error)}") from None
    except RecursionError:
        raise unreadable(name, None, "is nested too deeply") from None
    except Exception as error:  # rdflib raises many types on broken input
        raise unreadable(name, None, f"is no Turtle: {error}") from None
    prefixes = {prefix: str(namespace) for prefix, namespace in graph.namespaces()}
    found = TurtleFile(name, graph, subject_lines(text, prefixes, _BASE))
    for subject, predicate, value in graph:
        found.values.setdefault(subject, {}).setdefault(str(predicate), []).append(value)  # type: ignore[arg-type]
    for properties in found.values.values():
        for values in properties.values():
            values.sort(key=_order)
    return found


def _order(term: Term) -> tuple[str, str]:
    return str(term), str(getattr(term, "language", None) or getattr(term, "datatype", None) or "")


def _reason(error: BadSyntax) -> str:
    """What rdflib says, without the place and the excerpt."""
    text = str(error)
    inner = text[text.find("(") + 1 : text.rfind(") at ^")] if ") at ^" in text else text
    return " ".join(inner.split())


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
