"""The O*NET importer on a package of a few rows, whole and damaged."""

import random
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onet_package import BAKER, CODER, COOK, Rows, Tables, csv_bytes, rating, tables, text_bytes, write
from skillatlas.ingest import Harvest, IngestError, UnreadableError, read_onet, run_import
from skillatlas.taxonomy import (
    Broader,
    Concept,
    ConceptKind,
    Graph,
    LabelType,
    Necessity,
    Needs,
    ReplacementKind,
    SkillType,
    Store,
    draft_records,
    dump_lines,
    load_graph,
    open_store,
    publish,
    record,
)

SQL = "onet:tech.Structured%20query%20language%20SQL"


def labels(concept: Concept, kind: LabelType) -> list[str]:
    return [label.value for label in concept.labels if label.type is kind]


def lines(harvest: Harvest) -> list[bytes]:
    """The harvest as it would stand in a dump."""
    return sorted(record(entity, harvest.key).line() for entity in harvest.entities)


def graph_of(store: Store, harvest: Harvest) -> Graph:
    run_import(store, harvest)
    publish(store)
    return load_graph(store)


def test_everything_arrives(tmp_path: Path, sqlite_store: Store) -> None:
    harvest = read_onet([write(tmp_path, tables(), inner="db_29_2_text/")])
    graph = graph_of(sqlite_store, harvest)
    assert {concept.id: concept.kind for concept in graph.concepts.values()} == {
        **dict.fromkeys(("onet:2", "onet:5.F"), ConceptKind.AREA),
        **dict.fromkeys(
            ("onet:2.A", "onet:2.A.1", "onet:2.B", "onet:2.B.3", "onet:2.C", "onet:2.C.8"), ConceptKind.SKILL_GROUP
        ),
        **dict.fromkeys(
            (f"onet:commodity.{code}" for code in ("43231500", "43232300", "43232306", "43232400", "43232402")),
            ConceptKind.SKILL_GROUP,
        ),
        **dict.fromkeys(("onet:2.A.1.a", "onet:2.A.1.c", "onet:2.B.3.e", "onet:2.C.8.b"), ConceptKind.SKILL),
        **dict.fromkeys(
            ("onet:tech.C", "onet:tech.Microsoft%20Access", SQL, "onet:tech.Point%20of%20sale%20POS%20software"),
            ConceptKind.SKILL,
        ),
        "onet:tech.Node.js": ConceptKind.SKILL,
        **dict.fromkeys(
            ("onet:15-0000", "onet:15-1200", "onet:35-0000", "onet:35-2000", "onet:51-0000", "onet:51-3000"),
            ConceptKind.ROLE_GROUP,
        ),
        **dict.fromkeys((f"onet:{code}" for code in (BAKER, COOK, CODER)), ConceptKind.ROLE),
    }
    baker = graph.concepts[f"onet:{BAKER}"]
    assert baker.uri == f"https://w3id.org/skillatlas/onet/{BAKER}"
    assert labels(baker, LabelType.PREFERRED) == ["Bakers"]
    assert labels(baker, LabelType.ALTERNATIVE) == ["Bread Maker", "PB", "Pastry Baker (PB)"]
    assert baker.definitions == {"en": 'Mix and bake "ingredients", to recipes.'}
    assert baker.data == {
        "code": BAKER,
        "jobZone": 2,
        "tasks": [
            {"id": "9", "text": "Set the oven to the right temperature.", "type": None},
            {"id": "12", "text": "Knead the dough and let it rise.", "type": "Core"},
        ],
    }
    assert graph.concepts[f"onet:{COOK}"].data == {
        "code": COOK,
        "tasks": [{"id": "20", "text": 'Taste the "soup" of the day.', "type": "Supplemental"}],
    }
    assert [above.id for above in graph.ancestors(f"onet:{CODER}")] == ["onet:15-0000", "onet:15-1200"]
    assert labels(graph.concepts["onet:15-1200"], LabelType.PREFERRED) == ["Computer Occupations"]
    assert labels(graph.concepts["onet:51-0000"], LabelType.PREFERRED) == ["Production Occupations"]
    reading, law = graph.concepts["onet:2.A.1.a"], graph.concepts["onet:2.C.8.b"]
    assert (reading.skill_type, law.skill_type) == (SkillType.COMPETENCE, SkillType.KNOWLEDGE)
    assert reading.definitions == {"en": "Understanding written sentences."}
    assert graph.concepts["onet:2"].definitions == {}
    assert [above.id for above in graph.ancestors(law.id)] == ["onet:2", "onet:2.C", "onet:2.C.8"]
    assert {(finding.rule, finding.line) for finding in harvest.findings} == {("label-is-preferred", 4)}


def test_ratings_become_needs(tmp_path: Path) -> None:
    found = {
        (need.from_id, need.to_id): (need.necessity, need.importance, need.level, need.data)
        for need in read_onet([write(tmp_path, tables())]).entities
        if isinstance(need, Needs) and need.importance is not None
    }
    assert found == {
        (f"onet:{BAKER}", "onet:2.A.1.a"): (Necessity.ESSENTIAL, 50.0, 3, None),
        (f"onet:{CODER}", "onet:2.B.3.e"): (Necessity.ESSENTIAL, 100.0, 5, None),
        (f"onet:{CODER}", "onet:2.A.1.c"): (Necessity.OPTIONAL, 37.5, None, {"recommendSuppress": True}),
        (f"onet:{CODER}", "onet:2.C.8.b"): (Necessity.OPTIONAL, 25.0, None, None),
    }


@pytest.mark.parametrize(
    ("value", "level"),
    [("0", 1), ("1.49", 1), ("1.5", 2), ("2.74", 2), ("2.75", 3), ("3.99", 3), ("4", 4), ("5.24", 4), ("5.25", 5)],
)
def test_levels_change_where_the_contract_says(value: str, level: int, tmp_path: Path) -> None:
    content = tables()
    content["skills"][2][5] = value
    need = next(one for one in read_onet([write(tmp_path, content)]).entities if isinstance(one, Needs))
    assert (need.to_id, need.level) == ("onet:2.A.1.a", level)


@pytest.mark.parametrize(
    ("value", "necessity"), [("2.99", Necessity.OPTIONAL), ("3.0", Necessity.ESSENTIAL), ("1.99", None)]
)
def test_necessity_is_that_of_the_importance(value: str, necessity: Necessity | None, tmp_path: Path) -> None:
    content = tables()
    content["skills"][1][5] = value
    needs = {one.to_id: one for one in read_onet([write(tmp_path, content)]).entities if isinstance(one, Needs)}
    assert (needs["onet:2.A.1.a"].necessity if "onet:2.A.1.a" in needs else None) is necessity


def test_technologies_become_tools_under_their_commodities(tmp_path: Path, sqlite_store: Store) -> None:
    graph = graph_of(sqlite_store, read_onet([write(tmp_path, tables())]))
    sql = graph.concepts[SQL]
    assert sql.skill_type is SkillType.TOOL
    assert labels(sql, LabelType.PREFERRED) == ["Structured query language SQL"]
    assert labels(sql, LabelType.ALTERNATIVE) == ["SQL", "Structured query language"]
    primary = graph.primary_parent(SQL)
    assert primary is not None
    assert primary.id == "onet:commodity.43232306"
    assert {parent.id for parent in graph.broader(SQL)} == {"onet:commodity.43232306", "onet:commodity.43232402"}
    assert [above.id for above in graph.ancestors("onet:tech.C")] == [
        "onet:5.F",
        "onet:commodity.43232400",
        "onet:commodity.43232402",
    ]
    # Not in the UNSPSC table: right below the top.
    assert [above.id for above in graph.ancestors("onet:commodity.43231500")] == ["onet:5.F"]
    needs = {
        (need.from_id.removeprefix("onet:"), need.to_id): (need.necessity, need.importance, need.level, need.data)
        for need in [*graph.needs(f"onet:{CODER}"), *graph.needs(f"onet:{BAKER}")]
        if need.to_id == SQL
    }
    assert needs == {
        (CODER, SQL): (Necessity.ESSENTIAL, None, None, {"hot": True, "inDemand": True}),
        (BAKER, SQL): (Necessity.OPTIONAL, None, None, {"hot": False, "inDemand": False}),
    }


def test_the_scheme_tells_its_release_licence_and_attribution(tmp_path: Path, sqlite_store: Store) -> None:
    scheme = graph_of(sqlite_store, read_onet([write(tmp_path, tables())])).schemes["onet"]
    assert (scheme.version, scheme.licence) == ("29.2", "CC BY 4.0")
    assert scheme.source_url == "https://www.onetcenter.org/database.html"
    assert (scheme.attribution or "").startswith(
        "This product includes information from the O*NET 29.2 Database by the U.S. Department of Labor"
    )
    assert "skillatlas has modified all or some of this information." in (scheme.attribution or "")


def test_both_flavours_and_a_folder_say_the_same(tmp_path: Path) -> None:
    text, other = write(tmp_path, tables()), write(tmp_path, tables(), "db_29_2_csv.zip")
    folder = tmp_path / "db_29_2"
    with zipfile.ZipFile(text) as archive:
        archive.extractall(folder / "inner")
    first, second, third = (read_onet([path]) for path in (text, other, folder))
    assert first.entities == second.entities == third.entities
    assert first.scheme == second.scheme == third.scheme


def test_only_the_occupations_are_demanded(tmp_path: Path, sqlite_store: Store) -> None:
    harvest = read_onet([write(tmp_path, {"occupation_data": tables()["occupation_data"]})])
    kinds = Counter(one.kind for one in harvest.entities if isinstance(one, Concept))
    assert kinds == {ConceptKind.ROLE: 3, ConceptKind.ROLE_GROUP: 6}
    assert not run_import(sqlite_store, harvest).findings


def test_without_the_content_model_groups_say_their_number(tmp_path: Path) -> None:
    content = tables()
    del content["content_model_reference"], content["unspsc_reference"]
    concepts = {one.id: one for one in read_onet([write(tmp_path, content)]).entities if isinstance(one, Concept)}
    assert labels(concepts["onet:2.A.1"], LabelType.PREFERRED) == ["Elements 2.A.1"]
    assert labels(concepts["onet:2.A.1.a"], LabelType.PREFERRED) == ["Reading Comprehension"]
    assert labels(concepts["onet:5.F"], LabelType.PREFERRED) == ["Technology Skills"]


def test_twice_or_in_another_order_changes_nothing(tmp_path: Path, sqlite_store: Store) -> None:
    run_import(sqlite_store, read_onet([write(tmp_path / "one", tables())]))
    content = tables()
    shuffle = random.Random(3)
    for name, rows in content.items():
        body = rows[1:]
        shuffle.shuffle(body)
        # Columns in another order too.
        columns = list(range(len(rows[0])))
        shuffle.shuffle(columns)
        content[name] = [[row[column] for column in columns] for row in (rows[0], *body)]
    assert run_import(sqlite_store, read_onet([write(tmp_path / "two", content)])).changed == 0


def test_of_a_table_in_two_files_the_first_named_is_read(tmp_path: Path) -> None:
    content = tables()
    later: Tables = {name: content.pop(name) for name in ("skills", "knowledge", "job_zones")}
    later["technology_skills"] = [list(row) for row in content["technology_skills"]]
    later["technology_skills"][1][5] = "N"
    later["technology_skills"].append([BAKER, "C", "43232402", "Development environment software", "Y", "N"])
    del later["technology_skills"][6]
    first, second = write(tmp_path, content), write(tmp_path, later, "onet_29_skills_csv.zip")
    harvest = read_onet([first, second])
    assert lines(harvest) == lines(read_onet([write(tmp_path / "whole", tables())]))
    found = [(one.rule, one.file.rsplit("/", 1)[-1], one.line, one.column) for one in harvest.warnings]
    assert found == [
        ("label-is-preferred", "Alternate Titles.txt", 4, None),
        ("other-file-lacks", "Technology Skills.txt", 7, None),
        ("version", "onet_29_skills_csv.zip", None, None),
        ("other-file-differs", "technology_skills.csv", 2, 7),
        ("other-file-only", "technology_skills.csv", 7, None),
    ]
    assert harvest.scheme is not None
    assert harvest.scheme.version == "29.2"
    assert "the O*NET 29.2 and 29 Databases" in (harvest.scheme.attribution or "")
    needs = {(one.from_id, one.to_id) for one in read_onet([second, first]).entities if isinstance(one, Needs)}
    assert (f"onet:{BAKER}", "onet:tech.C") in needs


def test_what_vanished_is_deprecated(tmp_path: Path, sqlite_store: Store) -> None:
    run_import(sqlite_store, read_onet([write(tmp_path / "one", tables())]))
    content = tables()
    content["technology_skills"].pop()
    report = run_import(sqlite_store, read_onet([write(tmp_path / "two", content)]))
    gone = {sample.entity_id for sample in report.samples if sample.operation.value in ("DEPRECATE", "REMOVE")}
    assert gone == {
        "onet:tech.Node.js",
        f"NEEDS|onet:{COOK}|onet:tech.Node.js",
        "BROADER|onet:tech.Node.js|onet:commodity.43232402",
    }
    publish(sqlite_store)
    replacement = load_graph(sqlite_store).concepts["onet:tech.Node.js"].replacement
    assert replacement is not None
    assert (replacement.kind, replacement.reason) == (ReplacementKind.RETIRED, "not in O*NET 29.2")


def test_repeated_rows_and_missing_ends_are_listed(tmp_path: Path) -> None:
    content = tables()
    for name in content:
        content[name].append(list(content[name][1]))
    content["job_zones"].append(["99-9999.00", "3", "", ""])
    harvest = read_onet([write(tmp_path, content)])
    assert lines(harvest) == lines(read_onet([write(tmp_path / "whole", tables())]))
    counts = Counter(finding.rule for finding in harvest.warnings)
    assert counts == {"repeated-row": len(tables()) - 1, "missing-end": 1, "label-is-preferred": 1}
    assert not harvest.faults


Change = Callable[[Tables], None]


def cell(table: str, row: int, column: int, value: str) -> Change:
    def change(content: Tables) -> None:
        content[table][row][column] = value

    return change


def again(table: str, row: int, column: int, value: str) -> Change:
    def change(content: Tables) -> None:
        content[table].append([*content[table][row][:column], value, *content[table][row][column + 1 :]])

    return change


@pytest.mark.parametrize(
    ("change", "place", "told"),
    [
        (cell("occupation_data", 1, 0, "51-3011"), ("Occupation Data.txt", 2, 1), "is no O"),
        (cell("occupation_data", 1, 1, " "), ("Occupation Data.txt", 2, 2), "has no title"),
        (again("occupation_data", 1, 2, "other"), ("Occupation Data.txt", 5, 2), "differently"),
        (cell("alternate_titles", 2, 1, "n/a"), ("Alternate Titles.txt", 3, 2), "is missing"),
        (cell("job_zones", 1, 1, "6"), ("Job Zones.txt", 2, 2), "no job zone"),
        (again("job_zones", 1, 1, "3"), ("Job Zones.txt", 4, 2), "differently"),
        (cell("task_statements", 1, 1, "x1"), ("Task Statements.txt", 2, 2), "no number"),
        (cell("task_statements", 1, 2, ""), ("Task Statements.txt", 2, 3), "no text"),
        (again("task_statements", 1, 2, "other"), ("Task Statements.txt", 5, 3), "differently"),
        (cell("skills", 1, 5, "three"), ("Skills.txt", 2, 6), "no rating"),
        (cell("skills", 1, 5, "5.01"), ("Skills.txt", 2, 6), "no rating"),
        (cell("skills", 2, 5, "nan"), ("Skills.txt", 3, 6), "no rating"),
        (cell("skills", 1, 3, "XX"), ("Skills.txt", 2, 4), "no scale"),
        (cell("skills", 1, 1, "reading"), ("Skills.txt", 2, 2), "no element"),
        (cell("skills", 1, 2, "Talking"), ("Skills.txt", 3, 3), "is called"),
        (cell("skills", 1, 7, "yes"), ("Skills.txt", 2, 8), "neither"),
        (again("knowledge", 1, 5, "4"), ("Knowledge.txt", 4, 6), "differently"),
        (cell("knowledge", 1, 0, "x"), ("Knowledge.txt", 2, 1), "is no O"),
        (cell("technology_skills", 1, 1, ""), ("Technology Skills.txt", 2, 2), "no name"),
        (cell("technology_skills", 1, 2, "x"), ("Technology Skills.txt", 2, 3), "no commodity"),
        (cell("technology_skills", 1, 3, ""), ("Technology Skills.txt", 2, 4), "is called"),
        (cell("technology_skills", 1, 4, "y"), ("Technology Skills.txt", 2, 5), "neither"),
        (cell("technology_skills", 1, 5, ""), ("Technology Skills.txt", 2, 6), "neither"),
        (cell("content_model_reference", 2, 1, ""), ("Content Model Reference.txt", 3, 2), "no name"),
        (again("content_model_reference", 2, 1, "other"), ("Content Model Reference.txt", 14, 2), "differently"),
        (cell("unspsc_reference", 1, 2, "x"), ("UNSPSC Reference.txt", 2, 3), "no class"),
    ],
)
def test_bad_rows_are_faults_with_file_line_and_column(
    change: Change, place: tuple[str, int, int], told: str, tmp_path: Path, sqlite_store: Store
) -> None:
    run_import(sqlite_store, read_onet([write(tmp_path / "one", tables())]))
    before = [row.line() for row in draft_records(sqlite_store)]
    content = tables()
    change(content)
    harvest = read_onet([write(tmp_path / "two", content)])
    first = harvest.faults[0]
    assert (first.file.rsplit("/", 1)[1], first.line, first.column) == place
    assert told in first.text
    with pytest.raises(IngestError):
        run_import(sqlite_store, harvest)
    assert [row.line() for row in draft_records(sqlite_store)] == before


@pytest.mark.parametrize(
    "change",
    [
        cell("occupation_data", 1, 1, ""),
        cell("job_zones", 1, 1, "9"),
        cell("task_statements", 1, 2, ""),
        cell("skills", 1, 5, "9"),
        cell("skills", 2, 5, "9"),
        cell("technology_skills", 1, 4, "?"),
        cell("content_model_reference", 5, 1, ""),
    ],
)
def test_with_faulty_rows_skipped_what_they_tell_of_stays(change: Change, tmp_path: Path, sqlite_store: Store) -> None:
    run_import(sqlite_store, read_onet([write(tmp_path / "one", tables())]))
    content = tables()
    change(content)
    report = run_import(sqlite_store, read_onet([write(tmp_path / "two", content)]), skip_faulty=True)
    assert report.changed == 0
    assert report.faults


def set_to(name: str, value: Rows | bytes) -> Callable[[dict[str, Rows | bytes]], None]:
    return lambda content: content.__setitem__(name, value)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda content: content.pop("occupation_data"), "lacks the table Occupation Data"),
        (set_to("skills", b""), r"Skills\.txt:1: .*is empty"),
        (set_to("skills", text_bytes(tables()["skills"][:1])), r"Skills\.txt:1: .*no rows"),
        (set_to("skills", csv_bytes(tables()["skills"])), r"Skills\.txt:1: .*no column O\*NET-SOC Code"),
        (set_to("job_zones", text_bytes(tables()["job_zones"])[:-9]), r"Job Zones\.txt:3: .*was cut off"),
        (set_to("job_zones", b"O*NET-SOC Code\tJob Zone\r\n51-3011.00\t2\tx\r\n"), r":2: .*has 3 cells"),
        (set_to("job_zones", b"O*NET-SOC Code\tJob Zone\tJob Zone\r\n1\t2\t3\r\n"), "has twice the column Job Zone"),
        (set_to("knowledge", "O*NET-SOC Code\té\n".encode("latin-1")), r":1:16: .*not UTF-8"),
        (set_to("knowledge", "O*NET-SOC Code\n".encode("utf-16")), "UTF-16"),
        (
            set_to("task_statements", text_bytes([row[:2] for row in tables()["task_statements"]])),
            "no column Task, Task",
        ),
    ],
)
def test_what_cannot_be_read_is_named(
    change: Callable[[dict[str, Rows | bytes]], None], told: str, tmp_path: Path
) -> None:
    content: dict[str, Rows | bytes] = dict(tables())
    change(content)
    with pytest.raises(UnreadableError, match=told):
        read_onet([write(tmp_path, content)])


def test_files_of_another_kind(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no such file"):
        read_onet([tmp_path / "absent.zip"])
    (tmp_path / "text.zip").write_text("no zip")
    with pytest.raises(UnreadableError, match="is no zip"):
        read_onet([tmp_path / "text.zip"])
    with pytest.raises(UnreadableError, match="no table of O"):
        read_onet([write(tmp_path, {"Read Me.txt": b"hello\n"})])
    with pytest.raises(UnreadableError, match="no file was named"):
        read_onet([])
    for name in ("a", "b"):
        (tmp_path / "folder" / name).mkdir(parents=True)
        (tmp_path / "folder" / name / "Skills.txt").write_text("x\n")
    with pytest.raises(UnreadableError, match=r"holds Skills\.txt twice"):
        read_onet([tmp_path / "folder"])
    with pytest.raises(UnreadableError, match="is there twice"):
        read_onet([write(tmp_path, {**tables(), "skills.csv": csv_bytes(tables()["skills"])})])


def test_releases_must_agree(tmp_path: Path) -> None:
    old, new = write(tmp_path, tables(), "db_29_1_text.zip"), write(tmp_path, tables(), "db_29_2_text.zip")
    with pytest.raises(UnreadableError, match="different releases"):
        read_onet([old, new])
    with pytest.raises(UnreadableError, match="different releases"):
        read_onet([new, write(tmp_path, tables(), "onet_28_csv.zip")])
    unnamed = read_onet([write(tmp_path, tables(), "tables.zip")])
    assert unnamed.scheme is not None
    assert unnamed.scheme.version is None
    assert [finding.rule for finding in unnamed.warnings].count("version") == 1
    assert "the O*NET Database" in (unnamed.scheme.attribution or "")
    dated = read_onet([write(tmp_path, tables(), "tables_2025_08.zip")])
    assert dated.scheme is not None
    assert dated.scheme.version is None


def test_tables_that_are_not_read_are_listed(tmp_path: Path) -> None:
    extra = {"Abilities.txt": b"a\tb\n1\t2\n", "Tools Used.txt": b"a\n"}
    hidden = {"__MACOSX/._Skills.txt": b"\0", "Read Me.pdf": b"%PDF"}
    harvest = read_onet([write(tmp_path, {**tables(), **extra, **hidden})])
    assert [one.file.rsplit("/", 1)[1] for one in harvest.warnings if one.rule == "table-not-read"] == sorted(extra)


@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_a_damaged_package_is_imported_right_or_refused_whole(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Cut, shuffle, double, recode or overwrite: the right import or a named fault, never a half-written store."""
    folder = tmp_path_factory.mktemp("damaged")
    store = open_store(f"sqlite:///{folder / 's.db'}")
    name = data.draw(st.sampled_from(["db_29_2_text.zip", "db_29_2_csv.zip"]))
    to_bytes = csv_bytes if "csv" in name else text_bytes
    try:
        whole = read_onet([write(folder, tables(), name)])
        run_import(store, whole)
        before = [row.line() for row in draft_records(store)]
        content: dict[str, Rows | bytes] = dict(tables())
        table = data.draw(st.sampled_from(sorted(content)))
        rows = tables()[table]
        raw = bytearray(to_bytes(rows))
        harm = data.draw(st.sampled_from(["cut", "shuffle", "double", "latin", "separator", "column", "byte", "zip"]))
        right = False
        if harm == "cut":
            del raw[data.draw(st.integers(0, len(raw) - 1)) :]
        elif harm == "shuffle":
            raw[:] = to_bytes([rows[0], *data.draw(st.permutations(rows[1:]))])
            right = True
        elif harm == "double":
            raw[:] = to_bytes([*rows, *rows[1:]])
            right = True
        elif harm == "latin":
            raw += "é".encode("latin-1")
        elif harm == "separator":
            raw[:] = csv_bytes(rows, ";")
        elif harm == "column":
            gone = data.draw(st.integers(0, len(rows[0]) - 1))
            raw[:] = to_bytes([row[:gone] + row[gone + 1 :] for row in rows])
        elif harm == "byte":
            raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
        content[table] = bytes(raw)
        path = write(folder, content, name)
        if harm == "zip":
            packed = bytearray(path.read_bytes())
            del packed[data.draw(st.integers(0, len(packed) - 1)) :]
            path.write_bytes(packed)
        refused = ""
        harvest = whole
        try:
            harvest = read_onet([path])
            run_import(store, harvest)
        except IngestError as error:
            refused = str(error)
        if refused:
            assert not right, refused
            assert [row.line() for row in draft_records(store)] == before
        else:
            assert run_import(store, read_onet([path])).changed == 0
            if right:
                assert lines(harvest) == lines(whole)
            if harm in ("latin", "separator"):
                raise AssertionError(f"{harm} went unnoticed")
    finally:
        store.close()


@pytest.mark.neo4j
def test_both_stores_hold_the_same(tmp_path: Path, sqlite_store: Store, neo4j_store: Store) -> None:
    harvest = read_onet([write(tmp_path, tables())])
    for store in (sqlite_store, neo4j_store):
        run_import(store, harvest)
        publish(store)
        assert run_import(store, harvest).changed == 0
    assert list(dump_lines(neo4j_store, 1)) == list(dump_lines(sqlite_store, 1))


def test_a_level_without_importance_is_listed(tmp_path: Path) -> None:
    content = tables()
    del content["skills"][1]
    harvest = read_onet([write(tmp_path, content)])
    assert [(one.rule, one.line) for one in harvest.warnings if one.rule == "no-importance"] == [("no-importance", 2)]
    assert f"NEEDS|onet:{BAKER}|onet:2.A.1.a" not in {one.id for one in harvest.entities if isinstance(one, Concept)}


def test_an_importance_without_level_has_no_level(tmp_path: Path) -> None:
    content = tables()
    content["skills"].append(rating(COOK, "2.A.1.a", "Reading Comprehension", "IM", "3.5"))
    needs = [one for one in read_onet([write(tmp_path, content)]).entities if isinstance(one, Needs)]
    cook = next(need for need in needs if need.from_id == f"onet:{COOK}" and need.importance is not None)
    assert (cook.level, cook.importance) == (None, 62.5)


def test_every_concept_but_the_tops_has_one_place_in_the_tree(tmp_path: Path) -> None:
    harvest = read_onet([write(tmp_path, tables())])
    ids = {one.id for one in harvest.entities if isinstance(one, Concept)}
    primary = Counter(one.from_id for one in harvest.entities if isinstance(one, Broader) and one.primary)
    tops = {"onet:2", "onet:5.F", "onet:15-0000", "onet:35-0000", "onet:51-0000"}
    assert primary == Counter(ids - tops)
