"""Reading files of stored answers, lists of ids and catalogues, each line or row with its place. Nothing is sent."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from .errors import UnreadableFileError
from .records import Record, RecordKind, find_records

_LONGEST_CELL = 100_000
_TABLES = {".csv", ".tsv"}
_JSON = {".json"}
_LINES = {".jsonl", ".ndjson"}
_LISTS = {"", ".txt", ".ids"}
_SEPARATORS = "\t;,"
_DEEPEST = 100  # levels of lists and objects in each other; answers have about ten


def read_files(paths: Iterable[Path]) -> Iterator[Record]:
    """The records of files, told apart by the ends of their names; a file without one is a list of ids.

    Raises UnreadableFileError, OSError.
    """
    for path in paths:
        yield from read_records(path.read_bytes(), path.suffix.lower(), str(path))


def read_records(content: bytes, suffix: str, file: str) -> Iterator[Record]:
    """The records of a file's content; a line of JSON Lines that is none is a record with that fault.

    Raises UnreadableFileError where nothing of it can be read.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"{file}: is not UTF-8 (byte {error.start})") from None
    if suffix in _TABLES:
        yield from _table(text, file)
    elif suffix in _LINES:
        for number, line in _lines(text):
            try:
                value = _parsed(line)
            except UnreadableFileError as error:
                yield Record(file, f"line {number}", RecordKind.IDS, None, None, fault=str(error))
            else:
                yield from find_records(value, file, f"line {number}")
    elif suffix in _JSON:
        try:
            value = _parsed(text)
        except UnreadableFileError as error:
            raise UnreadableFileError(f"{file}: {error}") from None
        yield from find_records(value, file)
    elif suffix in _LISTS:
        yield from (
            Record(file, f"line {number}", RecordKind.IDS, None, line.strip())
            for number, line in _lines(text)
            if not line.lstrip().startswith("#")
        )
    else:
        known = " ".join(sorted((_TABLES | _JSON | _LINES | _LISTS) - {""}))
        raise UnreadableFileError(
            f"{file}: is none of {known}; of a report for people, save the answers: gap --json, path --json"
        )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    # By the one end of a line that counts: texts hold others, such as U+2028.
    return ((number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())


def _parsed(text: str) -> Any:
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise UnreadableFileError(f"is no JSON ({error})") from None
    _check_depth(value, _DEEPEST)
    return value


def _check_depth(value: Any, left: int) -> None:
    if isinstance(value, (list, dict)):
        if left == 0:
            raise UnreadableFileError(f"is nested deeper than {_DEEPEST} levels")
        for part in value.values() if isinstance(value, dict) else value:
            _check_depth(part, left - 1)


def _table(text: str, file: str) -> Iterator[Record]:
    first = text.lstrip("\n").partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator if separator in first else ",")
    head: list[str] | None = None
    try:
        for row in reader:
            place = f"line {reader.line_num}"
            if any(len(cell) > _LONGEST_CELL for cell in row):  # what csv allows hangs on who used it before
                raise csv.Error(f"a cell has more than {_LONGEST_CELL:,} characters; is a quote left open?")
            if not any(cell.strip() for cell in row):
                continue
            if head is None:
                head = [cell.strip() for cell in row]
                if not any(":" in cell for cell in row):
                    continue
                # A list of ids with a column more: what stands first is a row already.
                head = [f"column {number}" for number in range(1, len(row) + 1)]
            cells = dict(zip(head, row, strict=False))
            kind = RecordKind.COURSE if "teaches" in cells or "assumes" in cells else RecordKind.IDS
            yield Record(file, place, kind, _number(cells.get("release")), cells, cells=True)
    except csv.Error as error:
        raise UnreadableFileError(f"{file}:{reader.line_num}: is no CSV ({error})") from None


def _number(cell: str | None) -> int | None:
    return int(cell) if cell is not None and cell.strip().isascii() and cell.strip().isdigit() else None
