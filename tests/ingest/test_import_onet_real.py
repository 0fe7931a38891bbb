"""The real O*NET 29.2: every count against the files by a reader of the test's own, and cells end to end."""

import csv
import io
import random
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import orjson
import pytest

from skillatlas.ingest import Harvest, ImportReport, read_onet, run_import
from skillatlas.taxonomy import SearchIndex, dump_lines, load_graph, open_store, publish

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

CODE = "O*NET-SOC Code"
TEXT, CSV = "onet_29_2_text.zip", "onet_29_skills_csv.zip"

Row = dict[str, str]


class Source:
    """The files, read without any of the importer's code."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.rows = cache(self._rows)

    def _rows(self, archive: str, name: str) -> list[Row]:
        with zipfile.ZipFile(self._folder / archive) as opened, opened.open(name) as stream:
            lines = io.TextIOWrapper(stream, "ascii", newline="")
            if name.endswith(".txt"):
                found = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            else:
                found = csv.DictReader(lines)
            return [{key: "" if cell == "n/a" else cell for key, cell in row.items()} for row in found]

    def text(self, name: str) -> list[Row]:
        return self.rows(TEXT, f"{name}.txt")

    def csv(self, name: str) -> list[Row]:
        return self.rows(CSV, f"{name}.csv")


class Imported(NamedTuple):
    """What the import did, and its dump: entities by id."""

    source: Source
    harvest: Harvest
    report: ImportReport
    again: ImportReport
    concepts: dict[str, dict[str, Any]]
    needs: dict[tuple[str, str], dict[str, Any]]
    broader: list[dict[str, Any]]
    scheme: dict[str, Any]
    search: SearchIndex


@pytest.fixture(scope="module")
def onet(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Imported]:
    folder = shared_data / "onet"
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('onet') / 's.db'}")
    harvest = read_onet([folder / TEXT, folder / CSV])
    report = run_import(store, harvest)
    assert publish(store).left_out == ()
    entities = [orjson.loads(line) for line in dump_lines(store, 1)]
    of_type: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in entities:
        of_type[row["entityType"]].append(row["entity"])
    edges = of_type["EDGE"]
    yield Imported(
        source=Source(folder),
        harvest=harvest,
        report=report,
        again=run_import(store, harvest, dry_run=True),
        concepts={concept["id"]: concept for concept in of_type["CONCEPT"]},
        needs={(edge["from"], edge["to"][0]): edge for edge in edges if edge["type"] == "NEEDS"},
        broader=[edge for edge in edges if edge["type"] == "BROADER"],
        scheme=of_type["SCHEME"][0],
        search=SearchIndex(load_graph(store)),
    )
    store.close()


def labels(concept: dict[str, Any], kind: str) -> set[str]:
    return {label["value"] for label in concept["labels"] if label["type"] == kind}


def technology(name: str) -> str:
    return f"onet:tech.{quote(name, safe='/')}"


def of_kind(onet: Imported, kind: str) -> set[str]:
    return {name for name, concept in onet.concepts.items() if concept["kind"] == kind}


def test_every_occupation_and_title_is_there(onet: Imported) -> None:
    rows = onet.source.text("Occupation Data")
    assert rows == onet.source.csv("occupation_data")
    assert len(rows) == 1016
    assert of_kind(onet, "ROLE") == {f"onet:{row[CODE]}" for row in rows}
    titles: defaultdict[str, set[str]] = defaultdict(set)
    for row in onet.source.text("Alternate Titles"):
        titles[row[CODE]] |= {row["Alternate Title"], row["Short Title"]} - {""}
    for row in onet.source.csv("sample_of_reported_titles"):
        titles[row[CODE]].add(row["Reported Job Title"])
    for row in rows:
        concept = onet.concepts[f"onet:{row[CODE]}"]
        assert labels(concept, "PREFERRED") == {row["Title"]}
        assert labels(concept, "ALTERNATIVE") == titles[row[CODE]] - {row["Title"]}
        assert concept["definitions"] == {"en": row["Description"]}


def test_job_zones_and_tasks_are_all_there(onet: Imported) -> None:
    zones = {f"onet:{row[CODE]}": int(row["Job Zone"]) for row in onet.source.csv("job_zones")}
    assert len(zones) == 923
    found = {name: onet.concepts[name]["data"].get("jobZone") for name in of_kind(onet, "ROLE")}
    assert {name: zone for name, zone in found.items() if zone is not None} == zones
    tasks = onet.source.text("Task Statements")
    assert len(tasks) == 18796
    stored = {
        (name, task["id"]): (task["text"], task["type"])
        for name in of_kind(onet, "ROLE")
        for task in onet.concepts[name]["data"].get("tasks", ())
    }
    assert stored == {(f"onet:{row[CODE]}", row["Task ID"]): (row["Task"], row["Task Type"] or None) for row in tasks}
    kinds = Counter(kind for _, kind in stored.values())
    assert kinds == {"Core": 13417, "Supplemental": 4222, None: 1157}


def level(value: float) -> int:
    for number, below in enumerate((1.5, 2.75, 4.0, 5.25), start=1):
        if value < below:
            return number
    return 5


def test_every_rating_is_there_as_the_contract_says(onet: Imported) -> None:
    wanted: dict[tuple[str, str], tuple[str, float, int | None, Any]] = {}
    names: dict[str, str] = {}
    total = 0
    for table, rows in (("skills", 61530), ("knowledge", 58014)):
        found = onet.source.csv(table)
        assert len(found) == rows
        scales: defaultdict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
        for row in found:
            scales[f"onet:{row[CODE]}", f"onet:{row['Element ID']}"][row["Scale ID"]] = row
            names[f"onet:{row['Element ID']}"] = row["Element Name"]
        total += len(scales)
        for pair, both in scales.items():
            importance = float(both["IM"]["Data Value"])
            if importance < 2:
                continue
            known = both["LV"]["Recommend Suppress"] != "Y" and both["LV"]["Not Relevant"] != "Y"
            wanted[pair] = (
                "ESSENTIAL" if importance >= 3 else "OPTIONAL",
                round((importance - 1) * 25, 6),
                level(float(both["LV"]["Data Value"])) if known else None,
                {"recommendSuppress": True} if both["IM"]["Recommend Suppress"] == "Y" else None,
            )
    rated = {pair: need for pair, need in onet.needs.items() if need["importance"] is not None}
    assert {
        pair: (need["necessity"], need["importance"], need["level"], need["data"]) for pair, need in rated.items()
    } == wanted
    assert (total, len(wanted)) == (59772, 39016)
    assert {name: labels(onet.concepts[name], "PREFERRED") for name in names} == {
        name: {text} for name, text in names.items()
    }


def test_every_technology_is_there_as_the_text_zip_has_it(onet: Imported) -> None:
    rows = onet.source.text("Technology Skills")
    assert len(rows) == 32627
    tools = {name for name in of_kind(onet, "SKILL") if onet.concepts[name]["skillType"] == "TOOL"}
    assert tools == {technology(row["Example"]) for row in rows}
    assert len(tools) == 8768
    assert {
        pair: (need["necessity"], need["level"], need["data"])
        for pair, need in onet.needs.items()
        if need["importance"] is None
    } == {
        (f"onet:{row[CODE]}", technology(row["Example"])): (
            "ESSENTIAL" if row["In Demand"] == "Y" else "OPTIONAL",
            None,
            {"hot": row["Hot Technology"] == "Y", "inDemand": row["In Demand"] == "Y"},
        )
        for row in rows
    }
    assert {technology(row["Example"]): row["Example"] for row in rows} == {
        name: next(iter(labels(onet.concepts[name], "PREFERRED"))) for name in tools
    }
    above = {(edge["from"], edge["to"][0]) for edge in onet.broader if edge["from"] in tools}
    assert above == {(technology(row["Example"]), f"onet:commodity.{row['Commodity Code']}") for row in rows}
    commodities = {f"onet:commodity.{row['Commodity Code']}": row["Commodity Title"] for row in rows}
    assert {name: labels(onet.concepts[name], "PREFERRED") for name in commodities} == {
        name: {title} for name, title in commodities.items()
    }


def test_the_tree_is_whole(onet: Imported) -> None:
    model = {f"onet:{row['Element ID']}": row for row in onet.source.csv("content_model_reference")}
    assert len(model) == 627
    kinds = Counter(concept["kind"] for concept in onet.concepts.values())
    assert kinds == {"ROLE": 1016, "ROLE_GROUP": 121, "AREA": 2, "SKILL_GROUP": 153, "SKILL": 8836}
    elements = [name for name in onet.concepts if name in model]
    assert len(elements) == 68 + 19 + 1
    for name in elements:
        assert labels(onet.concepts[name], "PREFERRED") == {model[name]["Element Name"]}
        text = model[name]["Description"]
        assert onet.concepts[name]["definitions"] == ({"en": text} if text != model[name]["Element Name"] else {})
    primary = Counter(edge["from"] for edge in onet.broader if edge["primary"])
    tops = {"onet:2", "onet:5.F"} | {name for name in onet.concepts if name.endswith("-0000")}
    assert primary == Counter(onet.concepts.keys() - tops)
    for edge in onet.broader:
        if onet.concepts[edge["from"]]["kind"] == "ROLE":
            assert edge["from"][:9] == edge["to"][0][:9]  # onet:15-1 of onet:15-1252.00


def test_the_two_zips_differ_as_the_warnings_say(onet: Imported) -> None:
    ours, theirs = (
        {(row[CODE], row["Example"]): [row[name] for name in sorted(row) if name != "Title"] for row in rows}
        for rows in (onet.source.text("Technology Skills"), onet.source.csv("technology_skills"))
    )
    counts = Counter(finding.rule for finding in onet.harvest.findings)
    assert counts == {
        "other-file-lacks": len(ours.keys() - theirs.keys()),
        "other-file-only": len(theirs.keys() - ours.keys()),
        "other-file-differs": sum(ours[key] != theirs[key] for key in ours.keys() & theirs.keys()),
        "table-not-read": 8,
        "label-is-preferred": 3,
        "repeated-row": 2,
        "version": 1,
    }
    assert (counts["other-file-lacks"], counts["other-file-only"], counts["other-file-differs"]) == (34, 88, 576)


def test_warnings_name_the_line_and_column_of_their_cell(onet: Imported, shared_data: Path) -> None:
    findings = [finding for finding in onet.harvest.warnings if finding.rule == "other-file-differs"]
    with zipfile.ZipFile(shared_data / "onet" / CSV) as archive:
        lines = archive.read("technology_skills.csv").decode().split("\n")
    for finding in random.Random(4).sample(findings, 50):
        assert finding.line is not None
        assert finding.column is not None
        cells = next(csv.reader([lines[finding.line - 1]]))
        assert cells[0] in finding.text
        assert repr(cells[finding.column - 1]) in finding.text


def test_importing_it_again_changes_nothing(onet: Imported) -> None:
    assert onet.again.changed == 0
    assert not onet.report.faults


def test_version_licence_and_attribution_stand_in_the_dump(onet: Imported) -> None:
    assert onet.scheme["version"] == "29.2"
    assert onet.scheme["licence"] == "CC BY 4.0"
    assert re.match(
        r"This product includes information from the O\*NET 29\.2 and 29 Databases", onet.scheme["attribution"]
    )


def test_occupations_are_found_by_any_phrase_of_their_tasks(onet: Imported) -> None:
    """The whole text of a task finds an occupation that has it, among the first even where several do."""
    rows = random.Random(6).sample(onet.source.text("Task Statements"), 60)
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for row in onet.source.text("Task Statements"):
        owners[row["Task"]].add(f"onet:{row[CODE]}")
    for row in rows:
        words = row["Task"].split()[:8]
        hits = onet.search.search(" ".join(words), scheme="onet").hits
        assert any(hit.text == row["Task"] or hit.concept.id in owners[row["Task"]] for hit in hits), row
