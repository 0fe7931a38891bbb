"""What is refused before the RDF parser sees it: entity bombs, things to be fetched, endless nesting.

The parser fetches nothing by itself. These checks say what is wrong, and where, before memory or time run out in it.
"""

import json
import re
from typing import Any
from xml.parsers import expat

from ..files import unreadable

_DEPTH = 100  # levels of nesting: RDF/XML and JSON-LD of vocabularies have five to ten
_ENTITY = 500  # characters of an entity: namespaces are written as entities, and nothing else is
_REMOTE = re.compile(r'"@(?:context|import)"\s*:\s*(?:\[\s*)?"')


def guard_xml(data: bytes, file: str) -> None:
    """Raise UnreadableError where RDF/XML is not well-formed, declares dangerous entities or is nested too deeply."""
    parser = expat.ParserCreate()
    depth = 0

    def refuse(text: str) -> None:
        raise unreadable(file, parser.CurrentLineNumber, text, column=parser.CurrentColumnNumber + 1)

    def begin(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH:
            refuse(f"is nested more than {_DEPTH} levels deep")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def entity(
        name: str,
        parameter: bool,
        value: str | None,
        _base: str | None,
        system: str | None,
        public: str | None,
        _n: Any,
    ) -> None:
        if value is None or system or public:
            refuse(f"declares the external entity {name}: nothing is fetched, so write its text instead")
        elif parameter or "&" in value or "%" in value or len(value) > _ENTITY:
            refuse(f"declares the entity {name} by other entities or by a long text, as entity bombs do; write it out")

    def doctype(name: str, system: str | None, _public: str | None, _internal: bool) -> None:
        if system:
            refuse(f"names a document type to be fetched ({system}): take the SYSTEM or PUBLIC of {name} out")

    def declaration(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "us-ascii", "ascii"):
            refuse(f"is in the encoding {encoding}; save it as UTF-8")

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.EntityDeclHandler = entity
    parser.StartDoctypeDeclHandler = doctype
    parser.XmlDeclHandler = declaration
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        raise unreadable(file, error.lineno, f"is no XML: {what}", column=error.offset + 1) from None


def guard_json(text: str, file: str) -> None:
    """Raise UnreadableError where JSON-LD is no JSON, names a remote context or is nested too deeply."""
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise unreadable(file, error.lineno, f"is no JSON: {error.msg}", column=error.colno) from None
    except RecursionError:
        raise unreadable(file, None, f"is nested more than {_DEPTH} levels deep") from None
    except ValueError as error:  # a number with too many digits
        raise unreadable(file, None, f"is no JSON: {error}") from None
    waiting: list[tuple[Any, int]] = [(document, 1)]
    while waiting:
        value, depth = waiting.pop()
        if depth > _DEPTH:
            raise unreadable(file, None, f"is nested more than {_DEPTH} levels deep")
        if isinstance(value, dict):
            for key in ("@context", "@import"):
                _refuse_remote(value.get(key), text, file)
            waiting += [(inner, depth + 1) for inner in value.values() if isinstance(inner, dict | list)]
        elif isinstance(value, list):
            waiting += [(inner, depth + 1) for inner in value if isinstance(inner, dict | list)]


def _refuse_remote(context: Any, text: str, file: str) -> None:
    for part in context if isinstance(context, list) else [context]:
        if isinstance(part, str):
            found = _REMOTE.search(text)
            line = text.count("\n", 0, found.start()) + 1 if found else None
            raise unreadable(
                file, line, f"names the remote context {part}: nothing is fetched, so put it into the file"
            )
