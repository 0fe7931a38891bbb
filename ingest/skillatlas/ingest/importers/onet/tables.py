"""The tables of O*NET that are read, found by file name in the zips and folders that were given."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from ...errors import UnreadableError
from ...findings import Finding, fault, warning
from ..files import Zip, unreadable
from .folder import Folder
from .rows import Cells, comma_rows, tab_rows

CODE = "O*NET-SOC Code"

OCCUPATIONS = "occupation_data"
TITLES = "alternate_titles"
REPORTED = "sample_of_reported_titles"
TASKS = "task_statements"
ZONES = "job_zones"
SKILLS = "skills"
KNOWLEDGE = "knowledge"
TECHNOLOGY = "technology_skills"
CONTENT_MODEL = "content_model_reference"
COMMODITIES = "unspsc_reference"

_RATINGS = (CODE, "Element ID", "Scale ID", "Element Name", "Data Value", "Recommend Suppress", "Not Relevant")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table that are read, all of them required; the first `key` of them tell its rows apart."""

    names: tuple[str, ...]
    key: int


TABLES: Mapping[str, Columns] = MappingProxyType(
    {
        OCCUPATIONS: Columns((CODE, "Title", "Description"), 1),
        TITLES: Columns((CODE, "Alternate Title", "Short Title"), 2),
        REPORTED: Columns((CODE, "Reported Job Title"), 2),
        TASKS: Columns((CODE, "Task ID", "Task", "Task Type"), 2),
        ZONES: Columns((CODE, "Job Zone"), 1),
        SKILLS: Columns(_RATINGS, 3),
        KNOWLEDGE: Columns(_RATINGS, 3),
        TECHNOLOGY: Columns((CODE, "Example", "Commodity Code", "Commodity Title", "Hot Technology", "In Demand"), 2),
        CONTENT_MODEL: Columns(("Element ID", "Element Name", "Description"), 1),
        COMMODITIES: Columns(("Commodity Code", "Class Code", "Class Title"), 1),
    }
)

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_RELEASE = re.compile(r"(?:db|onet)[-_ .]*([0-9]{2})(?:[_.]([0-9]{1,2}))?(?![0-9])", re.IGNORECASE)
_READERS = {".txt": tab_rows, ".csv": comma_rows}


class Source(Protocol):
    """Where files lie: a zip or a folder."""

    @property
    def path(self) -> Path:
        """Where it is."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """File names, sorted."""
        ...

    def place(self, name: str) -> str:
        """How findings name a file."""
        ...

    def text(self, name: str) -> str:
        """A file's text. Raises UnreadableError."""
        ...


@dataclass(frozen=True, slots=True)
class Table:
    """One table in one file."""

    name: str
    source: Source
    file: str

    @property
    def place(self) -> str:
        """How findings name it."""
        return self.source.place(self.file)

    @property
    def columns(self) -> Columns:
        """Which columns are read."""
        return TABLES[self.name]

    def rows(self) -> Iterator[Cells]:
        """Its rows, at least one. Raises UnreadableError for what is no whole table of its kind."""
        read = _READERS[_suffix(self.file)]
        empty = True
        for cells in read(self.source.text(self.file), self.place, self.columns.names):
            empty = False
            yield cells
        if empty:
            raise unreadable(self.place, 1, "has a header and no rows")


class OnetPackage:
    """Which table is read from which file, and of which release they are."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """Look into the zips and folders. Raises UnreadableError with all that is wrong with the set."""
        self._tables: dict[str, Table] = {}
        self.others: list[Table] = []
        """Tables that an earlier file has too."""
        self.releases: dict[str, str] = {}
        """Releases by the names of the files that tell them."""
        self.findings: list[Finding] = []
        faults: list[Finding] = []
        for path in dict.fromkeys(paths):
            try:
                source: Source = Folder(path) if path.is_dir() else Zip(path)
            except UnreadableError as error:
                faults += error.findings
                continue
            faults += self._look(source)
        if not faults:
            faults += self._lacking(paths)
        if faults:
            raise UnreadableError(faults)

    def _look(self, source: Source) -> Iterator[Finding]:
        found = False
        for file in source.names:
            if file.startswith(".") or _suffix(file) not in _READERS:  # a dot: what macOS adds to archives
                continue
            name = _NOT_IN_NAMES.sub("_", file[: -len(_suffix(file))].lower()).strip("_")
            if name not in TABLES:
                text = "is no table that is read; left out"
                self.findings.append(warning(source.place(file), None, text, rule="table-not-read"))
                continue
            found = True
            table = Table(name, source, file)
            earlier = self._tables.setdefault(name, table)
            if earlier is not table and earlier.source is source:
                text = f"is there twice: also as {earlier.place}"
                yield fault(table.place, None, text, rule="twice")
            elif earlier is not table:
                self.others.append(table)
        if not found:
            text = "holds no table of O*NET; give the official text zip, or the folder it was unpacked to"
            yield fault(source.path.name, None, text, rule="unreadable")
            return
        release = _RELEASE.search(source.path.name)
        if release:
            self.releases[source.path.name] = f"{release[1]}.{release[2]}" if release[2] else release[1]

    def _lacking(self, paths: Sequence[Path]) -> Iterator[Finding]:
        where = ", ".join(path.name for path in paths) or "onet"
        if not paths:
            yield fault(where, None, "no file was named", rule="unreadable")
        elif OCCUPATIONS not in self._tables:
            text = "lacks the table Occupation Data, which names the occupations; give its file too"
            yield fault(where, None, text, rule="unreadable")
        full = sorted(set(self.releases.values()))
        if len({release.partition(".")[0] for release in full}) > 1 or len([one for one in full if "." in one]) > 1:
            what = ", ".join(f"{release} ({name})" for name, release in sorted(self.releases.items()))
            yield fault(where, None, f"the files are of different releases: {what}", rule="version")

    @property
    def version(self) -> str | None:
        """The release, as exactly as a file name tells it."""
        return max(self.releases.values(), key=lambda release: (len(release), release), default=None)

    def table(self, name: str) -> Table | None:
        """The table that is read, None where no file has it."""
        return self._tables.get(name)

    @property
    def all_tables(self) -> tuple[Table, ...]:
        """Every table, those that are read before those that are only compared."""
        return (*self._tables.values(), *self.others)

    def tables(self, *names: str) -> Iterator[Table]:
        """Those of the tables that are there."""
        for name in names:
            found = self._tables.get(name)
            if found is not None:
                yield found


def _suffix(file: str) -> str:
    return Path(file).suffix.lower()
