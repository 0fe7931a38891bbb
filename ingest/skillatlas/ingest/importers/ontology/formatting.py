"""One layout for ontology files, so that a change is a readable diff and two curators can work side by side."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from skillatlas.taxonomy import ATLAS_NAMESPACE, turtle_iri, turtle_string

from ...errors import UnreadableError
from ...findings import Finding, ordered
from ..files import decode, read_bytes, unreadable
from ..rdf import BASE, DCTERMS, MATCHES, OWL, RDFS, SKOS, syntax_reason
from . import terms

_PREFIXES = {
    "skos": SKOS,
    "owl": OWL,
    "dcterms": DCTERMS,
    "sa": terms.SA,
    "atlas": ATLAS_NAMESPACE,
}
_MORE_PREFIXES = {"rdfs": RDFS, "xsd": "http://www.w3.org/2001/XMLSchema#"}
_NAMES = tuple({**_PREFIXES, **_MORE_PREFIXES}.items())
_ORDER = (
    terms.RDF_TYPE, terms.KEY, terms.NAMESPACE, terms.IN_SCHEME, terms.PREF_LABEL, terms.ALT_LABEL, terms.HIDDEN_LABEL,
    terms.DEFINITION, terms.BROADER, terms.PRIMARY_BROADER, terms.SKILL_TYPE, terms.FORM, terms.REQUIRES, terms.EASES,
    terms.RELATED, terms.NEEDS, *sorted(MATCHES), terms.MAPPING, terms.DEPRECATED, terms.REPLACED_BY,
    terms.REPLACEMENT_KIND, terms.REPLACEMENT_REASON,
    terms.TEXT, terms.MATCH_CASE, terms.NEEDS_CONTEXT, terms.CONTEXT, terms.EXCEPT,
    terms.ANY_OF, terms.SKILL, terms.KIND, terms.NECESSITY, terms.IMPORTANCE, terms.LEVEL, terms.TRANSFER,
    terms.MAPPED_TO, terms.CONFIDENCE,
)  # fmt: skip
_RANK = {term: rank for rank, term in enumerate(_ORDER)}
_KINDS = [terms.CONCEPT_SCHEME, *terms.KINDS]
_TOKENS = re.compile(
    r"""\"{3}(?:.|\n)*?\"{3}|'{3}(?:.|\n)*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|<[^<>\s]*>|(\#[^\n]*)"""
)
_WIDTH = 120
_PLAIN_TYPES = {
    "http://www.w3.org/2001/XMLSchema#integer",
    "http://www.w3.org/2001/XMLSchema#decimal",
    "http://www.w3.org/2001/XMLSchema#boolean",
}

Term = NamedNode | BlankNode | Literal
Values = Mapping[str, list[Term]]


def format_turtle(text: str, name: str) -> str:
    """An ontology file's text in the one layout: prefixes, then a block a concept, all sorted.

    Formatting a formatted text changes nothing. Comments at the head stay. Raises UnreadableError where the file is no
    Turtle, or has a comment elsewhere, which would lose its place (sa: and skos: notes keep theirs).
    """
    head = _comments(text, name)
    blocks: dict[Term, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    try:
        for quad in parse(text.encode(), format=RdfFormat.TURTLE, base_iri=BASE):
            assert isinstance(quad.subject, NamedNode | BlankNode)
            assert isinstance(quad.object, NamedNode | BlankNode | Literal)
            blocks[quad.subject][quad.predicate.value].append(quad.object)
    except SyntaxError as error:
        raise unreadable(name, error.lineno, f"is no Turtle: {syntax_reason(error)}") from None
    writer = _Writer(blocks)
    body = "\n".join(writer.block(subject) for subject in writer.subjects())
    used = {key: iri for key, iri in _MORE_PREFIXES.items() if f" {key}:" in body}
    prefixes = "".join(f"@prefix {key}: <{iri}> .\n" for key, iri in {**_PREFIXES, **used}.items())
    return head + prefixes + ("\n" + body if body else "")


def _comments(text: str, name: str) -> str:
    """The comment lines at the head of a file. Raises UnreadableError for others."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    length = sum(len(line) + 1 for line in lines[:first])
    for found in _TOKENS.finditer(text, min(length, len(text))):
        if found[1] is not None:
            line = text.count("\n", 0, found.start()) + 1
            raise unreadable(name, line, "has a comment, which would lose its place: make it a skos:editorialNote")
    kept = [line.rstrip() for line in lines[:first]]
    while kept and not kept[-1]:
        kept.pop()
    return "".join(f"{line}\n" for line in kept) + ("\n" if kept else "")


class _Writer:
    def __init__(self, blocks: Mapping[Term, Values]) -> None:
        self._blocks = blocks

    def subjects(self) -> list[NamedNode]:
        """Subjects with a block of their own: by kind, then id."""

        def order(subject: NamedNode) -> tuple[int, str]:
            stated = self._blocks[subject].get(terms.RDF_TYPE, ())
            kinds = [
                _KINDS.index(kind.value) for kind in stated if isinstance(kind, NamedNode) and kind.value in _KINDS
            ]
            return min(kinds, default=len(_KINDS)), subject.value

        return sorted((subject for subject in self._blocks if isinstance(subject, NamedNode)), key=order)

    def block(self, subject: NamedNode) -> str:
        """A subject with all that is said of it."""
        lines = []
        for term, values in self._sorted(self._blocks[subject]):
            first, *rest = (self._value(value, indent=8) for value in values)
            lines.append(f"{self._term(term)} " + " ,\n        ".join([first, *rest]))
        return f"{turtle_iri(subject.value, _NAMES)} " + " ;\n    ".join(lines) + " .\n"

    def _sorted(self, values: Values) -> Iterator[tuple[str, list[Term]]]:
        for term in sorted(values, key=lambda term: (_RANK.get(term, len(_RANK)), term)):
            yield term, sorted(values[term], key=self._order)

    def _order(self, value: Term) -> tuple[str, str]:
        if isinstance(value, Literal):
            return value.language or "", value.value
        return "", self._value(value, indent=0)

    def _value(self, value: Term, *, indent: int) -> str:
        match value:
            case NamedNode():
                return turtle_iri(value.value, _NAMES)
            case Literal():
                return _literal(value)
            case _:
                return self._node(value, indent)

    def _node(self, node: BlankNode, indent: int) -> str:
        """A node in brackets: on one line if it is short, else a line a property."""
        parts = []
        for term, values in self._sorted(self._blocks[node]):
            parts.append(f"{self._term(term)} " + " , ".join(self._value(value, indent=indent + 2) for value in values))
        line = f"[ {' ; '.join(parts)} ]"
        if len(line) + indent <= _WIDTH:
            return line
        return "[ " + f" ;\n{' ' * (indent + 2)}".join(parts) + " ]"

    def _term(self, iri: str) -> str:
        return "a" if iri == terms.RDF_TYPE else turtle_iri(iri, _NAMES)


def _literal(value: Literal) -> str:
    if value.language is None and value.datatype.value in _PLAIN_TYPES:
        return value.value
    text = turtle_string(value.value, value.language)
    kind = value.datatype.value
    return text if value.language or kind.endswith("#string") else f"{text}^^<{kind}>"


def format_ontology(paths: Iterable[Path], *, write: bool) -> tuple[str, ...]:
    """Which files are not in the one layout; with `write` they are now.

    Of folders all .ttl files, but for vocabularies and shapes. Raises UnreadableError with every file that cannot be
    formatted; then nothing is written.
    """
    wanted: dict[Path, str] = {}
    broken: list[Finding] = []
    for path in paths:
        for file in sorted(path.rglob("*.ttl")) if path.is_dir() else [path]:
            try:
                text = decode(read_bytes(file), str(file))
                if f"<{terms.ONTOLOGY}>" not in text and "owl:Ontology" not in text:
                    formatted = format_turtle(text, str(file))
                    if formatted != text:
                        wanted[file] = formatted
            except UnreadableError as error:
                broken += error.findings
    if broken:
        raise UnreadableError(ordered(broken))
    if write:
        for file, text in wanted.items():
            beside = file.with_name(file.name + ".new")
            beside.write_text(text, encoding="utf-8", newline="\n")
            beside.replace(file)
    return tuple(str(file) for file in wanted)
