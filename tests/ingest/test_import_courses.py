"""Course catalogues: both forms give the same courses, and every fault is named with its line."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillatlas.ingest import (
    Harvest,
    ImportFaultsError,
    IngestError,
    KeyInUseError,
    UnreadableError,
    read_courses,
    run_import,
)
from skillatlas.taxonomy import (
    Concept,
    ConceptKind,
    ConceptStatus,
    Course,
    CourseClause,
    EntityType,
    InvalidIdError,
    Label,
    LabelType,
    Money,
    PrerequisiteKind,
    Replacement,
    ReplacementKind,
    Scheme,
    SkillAtLevel,
    Store,
    TaughtSkill,
    draft_records,
    load_graph,
    open_store,
    publish,
)


def concept(name: str, label: str, scheme: str = "atlas", **more: Any) -> Concept:
    return Concept(
        id=f"{scheme}:{name}",
        uri=f"https://example.org/{scheme}/{name}",
        scheme=scheme,
        kind=more.pop("kind", ConceptKind.SKILL),
        labels=(Label(LabelType.PREFERRED, "en", label), Label(LabelType.ALTERNATIVE, "en", f"{label} skills")),
        **more,
    )


def fill(store: Store) -> None:
    """Two schemes with a few skills; some labels in both, one twice in one."""
    schemes: dict[str, Iterable[Concept]] = {
        "atlas": (
            concept("python", "Python"),
            concept("r", "R"),
            concept("sql", "SQL"),
            concept("signs", "a = b"),
            concept("group.code", "coding", kind=ConceptKind.SKILL_GROUP),
            concept(
                "old",
                "old skill",
                status=ConceptStatus.DEPRECATED,
                replacement=Replacement(ReplacementKind.REPLACED, ("atlas:python",)),
            ),
        ),
        "esco": (
            concept("p", "Python", "esco"),
            concept("d1", "double", "esco"),
            concept("d2", "double", "esco"),
            concept("only", "only here", "esco"),
        ),
    }
    for key, concepts in schemes.items():
        scheme = Scheme(key, f"https://example.org/{key}/", key)
        run_import(store, Harvest(key, tuple(concepts), scheme=scheme))


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """A store with a few skills."""
    fill(sqlite_store)
    return sqlite_store


def lines(path: Path, *rows: object) -> Path:
    text = "".join((row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")
    return path


MINIMAL = {"id": "c", "title": "C", "hours": 5, "teaches": []}

FULL = {
    "id": "ml 101",
    "title": "Learning",
    "provider": "A school",
    "url": "https://example.org/ml",
    "lang": "en",
    "hours": 60,
    "price": {"amount": 49.5, "currency": "EUR"},
    "teaches": [{"skill": "https://example.org/atlas/sql"}, {"skill": "atlas:python", "level": 3}],
    "assumes": [
        {"anyOf": [{"skill": "R", "level": 2}, {"skill": "atlas:python", "level": 2}]},
        {"anyOf": [{"skill": "SQL"}]},
    ],
}

WANTED = Course(
    id="shop:ml%20101",
    catalogue="shop",
    title="Learning",
    hours=60.0,
    provider="A school",
    url="https://example.org/ml",
    lang="en",
    price=Money(49.5, "EUR"),
    teaches=(TaughtSkill("atlas:python", 3), TaughtSkill("atlas:sql")),
    assumes=(
        CourseClause((SkillAtLevel("atlas:python", 2), SkillAtLevel("atlas:r", 2))),
        CourseClause((SkillAtLevel("atlas:sql"),)),
    ),
)

CSV = (
    "id,title,provider,url,lang,hours,price,currency,teaches,assumes\r\n"
    "ml 101,Learning,A school,https://example.org/ml,en,60,49.5,EUR,"
    "https://example.org/atlas/sql; atlas:python=3,R=2 | atlas:python=2; SQL\r\n"
)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("form", ["jsonl", "csv", "tsv", "semicolon", "gz"])
def test_both_forms_give_the_same_course(form: str, mark: bytes, tmp_path: Path, store: Store) -> None:
    text = {
        "jsonl": json.dumps(FULL),
        "gz": json.dumps(FULL),
        "csv": CSV,
        "tsv": CSV.replace(",", "\t"),
        "semicolon": CSV.replace(";", "\0")
        .replace(",", ";")
        .replace("https://example.org/atlas/sql\0 atlas:python=3", '"https://example.org/atlas/sql; atlas:python=3"')
        .replace("R=2 | atlas:python=2\0 SQL", '"R=2 | atlas:python=2; SQL"'),
    }[form]
    data = mark + text.encode()
    path = tmp_path / ("c.jsonl.gz" if form == "gz" else "c.jsonl" if form == "jsonl" else "c.csv")
    path.write_bytes(gzip.compress(data) if form == "gz" else data)
    harvest = read_courses(path, "shop", store)
    assert harvest.findings == ()
    assert harvest.entities == (WANTED,)
    run_import(store, harvest)
    publish(store)
    assert load_graph(store).courses == {"shop:ml%20101": WANTED}
    assert run_import(store, read_courses(path, "shop", store)).changed == 0


def test_a_file_without_a_telling_name_is_known_by_its_content(tmp_path: Path, store: Store) -> None:
    (tmp_path / "a").write_text(json.dumps(FULL))
    (tmp_path / "b").write_text(CSV)
    assert read_courses(tmp_path / "a", "shop", store).entities == read_courses(tmp_path / "b", "shop", store).entities


def test_descriptions_outcomes_and_kinds(tmp_path: Path, store: Store) -> None:
    row = {
        **MINIMAL,
        "description": "About it.",
        "outcomes": ["You can add.", "You can count."],
        "assumes": [{"anyOf": [{"skill": "SQL"}], "kind": "RECOMMENDED"}],
        "price": {"amount": 0, "currency": "USD"},
    }
    (course,) = read_courses(lines(tmp_path / "c.jsonl", row), "shop", store).entities
    assert isinstance(course, Course)
    assert course.description == "About it."
    assert course.outcomes == ("You can add.", "You can count.")
    assert course.assumes[0].kind is PrerequisiteKind.RECOMMENDED
    assert course.price == Money(0.0, "USD")
    (tmp_path / "c.csv").write_text(
        "id,title,hours,description,outcomes,teaches\nc,C,5,About it.,You can add.;You can count.,SQL\n"
    )
    (other,) = read_courses(tmp_path / "c.csv", "shop", store).entities
    assert isinstance(other, Course)
    assert (other.description, other.outcomes) == (course.description, course.outcomes)


@pytest.mark.parametrize(
    ("name", "skill"),
    [
        ("atlas:python", "atlas:python"),
        ("https://example.org/esco/p", "esco:p"),
        ("Python", "atlas:python"),  # the label is in esco too: the own scheme wins
        ("only here", "esco:only"),
        ("a = b", "atlas:signs"),
        ("a = b=4", "atlas:signs"),
    ],
)
def test_skills_are_found_by_id_iri_or_label(name: str, skill: str, tmp_path: Path, store: Store) -> None:
    (tmp_path / "c.csv").write_text(f"id,title,hours,teaches\nc,C,5,{name}\n")
    (course,) = read_courses(tmp_path / "c.csv", "shop", store).entities
    assert isinstance(course, Course)
    assert [(taught.skill, taught.level) for taught in course.teaches] == [(skill, 4 if name.endswith("=4") else None)]


def test_the_scheme_that_wins_can_be_named(tmp_path: Path, store: Store) -> None:
    path = lines(tmp_path / "c.jsonl", {**MINIMAL, "teaches": [{"skill": "Python"}]})
    (course,) = read_courses(path, "shop", store, scheme="esco").entities
    assert isinstance(course, Course)
    assert course.teaches == (TaughtSkill("esco:p"),)


BAD: list[tuple[object, str]] = [
    ({**MINIMAL, "id": None}, "id is missing"),
    ({**MINIMAL, "id": " "}, "id is missing"),
    ({**MINIMAL, "id": 7}, "id is a text"),
    ({**MINIMAL, "title": ""}, "title is missing"),
    ({**MINIMAL, "title": "x" * 1001}, "title is longer"),
    ({**MINIMAL, "hours": 0}, "hours is more than 0"),
    ({**MINIMAL, "hours": -3}, "hours is more than 0"),
    ({**MINIMAL, "hours": "abc"}, "hours is a number"),
    ({**MINIMAL, "hours": True}, "hours is a number"),
    ({**MINIMAL, "hours": 1e300}, "hours is a number"),
    ({**MINIMAL, "hours": None}, "hours is missing"),
    ({**MINIMAL, "teaches": [{"skill": "atlas:nothing"}]}, "'atlas:nothing' is not known"),
    ({**MINIMAL, "teaches": [{"skill": "python"}]}, "'python' is not known"),
    ({**MINIMAL, "teaches": [{"skill": "Python skills"}]}, "is not known"),
    ({**MINIMAL, "teaches": [{"skill": "double"}]}, "esco:d1, esco:d2"),
    ({**MINIMAL, "teaches": [{"skill": "atlas:old"}]}, "deprecated; it is replaced by: atlas:python"),
    ({**MINIMAL, "teaches": [{"skill": "atlas:group.code"}]}, "is no skill"),
    ({**MINIMAL, "teaches": [{"skill": "SQL", "level": 6}]}, "level 6"),
    ({**MINIMAL, "teaches": [{"skill": "SQL", "level": 0}]}, "level 0"),
    ({**MINIMAL, "teaches": [{"skill": "SQL", "level": "3"}]}, "level '3'"),
    ({**MINIMAL, "teaches": [{"skill": "SQL"}, {"skill": "atlas:sql"}]}, "atlas:sql twice"),
    ({**MINIMAL, "teaches": ["SQL"]}, "teaches holds skills"),
    ({**MINIMAL, "teaches": "SQL"}, "teaches is a list"),
    ({**MINIMAL, "assumes": [{"anyOf": []}]}, "no anyOf"),
    ({**MINIMAL, "assumes": [{"allOf": [{"skill": "SQL"}]}]}, "assumes holds clauses"),
    ({**MINIMAL, "assumes": [{"anyOf": [{"skill": "SQL"}], "kind": "SOFT"}]}, "kind 'SOFT'"),
    ({**MINIMAL, "assumes": [{"anyOf": [{"skill": "SQL", "level": 1}, {"skill": "SQL", "level": 2}]}]}, "two levels"),
    ({**MINIMAL, "price": 49}, "price is"),
    ({**MINIMAL, "price": {"amount": -1, "currency": "EUR"}}, "price is a number from 0"),
    ({**MINIMAL, "price": {"amount": 5}}, "needs a currency"),
    ({**MINIMAL, "price": {"amount": 5, "currency": "euro"}}, "needs a currency"),
    ({**MINIMAL, "url": "javascript:alert(1)"}, "url begins with"),
    ({**MINIMAL, "lang": "English (UK)"}, "lang is a language tag"),
    ({**MINIMAL, "outcomes": "many"}, "outcomes is a list"),
    ("{broken", "is no JSON"),
    ("[1, 2]", "no JSON object"),
    ('{"id": "\\ud800", "title": "x", "hours": 1}', "is no JSON"),
]


@pytest.mark.parametrize(("row", "told"), BAD)
def test_each_fault_is_named_with_its_line(row: object, told: str, tmp_path: Path, store: Store) -> None:
    before = list(draft_records(store))
    harvest = read_courses(lines(tmp_path / "c.jsonl", {**MINIMAL, "id": "good"}, "", row), "shop", store)
    assert [(finding.file, finding.line) for finding in harvest.faults] == [("c.jsonl", 3)]
    assert told in harvest.faults[0].text
    with pytest.raises(ImportFaultsError):
        run_import(store, harvest)
    assert list(draft_records(store)) == before
    report = run_import(store, harvest, skip_faulty=True)
    assert report.counts[EntityType.COURSE].created == 1


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("c,C,abc,,,", "hours is a number, not 'abc'"),
        ("c,C,nan,,,", "hours is a number"),
        ("c,C,5,SQL=9,,", "level 9"),
        ("c,C,5,SQL=x,,", "level 'x'"),
        ("c,C,5,,SQL=2 | nothing,", "'nothing' is not known"),
        ("c,C,5,SQL,,free", "price is a number"),
        ("c,C,5,SQL,,10", "needs a currency"),
        ("c,C,5,SQL", "4 cells, the header 6"),
        ("c,C,5,SQL,,,,,", "9 cells"),
    ],
)
def test_faults_of_csv(cells: str, told: str, tmp_path: Path, store: Store) -> None:
    (tmp_path / "c.csv").write_text(f'id,title,hours,teaches,assumes,price\ngood,"two\nlines",3,SQL,,\n{cells}\n')
    harvest = read_courses(tmp_path / "c.csv", "shop", store)
    assert [(finding.line, told in finding.text) for finding in harvest.faults] == [(4, True)]
    assert len(harvest.entities) == 1


def test_one_id_twice(tmp_path: Path, store: Store) -> None:
    harvest = read_courses(lines(tmp_path / "c.jsonl", MINIMAL, {**MINIMAL, "title": "D"}), "shop", store)
    assert [(finding.line, finding.text) for finding in harvest.faults] == [(2, "shop:c: the id stands in line 1 too")]
    assert harvest.entities == ()


def test_a_faulty_course_stays_as_it_is_when_skipped(tmp_path: Path, store: Store) -> None:
    run_import(store, read_courses(lines(tmp_path / "a.jsonl", MINIMAL, {**MINIMAL, "id": "d"}), "shop", store))
    worse = lines(tmp_path / "b.jsonl", {**MINIMAL, "hours": 0}, {**MINIMAL, "id": "d"})
    report = run_import(store, read_courses(worse, "shop", store), skip_faulty=True)
    assert report.changed == 0
    assert report.left_out == ("shop:c",)


def test_all_faults_of_a_row_are_told(tmp_path: Path, store: Store) -> None:
    row = {"id": "c", "hours": "x", "teaches": [{"skill": "?"}, {"skill": "SQL", "level": 9}], "lang": "?"}
    assert len(read_courses(lines(tmp_path / "c.jsonl", row), "shop", store).faults) == 5


def test_unknown_fields_are_warned_of(tmp_path: Path, store: Store) -> None:
    harvest = read_courses(lines(tmp_path / "c.jsonl", {**MINIMAL, "hour": 3}), "shop", store)
    assert [finding.text for finding in harvest.warnings] == ["the field 'hour' is not known; ignored"]
    (tmp_path / "c.csv").write_text("id,title,hours,teaches,level\nc,C,5,SQL,3\n")
    assert [finding.line for finding in read_courses(tmp_path / "c.csv", "shop", store).warnings] == [1]


def test_what_is_not_stated_is_read_from_the_text(tmp_path: Path, store: Store) -> None:
    asked: list[tuple[str, str | None]] = []

    def extract(text: str, lang: str | None) -> list[tuple[str, int | None, float]]:
        asked.append((text, lang))
        return [
            ("atlas:sql", 2, 1.0),
            ("atlas:python", None, 0.71234567),
            ("atlas:python", 3, 0.5),
            ("gone", None, 0.9),
        ]

    row = {"id": "c", "title": "T", "hours": 1, "description": "D", "outcomes": ["O"], "lang": "en"}
    harvest = read_courses(lines(tmp_path / "c.jsonl", row), "shop", store, extract=extract)
    assert asked == [("T\nD\nO", "en")]
    (course,) = harvest.entities
    assert isinstance(course, Course)
    assert course.teaches == (TaughtSkill("atlas:python", None, 0.712346), TaughtSkill("atlas:sql", 2, 0.99))
    assert "to be confirmed: atlas:python, atlas:sql" in harvest.warnings[0].text
    assert "not stated" in read_courses(tmp_path / "c.jsonl", "shop", store).warnings[0].text


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"id,title\nc,C\n", r"c\.csv:1: .*no column hours"),
        (b"name;value\n1;2\n", "no column id, title, hours"),
        (b"id,title,hours\n", "holds no course"),
        (b'id,title,hours\nc,"C,5\n', r"c\.csv:2: .*no CSV"),
        (b"id,title,hours\nc,\xe9,5\n", r"c\.csv:2:3: .*not UTF-8"),
        ("id,title,hours\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04\x00", "null byte"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, told: str, tmp_path: Path, store: Store) -> None:
    (tmp_path / "c.csv").write_bytes(data)
    with pytest.raises(UnreadableError, match=told):
        read_courses(tmp_path / "c.csv", "shop", store)


def test_files_that_are_none(tmp_path: Path, store: Store) -> None:
    with pytest.raises(UnreadableError, match="no such file"):
        read_courses(tmp_path / "absent.csv", "shop", store)
    with pytest.raises(UnreadableError, match="is a folder"):
        read_courses(tmp_path, "shop", store)
    (tmp_path / "c.csv.gz").write_bytes(gzip.compress(CSV.encode())[:-12])
    with pytest.raises(UnreadableError, match="damaged"):
        read_courses(tmp_path / "c.csv.gz", "shop", store)


def test_keys(tmp_path: Path, store: Store) -> None:
    path = lines(tmp_path / "c.jsonl", MINIMAL)
    for key in ("atlas", "esco", "onet"):
        with pytest.raises(KeyInUseError):
            read_courses(path, key, store)
    for key in ("A", "http", "x", "with space"):
        with pytest.raises(InvalidIdError):
            read_courses(path, key, store)


@given(
    where=st.integers(0, 10_000),
    what=st.sampled_from(["", ",", ";", '"', "\n", "\t", "=", "|", "}", "\\", "é", "\r"]),
    cut=st.booleans(),
    as_json=st.booleans(),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_imported_right_or_refused_whole(
    where: int, what: str, cut: bool, as_json: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    store = open_store(f"sqlite:///{folder / 's.db'}")
    try:
        fill(store)
        before = list(draft_records(store))
        text = json.dumps(FULL) + "\n" + json.dumps(MINIMAL) + "\n" if as_json else CSV + "c,C,,,,5,,,,\r\n"
        place = where % len(text)
        path = folder / ("c.jsonl" if as_json else "c.csv")
        path.write_bytes((text[:place] + what + ("" if cut else text[place:])).encode())
        try:
            run_import(store, read_courses(path, "shop", store))
        except IngestError:
            assert list(draft_records(store)) == before
        else:
            assert run_import(store, read_courses(path, "shop", store)).changed == 0
    finally:
        store.close()
