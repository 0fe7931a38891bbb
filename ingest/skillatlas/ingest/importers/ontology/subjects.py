"""On which line each subject of a Turtle file begins: RDF parsers do not tell.

A scanner of Turtle's tokens: it knows strings, IRIs, comments and brackets, and so where a statement begins. It
does not check the syntax; that is the parser's work.
"""

import re
from collections.abc import Mapping
from urllib.parse import urljoin

_TOKEN = re.compile(
    r'''
      (?P<space>\s+|\#[^\n]*)
    | (?P<long>"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\')
    | (?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    | (?P<iri><[^<>"{}|^`\s]*>)
    | (?P<open>[\[(])
    | (?P<close>[\])])
    | (?P<mark>[;,]|\^\^)
    | (?P<word>(?:[^\s<>"'\[\]();,.\#\\^]|\\.|\.(?=[^\s<>"'\[\]();,\#]))+)
    | (?P<stop>\.)
    | (?P<other>.)
    ''',
    re.VERBOSE | re.DOTALL,
)
_OVER_LINES = frozenset({"space", "long", "text"})
_ESCAPE = re.compile(r"\\([_~.\-!$&'()*+,;=/?#@%])")


def subject_lines(text: str, prefixes: Mapping[str, str], base: str) -> dict[str, list[int]]:
    """The lines on which statements about each subject begin, in order; `prefixes` without their colons."""
    found: dict[str, list[int]] = {}
    line, depth, at_start = 1, 0, True
    directive = False
    for match in _TOKEN.finditer(text):
        kind, token = match.lastgroup, match.group()
        if kind == "open":
            depth += 1
            at_start = False
        elif kind == "close":
            depth -= 1
        elif kind == "stop" and depth <= 0:
            at_start, depth, directive = True, 0, False
        elif kind in ("iri", "word") and directive and token[0] == "<":
            # PREFIX and BASE of SPARQL's form end with their IRI, without a stop.
            at_start, directive = True, False
        elif at_start and kind in ("iri", "word"):
            if token[0] == "@":
                at_start = False
            elif token.upper() in ("PREFIX", "BASE"):
                directive = True
                at_start = False
            else:
                at_start = False
                iri = _expand(token, prefixes, base)
                if iri is not None:
                    found.setdefault(iri, []).append(line)
        if kind in _OVER_LINES:
            line += token.count("\n")
    return found


def nesting(text: str) -> int:
    """How deep brackets are nested at most."""
    depth = deepest = 0
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "open":
            depth += 1
            deepest = max(deepest, depth)
        elif match.lastgroup == "close":
            depth -= 1
    return deepest


def _expand(token: str, prefixes: Mapping[str, str], base: str) -> str | None:
    """The IRI of a token; None where it is a blank node or its prefix is not known."""
    if token[0] == "<":
        return urljoin(base, token[1:-1])
    prefix, colon, local = token.partition(":")
    if not colon or prefix == "_" or prefix not in prefixes:
        return None
    return prefixes[prefix] + _ESCAPE.sub(r"\1", local)
