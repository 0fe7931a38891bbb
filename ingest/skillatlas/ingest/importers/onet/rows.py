"""Rows of O*NET's tables in both flavours: tabs without quoting, and commas with quotes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..files import csv_rows, unreadable

_MISSING = "n/a"


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a row in the order asked for, trimmed, "" where missing; `columns`: their numbers in the table."""

    line: int
    values: tuple[str, ...]
    columns: tuple[int, ...]


def tab_rows(text: str, file: str, required: Sequence[str]) -> Iterator[Cells]:
    """Rows of a tab-separated table, in which a quote is a character like any other.

    Raises UnreadableError for a missing column, a row of another length, and a last line that was cut off.
    """
    _check_end(text, file)
    lines = iter(text.split("\n"))
    header = [name.strip() for name in next(lines).split("\t")]
    places, columns = _places(header, file, required)
    for number, content in enumerate(lines, start=2):
        row = content.removesuffix("\r")
        if not row:
            continue
        cells = row.split("\t")
        if len(cells) != len(header):
            raise unreadable(file, number, f"the row has {len(cells)} cells, the header {len(header)}")
        yield Cells(number, _clean(tuple(cells[place] for place in places)), columns)


def comma_rows(text: str, file: str, required: Sequence[str]) -> Iterator[Cells]:
    """Rows of a comma-separated table with quotes. Raises UnreadableError as `tab_rows` does."""
    _check_end(text, file)
    columns: tuple[int, ...] = ()

    def note(header: list[str]) -> None:
        nonlocal columns
        _, columns = _places(header, file, required)

    for line, values in csv_rows(text, file, required, on_header=note):
        yield Cells(line, _clean(values), columns)


def _places(header: Sequence[str], file: str, required: Sequence[str]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    missing = [name for name in required if name not in header]
    if missing:
        raise unreadable(file, 1, f"has no column {', '.join(missing)}; it has: {', '.join(header[:20])}")
    twice = [name for name in required if header.count(name) > 1]
    if twice:
        raise unreadable(file, 1, f"has twice the column {', '.join(twice)}; rename one of them")
    places = tuple(header.index(name) for name in required)
    return places, tuple(place + 1 for place in places)


def _check_end(text: str, file: str) -> None:
    """O*NET's files end with a line break; one that does not was cut, perhaps in the middle of a cell."""
    if not text.strip():
        raise unreadable(file, 1, "is empty")
    if not text.endswith("\n"):
        last = text.count("\n") + 1
        raise unreadable(file, last, "ends without a line break, so it was cut off; fetch it again")


def _clean(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("" if (value := cell.strip()) == _MISSING else value for cell in values)
