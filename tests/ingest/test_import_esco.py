"""The ESCO importer on a package of a few rows, whole and damaged."""

import random
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esco_package import Rows, csv_bytes, tables, uri, write
from skillatlas.ingest import IngestError, UnreadableError, read_esco, run_import
from skillatlas.taxonomy import (
    Broader,
    Concept,
    ConceptKind,
    LabelType,
    Necessity,
    Needs,
    PrerequisiteKind,
    Related,
    ReplacementKind,
    Requires,
    SkillType,
    Store,
    draft_records,
    load_graph,
    open_store,
    publish,
)


def test_everything_arrives(tmp_path: Path, sqlite_store: Store) -> None:
    paths = write(tmp_path, tables())
    harvest = read_esco(reversed(paths))
    run_import(sqlite_store, harvest)
    publish(sqlite_store)
    graph = load_graph(sqlite_store)

    assert graph.schemes["esco"].version == "1.1.1"
    assert "European Commission" in (graph.schemes["esco"].attribution or "")
    kinds = {concept.id: concept.kind for concept in graph.concepts.values()}
    assert kinds == {
        "esco:skill/S": ConceptKind.AREA,
        "esco:skill/S1": ConceptKind.SKILL_GROUP,
        "esco:skill/S2": ConceptKind.SKILL_GROUP,
        "esco:isced-f/00": ConceptKind.SKILL_GROUP,
        "esco:isco/C0": ConceptKind.ROLE_GROUP,
        "esco:isco/C0110": ConceptKind.ROLE_GROUP,
        "esco:occupation/o1": ConceptKind.ROLE,
        "esco:occupation/o2": ConceptKind.ROLE,
        "esco:skill/a": ConceptKind.SKILL,
        "esco:skill/b": ConceptKind.SKILL,
        "esco:skill/c": ConceptKind.SKILL,
    }
    a, b, c = (graph.concepts[f"esco:skill/{name}"] for name in "abc")
    assert (a.skill_type, b.skill_type, c.skill_type) == (SkillType.COMPETENCE, SkillType.KNOWLEDGE, None)
    assert a.uri == uri("skill/a")
    assert [(label.type, label.lang, label.value) for label in a.labels] == [
        (LabelType.ALTERNATIVE, "en", "sum up"),
        (LabelType.ALTERNATIVE, "en", "tot up"),
        (LabelType.PREFERRED, "en", "add, subtract"),
    ]
    assert [label.value for label in b.labels] == ["numbrs", "numbers"]
    assert b.definitions == {"en": "What numbers are.\nAnd are not."}
    assert c.definitions == {}
    assert a.data == {"reuseLevel": "transversal"}
    assert b.data is None
    officer = graph.concepts["esco:occupation/o1"].data
    assert officer == {
        "code": "0110.1",
        "iscoGroup": "0110",
        "regulatedProfessionNote": uri("regulated-professions/unregulated"),
    }
    assert {(need.to_id, need.necessity) for need in graph.needs("esco:occupation/o1")} == {
        ("esco:skill/a", Necessity.ESSENTIAL),
        ("esco:skill/b", Necessity.OPTIONAL),
    }
    assert graph.edges.requires["esco:skill/a"] == (
        Requires(from_id="esco:skill/a", any_of=("esco:skill/b",), kind=PrerequisiteKind.INFERRED, source="ESCO"),
    )
    assert graph.edges.related["esco:skill/c"] == ("esco:skill/a",)
    assert {(finding.rule, finding.line) for finding in harvest.findings} == {
        ("label-is-preferred", 2),
        ("missing-end", 4),
    }


def test_the_primary_parent_is_the_group_with_the_smallest_code(tmp_path: Path) -> None:
    edges = [edge for edge in read_esco(write(tmp_path, tables())).entities if isinstance(edge, Broader)]
    assert {edge.from_id: edge.to_id for edge in edges if edge.primary} == {
        "esco:skill/S1": "esco:skill/S",
        "esco:skill/S2": "esco:skill/S",
        "esco:skill/a": "esco:skill/S1",  # not S2, and not the group without a code
        "esco:skill/b": "esco:isced-f/00",
        "esco:skill/c": "esco:skill/a",  # no group: the skill with the smallest id
        "esco:isco/C0110": "esco:isco/C0",
        "esco:occupation/o1": "esco:isco/C0110",
        "esco:occupation/o2": "esco:occupation/o1",
    }
    assert len(edges) == 11


def test_no_primary_parent_closes_a_cycle(tmp_path: Path) -> None:
    content = tables()
    content["broaderRelationsSkillPillar"] = [
        ["conceptUri", "broaderUri"],
        [uri("skill/a"), uri("skill/b")],
        [uri("skill/b"), uri("skill/a")],
        [uri("skill/b"), uri("skill/c")],
    ]
    harvest = read_esco(write(tmp_path, content))
    primary = {edge.from_id: edge.to_id for edge in harvest.entities if isinstance(edge, Broader) and edge.primary}
    assert primary["esco:skill/a"] == "esco:skill/b"
    assert primary["esco:skill/b"] == "esco:skill/c"
    content["broaderRelationsSkillPillar"].pop()
    harvest = read_esco(write(tmp_path, content))
    assert [finding.rule for finding in harvest.warnings].count("cycle") == 1


def test_order_of_rows_and_labels_changes_nothing(tmp_path: Path, sqlite_store: Store) -> None:
    run_import(sqlite_store, read_esco(write(tmp_path / "one", tables())))
    content = tables()
    shuffle = random.Random(3)
    for rows in content.values():
        body = rows[1:]
        shuffle.shuffle(body)
        rows[1:] = body
    content["skills"] = [
        [cell if number != 4 else "\n".join(reversed(cell.split("\n"))) for number, cell in enumerate(row)]
        for row in content["skills"]
    ]
    assert run_import(sqlite_store, read_esco(write(tmp_path / "two", content))).changed == 0


def test_repeated_rows_are_left_out_and_listed(tmp_path: Path) -> None:
    content = tables()
    for name in content:
        content[name].append(list(content[name][1]))
    harvest = read_esco(write(tmp_path, content))
    assert harvest.entities == read_esco(write(tmp_path, tables())).entities
    repeated = {finding.file.rsplit("/", 1)[1] for finding in harvest.warnings if finding.rule == "repeated-row"}
    assert len(repeated) == len(content) - 1  # the hierarchy repeats its upper levels anyway
    assert not harvest.faults


def test_a_concept_told_twice_differently_is_a_fault(tmp_path: Path, sqlite_store: Store) -> None:
    content = tables()
    run_import(sqlite_store, read_esco(write(tmp_path / "one", content)))
    content["skills"].append([uri("skill/a"), "knowledge", "", "something else", "", "", ""])
    harvest = read_esco(write(tmp_path / "two", content))
    assert [(finding.rule, finding.line) for finding in harvest.faults] == [("repeated-concept", 8)]
    with pytest.raises(IngestError, match="skill/a"):
        run_import(sqlite_store, harvest)
    # Skipped, the concept and its edges stay as they are.
    assert run_import(sqlite_store, harvest, skip_faulty=True).changed == 0


def test_an_essential_relation_wins_over_an_optional_one(tmp_path: Path) -> None:
    content = tables()
    content["occupationSkillRelations"].append([uri("occupation/o1"), "essential", uri("skill/b")])
    harvest = read_esco(write(tmp_path, content))
    needs = {edge.to_id: edge.necessity for edge in harvest.entities if isinstance(edge, Needs)}
    assert needs["esco:skill/b"] is Necessity.ESSENTIAL


def test_a_circle_of_prerequisites_is_broken_and_listed(tmp_path: Path) -> None:
    content = tables()
    content["skillSkillRelations"] += [
        [uri(f"skill/{start}"), "essential", uri(f"skill/{end}")] for start, end in ("bc", "ca", "ab")
    ]
    harvest = read_esco(write(tmp_path, content))
    requires = {(edge.from_id, *edge.any_of) for edge in harvest.entities if isinstance(edge, Requires)}
    circle = {(f"esco:skill/{start}", f"esco:skill/{end}") for start, end in ("ab", "bc", "ca")}
    assert len(circle & requires) == 2
    (finding,) = (found for found in harvest.findings if found.rule == "cycle" and "circle" in found.text)
    assert finding.line is not None
    assert all(f"esco:skill/{name}" in finding.text for name in "abc")


def test_groups_with_new_addresses_are_joined_by_code(tmp_path: Path, sqlite_store: Store) -> None:
    run_import(sqlite_store, read_esco(write(tmp_path / "one", tables(), "1.1.0")))
    publish(sqlite_store)
    content = tables()
    moved = {uri("skill/S"): uri("skill/9-S"), uri("skill/S1"): uri("skill/9-S1"), uri("isced-f/00"): uri("isced-f/09")}
    content = {name: [[moved.get(cell, cell) for cell in row] for row in rows] for name, rows in content.items()}
    report = run_import(sqlite_store, read_esco(write(tmp_path / "two", content)), allow_removal=True)
    assert report.counts
    publish(sqlite_store)
    graph = load_graph(sqlite_store)
    replaced = {
        concept.id: (concept.replacement.kind, concept.replacement.concepts, concept.replacement.reason)
        for concept in graph.concepts.values()
        if concept.replacement
    }
    assert replaced == {
        "esco:skill/S": (ReplacementKind.REPLACED, ("esco:skill/9-S",), "same code"),
        "esco:skill/S1": (ReplacementKind.REPLACED, ("esco:skill/9-S1",), "same code"),
        "esco:isced-f/00": (ReplacementKind.RETIRED, (), "not in ESCO 1.1.1"),
    }
    primary = graph.primary_parent("esco:skill/a")
    assert primary is not None
    assert primary.id == "esco:skill/9-S1"


def test_a_code_that_stands_twice_joins_nothing(tmp_path: Path, sqlite_store: Store) -> None:
    run_import(sqlite_store, read_esco(write(tmp_path / "one", tables(), "1.1.0")))
    content = tables()
    content["skillGroups"] = [
        [uri("skill/9") if cell == uri("skill/S1") else cell for cell in row] for row in content["skillGroups"]
    ]
    content["skillGroups"].append([uri("skill/8"), "S1", "counting too"])
    run_import(sqlite_store, read_esco(write(tmp_path / "two", content)), allow_removal=True)
    publish(sqlite_store)
    replacement = load_graph(sqlite_store).concepts["esco:skill/S1"].replacement
    assert replacement is not None
    assert replacement.kind is ReplacementKind.RETIRED


def test_one_zip_alone_leaves_the_other_part_as_it_is(tmp_path: Path, sqlite_store: Store) -> None:
    classification, relations = write(tmp_path, tables())
    with pytest.raises(UnreadableError, match="classification"):
        run_import(sqlite_store, read_esco([relations]))
    assert list(draft_records(sqlite_store)) == []
    run_import(sqlite_store, read_esco([classification]))
    run_import(sqlite_store, read_esco([relations]))
    assert run_import(sqlite_store, read_esco([classification, relations])).changed == 0
    assert run_import(sqlite_store, read_esco([classification])).changed == 0


def broken(change: Callable[[dict[str, Rows | bytes]], None]) -> dict[str, Rows | bytes]:
    content: dict[str, Rows | bytes] = dict(tables())
    change(content)
    return content


def set_to(name: str, value: Rows | bytes) -> Callable[[dict[str, Rows | bytes]], None]:
    return lambda content: content.__setitem__(name, value)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda content: content.pop("skills"), "lacks the table skills"),
        (lambda content: content.pop("skillSkillRelations"), "lacks the table skillSkillRelations"),
        (set_to("skills", b""), r"skills_en\.csv:1: .*is empty"),
        (set_to("skills", b"conceptUri,skillType\r\n"), r"skills_en\.csv:1: .*no column reuseLevel"),
        (set_to("ISCOGroups", csv_bytes(tables()["ISCOGroups"], ";")), "no column conceptUri"),
        (set_to("occupations", csv_bytes(tables()["occupations"])[:-20]), r"occupations_en\.csv:3: .*cells"),
        (set_to("skills", csv_bytes(tables()["skills"]) + b'"never closed'), "is no CSV"),
        (set_to("skillGroups", "conceptUri,code,preferredLabel\r\nx,y,zü".encode("latin-1")), r":2:6: .*not UTF-8"),
        (set_to("skillGroups", "conceptUri".encode("utf-16")), "UTF-16"),
        (set_to("skills", b"conceptUri\0"), "null byte"),
    ],
)
def test_what_cannot_be_read_is_named(
    change: Callable[[dict[str, Rows | bytes]], None], told: str, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableError, match=told):
        read_esco(write(tmp_path, broken(change)))


def test_files_of_another_kind(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no such file"):
        read_esco([tmp_path / "absent.zip"])
    with pytest.raises(UnreadableError, match="folder"):
        read_esco([tmp_path])
    (tmp_path / "text.zip").write_text("no zip")
    with pytest.raises(UnreadableError, match="is no zip"):
        read_esco([tmp_path / "text.zip"])
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(UnreadableError, match="no table of ESCO"):
        read_esco([tmp_path / "other.zip"])
    with pytest.raises(UnreadableError, match="no file"):
        read_esco([])


def test_a_table_that_stands_twice_in_a_zip_is_refused(tmp_path: Path) -> None:
    paths = write(tmp_path, tables())
    with zipfile.ZipFile(paths[0], "a") as archive:
        for folder in ("one", "two"):
            archive.writestr(f"{folder}/readme.txt", "read by nobody")
    read_esco(paths)
    with zipfile.ZipFile(paths[0], "a") as archive:
        archive.writestr("older/skills_en.csv", archive.read("inner/skills_en.csv"))
    with pytest.raises(UnreadableError, match=r"skills_en\.csv: fault: stands several times in the zip"):
        read_esco(paths)


def test_two_versions_at_once_are_refused(tmp_path: Path) -> None:
    old, new = write(tmp_path / "one", tables(), "1.1.0"), write(tmp_path / "two", tables(), "1.1.1")
    with pytest.raises(UnreadableError, match="different versions"):
        read_esco([old[0], new[1]])
    with pytest.raises(UnreadableError, match="is there twice"):
        read_esco([*old, *new])


def test_without_a_version_in_the_name_there_is_a_warning(tmp_path: Path) -> None:
    paths = [
        path.rename(tmp_path / name) for path, name in zip(write(tmp_path, tables()), ("a.zip", "b.zip"), strict=True)
    ]
    harvest = read_esco(paths)
    assert harvest.scheme is not None
    assert harvest.scheme.version is None
    assert [finding.rule for finding in harvest.warnings].count("version") == 1


def test_bad_rows_are_faults_with_their_lines(tmp_path: Path) -> None:
    content = tables()
    content["skills"][1][1] = "talent"
    content["skills"][2][3] = " "
    content["skills"][3][0] = "no uri"
    content["occupationSkillRelations"][1][1] = "perhaps"
    harvest = read_esco(write(tmp_path, content))
    assert [(fault.file.rsplit("/", 1)[1], fault.line, fault.column) for fault in harvest.faults] == [
        ("skills_en.csv", 2, 2),
        ("skills_en.csv", 5, 4),
        ("skills_en.csv", 7, 1),
        ("occupationSkillRelations.csv", 2, 2),
    ]
    ids = {entity.id for entity in harvest.entities if isinstance(entity, Concept)}
    assert not {"esco:skill/a", "esco:skill/b"} & ids
    assert harvest.left_out == {"esco:skill/a", "esco:skill/b", "NEEDS|esco:occupation/o1|esco:skill/a"}


def test_with_faulty_rows_skipped_what_they_tell_of_stays(tmp_path: Path, sqlite_store: Store) -> None:
    run_import(sqlite_store, read_esco(write(tmp_path / "one", tables())))
    content = tables()
    content["skills"][1][1] = "talent"
    content["occupationSkillRelations"][2][1] = "perhaps"
    content["skillSkillRelations"][1][1] = "perhaps"
    report = run_import(sqlite_store, read_esco(write(tmp_path / "two", content)), skip_faulty=True)
    assert report.changed == 0
    assert len(report.faults) == 3


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_package_is_imported_right_or_refused_whole(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Cut, overwrite or shuffle bytes of a zip or of a table: never a crash, never a half-written store."""
    folder = tmp_path_factory.mktemp("damaged")
    store = open_store(f"sqlite:///{folder / 's.db'}")
    try:
        run_import(store, read_esco(write(folder, tables())))
        before = [row.line() for row in draft_records(store)]
        content: dict[str, Rows | bytes] = dict(tables())
        if data.draw(st.booleans(), label="damage a table"):
            name = data.draw(st.sampled_from(sorted(content)))
            raw = bytearray(csv_bytes(tables()[name]))
            where = data.draw(st.integers(0, len(raw) - 1))
            if data.draw(st.booleans(), label="cut"):
                del raw[where:]
            else:
                raw[where] = data.draw(st.integers(0, 255))
            content[name] = bytes(raw)
            paths = write(folder, content)
        else:
            paths = write(folder, content)
            path = data.draw(st.sampled_from(paths))
            raw = bytearray(path.read_bytes())
            where = data.draw(st.integers(0, len(raw) - 1))
            if data.draw(st.booleans(), label="cut"):
                del raw[where:]
            else:
                raw[where] = data.draw(st.integers(0, 255))
            path.write_bytes(raw)
        try:
            run_import(store, read_esco(paths))
        except IngestError:
            assert [row.line() for row in draft_records(store)] == before
        else:
            assert run_import(store, read_esco(paths)).changed == 0
    finally:
        store.close()


DAMAGES: dict[str, Callable[[Rows], bytes]] = {
    "cut": lambda rows: csv_bytes(rows)[:-7],
    "doubled": lambda rows: csv_bytes([*rows, *rows[1:]]),
    "header again": lambda rows: csv_bytes([*rows, *rows]),
    "shuffled": lambda rows: csv_bytes([rows[0], *reversed(rows[1:])]),
    "encoding": lambda rows: csv_bytes([*rows, ["\u00e9"] * len(rows[0])]).decode().encode("latin-1"),
    "utf-16": lambda rows: csv_bytes(rows).decode().encode("utf-16"),
    "separator": lambda rows: csv_bytes(rows, ";"),
    "column": lambda rows: csv_bytes([row[1:] for row in rows]),
    "columns in another order": lambda rows: csv_bytes([[*row[1:], row[0]] for row in rows]),
}
HARMLESS = {"doubled", "shuffled"}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", tables())
def test_each_table_damaged_in_each_way(name: str, damage: str, tmp_path: Path, sqlite_store: Store) -> None:
    """Either nothing differs from the whole package, or the fault names the table and the store stays as it is."""
    run_import(sqlite_store, read_esco(write(tmp_path / "one", tables())))
    before = [row.line() for row in draft_records(sqlite_store)]
    content: dict[str, Rows | bytes] = dict(tables())
    content[name] = DAMAGES[damage](tables()[name])
    told = ""
    try:
        report = run_import(sqlite_store, read_esco(write(tmp_path / "two", content)), allow_removal=True)
    except IngestError as error:
        told = str(error)
    else:
        assert report.changed == 0
    assert [row.line() for row in draft_records(sqlite_store)] == before
    if damage in HARMLESS:
        assert not told
    elif told:
        assert f"/{name}" in told


def test_relations_keep_their_source_and_confidence(tmp_path: Path) -> None:
    edges = [entity for entity in read_esco(write(tmp_path, tables())).entities if not isinstance(entity, Concept)]
    assert {edge.source for edge in edges} == {"ESCO"}  # type: ignore[union-attr]
    assert {type(edge) for edge in edges} == {Broader, Needs, Requires, Related}


COLLECTION = ["conceptType", "conceptUri", "preferredLabel", "altLabels"]


def with_collections(folder: Path, collections: Mapping[str, Rows]) -> list[Path]:
    """The package of a few rows with collections in its classification zip."""
    paths = write(folder, tables())
    with zipfile.ZipFile(paths[0], "a") as archive:
        for name, rows in collections.items():
            archive.writestr(f"{name}Collection_en.csv", csv_bytes([COLLECTION, *rows]))
    return paths


def test_collections_are_noted_at_their_members(tmp_path: Path, sqlite_store: Store) -> None:
    green = [["KnowledgeSkillCompetence", uri("skill/b "), "numbers", "a | b"], ["", uri("skill/a"), "x", ""]]
    digital = [["", uri("skill/a"), "x", ""], ["", uri("skill/a"), "x", ""], ["", uri("skill/none"), "x", ""]]
    jobs = [["Occupation", uri("occupation/o1"), "officer", ""]]
    content = {"greenSkills": green, "digitalSkills": digital, "researchOccupations": jobs}
    harvest = read_esco(with_collections(tmp_path / "one", content))
    data = {concept.id: dict(concept.data or {}) for concept in harvest.entities if isinstance(concept, Concept)}
    assert data["esco:skill/a"] == {"reuseLevel": "transversal", "collections": ["digitalSkills", "greenSkills"]}
    assert data["esco:skill/b"] == {"collections": ["greenSkills"]}
    assert data["esco:occupation/o1"]["collections"] == ["researchOccupations"]
    assert "collections" not in data["esco:skill/c"]
    listed = [(one.rule, one.line) for one in harvest.warnings if one.file.endswith("digitalSkillsCollection_en.csv")]
    assert listed == [("repeated-row", 3), ("missing-member", 4)]
    run_import(sqlite_store, harvest)
    shuffled = {name: list(reversed(rows)) for name, rows in reversed(content.items())}
    assert run_import(sqlite_store, read_esco(with_collections(tmp_path / "two", shuffled))).changed == 0
    # Without them, the members are told to be in none.
    assert run_import(sqlite_store, read_esco(write(tmp_path / "three", tables()))).changed == 3


def test_a_collection_without_the_classification(tmp_path: Path) -> None:
    path = tmp_path / "x v1.1.1.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("greenSkillsCollection_en.csv", csv_bytes([COLLECTION]))
    with pytest.raises(UnreadableError, match="lacks the table skills, occupations"):
        read_esco([path])
