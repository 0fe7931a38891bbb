"""What people store: records of ids, answers of the analyses, courses; found in any JSON value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Fields = Mapping[str, Any]


class RecordKind(StrEnum):
    """What a record is; of the first ones it is known what their answer stands on."""

    GAP = "GAP"
    DEMAND_GAP = "DEMAND_GAP"
    COMPARISON = "COMPARISON"
    PLAN = "PLAN"
    TRANSITIONS = "TRANSITIONS"
    EXTRACTION = "EXTRACTION"
    LEARNER = "LEARNER"
    COURSE = "COURSE"
    IDS = "IDS"


ANSWERS = frozenset(RecordKind) - {RecordKind.COURSE, RecordKind.IDS}
"""Kinds that were worked out from a release."""

_SHAPES: tuple[tuple[RecordKind, frozenset[str]], ...] = (
    (RecordKind.DEMAND_GAP, frozenset({"adverts", "release"})),
    (RecordKind.COMPARISON, frozenset({"rows", "roles", "release"})),
    (RecordKind.GAP, frozenset({"skills", "readiness", "release"})),
    (RecordKind.PLAN, frozenset({"plans", "release"})),
    (RecordKind.TRANSITIONS, frozenset({"transitions", "release"})),
    (RecordKind.EXTRACTION, frozenset({"mentions", "extractorVersion"})),
    (RecordKind.LEARNER, frozenset({"learner", "readiness", "lacking"})),
)
"""By which keys an answer is known, as the API and the commands' `--json` write it."""


@dataclass(frozen=True, slots=True)
class Record:
    """One stored thing: where it stands, the release that it names itself, and its content.

    `place` is where in the file, such as `line 3` or `data.skillGap`; `cells`: strings hold ids as the cells of a
    table do, several parted by `;` and `|`, each with `=` and a level. `fault`: why it could not be read.
    """

    file: str
    place: str
    kind: RecordKind
    release: int | None
    body: Any
    cells: bool = False
    fault: str | None = None

    @property
    def answer_id(self) -> str | None:
        """The name of an answer."""
        named = self.body.get("id") if self.kind in ANSWERS else None
        return named if isinstance(named, str) else None


def find_records(value: Any, file: str, place: str = "", release: int | None = None) -> Iterator[Record]:
    """The records in a JSON value: answers and courses wherever they lie, and what is left of ids around them."""
    yield from _Finder(file).find(value, place, release)


class _Finder:
    """Finds records; looks into each part of a value once, however deep it lies."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._holding: dict[int, bool] = {}  # by identity: the value lives as long as it is looked through

    def find(self, value: Any, place: str, release: int | None) -> Iterator[Record]:
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from self.find(item, f"{place}[{index}]", release)
            return
        if not isinstance(value, dict):
            yield Record(self._file, place, RecordKind.IDS, release, value)
            return
        kind = _kind(value)
        release = _release(value, release)
        if kind is not RecordKind.IDS or not any(map(self._holds, value.values())):
            yield Record(self._file, place, kind, release, value)
            return
        rest = {}
        for key, inner in value.items():
            if self._holds(inner):
                yield from self.find(inner, f"{place}.{key}" if place else key, release)
            else:
                rest[key] = inner
        if rest:
            yield Record(self._file, place, kind, release, rest)

    def _holds(self, value: Any) -> bool:
        """Whether an answer or a course lies in it, or is it."""
        if not isinstance(value, (list, dict)):
            return False
        held = self._holding.get(id(value))
        if held is None:
            own = isinstance(value, dict) and _kind(value) is not RecordKind.IDS
            parts = value.values() if isinstance(value, dict) else value
            held = self._holding[id(value)] = own or any(map(self._holds, parts))
        return held


def _kind(value: Fields) -> RecordKind:
    for kind, keys in _SHAPES:
        if keys <= value.keys():
            return kind
    if isinstance(value.get("teaches"), list) or isinstance(value.get("assumes"), list):
        return RecordKind.COURSE
    return RecordKind.IDS


def _release(value: Fields, outer: int | None) -> int | None:
    """The release that a value names; its own before that of what is around it."""
    own = value.get("release")
    return own if isinstance(own, int) and not isinstance(own, bool) else outer
