"""Skills read in outlines: decided by the provider once, and kept when the catalogue comes again."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from skillatlas.ingest import (
    UnpublishedDecisionsError,
    confirm,
    keep_decisions,
    outline_of,
    read_courses,
    run_import,
    unconfirmed,
)
from skillatlas.taxonomy import (
    Concept,
    ConceptKind,
    Course,
    Edit,
    Entity,
    Label,
    LabelType,
    Scheme,
    Store,
    TaughtSkill,
    load_graph,
    publish,
    record,
)

READ = [("atlas:a", None, 0.8), ("atlas:b", 2, 0.7), ("atlas:c", None, 0.6)]
HEAD = ["course", "title", "skill", "label", "level", "confidence", "evidence", "decision"]


def extract(_text: str, _lang: str | None) -> Iterable[tuple[str, int | None, float]]:
    return READ


@pytest.fixture
def catalogue(sqlite_store: Store, tmp_path: Path) -> Path:
    concepts = [
        Concept(
            id=f"atlas:{name}",
            uri=f"https://w3id.org/skillatlas/id/{name}",
            scheme="atlas",
            kind=ConceptKind.SKILL,
            labels=(Label(LabelType.PREFERRED, "en", name),),
        )
        for name in "abcd"
    ]
    with sqlite_store.writer() as writer:
        entities: list[Entity] = [Scheme("atlas", "https://w3id.org/skillatlas/id/", "skillatlas"), *concepts]
        for entity in entities:
            row = record(entity, "atlas")
            writer.edit([Edit(row.entity_type, row.entity_id, row.scheme, row.body)])
    publish(sqlite_store, note="skills")
    path = tmp_path / "courses.jsonl"
    write(path, 10)
    bring(sqlite_store, path)
    publish(sqlite_store, note="courses")
    return path


def write(path: Path, hours: float, **more: object) -> None:
    path.write_text(json.dumps({"id": "1", "title": "One", "description": "a, b, c", "hours": hours, **more}), "utf-8")


def bring(store: Store, path: Path) -> None:
    run_import(store, keep_decisions(store, read_courses(path, "college", store, extract=extract)))


def decide(path: Path, *rows: tuple[str, str, str], course: str = "college:1", separator: str = ",") -> Path:
    file = path.with_name("decided.csv")
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=separator)
        writer.writerow(HEAD)
        writer.writerows([course, "One", skill, "", level, "0.8", "", word] for skill, level, word in rows)
    return file


def taught(store: Store) -> tuple[TaughtSkill, ...]:
    return load_graph(store).courses["college:1"].teaches


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_decisions_are_kept_when_the_catalogue_comes_again(
    sqlite_store: Store, catalogue: Path, separator: str
) -> None:
    file = decide(
        catalogue, ("atlas:a", "3", "accept"), ("atlas:b", "", "拒绝"), ("atlas:c", "", ""), separator=separator
    )
    done = confirm(sqlite_store, file)
    assert (done.courses, done.accepted, done.rejected, done.findings) == (1, 1, 1, ())
    publish(sqlite_store, note="decided")
    kept = (TaughtSkill("atlas:a", 3, 1.0), TaughtSkill("atlas:c", None, 0.6))
    assert taught(sqlite_store) == kept
    write(catalogue, 12)
    bring(sqlite_store, catalogue)
    publish(sqlite_store, note="again")
    assert taught(sqlite_store) == kept
    confirm(sqlite_store, decide(catalogue, ("atlas:c", "", "accept")))
    publish(sqlite_store, note="decided again")
    bring(sqlite_store, catalogue)
    assert not list(sqlite_store.edits()), "nothing changed"
    assert [one.confidence for one in taught(sqlite_store)] == [1.0, 1.0]


def test_what_a_provider_states_later_wins(sqlite_store: Store, catalogue: Path) -> None:
    confirm(sqlite_store, decide(catalogue, ("atlas:a", "3", "accept"), ("atlas:b", "", "reject")))
    publish(sqlite_store, note="decided")
    write(catalogue, 10, teaches=[{"skill": "atlas:b", "level": 1}])
    bring(sqlite_store, catalogue)
    publish(sqlite_store, note="stated")
    assert taught(sqlite_store) == (TaughtSkill("atlas:b", 1, 1.0),)


def test_an_import_does_not_write_over_decisions_that_wait(sqlite_store: Store, catalogue: Path) -> None:
    confirm(sqlite_store, decide(catalogue, ("atlas:a", "", "accept")))
    with pytest.raises(UnpublishedDecisionsError, match="publish"):
        bring(sqlite_store, catalogue)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("atlas:a", "", "perhaps")], "'perhaps' is neither"),
        ([("atlas:a", "7", "accept")], "'7' is none of 1 to 5"),
        ([("atlas:d", "", "accept")], "atlas:d was not read"),
        ([("atlas:a", "", "accept"), ("atlas:a", "", "reject")], "decided twice"),
    ],
)
def test_faults_are_named_with_their_line_and_nothing_is_written(
    sqlite_store: Store, catalogue: Path, rows: list[tuple[str, str, str]], said: str
) -> None:
    done = confirm(sqlite_store, decide(catalogue, ("atlas:c", "", "accept"), *rows))
    assert [said in finding.text for finding in done.findings] == [True]
    assert done.findings[0].line == 2 + len(rows)
    assert not list(sqlite_store.edits())


def test_an_unknown_course_is_a_fault_and_a_dry_run_writes_nothing(sqlite_store: Store, catalogue: Path) -> None:
    done = confirm(sqlite_store, decide(catalogue, ("atlas:a", "", "accept"), course="college:9"))
    assert "no course 'college:9'" in done.findings[0].text
    assert confirm(sqlite_store, decide(catalogue, ("atlas:a", "", "accept")), dry_run=True).accepted == 1
    assert not list(sqlite_store.edits())


def test_what_waits_and_what_was_read() -> None:
    read = Course(
        "x:1", "x", "One", 1, description="Two", outcomes=("Three",), teaches=(TaughtSkill("a:b", None, 0.9),)
    )
    stated = Course("x:2", "x", "One", 1, teaches=(TaughtSkill("a:b"),))
    assert unconfirmed([read, stated]) == [read]
    assert outline_of(read) == "One\nTwo\nThree"
