"""The tables of an ESCO CSV package, found in the zips that were given."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ...errors import UnreadableError
from ...findings import Finding, fault
from ..files import Zip, csv_rows, unreadable

CLASSIFICATION = ("skills", "occupations", "skillGroups", "ISCOGroups", "skillsHierarchy")
RELATIONS = (
    "occupationSkillRelations",
    "skillSkillRelations",
    "broaderRelationsSkillPillar",
    "broaderRelationsOccPillar",
)

# Collections differ from version to version: each file of this name is one.
_MEMBER = re.compile(rf"({'|'.join(CLASSIFICATION)}|\w+Collection)_([a-z]{{2,3}})\.csv|({'|'.join(RELATIONS)})\.csv")
_COLLECTION = "Collection"
_VERSION = re.compile(r"v(\d+(?:\.\d+)+)")


class EscoPackage:
    """Which table is in which zip, their language and their version."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """Look into the zips. Raises UnreadableError with all that is wrong with the set."""
        self._tables: dict[str, tuple[Zip, str]] = {}
        self._headers: dict[str, list[str]] = {}
        self.lang = ""
        findings: list[Finding] = []
        versions: dict[str, str] = {}
        for path in sorted(set(paths), key=lambda item: (item.name, str(item))):
            try:
                archive = Zip(path)
            except UnreadableError as error:
                findings += error.findings
                continue
            findings += self._look(archive)
            version = _VERSION.search(path.name)
            if version:
                versions[version[1]] = path.name
        if len(versions) > 1:
            what = ", ".join(f"{version} ({name})" for version, name in sorted(versions.items()))
            findings.append(fault(paths[0].name, None, f"the zips are of different versions: {what}", rule="version"))
        self.version = next(iter(versions), None)
        self.has_classification = bool(self.collections) or any(name in self._tables for name in CLASSIFICATION)
        self.has_relations = any(name in self._tables for name in RELATIONS)
        if not findings:
            findings += self._lacking(paths)
        if findings:
            raise UnreadableError(findings)

    def _look(self, archive: Zip) -> Iterator[Finding]:
        """Note the zip's tables; what stands twice, or in two languages, is a fault."""
        found = False
        for name in archive.names:
            match = _MEMBER.fullmatch(name)
            if not match:
                continue
            found = True
            table = match[1] or match[3]
            if table in self._tables:
                other = self._tables[table][0].place(self._tables[table][1])
                text = f"is there twice: also as {other}; give the zips of one version and language"
                yield fault(archive.place(name), None, text, rule="twice")
                continue
            if match[2]:
                if self.lang and self.lang != match[2]:
                    text = f"is in the language {match[2]}, other tables in {self.lang}; give the zips of one language"
                    yield fault(archive.place(name), None, text, rule="language")
                self.lang = match[2]
            self._tables[table] = (archive, name)
        if not found:
            text = "holds no table of ESCO; give the classification and the relations zip in CSV form"
            yield fault(archive.path.name, None, text, rule="unreadable")

    def _lacking(self, paths: Sequence[Path]) -> Iterator[Finding]:
        for there, tables in ((self.has_classification, CLASSIFICATION), (self.has_relations, RELATIONS)):
            missing = [name for name in tables if name not in self._tables]
            if there and missing:
                where = ", ".join(sorted(path.name for path in paths))
                yield fault(where, None, f"lacks the table {', '.join(missing)}", rule="unreadable")
        if not paths:
            yield fault("esco", None, "no file was named", rule="unreadable")

    @property
    def collections(self) -> tuple[str, ...]:
        """The names of the collections, as their files have them, sorted: `greenSkills`."""
        return tuple(sorted(name.removesuffix(_COLLECTION) for name in self._tables if name.endswith(_COLLECTION)))

    def members(self, collection: str) -> Iterator[tuple[int, str]]:
        """Lines and URIs of the concepts in a collection. Raises UnreadableError."""
        for line, (uri,) in self.rows(f"{collection}{_COLLECTION}", ("conceptUri",)):
            yield line, uri

    def collection_place(self, collection: str) -> str:
        """How findings name the table of a collection."""
        return self.place(f"{collection}{_COLLECTION}")

    def place(self, table: str) -> str:
        """How findings name a table."""
        archive, name = self._tables[table]
        return archive.place(name)

    def column(self, table: str, name: str) -> int | None:
        """The number of a column, once the table's rows have been begun."""
        header = self._headers.get(table, [])
        return header.index(name) + 1 if name in header else None

    def rows(
        self, table: str, required: Sequence[str], optional: Sequence[str] = (), *, ragged: bool = False
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Lines and cells of a table, see `csv_rows`; at least one row. Raises UnreadableError."""
        archive, name = self._tables[table]
        count = 0
        text = archive.text(name)
        found = csv_rows(
            text,
            archive.place(name),
            required,
            optional,
            ragged=ragged,
            on_header=lambda header: self._headers.__setitem__(table, header),
        )
        for count, row in enumerate(found, start=1):  # noqa: B007
            yield row
        if not text.endswith("\n"):
            # A cut inside the last cell gives a row like any other; all published tables end their last line.
            line = text.count("\n") + 1
            raise unreadable(archive.place(name), line, "the last line does not end, so it may be cut; fetch it again")
        if not count:
            raise unreadable(archive.place(name), 1, "has a header and no rows")
