"""An ESCO package of a few rows, with one of everything; tests change its tables and write it as zips."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

BASE = "http://data.europa.eu/esco/"
Rows = list[list[str]]
Tables = dict[str, Rows]
CLASSIFICATION = ("skills", "occupations", "skillGroups", "ISCOGroups", "skillsHierarchy")


def uri(local: str) -> str:
    return BASE + local


def tables() -> Tables:
    """A package with one of everything: two pillars, groups, three skills, two occupations."""
    return {
        "skills": [
            ["conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels", "hiddenLabels", "description"],
            [
                uri("skill/a"),
                "skill/competence",
                "transversal",
                "add, subtract",
                "sum up\nadd, subtract\ntot up ",
                "",
                "x",
            ],
            [uri("skill/b"), "knowledge", "", " numbers\u00a0", "", "numbrs", "What numbers are.\nAnd are not."],
            [uri("skill/c"), "", "cross-sector", "count", "", "", ""],
        ],
        "occupations": [
            [
                "conceptUri",
                "iscoGroup",
                "code",
                "preferredLabel",
                "altLabels",
                "regulatedProfessionNote",
                "description",
            ],
            [uri("occupation/o1"), "0110", "0110.1", "officer", "", uri("regulated-professions/unregulated"), "y"],
            [uri("occupation/o2"), "0110", "0110.1.1", "major", "Maj.", "", ""],
        ],
        "skillGroups": [
            ["conceptUri", "code", "preferredLabel"],
            [uri("skill/S"), "S", "skills"],
            [uri("skill/S1"), "S1", "counting"],
            [uri("skill/S2"), "S2", "sums"],
            [uri("isced-f/00"), "", "generic programmes"],
        ],
        "ISCOGroups": [
            ["conceptUri", "code", "preferredLabel"],
            [uri("isco/C0"), "0", "armed forces"],
            [uri("isco/C0110"), "0110", "officers"],
        ],
        "skillsHierarchy": [
            ["Level 0 URI", "Level 1 URI", "Level 0 code"],
            [uri("skill/S")],
            [uri("skill/S"), uri("skill/S1"), "S"],
        ],
        "occupationSkillRelations": [
            ["occupationUri", "relationType", "skillUri"],
            [uri("occupation/o1"), "essential", uri("skill/a")],
            [uri("occupation/o1"), "optional", uri("skill/b")],
            [uri("occupation/o2"), "essential", uri("skill/gone")],
        ],
        "skillSkillRelations": [
            ["originalSkillUri", "relationType", "relatedSkillUri"],
            [uri("skill/a"), "essential", uri("skill/b")],
            [uri("skill/c"), "optional", uri("skill/a")],
        ],
        "broaderRelationsSkillPillar": [
            ["conceptUri", "broaderUri"],
            [uri("skill/S1"), uri("skill/S")],
            [uri("skill/S2"), uri("skill/S")],
            [uri("skill/a"), uri("skill/S2")],
            [uri("skill/a"), uri("skill/S1")],
            [uri("skill/a"), uri("isced-f/00")],
            [uri("skill/b"), uri("isced-f/00")],
            [uri("skill/c"), uri("skill/b")],
            [uri("skill/c"), uri("skill/a")],
        ],
        "broaderRelationsOccPillar": [
            ["conceptUri", "broaderUri"],
            [uri("isco/C0110"), uri("isco/C0")],
            [uri("occupation/o1"), uri("isco/C0110")],
            [uri("occupation/o2"), uri("occupation/o1")],
        ],
    }


def csv_bytes(rows: Sequence[Sequence[str]], separator: str = ",") -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode()


def write(folder: Path, content: Mapping[str, Sequence[Sequence[str]] | bytes], version: str = "1.1.1") -> list[Path]:
    """The two zips of a package."""
    folder.mkdir(exist_ok=True)
    paths = []
    for part in ("classification - en", "relations"):
        path = folder / f"ESCO dataset - v{version} - {part} - csv.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, rows in content.items():
                if (name in CLASSIFICATION) == part.startswith("class"):
                    data = rows if isinstance(rows, bytes) else csv_bytes(rows)
                    archive.writestr(f"inner/{name}{'_en' if name in CLASSIFICATION else ''}.csv", data)
        paths.append(path)
    return paths
