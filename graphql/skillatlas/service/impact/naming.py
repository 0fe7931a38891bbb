"""Which strings of a record are ids: those of a known scheme, and all that stand where ids stand."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from skillatlas.taxonomy import Graph

from .records import Record

_ID_FIELDS = frozenset(
    {
        "skill",
        "skillId",
        "skillIds",
        "skill_id",
        "skills",
        "role",
        "roleId",
        "roleIds",
        "role_id",
        "roles",
        "held",
        "notHeld",
        "not_held",
        "concept",
        "conceptId",
        "concept_id",
        "course",
        "courseId",
        "courseIds",
        "course_id",
        "courses",
        "excludeCourseIds",
        "ids",
        "teaches",
        "assumes",
        "lacking",
        "plan_courses",
        "plan_uncovered",
    }
)
"""Fields whose strings are ids, whatever they look like."""

_NODE_FIELDS = frozenset(
    {
        "skill",
        "role",
        "target",
        "course",
        "by",
        "transferableFrom",
        "anyOf",
        "alternatives",
        "neededFor",
        "missing",
        "counterfactual",
        "unlocks",
        "shared",
        "differing",
        "taught",
        "concept",
    }
)
"""Fields whose objects carry an id of the taxonomy as `id`; elsewhere `id` may be anybody's."""

_TEXT_FIELDS = frozenset(
    {
        "text",
        "label",
        "title",
        "name",
        "value",
        "url",
        "definition",
        "description",
        "detail",
        "meaning",
        "reason",
        "why",
        "note",
        "explanation",
        "warnings",
        "parameters",
        "endCursor",
        "cursor",
    }
)
"""Fields that are read by people: an id in them is a word of a sentence."""

_COMPACT = re.compile(r"([a-z][a-z0-9-]{1,23}):\S+")
_CELL = re.compile(r"[;|]")
_LEVEL = re.compile(r"\s*=\s*\d+\s*$")


@dataclass(frozen=True, slots=True)
class NamedId:
    """An id as it was written, and where in its record: `steps[0].course.id`, a column, or nothing for a whole line."""

    at: str
    id: str


class Names:
    """Knows an id when it sees one; `graph` is of a late release, since schemes and concepts never go."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._keys = graph.schemes.keys() | graph.scheme_states.keys()
        self._namespaces = tuple(scheme.namespace for scheme in graph.schemes.values())
        self._columns: set[tuple[str, str]] = set()

    def learn(self, records: Iterable[Record]) -> None:
        """Find the columns of tables that hold ids, whatever their names: those in which most parts are ids."""
        seen: Counter[tuple[str, str]] = Counter()
        known: Counter[tuple[str, str]] = Counter()
        for record in records:
            if record.cells:
                for column, cell in record.body.items():
                    parts = [part for part in _parts(cell) if part]
                    seen[record.file, column] += len(parts)
                    known[record.file, column] += sum(map(self.is_id, parts))
        self._columns |= {column for column, count in known.items() if 2 * count >= seen[column] > 0}

    def is_id(self, text: str) -> bool:
        """Whether a string is an id of a scheme or catalogue that there is, known or not."""
        compact = _COMPACT.fullmatch(text)
        if compact is not None and compact[1] in self._keys:
            return True
        if self._graph.find(text) is not None:
            return True
        return text.startswith(self._namespaces) and text not in self._namespaces

    def ids(self, record: Record) -> Iterator[NamedId]:
        """The ids of a record, each as often as it stands there."""
        if isinstance(record.body, str):
            yield NamedId("", record.body.strip())
            return
        yield from self._walk(record.body, "", "", record)

    def _walk(self, value: Any, at: str, field: str, record: Record) -> Iterator[NamedId]:
        if isinstance(value, str):
            yield from self._text(value, at, field, record)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield from self._walk(item, f"{at}[{index}]", field, record)
        elif isinstance(value, dict):
            for key, inner in value.items():
                if key in _TEXT_FIELDS and not record.cells:
                    continue
                below = f"{at}.{key}" if at else key
                if key == "id" and isinstance(inner, str):
                    if field in _NODE_FIELDS or self.is_id(inner):
                        yield NamedId(below, inner)
                    continue
                yield from self._walk(inner, below, key, record)

    def _text(self, text: str, at: str, field: str, record: Record) -> Iterator[NamedId]:
        sure = field in _ID_FIELDS or (record.file, field) in self._columns
        for part in _parts(text) if record.cells else [text.strip()]:
            first = part.partition(" ")[0]  # a word may follow, as in `atlas:sql NO_COURSE`
            if self.is_id(first):
                yield NamedId(at, first)
            elif part and sure:
                yield NamedId(at, part)


def _parts(cell: str) -> list[str]:
    """What a cell holds, without levels."""
    return [_LEVEL.sub("", part).strip() for part in _CELL.split(cell)]
