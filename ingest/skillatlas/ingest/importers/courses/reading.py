"""From a catalogue file to a harvest of its courses."""

from collections.abc import Callable, Iterable, Mapping, Sequence
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
from .mapping import CatalogueMapping, read_mapping
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
    mapping: Path | None = None,
    progress: Progress | None = None,
) -> Harvest:
    """The whole of a catalogue, from JSON Lines, CSV or a spreadsheet; skills are looked up in the store's draft.

    `mapping` is a TOML file that says which column of a provider's own table holds what.

    A course that does not say what it teaches is read by `extract`, where there is one. `scheme` wins where a
    preferred label names skills of several schemes. Raises UnreadableError for a file that cannot be read at all,
    InvalidIdError for a bad key and KeyInUseError for one that is kept for a scheme.
    """
    if check_key(catalogue) in _SCHEME_KEYS:
        raise KeyInUseError(f"{catalogue!r} is kept for a scheme; choose another key for the catalogue")
    columns = read_mapping(Path(mapping)) if mapping is not None else None
    reader = _Reader(Path(path).name, catalogue, skill_names(store, preferred_scheme=scheme), extract, columns)
    is_table, rows = read_rows(Path(path), reader.findings.append, columns)
    with (progress or NoProgress()).task(f"reading courses of {catalogue}") as step:
        for row in rows:
            reader.take(row, is_table=is_table)
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

    def __init__(
        self, file: str, catalogue: str, names: SkillNames, extract: Extract | None, mapping: CatalogueMapping | None
    ) -> None:
        self.file = file
        self.courses: dict[str, Course] = {}
        self.findings: list[Finding] = []
        self.left_out: set[str] = set()
        self.seen: dict[str, int] = {}
        self._catalogue = catalogue
        self._names = names
        self._extract = extract
        self._mapping = mapping

    def take(self, row: CourseRow, *, is_table: bool) -> None:
        """Add a row's course, or its faults."""
        faults: list[tuple[str, str]] = []
        notes: list[tuple[str, str]] = []

        def say(field: str, text: str) -> None:
            faults.append((field, text))

        def note(field: str, text: str) -> None:
            notes.append((field, text))

        builder = CourseBuilder(self._catalogue, self._names, say)
        values = from_cells(row.values, self._names, self._mapping, say, note) if is_table else row.values
        identifier = builder.identifier(values)
        course = builder.build(identifier or "", values, self._teaches(builder, row.line, values, faults))
        if identifier is not None:
            earlier = self.seen.setdefault(identifier, row.line)
            if earlier != row.line:
                say("id", f"the id stands in line {earlier} too")
        name = f"{identifier}: " if identifier else ""
        for field, text in faults:
            self.findings.append(fault(self.file, row.line, name + text, column=row.place(field), rule="course"))
        for field, text in notes:
            self.findings.append(
                warning(self.file, row.line, name + text, column=row.place(field), rule=f"{field}-range")
            )
        if identifier is None:
            return
        if faults:
            self.left_out.add(identifier)
            self.courses.pop(identifier, None)
        elif identifier not in self.left_out:
            self.courses[identifier] = course

    def _teaches(
        self, builder: CourseBuilder, line: int, values: Mapping[str, Any], faults: Sequence[tuple[str, str]]
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
