"""The rows of a catalogue file, whatever its form: JSON Lines, or a table (CSV or a spreadsheet)."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from ...findings import Finding, fault, warning
from ..files import csv_rows, decode, read_bytes, unreadable
from .mapping import CatalogueMapping
from .sheets import Cell, as_text, read_sheet

FIELDS = (
    "id", "title", "provider", "url", "lang", "hours", "price", "teaches", "assumes", "description", "outcomes",
)  # fmt: skip
"""Fields of a course in JSON Lines."""

COLUMNS = (*FIELDS, "currency")
"""Columns of a table without a mapping."""

_SEPARATORS = (",", ";", "\t")
_REQUIRED = ("id", "title", "hours")
_NUMERIC = frozenset({"hours", "weeks", "hours_per_week", "price"})

Report = Callable[[Finding], None]


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One course as it was written; of a table, `values` are cells by field, `places` the numbers of their columns."""

    line: int
    values: Mapping[str, Any]
    places: Mapping[str, int] = field(default_factory=dict)

    def place(self, name: str) -> int | None:
        """The number of the column that holds a field; of hours that are not there, of the weeks."""
        instead = ("weeks", "hours_per_week") if name == "hours" else ("currency",) if name == "price" else ()
        return next((self.places[one] for one in (name, *instead) if one in self.places), None)


def read_rows(path: Path, report: Report, mapping: CatalogueMapping | None) -> tuple[bool, Iterator[CourseRow]]:
    """Whether the file is a table, and its rows; what is none is reported and skipped. Raises UnreadableError."""
    file = path.name
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    suffix = suffixes[-1] if suffixes else ""
    if suffix in (".xlsx", ".xlsm"):
        return True, _sheet_rows(path, mapping, report)
    if suffix in (".xls", ".ods", ".numbers"):
        raise unreadable(file, None, f"spreadsheets of kind {suffix} are not read; save it as .xlsx or .csv")
    data = read_bytes(path)
    text = _decoded(data, file, mapping.encoding) if mapping else decode(data, file)
    if not text.strip():
        raise unreadable(file, 1, "is empty")
    is_json = suffix in (".jsonl", ".json", ".ndjson") or (
        suffix not in (".csv", ".tsv") and text.lstrip().startswith("{")
    )
    if is_json and mapping is not None:
        raise unreadable(file, None, "a mapping is for tables (.csv, .xlsx), and this is JSON Lines")
    return not is_json, _json_rows(text, file, report) if is_json else _csv_rows(text, file, mapping, report)


def _decoded(data: bytes, file: str, encoding: str) -> str:
    if codecs.lookup(encoding).name == "utf-8":
        return decode(data, file)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = f"is not {encoding} (byte 0x{data[error.start]:02x}), which the mapping says"
        raise unreadable(file, line, text) from None


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


def _wanted(header: Sequence[str], mapping: CatalogueMapping | None) -> dict[str, str]:
    """Which column each field is taken from."""
    if mapping is not None:
        return dict(mapping.columns)
    return {name: name for name in COLUMNS if name in header or name in _REQUIRED}


def _unknown_columns(
    header: Sequence[str], file: str, line: int, mapping: CatalogueMapping | None
) -> Iterator[Finding]:
    """Columns without a mapping that no field has: a slip of the pen, more often than not."""
    for number, name in enumerate(header, start=1):
        if mapping is None and name not in COLUMNS and name:
            text = f"the column {name!r} is not known; ignored"
            yield warning(file, line, text, column=number, rule="unknown-field")


def _csv_rows(text: str, file: str, mapping: CatalogueMapping | None, report: Report) -> Iterator[CourseRow]:
    known = set(mapping.columns.values()) if mapping else set(COLUMNS)
    separators = (mapping.separator,) if mapping and mapping.separator else _SEPARATORS
    separator = max(separators, key=lambda mark: len(set(_header(text, mark)) & known))
    header = _header(text, separator)
    for finding in _unknown_columns(header, file, 1, mapping):
        report(finding)
    wanted = _wanted(header, mapping)
    columns = tuple(dict.fromkeys(wanted.values()))
    places = {name: header.index(column) + 1 for name, column in wanted.items() if column in header}
    for line, cells in csv_rows(text, file, columns, separator=separator, on_bad_row=report):
        by_column = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
        values = {name: by_column[column] for name, column in wanted.items() if by_column[column]}
        if values or mapping is None:
            yield CourseRow(line, values, places)


def _header(text: str, separator: str) -> list[str]:
    """The cells of the first row that has any; what is no CSV is told when it is read whole."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return next(([cell.strip() for cell in row] for row in rows if row), [])
    except csv.Error:
        return []


def _sheet_rows(path: Path, mapping: CatalogueMapping | None, report: Report) -> Iterator[CourseRow]:
    file = path.name
    rows = read_sheet(path, mapping.sheet if mapping else None)
    first = next(rows, None)
    if first is None:
        raise unreadable(file, 1, "is empty")
    begin, cells = first
    header = [as_text(cell).strip() for cell in cells]
    for finding in _unknown_columns(header, file, begin, mapping):
        report(finding)
    wanted = _wanted(header, mapping)
    for problem, names in (
        ("no column", set(wanted.values()) - set(header)),
        ("twice the column", _twice(header, wanted)),
    ):
        if names:
            there = ", ".join(name for name in header[:20] if name)
            raise unreadable(file, begin, f"has {problem} {', '.join(sorted(names))}; it has: {there}")
    places = {name: header.index(column) + 1 for name, column in wanted.items()}
    for line, row in rows:
        values: dict[str, Cell] = {}
        for name, place in places.items():
            cell = row[place - 1] if place <= len(row) else ""
            if cell != "":
                values[name] = cell if name in _NUMERIC else as_text(cell)
        if values:
            yield CourseRow(line, values, places)


def _twice(header: Sequence[str], wanted: Mapping[str, str]) -> set[str]:
    return {column for column in wanted.values() if header.count(column) > 1}
