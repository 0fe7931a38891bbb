"""docs/side-by-side.md: its commands run, and its numbers are those of the store and of the files, counted here."""

import csv
import io
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import pytest

from service_process import SAMPLES, clean_environment, run_skillatlas, start_server, stop_server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "side-by-side.md"
CODE = "O*NET-SOC Code"
STATISTICIAN = "esco:occupation/ac8b3cd1-a127-4e6a-8208-5cfcf7111955"

Row = dict[str, str]


class Files:
    """The source files, read without any of the importers' code."""

    def __init__(self, data: Path) -> None:
        self._data = data
        csv.field_size_limit(2**31 - 1)

    def esco(self, name: str) -> list[Row]:
        for path in sorted((self._data / "esco").glob("*v1.1.1*.zip")):
            with zipfile.ZipFile(path) as archive:
                for member in archive.namelist():
                    if member.rsplit("/", 1)[-1] == name:
                        return self._rows(archive.read(member))
        raise AssertionError(name)

    def onet(self, name: str) -> list[Row]:
        text = name.endswith(".txt")
        with zipfile.ZipFile(self._data / "onet" / f"onet_29_{'2_text' if text else 'skills_csv'}.zip") as archive:
            return self._rows(archive.read(name), tabs=text)

    def crosswalk(self) -> list[Row]:
        return self._rows((self._data / "crosswalk" / "esco_onet_crosswalk_MCC.csv").read_bytes())

    @staticmethod
    def _rows(data: bytes, *, tabs: bool = False) -> list[Row]:
        lines = io.StringIO(data.decode("utf-8"), newline="")
        if tabs:
            return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
        return list(csv.DictReader(lines))


class Told(NamedTuple):
    """A row of a table on the page."""

    rows: int
    become: str
    stored: int
    left_out: int


class Side(NamedTuple):
    """What the commands printed, and the store that they left, by its dump."""

    url: str
    printed: list[str]
    schemes: dict[str, dict[str, Any]]
    concepts: Counter[tuple[str, str, str]]
    edges: Counter[tuple[str, str]]


def squeezed(line: str) -> str:
    return " ".join(line.split())


def blocks(kind: str) -> list[str]:
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [block for found, block in fenced if found == kind]


def number(cell: str) -> int:
    return int(cell.replace(",", ""))


def table() -> dict[str, Told]:
    found: dict[str, Told] = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 6 and cells[1] != "rows":
            name = cells[0] if cells[0] not in found else f"{cells[0]} ({cells[2]})"
            found[name] = Told(number(cells[1]), cells[2], number(cells[3]), number(cells[4]))
    return found


@pytest.fixture(scope="module")
def files(shared_data: Path) -> Files:
    return Files(shared_data)


@pytest.fixture(scope="module")
def side(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Side:
    folder = tmp_path_factory.mktemp("side")
    for kind in ("esco", "onet", "crosswalk"):
        for path in (shared_data / kind).iterdir():
            (folder / path.name).symlink_to(path)
    (folder / "courses.jsonl").symlink_to(SAMPLES / "courses.jsonl")
    search = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    done = subprocess.run(
        ["bash", "-e", "-c", blocks("sh")[0]],
        cwd=folder, env=clean_environment({"PATH": search, "COLUMNS": "200"}), check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", timeout=800,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
    schemes, concepts, edges = {}, Counter[tuple[str, str, str]](), Counter[tuple[str, str]]()
    with (folder / "side.jsonl").open("rb") as lines:
        for line in lines:
            row = orjson.loads(line)
            entity = row["entity"]
            if row["entityType"] == "SCHEME":
                schemes[entity["key"]] = entity
            elif row["entityType"] == "CONCEPT":
                concepts[row["scheme"], entity["kind"], entity["status"]] += 1
            elif row["entityType"] == "EDGE":
                edges[row["scheme"], entity["type"]] += 1
    printed = [squeezed(line) for line in done.stdout.splitlines()]
    return Side(f"sqlite:///{folder / 'side.db'}", printed, schemes, concepts, edges)


def test_the_commands_print_what_the_page_shows(side: Side) -> None:
    plain = [block for block in blocks("") if " changes are " in block or "licence of" in block]
    assert len(plain) == 2
    for block in plain:
        left = iter(side.printed)
        for shown in filter(None, map(squeezed, block.splitlines())):
            begin, cut, _ = shown.partition(" …")
            assert any(line.startswith(begin) if cut else line == shown for line in left), shown


def test_rows_of_the_files(files: Files) -> None:
    told = table()
    for name in re.findall(r"`(\w+\.csv)`", " ".join(told)):
        if f"`{name}`" in told:
            assert told[f"`{name}`"].rows == len(files.esco(name)), name
    technologies = files.onet("Technology Skills.txt")
    occupations = {row[CODE] for row in files.onet("Occupation Data.txt")}
    ratings = [row for name in ("skills.csv", "knowledge.csv") for row in files.onet(name)]
    importance = [row for row in ratings if row["Scale ID"] == "IM"]
    elements = {row["Element ID"] for row in ratings}
    minor = {code[:4] for code in occupations}
    counted = {
        "`Occupation Data.txt`": len(occupations),
        "elements in `skills.csv`, `knowledge.csv`": len(elements),
        "names in `Technology Skills.txt`": len({row["Example"] for row in technologies}),
        "commodities in `Technology Skills.txt`": len({row["Commodity Code"] for row in technologies}),
        "pairs of occupation and element": len(importance),
        "`Technology Skills.txt`": len({(row[CODE], row["Example"]) for row in technologies}),
        "technologies to their commodities": len({(row["Example"], row["Commodity Code"]) for row in technologies}),
        "minor groups to their major ones": len(minor),
        "major and minor SOC groups of their codes": len(minor) + len({code[:2] for code in occupations}),
    }
    assert {name: told[name].rows for name in counted} == counted
    assert told["`Technology Skills.txt`"].rows == len(technologies)
    low = sum(float(row["Data Value"]) < 2 for row in importance)
    assert told["pairs of occupation and element"].left_out == low


def test_what_is_left_out_of_relations(files: Files) -> None:
    told = table()
    known = {row["conceptUri"] for name in ("skills", "occupations", "ISCOGroups", "skillGroups")
             for row in files.esco(f"{name}_en.csv")}  # fmt: skip
    ends: dict[str, Callable[[Row], tuple[str, str]]] = {
        "occupationSkillRelations.csv": lambda row: (row["occupationUri"], row["skillUri"]),
        "broaderRelationsSkillPillar.csv": lambda row: (row["conceptUri"], row["broaderUri"]),
        "broaderRelationsOccPillar.csv": lambda row: (row["conceptUri"], row["broaderUri"]),
    }
    for name, pair in ends.items():
        lost = sum(not known.issuperset(pair(row)) for row in files.esco(name))
        assert told[f"`{name}`"].left_out == lost, name
    selves = sum(row["originalSkillUri"] == row["relatedSkillUri"] for row in files.esco("skillSkillRelations.csv"))
    assert told["`skillSkillRelations.csv`"].left_out == selves
    codes = {row[CODE] for row in files.onet("Occupation Data.txt")}
    fates = Counter((row["concept_uri"] in known, row["onet_code"] in codes) for row in files.crosswalk())
    assert told["rows with both ends"].rows == fates[True, True]
    assert told["rows whose code O*NET 29.2 does not have"].rows == fates[True, False]
    assert told["rows whose ESCO occupation 1.1.1 does not have"].rows == fates[False, True] + fates[False, False]


def test_the_sums_are_those_of_the_store(side: Side) -> None:
    sums: defaultdict[tuple[str, str], int] = defaultdict(int)
    for name, row in table().items():
        assert row.stored + row.left_out == row.rows, name
        scheme = "esco" if name in ESCO_ROWS or name.startswith("rows ") else "onet"
        sums[scheme, row.become] += row.stored
    for (scheme, become), total in sums.items():
        kinds = become.split(", ")
        found = sum(side.concepts[scheme, kind, "ACTIVE"] + side.edges[scheme, kind] for kind in kinds)
        assert found == total, (scheme, become)
    told = {kind for (_, become) in sums for kind in become.split(", ")}
    assert {kind for key, kind, _ in side.concepts if key != "atlas"} <= told
    assert {kind for key, kind in side.edges if key != "atlas"} <= told
    gone = sum(count for (key, _, status), count in side.concepts.items() if (key, status) == ("esco", "DEPRECATED"))
    text = PAGE.read_text(encoding="utf-8")
    active = sum(count for (key, _, status), count in side.concepts.items() if (key, status) == ("esco", "ACTIVE"))
    assert (
        f"{active:,} active concepts and {gone} that 1.1.0 had and 1.1.1 has not, deprecated: {active + gone:,}" in text
    )


ESCO_ROWS = (
    "`skills_en.csv`", "`occupations_en.csv`", "`ISCOGroups_en.csv`", "`skillGroups_en.csv`",
    "`occupationSkillRelations.csv`", "`broaderRelationsSkillPillar.csv`", "`broaderRelationsOccPillar.csv`",
    "`skillSkillRelations.csv`",
)  # fmt: skip


def test_our_ontology_is_what_its_files_state(side: Side) -> None:
    from pyoxigraph import RdfFormat, parse

    stated: Counter[str] = Counter()
    ontologies = SAMPLES.parent
    for path in [ontologies / "areas.ttl", *sorted((ontologies / "domains").glob("*.ttl"))]:
        stated.update(re.split("[#/]", quad.predicate.value)[-1] for quad in parse(path=path, format=RdfFormat.TURTLE))
    assert stated["inScheme"] == sum(count for (key, _, _), count in side.concepts.items() if key == "atlas")
    mapped = sum(stated[name] for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"))
    for kind, count in {
        "BROADER": stated["broader"], "NEEDS": stated["needs"], "EASES": stated["eases"],
        "REQUIRES": stated["requires"], "MAPS_TO": mapped,
    }.items():  # fmt: skip
        assert side.edges["atlas", kind] == count, kind


def test_licences_and_answers_of_the_api(side: Side, tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    served = start_server(side.url, tmp_path)
    try:
        served.wait_ready()
        schemes = served.graphql("{ schemes { key version licence attribution sourceUrl conceptCount } }")
        for scheme in schemes["data"]["schemes"]:
            stored = side.schemes[scheme["key"]]
            assert all(scheme[name] == stored[name] for name in ("version", "licence", "attribution", "sourceUrl"))
            assert scheme["attribution"]
            assert scheme["licence"]
            if scheme["key"] != "atlas":
                cells = (f"`{scheme['key']}`", scheme["version"], scheme["licence"], f"{scheme['conceptCount']:,}")
                assert f"| {' | '.join(cells)} |" in text
                assert squeezed(f"attribution: {scheme['attribution']}") in side.printed
        body = re.search(r"-d '(\{.*\})'", text)
        assert body
        answer = served.graphql(orjson.loads(body[1])["query"])["data"]["concept"]["mappings"][0]
    finally:
        stop_server(served)
    shown = orjson.loads(blocks("json")[0])
    needs = answer["target"]["needs"]
    asked = [edge["node"]["skill"]["label"] for edge in needs["edges"] if (edge["node"]["data"] or {}).get("inDemand")]
    assert f"{len(asked)} are technologies that are in demand" in text
    assert ", ".join(asked) in text.replace("\n", " ")
    assert (answer["confidence"], answer["source"]) == (shown["confidence"], shown["source"])
    target = shown["target"]
    assert needs["totalCount"] == target["needs"]["totalCount"]
    assert all(answer["target"][name] == target[name] for name in ("id", "label", "jobZone"))


def test_what_is_searched_is_found(side: Side) -> None:
    found = run_skillatlas("search", "statistician", "--scheme", "esco", "--kind", "ROLE", "--first", "1",
                           "--store", side.url)  # fmt: skip
    assert STATISTICIAN in found.stdout
    task = run_skillatlas("search", "weld small pipes", "--scheme", "onet", "--first", "1", "--store", side.url)
    shown = next(block for block in blocks("") if "Plumbers" in block)
    assert squeezed(shown.partition("…")[0]) in squeezed(task.stdout)
