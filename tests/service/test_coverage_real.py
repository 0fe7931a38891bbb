"""The shipped ontology against the real lists: the figures by readers of the test's own, and what they must reach."""

import csv
import gzip
import io
import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from service_process import ROOT, run_skillatlas

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

DOMAINS = ROOT / "ontologies" / "skillatlas" / "ontologies" / "domains"
ESCO = "ESCO dataset - v1.1.1 - {} - csv.zip"
SPLITS = ("train", "dev")


@pytest.fixture(scope="module")
def report(shared_data: Path, ready_store: str) -> dict[str, Any]:
    options = ["--onet", str(shared_data / "onet" / "onet_29_2_text.zip"), "--catalogue", "samples"]
    for part in ("classification - en", "relations"):
        options += ["--esco", str(shared_data / "esco" / ESCO.format(part))]
    for split in SPLITS:
        options += ["--adverts", str(shared_data / "job_ads" / f"skillspan_{split}.jsonl.gz")]
    for path in sorted((shared_data / "courses").glob("*.md")):
        options += ["--courses", str(path)]
    done = run_skillatlas("coverage", *options, "--json", "--store", ready_store, timeout=300)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    for name, part in found.items():
        for one in part["measures"] if isinstance(part, dict) else ():
            print(f"{name}: {one['name']}: {one['met']} of {one['total']} ({one['share']:.1%})")
    return found


@pytest.fixture(scope="module")
def shipped() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(DOMAINS.glob("*.ttl")))


@pytest.fixture(scope="module")
def skills(shipped: str) -> str:
    return "".join(re.findall(r"^atlas:[^ ]+ a sa:Skill ;.*? \.$", shipped, re.MULTILINE | re.DOTALL))


def rows(archive: Path, member: str) -> Iterator[dict[str, str]]:
    csv.field_size_limit(sys.maxsize)
    with zipfile.ZipFile(archive) as opened:
        name = next(name for name in opened.namelist() if name.rsplit("/", 1)[-1] == member)
        with opened.open(name) as stream:
            yield from csv.DictReader(io.TextIOWrapper(stream, "utf-8", newline=""))


def plain(text: str) -> str:
    return " ".join(re.sub(r"[-()]", " ", text.casefold()).split())


def counts(part: dict[str, Any]) -> list[tuple[int, int]]:
    return [(one["met"], one["total"]) for one in part["measures"]]


def test_technologies(report: dict[str, Any], shipped: str, skills: str, shared_data: Path) -> None:
    with zipfile.ZipFile(shared_data / "onet" / "onet_29_2_text.zip") as opened:
        name = next(name for name in opened.namelist() if name.endswith("Technology Skills.txt"))
        lines = [line.split("\t") for line in opened.read(name).decode("ascii").replace("\r", "").splitlines()[1:]]
    hot = {line[1] for line in lines if line[4] == "Y"}
    demanded = {line[1] for line in lines if line[5] == "Y"}
    listing = Counter(name for _, name in {(line[0], line[1]) for line in lines})
    listed = set(sorted(listing, key=lambda name: (-listing[name], name))[:500])
    missed = {one["name"] for one in report["technologies"]["missed"]}
    assert (len(hot), len(demanded)) == (170, 271)
    expected = [(len(names - missed), len(names)) for names in (hot, demanded, listed)]
    assert counts(report["technologies"]) == expected
    mapped = {unquote(name) for name in re.findall(r"skillatlas/onet/tech\.([^>]+)>", shipped)}
    labels = {plain(label) for label in re.findall(r'"([^"]+)"@', skills)}
    assert not missed & mapped
    assert not {name for name in missed if plain(name) in labels}
    met = (hot | demanded | listed) - missed - mapped
    # What is met without a mapping is called like a skill: by words that all stand in its name.
    words = {frozenset(label.split()) for label in labels}
    assert all(any(label <= set(plain(name).split()) for label in words) for name in met)
    assert [one["reached"] for one in report["technologies"]["measures"]] == [True, True, True]


def test_essential_skills(report: dict[str, Any], shipped: str, shared_data: Path) -> None:
    file = resources.files("skillatlas.ingest.coverage").joinpath("knowledge_work.csv")
    chosen = {
        (row["isco"], row["occupation"]): row["chosen"] == "yes"
        for row in csv.DictReader(io.StringIO(file.read_text(encoding="utf-8")))
    }
    classification, relations = (
        shared_data / "esco" / ESCO.format(part) for part in ("classification - en", "relations")
    )
    occupations: set[str] = set()
    exceptions = {key for key in chosen if key[1]}
    for row in rows(classification, "occupations_en.csv"):
        group, label = row["iscoGroup"], row["preferredLabel"].strip()
        exceptions.discard((group, label))
        if group[0] in "23":
            assert (group, "") in chosen, f"group {group} is neither chosen nor left out"
        if chosen.get((group, label), chosen.get((group, ""), False)):
            occupations.add(row["conceptUri"])
    assert not exceptions
    skills = {row["conceptUri"] for row in rows(classification, "skills_en.csv")}
    pairs = {
        (row["occupationUri"], row["skillUri"])
        for row in rows(relations, "occupationSkillRelations.csv")
        if row["relationType"] == "essential" and row["occupationUri"] in occupations and row["skillUri"] in skills
    }
    mapped = set(re.findall(r"<(http://data\.europa\.eu/esco/skill/[^>]+)>", shipped))
    needed = {skill for _, skill in pairs}
    assert counts(report["esco"]) == [
        (len(needed & mapped), len(needed)),
        (sum(skill in mapped for _, skill in pairs), len(pairs)),
    ]
    assert sum(len(group["occupations"]) for group in report["esco"]["selected"]) == len(occupations)
    frequency = [one["occupations"] for one in report["esco"]["missed"]]
    assert frequency == sorted(frequency, reverse=True)
    assert report["esco"]["measures"][0]["reached"]


def test_adverts(report: dict[str, Any], skills: str, shared_data: Path) -> None:
    spans = 0
    for split in SPLITS:
        with gzip.open(shared_data / "job_ads" / f"skillspan_{split}.jsonl.gz", "rt", encoding="utf-8") as stream:
            spans += sum(json.loads(line)["tags_knowledge"].count("B") for line in stream)
    part = report["adverts"]
    (met, total), (_, phrases) = counts(part)
    assert part["spans"] == spans == 2969 + 1093
    assert total == spans - part["general"]
    assert met == total - sum(one["spans"] for one in part["missed"])
    assert phrases > len(part["missed"])
    # A phrase that is a label in lower case is met as it stands, unless a form says what else must be near or not.
    labels = {label for label in re.findall(r'"([^"]{7,})"@en', skills) if label.islower() and label.isascii()}
    described = set(re.findall(r'sa:text "([^"]+)"', skills))
    assert not {one["text"] for one in part["missed"]} & (labels - described)
    assert part["measures"][0]["reached"]


def test_courses(report: dict[str, Any]) -> None:
    part = report["courses"]
    assert Counter(one["course"]["file"] for one in part["courses"]) == {
        "ossu_computer_science.md": 63,
        "ossu_data_science.md": 34,
    }
    assert counts(part)[:2] == [
        (sum(bool(one["skills"]) for one in part["courses"]), 97),
        (sum(one["chain"] is not None for one in part["courses"]), 97),
    ]
    assert [one["reached"] for one in part["measures"][:2]] == [True, True]


def test_roles(report: dict[str, Any], shipped: str) -> None:
    part = report["roles"]
    assert len(part["roles"]) == len(re.findall(r"^atlas:role\.[^ ]+ a sa:Role ;", shipped, re.MULTILINE))
    essential = len(re.findall(r"sa:necessity sa:Essential", shipped))
    assert counts(part)[0][1] == sum(one["essential"] for one in part["roles"]) == essential
