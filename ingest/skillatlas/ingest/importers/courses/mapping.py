"""Which column of a provider's table holds what: a small TOML file beside it."""

import codecs
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...errors import UnreadableError
from ...findings import Finding, fault
from ..files import decode, read_bytes, unreadable

TARGETS = (
    "id", "title", "provider", "url", "lang", "hours", "weeks", "hours_per_week", "price", "currency", "teaches",
    "assumes", "description", "outcomes",
)  # fmt: skip
"""What a column can be mapped to."""

CONSTANTS = ("provider", "lang", "currency", "hours", "weeks", "hours_per_week")
"""What can be the same for every course; a cell that says otherwise wins."""

_FORMAT = ("separator", "encoding", "sheet", "decimal", "list_separator")


@dataclass(frozen=True, slots=True)
class CatalogueMapping:
    """How to read a provider's table: `columns` by target; `decimal` is the mark before decimals in prices."""

    columns: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    separator: str | None = None
    encoding: str = "utf-8"
    sheet: str | None = None
    decimal: str | None = None
    list_separator: str = ";"


def read_mapping(path: Path) -> CatalogueMapping:
    """The mapping in a file. Raises UnreadableError with everything that is wrong with it."""
    file = path.name
    try:
        content = tomllib.loads(decode(read_bytes(path), file))
    except tomllib.TOMLDecodeError as error:
        raise unreadable(file, None, f"is no TOML: {error}") from None
    faults = list(_faults(file, content))
    if faults:
        raise UnreadableError(faults)
    form = content.get("format", {})
    return CatalogueMapping(
        columns={target: column.strip() for target, column in content["columns"].items()},
        constants={name: str(value).strip() for name, value in content.get("constants", {}).items()},
        **form,
    )


def _faults(file: str, content: Mapping[str, Any]) -> list[Finding]:
    unknown = content.keys() - {"columns", "constants", "format"}
    told = [f"[{name}] is not known; it has [columns], [constants] and [format]" for name in unknown]
    known = {"columns": TARGETS, "constants": CONSTANTS, "format": _FORMAT}
    for table, names in known.items():
        values = content.get(table, {})
        if not isinstance(values, dict):
            told.append(f"{table} is a table: [{table}]")
            continue
        told += (f"{table}.{name} is not known; known are {', '.join(names)}" for name in values.keys() - set(names))
        numbers = table == "constants"
        for name, value in values.items():
            is_number = numbers and isinstance(value, int | float) and not isinstance(value, bool)
            if not is_number and (not isinstance(value, str) or not value):
                told.append(f"{table}.{name} is a text, not {value!r}")
    if not told:
        told += _lacking(content)
    return [fault(file, None, text, rule="mapping") for text in sorted(told)]


def _lacking(content: Mapping[str, Any]) -> list[str]:
    columns, form = content.get("columns", {}), content.get("format", {})
    stated = columns.keys() | content.get("constants", {}).keys()
    told = [f"columns.{name} is missing: which column is it?" for name in ("id", "title") if name not in columns]
    if "hours" not in stated and not {"weeks", "hours_per_week"} <= stated:
        told.append("tells no hours: map hours, or weeks and hours_per_week (one of them may be a constant)")
    if form.get("decimal", ".") not in (".", ","):
        told.append(f'format.decimal is "." or ",", not {form["decimal"]!r}')
    if len(form.get("separator", ",")) != 1 or len(form.get("list_separator", ";")) != 1:
        told.append("format.separator and format.list_separator are one character each")
    try:
        codecs.lookup(form.get("encoding", "utf-8"))
    except LookupError:
        told.append(f"format.encoding {form['encoding']!r} is not known")
    return told
