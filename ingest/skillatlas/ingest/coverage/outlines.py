"""Courses named in a curriculum that is written in Markdown, and the skills that their titles name."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from skillatlas.taxonomy import Graph

from ..importers.files import decode, read_bytes, unreadable
from .known import FormFinder

_LINK = re.compile(r"\[([^\][]+)\]\(([^()\s]+)\)")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_ASIDE = re.compile(r"\bor\b|[()*,\s]|&nbsp;")
_TABLE = "courses"


@dataclass(frozen=True, slots=True)
class OutlinedCourse:
    """A course by its title and address, under the heading `section`, on `line` of `file`."""

    title: str
    url: str
    section: str
    file: str
    line: int


def outlined_courses(paths: Iterable[Path]) -> tuple[OutlinedCourse, ...]:
    """The courses of curricula in Markdown, in their order; of a line with several links the first is the course.

    A course is a row of a table whose first column is headed "Courses", or a line of links and nothing else; lists of
    links, as in a table of contents, are none. Raises UnreadableError for a file that cannot be read or has none.
    """
    return tuple(course for path in paths for course in _courses(path))


def _courses(path: Path) -> tuple[OutlinedCourse, ...]:
    found: list[OutlinedCourse] = []
    section, in_table = "", False
    for number, line in enumerate(decode(read_bytes(path), str(path)).splitlines(), start=1):
        text = line.strip()
        heading = _HEADING.match(text)
        if heading:
            section = heading[1]
        cells = text.split("|")
        is_row = len(cells) > 1
        in_table = is_row and (in_table or cells[0].strip().casefold() == _TABLE)
        link = _LINK.match(text)
        if link and (in_table if is_row else not _ASIDE.sub("", _LINK.sub("", text))):
            found.append(OutlinedCourse(link[1].strip(), link[2], section, path.name, number))
    if not found:
        raise unreadable(str(path), None, 'names no course: no table headed "Courses", no line of links alone')
    return tuple(found)


def subject_finder(graph: Graph, scheme: str) -> Callable[[str], tuple[str, ...]]:
    """A function from a course's title to the ids of the skills that it names, in their order."""
    return FormFinder(graph, scheme).find
