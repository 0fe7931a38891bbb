"""The rows of a catalogue file, whatever its form, as the JSON form has them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from ...findings import Finding, fault, warning
from ..files import csv_rows, decode, read_bytes, unreadable

FIELDS = (
    "id", "title", "provider", "url", "lang", "hours", "price", "teaches", "assumes", "description", "outcomes",
)  # fmt: skip
"""Fields of a course in JSON Lines."""

COLUMNS = (*FIELDS, "currency")
"""Columns of CSV."""

_SEPARATORS = (",", ";", "\t")
_REQUIRED = ("id", "title", "hours")

Report = Callable[[Finding], None]


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One course as it was written; in CSV, `teaches` and `assumes` are still text and `hours` and `price` too."""

    line: int
    values: Mapping[str, Any]


def read_rows(path: Path, report: Report) -> tuple[bool, Iterator[CourseRow]]:
    """Whether the file is CSV, and its rows; rows that are none are reported and skipped. Raises UnreadableError."""
    file = path.name
    text = decode(read_bytes(path), file)
    if not text.strip():
        raise unreadable(file, 1, "is empty")
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    suffix = suffixes[-1] if suffixes else ""
    is_json = suffix in (".jsonl", ".json", ".ndjson") or (
        suffix not in (".csv", ".tsv") and text.lstrip().startswith("{")
    )
    return not is_json, _json_rows(text, file, report) if is_json else _csv_rows(text, file, report)


def _json_rows(text: str, file: str, report: Report) -> Iterator[CourseRow]:
    for line, part in enumerate(text.split("\n"), start=1):
        if not part.strip():
            continue
        try:
            values = orjson.loads(part)
        except orjson.JSONDecodeError as error:
            report(fault(file, line, f"is no JSON: {error.msg}", column=error.colno, rule="json"))
            continue
        if not isinstance(values, dict):
            report(fault(file, line, "is no JSON object; a catalogue has one course a line", rule="json"))
            continue
        for name in sorted(values.keys() - set(FIELDS)):
            report(warning(file, line, f"the field {name!r} is not known; ignored", rule="unknown-field"))
        yield CourseRow(line, values)


def _csv_rows(text: str, file: str, report: Report) -> Iterator[CourseRow]:
    header = next(line for line in text.split("\n") if line.strip())
    separator = max(_SEPARATORS, key=lambda mark: _known_columns(header, mark))
    for name in _cells(header, separator):
        if name not in COLUMNS:
            report(warning(file, 1, f"the column {name!r} is not known; ignored", rule="unknown-field"))
    names = (*_REQUIRED, *(name for name in COLUMNS if name not in _REQUIRED))
    optional = names[len(_REQUIRED) :]
    for line, cells in csv_rows(text, file, _REQUIRED, optional, separator=separator, on_bad_row=report):
        yield CourseRow(line, {name: cell.strip() for name, cell in zip(names, cells, strict=True) if cell.strip()})


def _cells(header: str, separator: str) -> list[str]:
    return [cell.strip().strip('"').strip() for cell in header.split(separator)]


def _known_columns(header: str, separator: str) -> int:
    return len(set(_cells(header, separator)) & set(COLUMNS))
