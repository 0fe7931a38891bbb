"""What each form of crosswalk is read into: rows of two ends, and what is known of the whole."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from skillatlas.taxonomy import MappingPredicate

_HEADER_WITHIN = 100  # lines: the ESCO portal's files have 16 lines of notes before their header
_SEPARATORS = ",;\t"


@dataclass(frozen=True, slots=True)
class CrosswalkOptions:
    """What the user says of a crosswalk; what is None is taken from the file.

    `name` names it across versions: a later import of the same name replaces its mappings.
    """

    name: str | None = None
    version: str | None = None
    licence: str | None = None
    attribution: str | None = None


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """One mapping as it stands: `first` corresponds to `second` by `predicate`.

    Ends are full IRIs, compact ones, or bare codes of the scheme that the other end is not of. `confidence` None:
    the cell is no number from 0 to 1, or none that the form knows; `stated` shows it.
    """

    line: int
    first: str
    second: str
    predicate: MappingPredicate
    confidence: float | None = 1.0
    stated: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CrosswalkTable:
    """A crosswalk: its name and version, what its prefixes stand for, its rows, and rows that are none.

    `passed_over` has line, text and rule of each row that states no mapping that could be kept.
    """

    name: str
    version: str | None
    rows: Sequence[CrosswalkRow]
    licence: str | None = None
    attribution: str | None = None
    prefixes: Mapping[str, str] = field(default_factory=dict)
    passed_over: Sequence[tuple[int, str, str]] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header of a table stands: its line from 0, its names, and what separates them."""

    line: int
    names: tuple[str, ...]
    separator: str


def headers(text: str) -> Iterator[Header]:
    """Every line that could be the header, with each separator."""
    for number, line in enumerate(_first_lines(text)):
        for separator in _SEPARATORS:
            names = tuple(cell.strip().strip('"').strip() for cell in line.split(separator))
            if len(names) > 1:
                yield Header(number, names, separator)


def without_preamble(text: str, header: Header) -> str:
    """The table alone, on the lines on which it stands: what comes before the header is blank."""
    return "\n" * header.line + text.split("\n", header.line)[header.line]


def _first_lines(text: str) -> Iterable[str]:
    begin = 0
    for _ in range(_HEADER_WITHIN):
        end = text.find("\n", begin)
        yield text[begin : end if end >= 0 else len(text)].rstrip("\r")
        if end < 0:
            return
        begin = end + 1
