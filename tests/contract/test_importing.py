"""Importers on every store: an upgrade, twice and in another order, and what has faults, give the same everywhere."""

import random
from pathlib import Path

import pytest

from esco_package import tables, uri, write
from skillatlas.ingest import IngestError, read_courses, read_esco, run_import
from skillatlas.taxonomy import EntityType, Store, draft_records, load_graph, open_store, publish

CATALOGUE = "Code,Name,Weeks,Fee,Skills\n1,Sums,4 weeks,€ 10,numbers\n2,More sums,PT9H,free,\n"
MAPPING = """
[columns]
id = "Code"
title = "Name"
weeks = "Weeks"
price = "Fee"
teaches = "Skills"
[constants]
hours_per_week = 5
currency = "EUR"
"""


def upgraded(store: Store, folder: Path) -> list[bytes]:
    """An older ESCO, then one whose group has a new address; the lines of the draft."""
    run_import(store, read_esco(write(folder / "one", tables(), "1.1.0")))
    publish(store)
    moved = {uri("skill/S1"): uri("skill/9-S1")}
    content = {name: [[moved.get(cell, cell) for cell in row] for row in rows] for name, rows in tables().items()}
    paths = write(folder / "two", content)
    report = run_import(store, read_esco(paths), allow_removal=True)
    counts = report.counts[EntityType.CONCEPT]
    assert (counts.created, counts.updated, counts.deprecated) == (1, 0, 1)
    assert run_import(store, read_esco(paths)).changed == 0
    shuffle = random.Random(7)
    for rows in content.values():
        body = rows[1:]
        shuffle.shuffle(body)
        rows[1:] = body
    assert run_import(store, read_esco(write(folder / "three", content))).changed == 0
    publish(store)
    return [row.line() for row in draft_records(store)]


def test_an_upgrade_of_esco(store: Store, tmp_path: Path) -> None:
    found = upgraded(store, tmp_path)
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    assert upgraded(other, tmp_path) == found
    other.close()
    scheme = load_graph(store).schemes["esco"]
    assert (scheme.version, scheme.licence) == ("1.1.1", "Commission Decision 2011/833/EU (reuse with acknowledgement)")
    assert scheme.attribution is not None
    assert scheme.attribution.startswith("This service uses the ESCO classification of the European Commission")


def test_a_mapped_catalogue(store: Store, tmp_path: Path) -> None:
    run_import(store, read_esco(write(tmp_path, tables())))
    (tmp_path / "m.toml").write_text(MAPPING)
    (tmp_path / "c.csv").write_text(CATALOGUE, encoding="utf-8")
    before = [row.line() for row in draft_records(store)]
    harvest = read_courses(tmp_path / "c.csv", "shop", store, mapping=tmp_path / "m.toml")
    with pytest.raises(IngestError, match=r"c\.csv:3:3: .*a number of weeks"):
        run_import(store, harvest)
    assert [row.line() for row in draft_records(store)] == before
    (tmp_path / "c.csv").write_text(CATALOGUE.replace("PT9H", "P2W"), encoding="utf-8")
    run_import(store, read_courses(tmp_path / "c.csv", "shop", store, mapping=tmp_path / "m.toml"))
    publish(store)
    courses = load_graph(store).courses
    assert {name: course.hours for name, course in courses.items()} == {"shop:1": 20.0, "shop:2": 10.0}
    assert run_import(store, read_courses(tmp_path / "c.csv", "shop", store, mapping=tmp_path / "m.toml")).changed == 0
