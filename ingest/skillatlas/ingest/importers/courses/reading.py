"""From a catalogue file to a harvest of its courses."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from skillatlas.taxonomy import Course, Store, TaughtSkill, check_key

from ...errors import KeyInUseError
from ...findings import Finding, fault, ordered, warning
from ...progress import NoProgress, Progress
from ..files import unreadable
from ..harvest import Harvest
from .building import CourseBuilder
from .cells import from_cells
from .rows import CourseRow, read_rows
from .skills import SkillNames, skill_names

Extract = Callable[[str, str | None], Iterable[tuple[str, int | None, float]]]
"""Reads a course's text in a language (None: detected): skill ids with level and confidence."""

_SCHEME_KEYS = frozenset({"atlas", "esco", "onet"})
_HIGHEST = 0.99  # the confidence of what was extracted and nobody confirmed stays below 1


def read_courses(
    path: Path,
    catalogue: str,
    store: Store,
    *,
    extract: Extract | None = None,
    scheme: str = "atlas",
    progress: Progress | None = None,
) -> Harvest:
    """The whole of a catalogue, from JSON Lines or CSV; skills are looked up in the store's draft.

    A course that does not say what it teaches is read by `extract`, where there is one. `scheme` wins where a
    preferred label names skills of several schemes. Raises UnreadableError for a file that cannot be read at all,
    InvalidIdError for a bad key and KeyInUseError for one that is kept for a scheme.
    """
    if check_key(catalogue) in _SCHEME_KEYS:
        raise KeyInUseError(f"{catalogue!r} is kept for a scheme; choose another key for the catalogue")
    reader = _Reader(Path(path).name, catalogue, skill_names(store, preferred_scheme=scheme), extract)
    is_csv, rows = read_rows(Path(path), reader.findings.append)
    with (progress or NoProgress()).task(f"reading courses of {catalogue}") as step:
        for row in rows:
            reader.take(row, is_csv=is_csv)
            step(1)
    if not reader.seen and not reader.findings:
        raise unreadable(reader.file, 1, "holds no course")
    return Harvest(
        key=catalogue,
        entities=tuple(reader.courses[key] for key in sorted(reader.courses)),
        findings=ordered(reader.findings),
        left_out=frozenset(reader.left_out),
        catalogue=True,
    )


class _Reader:
    """Collects the courses of one file."""

    def __init__(self, file: str, catalogue: str, names: SkillNames, extract: Extract | None) -> None:
        self.file = file
        self.courses: dict[str, Course] = {}
        self.findings: list[Finding] = []
        self.left_out: set[str] = set()
        self.seen: dict[str, int] = {}
        self._catalogue = catalogue
        self._names = names
        self._extract = extract

    def take(self, row: CourseRow, *, is_csv: bool) -> None:
        """Add a row's course, or its faults."""
        faults: list[str] = []
        builder = CourseBuilder(self._catalogue, self._names, faults.append)
        values = from_cells(row.values, self._names) if is_csv else row.values
        identifier = builder.identifier(values)
        course = builder.build(identifier or "", values, self._teaches(builder, row.line, values, faults))
        if identifier is not None:
            earlier = self.seen.setdefault(identifier, row.line)
            if earlier != row.line:
                faults.append(f"the id stands in line {earlier} too")
        name = f"{identifier}: " if identifier else ""
        self.findings += (fault(self.file, row.line, name + text, rule="course") for text in faults)
        if identifier is None:
            return
        if faults:
            self.left_out.add(identifier)
            self.courses.pop(identifier, None)
        elif identifier not in self.left_out:
            self.courses[identifier] = course

    def _teaches(
        self, builder: CourseBuilder, line: int, values: Mapping[str, Any], faults: list[str]
    ) -> tuple[TaughtSkill, ...]:
        """What is stated; if nothing is, what is read in title, description and outcomes."""
        if values.get("teaches") is not None:
            return builder.teaches(values["teaches"])
        if faults:
            return ()
        parts = [values.get("title"), values.get("description"), *_texts(values.get("outcomes"))]
        text = "\n".join(part for part in parts if isinstance(part, str))
        found: dict[str, TaughtSkill] = {}
        lang = values.get("lang")
        for skill, level, confidence in (
            self._extract(text, lang if isinstance(lang, str) else None) if self._extract else ()
        ):
            sure = round(min(confidence, _HIGHEST), 6)
            if skill in self._names and (skill not in found or sure > found[skill].confidence):
                found[skill] = TaughtSkill(skill, level, sure)
        how = "read from its text, to be confirmed" if self._extract else "not stated, and were not read from its text"
        self.findings.append(
            warning(
                self.file,
                line,
                f"the skills it teaches are {how}: {', '.join(sorted(found)) or 'none'}",
                rule="teaches",
            )
        )
        return tuple(found[skill] for skill in sorted(found))


def _texts(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
