"""Terms as Turtle writes them: strings and IRIs, escaped."""

import re
from collections.abc import Iterable

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TO_ESCAPE = re.compile(r'[\x00-\x1f"\\\x7f]')
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def turtle_string(text: str, lang: str | None = None) -> str:
    """A string on one line, with its language tag if it has one."""
    escaped = _TO_ESCAPE.sub(lambda found: _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}", text)
    return f'"{escaped}"@{lang}' if lang else f'"{escaped}"'


def turtle_iri(iri: str, prefixes: Iterable[tuple[str, str]] = ()) -> str:
    """An IRI: behind the first of the `prefixes` (name and namespace) that it begins with, where the rest may stand so.

    Of what Turtle allows after a prefix only the plain characters are used; any other IRI stands in angle brackets.
    """
    for name, namespace in prefixes:
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{name}:{iri[len(namespace) :]}"
    return "<" + _NOT_IN_IRI.sub(lambda found: f"\\u{ord(found[0]):04X}", iri) + ">"
