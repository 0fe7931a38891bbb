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

_MEMBER = re.compile(rf"({'|'.join(CLASSIFICATION)})_([a-z]{{2,3}})\.csv|({'|'.join(RELATIONS)})\.csv")
_VERSION = re.compile(r"v(\d+(?:\.\d+)+)")


class EscoPackage:
    """Which table is in which zip, their language and their version."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """Look into the zips. Raises UnreadableError with all that is wrong with the set."""
        self._tables: dict[str, tuple[Zip, str]] = {}
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
        self.has_classification = any(name in self._tables for name in CLASSIFICATION)
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

    def place(self, table: str) -> str:
        """How findings name a table."""
        archive, name = self._tables[table]
        return archive.place(name)

    def rows(
        self, table: str, required: Sequence[str], optional: Sequence[str] = (), *, ragged: bool = False
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Lines and cells of a table, see `csv_rows`; at least one row. Raises UnreadableError."""
        archive, name = self._tables[table]
        count = 0
        for count, row in enumerate(  # noqa: B007
            csv_rows(archive.text(name), archive.place(name), required, optional, ragged=ragged), start=1
        ):
            yield row
        if not count:
            raise unreadable(archive.place(name), 1, "has a header and no rows")
