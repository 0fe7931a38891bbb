"""Catalogues as providers have them: other column names, prices and hours in their own writing, spreadsheets."""

import csv
import datetime
import io
import random
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillatlas.ingest import Harvest, IngestError, UnreadableError, read_courses, run_import
from skillatlas.ingest.importers.courses.amounts import AmountError, Unit, read_duration, read_price
from skillatlas.taxonomy import (
    Concept,
    ConceptKind,
    Course,
    Label,
    LabelType,
    Money,
    Scheme,
    Store,
    TaughtSkill,
    draft_records,
    open_store,
)

MAPPING = """
[columns]
id = "Code"
title = "Course name"
weeks = "Length"
hours_per_week = "Effort"
price = "Fee"
teaches = "Skills"
outcomes = "You will"
url = "Link"

[constants]
provider = "City College"
lang = "en"
currency = "EUR"

[format]
list_separator = ","
"""

HEADER = ("Link", "Code", "Course name", "Length", "Effort", "Fee", "Skills", "You will", "Room")
ROWS: Sequence[Sequence[str]] = (
    ("https://c.example/1", "1", "Data basics", "6 weeks", "4", "€ 1,299.50", "Python, SQL=3", "ask\ncount", "7"),
    ("", "2", "More data", "10-12 weeks", "6–10 hours/week", "free", "SQL", "", ""),
    ("", "3", "Weekend", "P1W", "PT8H", "-", "Python", "", "8"),
)


def fill(store: Store) -> None:
    names = {"python": "Python", "sql": "SQL"}
    concepts = tuple(
        Concept(
            id=f"atlas:{name}",
            uri=f"https://example.org/{name}",
            scheme="atlas",
            kind=ConceptKind.SKILL,
            labels=(Label(LabelType.PREFERRED, "en", label),),
        )
        for name, label in names.items()
    )
    run_import(store, Harvest("atlas", concepts, scheme=Scheme("atlas", "https://example.org/", "atlas")))


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """A store with two skills."""
    fill(sqlite_store)
    return sqlite_store


def as_csv(rows: Sequence[Sequence[str]], separator: str = ",") -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator).writerows(rows)
    return stream.getvalue()


def as_xlsx(path: Path, rows: Sequence[Sequence[Any]], sheet: str = "Sheet") -> Path:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def mapped(folder: Path, text: str = MAPPING) -> Path:
    (folder / "mapping.toml").write_text(text, encoding="utf-8")
    return folder / "mapping.toml"


WANTED = (
    Course(
        id="city:1",
        catalogue="city",
        title="Data basics",
        hours=24.0,
        provider="City College",
        url="https://c.example/1",
        lang="en",
        price=Money(1299.5, "EUR"),
        teaches=(TaughtSkill("atlas:python"), TaughtSkill("atlas:sql", 3)),
        outcomes=("ask", "count"),
    ),
    Course(
        id="city:2",
        catalogue="city",
        title="More data",
        hours=88.0,
        provider="City College",
        lang="en",
        price=Money(0.0, "EUR"),
        teaches=(TaughtSkill("atlas:sql"),),
    ),
    Course(
        id="city:3",
        catalogue="city",
        title="Weekend",
        hours=8.0,
        provider="City College",
        lang="en",
        teaches=(TaughtSkill("atlas:python"),),
    ),
)


@pytest.mark.parametrize("form", ["csv", "semicolon", "tsv", "gb18030", "xlsx"])
def test_a_table_with_other_names(form: str, tmp_path: Path, store: Store) -> None:
    mapping = MAPPING
    path = tmp_path / ("c.xlsx" if form == "xlsx" else "c.csv")
    if form == "xlsx":
        as_xlsx(path, [(), HEADER, *ROWS])
    else:
        text = as_csv((HEADER, *ROWS), {"semicolon": ";", "tsv": "\t"}.get(form, ","))
        path.write_text(text, encoding="gb18030" if form == "gb18030" else "utf-8", newline="")
        mapping += 'encoding = "gb18030"\n' if form == "gb18030" else ""
    harvest = read_courses(path, "city", store, mapping=mapped(tmp_path, mapping))
    assert harvest.faults == ()
    assert harvest.entities == WANTED
    (middle,) = harvest.warnings
    assert middle.rule == "hours-range"
    assert (middle.line, middle.column) == (4, 4)
    assert "88" in middle.text
    assert "'10-12 weeks' × '6–10 hours/week'" in middle.text
    run_import(store, harvest)
    # Twice, and with its rows in another order: nothing changes.
    assert run_import(store, read_courses(path, "city", store, mapping=mapped(tmp_path, mapping))).changed == 0
    if form == "csv":
        path.write_text(as_csv((HEADER, *reversed(ROWS))), encoding="utf-8", newline="")
        assert run_import(store, read_courses(path, "city", store, mapping=mapped(tmp_path))).changed == 0


def test_numbers_of_a_spreadsheet_are_not_guessed(tmp_path: Path, store: Store) -> None:
    path = as_xlsx(
        tmp_path / "c.xlsx",
        [("id", "title", "hours", "price", "currency", "teaches"), (101, "A", 7.5, 1.299, "EUR", "SQL")],
    )
    (course,) = read_courses(path, "city", store).entities
    assert isinstance(course, Course)
    assert (course.id, course.hours, course.price) == ("city:101", 7.5, Money(1.299, "EUR"))


def test_the_sheet_can_be_named(tmp_path: Path, store: Store) -> None:
    path = as_xlsx(tmp_path / "c.xlsx", [HEADER, *ROWS], sheet="Courses 2026")
    named = mapped(tmp_path, MAPPING + 'sheet = "Courses 2026"\n')
    assert read_courses(path, "city", store, mapping=named).entities == WANTED
    with pytest.raises(UnreadableError, match="has no sheet 'Other'; it has: Courses 2026"):
        read_courses(path, "city", store, mapping=mapped(tmp_path, MAPPING + 'sheet = "Other"\n'))


def test_dates_and_errors_in_cells_are_text(tmp_path: Path, store: Store) -> None:
    rows = [("id", "title", "hours", "teaches"), ("a", datetime.date(2026, 5, 1), 5, "SQL"), ("b", "B", "#N/A", "SQL")]
    harvest = read_courses(as_xlsx(tmp_path / "c.xlsx", rows), "city", store)
    assert [course.title for course in harvest.entities if isinstance(course, Course)] == ["2026-05-01T00:00:00"]
    assert [(fault.line, fault.column) for fault in harvest.faults] == [(3, 3)]


@pytest.mark.parametrize(
    ("changed", "cell", "told", "column"),
    [
        (5, "1.299", "may be a thousand or a few", 6),
        (5, "¥ 2,000.00", "is not in EUR", 6),
        (5, "100-200 €", "is not one amount", 6),
        (5, "call us", "is no number", 6),
        (3, "soon", "the duration 'soon' is none", 4),
        (4, "", "not the hours a week", 4),
        (4, "3 weeks", "hours_per_week one of hours", 4),
        (3, "0", "hours is more than 0", 4),
        (3, "12-10 weeks", "runs backwards", 4),
        (6, "Pyhton", "'Pyhton' is not known", 7),
        (2, "", "title is missing", 3),
        (0, "c.example", "url begins with", 1),
    ],
)
def test_a_bad_cell_is_named_with_its_place(
    changed: int, cell: str, told: str, column: int, tmp_path: Path, store: Store
) -> None:
    row = list(ROWS[0])
    row[changed] = cell
    (tmp_path / "c.csv").write_text(as_csv((HEADER, ROWS[1], row)), encoding="utf-8", newline="")
    harvest = read_courses(tmp_path / "c.csv", "city", store, mapping=mapped(tmp_path))
    (fault,) = harvest.faults
    assert (fault.file, fault.line, fault.column) == ("c.csv", 3, column)
    assert told in fault.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[columns", "is no TOML"),
        ("[columns]\nid = 'a'\n", "columns.title is missing"),
        ("[columns]\nid = 'a'\ntitle = 'b'\n", "tells no hours"),
        ("[columns]\nid = 'a'\ntitle = 'b'\nweeks = 'c'\n", "tells no hours"),
        ("[columns]\nid = 'a'\ntitle = 'b'\nhours = 'c'\nname = 'd'\n", "columns.name is not known; known are id"),
        ("[columns]\nid = 1\ntitle = 'b'\nhours = 'c'\n", "columns.id is a text, not 1"),
        ("[column]\nid = 'a'\n", r"\[column\] is not known"),
        (MAPPING + "decimal = ';'\n", "format.decimal is"),
        (MAPPING + "separator = '--'\n", "one character each"),
        (MAPPING + "encoding = 'klingon'\n", "'klingon' is not known"),
        (MAPPING.replace("'Fee'", '"Price"').replace('"Fee"', '"Price"'), "has no column Price"),
    ],
)
def test_a_bad_mapping_says_what_is_wrong(text: str, told: str, tmp_path: Path, store: Store) -> None:
    (tmp_path / "c.csv").write_text(as_csv((HEADER, *ROWS)), encoding="utf-8", newline="")
    with pytest.raises(UnreadableError, match=told):
        read_courses(tmp_path / "c.csv", "city", store, mapping=mapped(tmp_path, text))


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("c.xlsx", b"", "damaged"),
        ("c.xlsx", b"id,title,hours\n", "damaged"),
        ("c.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "encrypted or an old Excel file"),
        ("c.xls", b"x", r"kind \.xls are not read; save it as \.xlsx"),
        ("c.jsonl", b'{"id": "1"}', "a mapping is for tables"),
    ],
)
def test_other_files(name: str, data: bytes, told: str, tmp_path: Path, store: Store) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableError, match=told):
        read_courses(tmp_path / name, "city", store, mapping=mapped(tmp_path))


def test_a_column_that_stands_twice_is_not_guessed(tmp_path: Path, store: Store) -> None:
    rows = [(*HEADER, "Fee"), (*ROWS[0], "7")]
    (tmp_path / "c.csv").write_text(as_csv(rows), encoding="utf-8", newline="")
    for path in (tmp_path / "c.csv", as_xlsx(tmp_path / "c.xlsx", rows)):
        with pytest.raises(UnreadableError, match="has twice the column Fee"):
            read_courses(path, "city", store, mapping=mapped(tmp_path))


# -- prices and durations --------------------------------------------------------------------------------------

PRICES = [
    ("€1,299.00", None, None, "1299.00", "EUR"),
    ("1.299,00 €", None, None, "1299.00", "EUR"),
    ("1 299,00 €", None, None, "1299.00", "EUR"),
    ("CHF 1'299.50", None, None, "1299.50", "CHF"),
    ("¥ 2,000", "CNY", ".", "2000", "CNY"),
    ("¥2000", "JPY", None, "2000", "JPY"),
    ("2000元", None, None, "2000", "CNY"),
    ("US$ 49", None, None, "49", "USD"),
    ("$49.99", "CAD", None, "49.99", "CAD"),
    ("49", "EUR", None, "49", "EUR"),
    ("EUR 49,-", None, None, "49", "EUR"),
    ("£1,299,000", None, None, "1299000", "GBP"),
    ("1.299", "EUR", ",", "1299", "EUR"),
    ("1.299", "EUR", ".", "1.299", "EUR"),
    ("0.125", "EUR", None, "0.125", "EUR"),
    ("free", "EUR", None, "0", "EUR"),
    ("免费", "CNY", None, "0", "CNY"),
]


@pytest.mark.parametrize(("text", "currency", "decimal", "amount", "code"), PRICES)
def test_prices(text: str, currency: str | None, decimal: str | None, amount: str, code: str) -> None:
    assert read_price(text, currency, decimal) == (Decimal(amount), code)


@pytest.mark.parametrize(
    ("text", "currency", "decimal", "told"),
    [
        ("€1,299", None, None, "state decimal"),
        ("$49", None, None, "may be in USD or CAD or AUD"),
        ("¥ 49", None, None, "may be in JPY or CNY"),
        ("49", None, None, "needs a currency"),
        ("free", None, None, "needs a currency"),
        ("€ 49", "USD", None, "is not in USD"),
        ("1,29,99", "EUR", None, "is no number"),
        ("1.299,50", "EUR", ".", "as the mapping says"),
        ("-5 €", None, None, "is not one amount"),
        ("from 49 €", None, None, "is not one amount"),
        ("49 € + VAT", None, None, "is not one amount"),
        ("about", "EUR", None, "is no number"),
    ],
)
def test_prices_that_are_refused(text: str, currency: str | None, decimal: str | None, told: str) -> None:
    with pytest.raises(AmountError, match=told):
        read_price(text, currency, decimal)


@given(st.decimals(0, 10**7, places=2), st.sampled_from([(",", "."), (".", ","), ("'", "."), (" ", ","), ("", ".")]))
def test_every_amount_is_read_back(amount: Decimal, marks: tuple[str, str]) -> None:
    thousands, decimal = marks
    text = f"{amount:,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands)
    assert read_price(f"{text} €", None, None) == (amount, "EUR")


DURATIONS = [
    ("40", 40, Unit.NONE, False),
    ("7,5", 7.5, Unit.NONE, False),
    ("40 h", 40, Unit.HOURS, False),
    ("40 hours", 40, Unit.HOURS, False),
    ("1h30", 1.5, Unit.HOURS, False),
    ("90 min", 1.5, Unit.HOURS, False),
    ("40小时", 40, Unit.HOURS, False),
    ("每周 6 小时", 6, Unit.HOURS, False),
    ("6-10 hours/week", 8, Unit.HOURS, True),
    ("6 hours per week", 6, Unit.HOURS, False),
    ("10 to 12 weeks", 11, Unit.WEEKS, True),
    ("14 weeks", 14, Unit.WEEKS, False),
    ("3 months", 13, Unit.WEEKS, False),
    ("6周", 6, Unit.WEEKS, False),
    ("PT40H", 40, Unit.HOURS, False),
    ("PT1H30M", 1.5, Unit.HOURS, False),
    ("P6W", 6, Unit.WEEKS, False),
    ("P3M", 13, Unit.WEEKS, False),
]


@pytest.mark.parametrize(("text", "amount", "unit", "middle"), DURATIONS)
def test_durations(text: str, amount: float, unit: Unit, middle: bool) -> None:
    found = read_duration(text)
    assert found.amount == pytest.approx(amount)
    assert (found.unit, found.is_middle) == (unit, middle)


@pytest.mark.parametrize("text", ["", "P", "PT", "self-paced", "6 moons", "10-8", "1 2", "-5", "P1WT3H", "5 ECTS"])
def test_durations_that_are_refused(text: str) -> None:
    with pytest.raises(AmountError):
        read_duration(text)


# -- damage ----------------------------------------------------------------------------------------------------


@given(
    seed=st.integers(0, 10_000),
    damage=st.sampled_from(["cut", "doubled", "shuffled", "separator", "encoding", "column", "cell", "bytes"]),
    as_sheet=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_a_damaged_table_is_imported_right_or_refused_whole(
    seed: int, damage: str, as_sheet: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    store = open_store(f"sqlite:///{folder / 's.db'}")
    try:
        fill(store)
        before = list(draft_records(store))
        path = damaged_table(folder, random.Random(seed), damage, as_sheet=as_sheet)
        told = ""
        try:
            run_import(store, read_courses(path, "city", store, mapping=mapped(folder)))
        except IngestError as error:
            told = str(error)
        if told:
            assert path.name in told
            assert list(draft_records(store)) == before
        else:
            found = {row.entity_id for row in draft_records(store, scheme="city")}
            assert found <= {course.id for course in WANTED}
            if damage == "shuffled":
                assert len(found) == 3
    finally:
        store.close()


def damaged_table(folder: Path, source: random.Random, damage: str, *, as_sheet: bool) -> Path:
    """The table after one mishap."""
    rows: list[list[str]] = [list(HEADER), *map(list, ROWS)]
    if damage == "shuffled":
        body = rows[1:]
        source.shuffle(body)
        rows[1:] = body
    elif damage == "doubled":
        rows += rows[1:]
    elif damage == "column":
        gone = source.randrange(len(HEADER))
        rows = [row[:gone] + row[gone + 1 :] for row in rows]
    elif damage == "cell":
        place = source.choice([0, *range(2, len(HEADER))])  # another id would be another course
        rows[source.randrange(1, 4)][place] = source.choice(["", "?", "-", "€", "1.299", "x" * 9])
    if as_sheet:
        path = as_xlsx(folder / "c.xlsx", rows)
        data = path.read_bytes()
    else:
        path = folder / "c.csv"
        data = as_csv(rows, source.choice("|^") if damage == "separator" else ",").encode(
            "utf-16" if damage == "encoding" else "utf-8"
        )
    at = source.randrange(len(data))
    if damage == "cut":
        data = data[:at]
    elif damage == "bytes":
        data = data[:at] + b"\xff\xfe\x00" + data[at + 3 :]
    path.write_bytes(data)
    return path
