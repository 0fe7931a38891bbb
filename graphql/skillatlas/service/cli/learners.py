"""The file of a batch: a CSV of learners, read row by row; a row that cannot be read is named, the others count."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skillatlas.graphql import is_sensitive
from skillatlas.taxonomy import ConceptKind, Graph, LabelType

from .errors import AnswerError

COLUMNS = {
    "learner": (
        *("learner", "learner id", "id", "name", "student", "student id"),
        *("学员", "學員", "学员编号", "学号", "姓名", "编号"),
    ),
    "skills": ("skills", "skill", "has", "held", "技能", "已有技能", "掌握技能"),
    "not_held": ("not held", "notheld", "lacks", "不具备", "不具備", "未掌握"),
    "roles": ("roles", "role ids", "roleids", "held roles", "曾任", "曾任岗位", "岗位", "職位", "职位"),
    "text": ("text", "cv", "resume", "简历", "簡歷"),
    "lang": ("lang", "language", "语言", "語言"),
    "complete": ("complete", "完整"),
}  # fmt: skip
"""What each column may be called, in lower case, with spaces where the name has spaces, hyphens or underscores."""

_MEANING = {name: column for column, names in COLUMNS.items() for name in names}
_SEPARATORS = (",", ";", "\t")
_PARTS = re.compile(r"[;；、|\n]")
_LEVEL = re.compile(r"(?P<name>.*\S)\s*[=＝]\s*(?P<level>\S+)", re.DOTALL)
_YES = frozenset({"yes", "true", "1", "x", "是", "y"})
_NO = frozenset({"", "no", "false", "0", "否", "n"})
_MOST_BYTES = 64 * 1024 * 1024  # a hundred thousand learners with a CV each have less


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """A row: its line, its cells by meaning, and what stands in the columns that only name the learner."""

    line: int
    who: tuple[str, ...]
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class LearnerFile:
    """The rows of a file; `who` are the headers of the columns that name the learner, `ignored` the unknown ones."""

    who: tuple[str, ...]
    ignored: tuple[str, ...]
    rows: tuple[LearnerRow, ...]
    faults: tuple[tuple[int, str], ...]


def read_learners(path: Path) -> LearnerFile:
    """Read a file in UTF-8, separated by comma, semicolon or tab.

    Raises AnswerError for a file that cannot be read, has no column of skills, or has a column about a person that must
    not matter.
    """
    text = _decoded(path)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    header: list[str] | None = None
    rows: list[LearnerRow] = []
    faults: list[tuple[int, str]] = []
    line = 1
    try:
        for cells in lines:
            begin, line = line, lines.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = _checked(cells, path.name)
            elif len(cells) != len(header):
                faults.append((begin, f"the row has {len(cells)} cells, the header {len(header)}"))
            else:
                rows.append(_row(begin, header, cells))
    except csv.Error as error:
        faults.append((line, f"from here on it is no CSV ({error}): the rest was not read"))
    if header is None:
        raise AnswerError(f"{path.name}: is empty")
    named = tuple(name for name in header if _meaning(name) == "learner")
    ignored = tuple(name for name in header if _meaning(name) is None and name)
    return LearnerFile(named, ignored, tuple(rows), tuple(faults))


def _decoded(path: Path) -> str:
    if path.stat().st_size > _MOST_BYTES:
        raise AnswerError(f"{path.name}: is larger than {_MOST_BYTES:,} bytes; split it")
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise AnswerError(f"{path.name}:{line}: is not UTF-8; save it as UTF-8") from None
    if "\0" in text:
        raise AnswerError(f"{path.name}: holds a null byte, so it is no text")
    return text


def _separator(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")

    def known(mark: str) -> int:
        return sum(_meaning(cell.strip().strip('"')) is not None for cell in first.split(mark))

    return max(_SEPARATORS, key=known)


def _meaning(name: str) -> str | None:
    plain = unicodedata.normalize("NFKC", name).strip().casefold()
    return _MEANING.get(re.sub(r"[\s_-]+", " ", plain))


def _checked(cells: Sequence[str], file: str) -> list[str]:
    header = [cell.strip() for cell in cells]
    for name in header:
        if _meaning(name) is None and is_sensitive(name):
            raise AnswerError(
                f"SENSITIVE_INPUT: {file}: the column {name!r} is about a person and must not matter; take it out"
            )
    meanings = [_meaning(name) for name in header]
    if not {"skills", "text", "roles"} & set(meanings):
        raise AnswerError(f"{file}:1: has no column of skills, text or roles; it has: {', '.join(header[:20])}")
    for meaning in COLUMNS:
        if meaning != "learner" and meanings.count(meaning) > 1:
            raise AnswerError(f"{file}:1: has the column {meaning} twice")
    return header


def _row(line: int, header: Sequence[str], cells: Sequence[str]) -> LearnerRow:
    pairs = [(_meaning(name), cell.strip()) for name, cell in zip(header, cells, strict=True)]
    who = tuple(cell for meaning, cell in pairs if meaning == "learner")
    return LearnerRow(line, who, {meaning: cell for meaning, cell in pairs if meaning not in (None, "learner")})


class ProfileReader:
    """Makes the fields of a profile from a row; a skill is named by id, IRI or preferred label in any language."""

    def __init__(self, graph: Graph, scheme: str) -> None:
        self._graph = graph
        self._scheme = scheme
        self._labels: dict[str, set[str]] = {}
        for skill in graph.of_kind(ConceptKind.SKILL):
            for label in skill.labels:
                if label.type is LabelType.PREFERRED:
                    self._labels.setdefault(label.value.casefold(), set()).add(skill.id)

    def fields(self, row: LearnerRow) -> dict[str, Any]:
        """The profile, as the API's input has it. Raises ValueError, which says what is wrong with the row."""
        cells = row.cells
        complete = cells.get("complete", "").casefold()
        if complete not in _YES | _NO:
            raise ValueError(f"complete: {complete!r} is neither yes nor no")
        return {
            "skills": [self._skill(part) for part in _parts(cells.get("skills", ""))],
            "not_held": [self._id(part) for part in _parts(cells.get("not_held", ""))],
            "role_ids": list(_parts(cells.get("roles", ""))),
            "text": cells.get("text") or None,
            "lang": cells.get("lang") or None,
            "complete": complete in _YES,
        }

    def _skill(self, part: str) -> dict[str, Any]:
        found = None if self._known(part) else _LEVEL.fullmatch(part)
        if found is None:
            return {"skill_id": self._id(part), "level": None, "confidence": 1.0}
        level = found["level"]
        if level not in ("1", "2", "3", "4", "5"):
            raise ValueError(f"{part}: {level!r} is no level: 1 (aware) to 5 (expert)")
        return {"skill_id": self._id(found["name"]), "level": int(level), "confidence": 1.0}

    def _known(self, name: str) -> bool:
        return self._graph.find(name) is not None or name.casefold() in self._labels

    def _id(self, name: str) -> str:
        if self._graph.find(name) is not None:
            return name
        ids = self._labels.get(name.casefold(), set())
        own = {one for one in ids if self._graph.concepts[one].scheme == self._scheme}
        found = sorted(own or ids)
        if not found:
            raise ValueError(f"there is no skill {name!r} (by id, IRI or preferred label)")
        if len(found) > 1:
            raise ValueError(f"{name!r} is the preferred label of {', '.join(found)}: name one by its id")
        return found[0]


def _parts(cell: str) -> Iterator[str]:
    for part in _PARTS.split(cell):
        if part.strip():
            yield part.strip()
