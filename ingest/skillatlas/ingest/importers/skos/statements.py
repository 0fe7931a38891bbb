"""The statements of RDF files, each with its line; nothing is ever fetched."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple, cast
from urllib.parse import urljoin

from ..files import decode, read_bytes, unreadable
from ..rdf import BASE, syntax_reason
from .guards import guard_json, guard_xml

"""What relative IRIs are relative to where the file does not say: never fetched, and never a vocabulary's."""

_FORMATS = {
    "ttl": "TURTLE", "turtle": "TURTLE", "nt": "N_TRIPLES", "rdf": "RDF_XML", "xml": "RDF_XML", "owl": "RDF_XML",
    "skos": "RDF_XML", "jsonld": "JSON_LD", "json": "JSON_LD",
}  # fmt: skip
_NAMED = {"TURTLE": "Turtle", "N_TRIPLES": "N-Triples", "RDF_XML": "RDF/XML", "JSON_LD": "JSON-LD"}
_NODE = re.compile(r'"(?:@id|id|uri)"\s*:\s*"((?:[^"\\]|\\.)*)"')


class Place(NamedTuple):
    """Where a statement stands."""

    file: str
    line: int | None


class Text(NamedTuple):
    """A literal; `lang` is "" where it has no language."""

    value: str
    lang: str


class Statement(NamedTuple):
    """Subject, predicate and object: IRIs as they are, blank nodes as `_:…` (their names mean nothing)."""

    subject: str
    predicate: str
    value: "str | Text"
    place: Place


class _Lines(io.RawIOBase):
    """Gives the parser one line at a time, so that the line of what it has just read is known."""

    def __init__(self, data: bytes) -> None:
        self._inner = io.BytesIO(data)
        self._ended = True
        self.line = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        chunk = self._inner.readline(size)
        if chunk:
            self.line += self._ended
            self._ended = chunk.endswith(b"\n")
        return chunk


def statements(path: Path, name: str, number: int) -> Iterator[Statement]:
    """All statements of a file that findings call `name`; `number` keeps the blank nodes of files apart.

    Raises UnreadableError, with the line, for what is no RDF or must not be read.
    """
    from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

    data = read_bytes(path)
    text = decode(data, name)
    kind = _format(path, text, name)
    if kind == "RDF_XML":
        guard_xml(data, name)
    elif kind == "JSON_LD":
        guard_json(text, name)
    source = _Lines(data.removeprefix(b"\xef\xbb\xbf"))
    prefix = f"_:{number}:"
    nodes: dict[str, int] = {}
    place = Place(name, None)
    try:
        base = None if kind == "N_TRIPLES" else BASE
        reader = parse(cast("IO[bytes]", source), getattr(RdfFormat, kind), base_iri=base)
        for quad in reader:
            subject, term = quad.subject, quad.object
            if type(subject) is NamedNode:
                start = subject.value
            elif type(subject) is BlankNode:
                start = prefix + subject.value
            else:
                continue  # a statement about a statement says nothing about a concept
            if kind == "JSON_LD":
                # The whole document is read before its first statement: only the node's own line can be told.
                nodes = nodes or _node_lines(text, reader.prefixes, BASE)
                line = nodes.get(start)
            else:
                line = source.line
            if place.line != line:
                place = Place(name, line)
            value: str | Text
            if type(term) is NamedNode:
                value = term.value
            elif type(term) is Literal:
                value = Text(term.value, term.language or "")
            elif type(term) is BlankNode:
                value = prefix + term.value
            else:
                continue
            yield Statement(start, quad.predicate.value, value, place)
    except SyntaxError as error:
        line = error.lineno or (None if kind == "JSON_LD" else source.line)
        raise unreadable(name, line, f"is no {_NAMED[kind]}: {syntax_reason(error)}", column=error.offset) from None


def _format(path: Path, text: str, name: str) -> str:
    """The format by the name's ending, without `.gz`; by the first character where the ending does not tell."""
    endings = [ending.lower().lstrip(".") for ending in path.suffixes]
    if endings and endings[-1] == "gz":
        endings.pop()
    kind = _FORMATS.get(endings[-1]) if endings else None
    if kind:
        return kind
    begin = text.lstrip()[:200].lower()
    if begin.startswith(("<?xml", "<rdf:rdf", "<!doctype", "<!--")):
        return "RDF_XML"
    if begin.startswith(("{", "[")):
        return "JSON_LD"
    if begin.startswith(("@prefix", "@base", "prefix", "base", "#", "<")):
        return "TURTLE"  # every N-Triples file is Turtle
    raise unreadable(name, 1, "is none of Turtle (.ttl), RDF/XML (.rdf, .xml), JSON-LD (.jsonld) and N-Triples (.nt)")


def _node_lines(text: str, prefixes: "dict[str, str]", base: str) -> dict[str, int]:
    """On which line of a JSON-LD text each node's IRI stands first."""
    found: dict[str, int] = {"": 0}
    line, before = 1, 0
    for match in _NODE.finditer(text):
        line += text.count("\n", before, match.start())
        before = match.start()
        name = match[1]
        prefix, colon, local = name.partition(":")
        iri = prefixes[prefix] + local if colon and prefix in prefixes else urljoin(base, name)
        found.setdefault(iri, line)
    return found
