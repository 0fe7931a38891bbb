"""The real ESCO, 1.1.0 and 1.1.1: every count against the files by a reader of the test's own, and the upgrade."""

import csv
import io
import random
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import orjson
import pytest

from skillatlas.ingest import Harvest, ImportReport, read_esco, run_import
from skillatlas.taxonomy import (
    Broader,
    Change,
    Concept,
    ConceptKind,
    EntityType,
    Graph,
    Label,
    LabelType,
    Necessity,
    Needs,
    PrerequisiteKind,
    Related,
    ReplacementKind,
    Requires,
    Store,
    load_graph,
    open_store,
    publish,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

Row = dict[str, str]
BASE = "http://data.europa.eu/esco/"


class Source:
    """The files of a version, read without any of the importer's code."""

    def __init__(self, folder: Path, version: str) -> None:
        self._zips = [zipfile.ZipFile(path) for path in sorted(folder.glob(f"*v{version}*.zip"))]
        self.rows = cache(self._rows)

    def _rows(self, name: str) -> list[Row]:
        csv.field_size_limit(10_000_000)
        for archive in self._zips:
            if name in archive.namelist():
                with archive.open(name) as stream:
                    return list(csv.DictReader(io.TextIOWrapper(stream, "utf-8", newline="")))
        raise KeyError(name)

    @property
    def names(self) -> list[str]:
        """The files there are."""
        return sorted(name for archive in self._zips for name in archive.namelist())

    @property
    def known(self) -> set[str]:
        return {row["conceptUri"] for name in CONCEPTS for row in self.rows(name)}

    def relations(self, name: str, first: str, second: str) -> list[Row]:
        """Relations whose ends are there and differ."""
        known = self.known
        return [row for row in self.rows(name) if {row[first], row[second]} <= known and row[first] != row[second]]


CONCEPTS = ("skills_en.csv", "occupations_en.csv", "skillGroups_en.csv", "ISCOGroups_en.csv")


def short(uri: str) -> str:
    return "esco:" + uri.removeprefix(BASE)


class Upgraded(NamedTuple):
    """What the two imports did."""

    sources: dict[str, Source]
    harvests: dict[str, Harvest]
    graphs: dict[str, Graph]
    upgrade: ImportReport
    again: ImportReport
    changes: list[Change]
    store: Store


@pytest.fixture(scope="module")
def esco(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Upgraded]:
    folder = shared_data / "esco"
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('esco') / 's.db'}")
    harvests = {version: read_esco(folder.glob(f"*v{version}*.zip")) for version in ("1.1.0", "1.1.1")}
    run_import(store, harvests["1.1.0"])
    publish(store)
    upgrade = run_import(store, harvests["1.1.1"])
    assert publish(store).left_out == ()
    yield Upgraded(
        sources={version: Source(folder, version) for version in harvests},
        harvests=harvests,
        graphs={"1.1.0": load_graph(store, 1), "1.1.1": load_graph(store, 2)},
        upgrade=upgrade,
        again=run_import(store, harvests["1.1.1"], dry_run=True),
        changes=list(store.changes(1, 2)),
        store=store,
    )
    store.close()


def edges(harvest: Harvest, kind: type) -> list[object]:
    return [entity for entity in harvest.entities if isinstance(entity, kind)]


@pytest.mark.parametrize("version", ["1.1.0", "1.1.1"])
def test_every_concept_of_the_files_is_there(esco: Upgraded, version: str) -> None:
    source, graph = esco.sources[version], esco.graphs[version]
    active = {concept.id: concept for concept in graph.concepts.values() if concept.active}
    pillars = {row["Level 0 URI"] for row in source.rows("skillsHierarchy_en.csv")}
    wanted = {
        **{short(row["conceptUri"]): ConceptKind.SKILL for row in source.rows("skills_en.csv")},
        **{short(row["conceptUri"]): ConceptKind.ROLE for row in source.rows("occupations_en.csv")},
        **{short(row["conceptUri"]): ConceptKind.ROLE_GROUP for row in source.rows("ISCOGroups_en.csv")},
        **{
            short(row["conceptUri"]): ConceptKind.AREA if row["conceptUri"] in pillars else ConceptKind.SKILL_GROUP
            for row in source.rows("skillGroups_en.csv")
        },
    }
    assert {name: concept.kind for name, concept in active.items()} == wanted
    assert (
        Counter(wanted.values())
        == {
            "1.1.0": {"SKILL": 13891, "ROLE": 3008, "ROLE_GROUP": 619, "SKILL_GROUP": 639, "AREA": 4},
            "1.1.1": {"SKILL": 13896, "ROLE": 3007, "ROLE_GROUP": 619, "SKILL_GROUP": 636, "AREA": 4},
        }[version]
    )
    types = Counter(concept.skill_type for concept in active.values() if concept.kind is ConceptKind.SKILL)
    stated = Counter(row["skillType"] for row in source.rows("skills_en.csv"))
    assert types == {"KNOWLEDGE": stated["knowledge"], "COMPETENCE": stated["skill/competence"], None: stated[""]}


@pytest.mark.parametrize("version", ["1.1.0", "1.1.1"])
def test_every_label_and_text_of_the_files_is_there(esco: Upgraded, version: str) -> None:
    graph, repeated = esco.graphs[version], 0
    for name in CONCEPTS:
        for row in esco.sources[version].rows(name):
            concept = graph.concepts[short(row["conceptUri"])]
            preferred = row["preferredLabel"].strip()
            wanted = {Label(LabelType.PREFERRED, "en", preferred)}
            for column, kind in (("altLabels", LabelType.ALTERNATIVE), ("hiddenLabels", LabelType.HIDDEN)):
                for part in (row.get(column) or "").split("\n"):
                    if part.strip() == preferred:
                        repeated += 1
                    elif part.strip():
                        wanted.add(Label(kind, "en", part.strip()))
            assert set(concept.labels) == wanted
            assert concept.definitions.get("en", "") == row["description"].strip()
            data = concept.data or {}
            assert data.get("code", "") == row.get("code", "")
            assert data.get("reuseLevel", "") == row.get("reuseLevel", "")
            assert data.get("iscoGroup", "") == row.get("iscoGroup", "")
            assert data.get("regulatedProfessionNote", "") == row.get("regulatedProfessionNote", "")
    listed = Counter(finding.rule for finding in esco.harvests[version].warnings)
    assert listed["label-is-preferred"] == repeated


@pytest.mark.parametrize("version", ["1.1.0", "1.1.1"])
def test_every_relation_of_the_files_is_there_less_what_is_listed(esco: Upgraded, version: str) -> None:
    source, harvest = esco.sources[version], esco.harvests[version]
    needs = source.relations("occupationSkillRelations.csv", "occupationUri", "skillUri")
    assert {(edge.from_id, edge.to_id, edge.necessity) for edge in harvest.entities if isinstance(edge, Needs)} == {
        (short(row["occupationUri"]), short(row["skillUri"]), Necessity(row["relationType"].upper())) for row in needs
    }
    between = source.relations("skillSkillRelations.csv", "originalSkillUri", "relatedSkillUri")
    assert {(edge.from_id, *edge.any_of, edge.kind) for edge in harvest.entities if isinstance(edge, Requires)} == {
        (short(row["originalSkillUri"]), short(row["relatedSkillUri"]), PrerequisiteKind.INFERRED)
        for row in between
        if row["relationType"] == "essential"
    }
    assert {(edge.from_id, edge.to_id) for edge in harvest.entities if isinstance(edge, Related)} == {
        tuple(sorted((short(row["originalSkillUri"]), short(row["relatedSkillUri"]))))
        for row in between
        if row["relationType"] == "optional"
    }
    broader = [
        row
        for name in ("broaderRelationsSkillPillar.csv", "broaderRelationsOccPillar.csv")
        for row in source.relations(name, "conceptUri", "broaderUri")
    ]
    found = [edge for edge in harvest.entities if isinstance(edge, Broader)]
    assert {(edge.from_id, edge.to_id) for edge in found} == {
        (short(row["conceptUri"]), short(row["broaderUri"])) for row in broader
    }
    assert Counter(edge.from_id for edge in found if edge.primary) == Counter({edge.from_id for edge in found})

    rows = {
        name: len(source.rows(f"{name}.csv"))
        for name in (
            "occupationSkillRelations",
            "skillSkillRelations",
            "broaderRelationsSkillPillar",
            "broaderRelationsOccPillar",
        )
    }
    left_out: Counter[str] = Counter()
    for finding in harvest.warnings:
        if finding.rule in ("missing-end", "self", "repeated-row", "wrong-end"):
            left_out[finding.file.rsplit("/", 1)[1].removesuffix(".csv")] += 1
    assert rows["occupationSkillRelations"] - left_out["occupationSkillRelations"] == len(needs)
    assert rows["skillSkillRelations"] - left_out["skillSkillRelations"] == len(edges(harvest, Requires)) + len(
        edges(harvest, Related)
    )
    assert sum(rows[name] - left_out[name] for name in rows if name.startswith("broader")) == len(found)
    assert (
        dict(left_out)
        == {
            "1.1.0": {"skillSkillRelations": 1},
            "1.1.1": {
                "skillSkillRelations": 1,
                "occupationSkillRelations": 67,
                "broaderRelationsSkillPillar": 7,
                "broaderRelationsOccPillar": 1,
            },
        }[version]
    )


@pytest.mark.parametrize("version", ["1.1.0", "1.1.1"])
def test_warnings_name_the_line_of_their_row(esco: Upgraded, version: str, shared_data: Path) -> None:
    """Checked by cutting the line out of the file's raw text."""
    finding = next(
        finding
        for finding in random.Random(5).sample(esco.harvests[version].warnings, 2000)
        if finding.rule == "label-is-preferred" and finding.file.endswith("skills_en.csv")
    )
    folder = next((shared_data / "esco").glob(f"*v{version}*classification*.zip"))
    with zipfile.ZipFile(folder) as archive:
        line = archive.read("skills_en.csv").decode().split("\n")[(finding.line or 0) - 1]
    uri = next(cell for cell in line.split(",") if cell.startswith(BASE))
    assert finding.text.startswith(short(uri))


def test_the_upgrade_has_the_real_differences_and_no_other(esco: Upgraded) -> None:
    old, new = esco.sources["1.1.0"], esco.sources["1.1.1"]
    before, after = esco.graphs["1.1.0"], esco.graphs["1.1.1"]
    deprecated = [concept for concept in after.concepts.values() if not concept.active]
    by_kind = Counter(concept.kind for concept in deprecated)
    assert by_kind == {ConceptKind.ROLE: 1, ConceptKind.AREA: 4, ConceptKind.SKILL_GROUP: 414}
    replacements = Counter(concept.replacement.kind for concept in deprecated if concept.replacement)
    assert replacements == {ReplacementKind.REPLACED: 410, ReplacementKind.RETIRED: 9}
    codes = {row["code"]: short(row["conceptUri"]) for row in new.rows("skillGroups_en.csv") if row["code"]}
    for concept in deprecated:
        if concept.replacement and concept.replacement.kind is ReplacementKind.REPLACED:
            assert concept.replacement.concepts == (codes[(concept.data or {})["code"]],)
            assert concept.replacement.reason == "same code"

    skills = {row["conceptUri"]: row for row in old.rows("skills_en.csv")}
    turned = [row for row in new.rows("skills_en.csv") if row["conceptUri"] not in skills]
    assert len(turned) == 5
    for row in turned:
        identifier = short(row["conceptUri"])
        assert before.concepts[identifier].kind is ConceptKind.SKILL_GROUP
        assert after.concepts[identifier].kind is ConceptKind.SKILL

    pairs = {
        version: {
            (short(row["occupationUri"]), short(row["skillUri"]))
            for row in source.relations("occupationSkillRelations.csv", "occupationUri", "skillUri")
        }
        for version, source in (("1.1.0", old), ("1.1.1", new))
    }
    operations = Counter(
        (change.operation.value, change.entity_id.partition("|")[0])
        for change in esco.changes
        if change.entity_type is EntityType.EDGE
    )
    assert operations["CREATE", "NEEDS"] == len(pairs["1.1.1"] - pairs["1.1.0"])
    assert operations["REMOVE", "NEEDS"] == len(pairs["1.1.0"] - pairs["1.1.1"])
    assert not operations.keys() & {(op, kind) for op in ("CREATE", "REMOVE") for kind in ("REQUIRES", "RELATED")}


def test_no_concept_is_changed_by_the_order_of_its_labels(esco: Upgraded) -> None:
    """Each update of a concept stands in the files: counted field by field over the two versions."""
    found: Counter[str] = Counter()
    for change in esco.changes:
        if change.entity_type is EntityType.CONCEPT and change.operation.value == "UPDATE":
            assert change.before is not None
            assert change.after is not None
            before, after = orjson.loads(change.before), orjson.loads(change.after)
            if after["kind"] == "SKILL" and before["kind"] == "SKILL":
                found.update(name for name in after if after[name] != before[name])
    old, new = ({row["conceptUri"]: row for row in esco.sources[v].rows("skills_en.csv")} for v in ("1.1.0", "1.1.1"))

    def labels(row: Row) -> set[tuple[str, str]]:
        preferred = row["preferredLabel"].strip()
        return {("p", preferred)} | {
            (column, part.strip())
            for column in ("altLabels", "hiddenLabels")
            for part in row[column].split("\n")
            if part.strip() not in ("", preferred)
        }

    both = old.keys() & new.keys()
    texts = sum(old[uri]["description"].strip() != new[uri]["description"].strip() for uri in both)
    assert found["labels"] == sum(labels(old[uri]) != labels(new[uri]) for uri in both) < 12
    assert found["definitions"] == texts
    assert found["skillType"] == sum(old[uri]["skillType"] != new[uri]["skillType"] for uri in both)


def test_importing_it_again_changes_nothing(esco: Upgraded) -> None:
    assert esco.again.changed == 0


def test_an_upgrade_ends_where_a_fresh_import_does(esco: Upgraded) -> None:
    """Apart from the deprecated concepts, which only the upgraded store knows."""
    graph = esco.graphs["1.1.1"]
    fresh = {entity.id: entity for entity in esco.harvests["1.1.1"].entities if isinstance(entity, Concept)}
    assert {name: concept for name, concept in graph.concepts.items() if concept.active} == fresh
    assert graph.release.edge_count == len(esco.harvests["1.1.1"].entities) - len(fresh)
    assert not esco.upgrade.faults


# -- every count of the upgrade, explained by the files ------------------------------------------------------------


def folded(row: Row) -> dict[str, object]:
    """What a row says, whatever the order in which it says it."""
    preferred = row["preferredLabel"].strip()
    labels = {("PREFERRED", preferred)} | {
        (kind, part.strip())
        for kind, column in (("ALTERNATIVE", "altLabels"), ("HIDDEN", "hiddenLabels"))
        for part in (row.get(column) or "").split("\n")
        if part.strip() not in ("", preferred)
    }
    data = ("code", "iscoGroup", "reuseLevel", "regulatedProfessionNote", "definition", "scopeNote")
    return {
        "labels": labels,
        "definitions": (row.get("description") or "").strip(),
        "skillType": row.get("skillType") or "",
        "data": {name: (row.get(name) or "").strip() for name in data},
    }


def collections(source: Source) -> dict[str, set[str]]:
    """The collections of each URI."""
    found: dict[str, set[str]] = {}
    for name in source.names:
        if name.endswith("Collection_en.csv"):
            for row in source.rows(name):
                found.setdefault(row["conceptUri"].strip(), set()).add(name.removesuffix("Collection_en.csv"))
    return found


@pytest.mark.parametrize(
    ("version", "sizes"),
    [
        ("1.1.0", {"transversal": 96, "language": 345, "green": 570, "digComp": 21, "research": 40, "ict": 21}),
        ("1.1.1", {"transversal": 96, "language": 346, "green": 570, "digComp": 26, "research": 40, "digital": 1201}),
    ],
)
def test_collections_are_memberships(esco: Upgraded, version: str, sizes: dict[str, int]) -> None:
    stated = {short(uri): sorted(names) for uri, names in collections(esco.sources[version]).items()}
    held = {
        concept.id: concept.data["collections"]
        for concept in esco.graphs[version].concepts.values()
        if concept.active and concept.data and "collections" in concept.data
    }
    assert held == stated
    counts = Counter(name for names in held.values() for name in names)
    wanted = {f"{name}Skills": size for name, size in sizes.items()}
    assert counts == wanted | ({"researchOccupations": 122} if version == "1.1.1" else {})


def test_every_changed_concept_of_the_upgrade_is_one_of_the_files(esco: Upgraded) -> None:
    """Field by field, and in the numbers that are known of the two versions; the order of labels changes none."""
    old, new = esco.sources["1.1.0"], esco.sources["1.1.1"]
    expected: dict[str, set[str]] = {}
    for table in CONCEPTS:
        before = {row["conceptUri"]: folded(row) for row in old.rows(table)}
        after = {row["conceptUri"]: folded(row) for row in new.rows(table)}
        for uri in before.keys() & after.keys():
            names = {name for name in before[uri] if before[uri][name] != after[uri][name]}
            if names:
                expected[short(uri)] = names
    earlier, later = collections(old), collections(new)
    turned = {row["conceptUri"] for row in new.rows("skills_en.csv")} & {
        row["conceptUri"] for row in old.rows("skillGroups_en.csv")
    }
    for uri in earlier.keys() | later.keys():
        if earlier.get(uri) != later.get(uri):
            expected.setdefault(short(uri), set()).add("data")
    found: dict[str, set[str]] = {}
    kinds: Counter[str] = Counter()
    for change in esco.changes:
        if change.entity_type is EntityType.CONCEPT and change.operation.value == "UPDATE":
            one, two = orjson.loads(change.before or b""), orjson.loads(change.after or b"")
            names = {name for name in two if one[name] != two[name]}
            if "kind" in names:
                kinds[f"{one['kind']} to {two['kind']}"] += 1
                expected.pop(change.entity_id, None)
            else:
                found[change.entity_id] = names
    assert kinds == {"SKILL_GROUP to SKILL": len(turned)} == {"SKILL_GROUP to SKILL": 5}
    assert found == expected

    skills = {row["conceptUri"]: row for row in old.rows("skills_en.csv")}
    same = [(skills[row["conceptUri"]], row) for row in new.rows("skills_en.csv") if row["conceptUri"] in skills]
    assert len(same) == len(skills)  # no skill was removed
    assert sum(one["altLabels"] != two["altLabels"] for one, two in same) == 867  # as text …
    fields = Counter(
        name for uri, names in found.items() if esco.graphs["1.1.1"].concepts[uri].kind == "SKILL" for name in names
    )
    assert fields["labels"] == sum(folded(one)["labels"] != folded(two)["labels"] for one, two in same)
    sets = [[set(row["altLabels"].split("\n")) for row in pair] for pair in same]
    assert sum(one != two for one, two in sets) == 8  # … as sets …
    assert fields["labels"] == 4  # … and without those that repeat the preferred label
    assert fields["definitions"] == 86
    assert fields["skillType"] == 2
    assert sum(one["preferredLabel"] != two["preferredLabel"] for one, two in same) == 2


def test_every_changed_edge_of_the_upgrade_is_one_of_the_files(esco: Upgraded) -> None:
    old, new = esco.sources["1.1.0"], esco.sources["1.1.1"]
    operations = Counter(
        (change.operation.value, change.entity_id.partition("|")[0])
        for change in esco.changes
        if change.entity_type is EntityType.EDGE
    )

    def pairs(source: Source) -> set[tuple[str, str]]:
        rows = source.rows("occupationSkillRelations.csv")
        return {(row["occupationUri"], row["skillUri"]) for row in rows}

    gone = {row["conceptUri"] for row in old.rows("occupations_en.csv")} - {
        row["conceptUri"] for row in new.rows("occupations_en.csv")
    }
    lost = [pair for pair in pairs(new) if pair[0] in gone]
    assert len(pairs(new) - pairs(old)) == 305 == operations["CREATE", "NEEDS"]
    assert len(pairs(old) - pairs(new)) == 302
    # The 67 rows that 1.1.1 still has of the occupation that it no longer has go too.
    assert (len(gone), len(lost)) == (1, 67)
    assert operations["REMOVE", "NEEDS"] == 302 + 67
    assert operations["UPDATE", "NEEDS"] == 0

    def broader(source: Source) -> set[tuple[str, str]]:
        return {
            (row["conceptUri"], row["broaderUri"])
            for name in ("broaderRelationsSkillPillar.csv", "broaderRelationsOccPillar.csv")
            for row in source.relations(name, "conceptUri", "broaderUri")
        }

    assert operations["CREATE", "BROADER"] == len(broader(new) - broader(old))
    assert operations["REMOVE", "BROADER"] == len(broader(old) - broader(new))
    assert not [key for key in operations if key[1] in ("REQUIRES", "RELATED")]


def test_groups_are_joined_by_their_codes(esco: Upgraded) -> None:
    before, after = (
        {row["code"]: short(row["conceptUri"]) for row in esco.sources[v].rows("skillGroups_en.csv") if row["code"]}
        for v in ("1.1.0", "1.1.1")
    )
    assert (len(before.keys() & after.keys()), len(before.keys() - after.keys())) == (410, 8)
    assert len(after.keys() - before.keys()) == 10
    graph = esco.graphs["1.1.1"]
    for code, identifier in before.items():
        concept = graph.concepts[identifier]
        assert concept.replacement is not None
        assert concept.replacement.concepts == ((after[code],) if code in after else ())
    created = {
        change.entity_id
        for change in esco.changes
        if change.entity_type is EntityType.CONCEPT and change.operation.value == "CREATE"
    }
    assert created == set(after.values())


def test_random_cells_stand_in_the_dump(esco: Upgraded) -> None:
    """File to dump, without the importer's or the store's code between."""
    from skillatlas.taxonomy import draft_records

    source = esco.sources["1.1.1"]
    bodies = {record.entity_id: record.body for record in draft_records(esco.store, scheme="esco")}
    pick = random.Random(11)
    for table in CONCEPTS:
        for row in pick.sample(source.rows(table), 200):
            body = orjson.loads(bodies[short(row["conceptUri"])])
            stated = folded(row)
            assert {(label["type"], label["value"]) for label in body["labels"]} == stated["labels"]
            assert body["definitions"].get("en", "") == stated["definitions"]
            assert body["uri"] == row["conceptUri"]
    for row in pick.sample(source.relations("occupationSkillRelations.csv", "occupationUri", "skillUri"), 500):
        body = orjson.loads(bodies[f"NEEDS|{short(row['occupationUri'])}|{short(row['skillUri'])}"])
        assert body["necessity"] == row["relationType"].upper()
