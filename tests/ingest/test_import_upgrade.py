"""The diff of an upgrade: every section, suspicious things first, and a page that holds all of it."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from skillatlas.ingest import UpgradeDiff, diff_markdown
from skillatlas.taxonomy import ConceptKind, Course, Store, TaughtSkill, open_store, publish, record
from skillatlas.taxonomy import Edit as EditEntity
from upgrades import (
    alternative,
    below,
    far,
    first_edges,
    first_version,
    lay,
    mapping_id,
    needs,
    preferred,
    started,
    upgrade,
)


def rules(diff: UpgradeDiff | None) -> list[str]:
    assert diff is not None
    return [item.rule for item in diff.suspicious]


def test_the_first_import_and_the_same_again_have_no_diff(sqlite_store: Store) -> None:
    assert upgrade(sqlite_store, first_version(), first_edges(), "1.0").diff is None
    assert upgrade(sqlite_store, first_version(), first_edges(), "1.0").diff is None


def test_every_section(sqlite_store: Store) -> None:
    started(sqlite_store)
    newer = first_version()
    newer["saw"] = far("saw", "sawing timber")
    newer["glue"] = replace(newer["glue"], labels=(*newer["glue"].labels, alternative("pasting")))
    newer["mill"] = far("mill", "milling")
    del newer["price"]
    edges = [edge for edge in first_edges() if edge.from_id != "far:draw"]
    edges += [below("draw", "g"), below("mill", "g"), *needs("joiner", "mill")]
    dry = upgrade(sqlite_store, newer, edges, dry_run=True).diff
    report = upgrade(sqlite_store, newer, edges)
    diff = report.diff
    assert diff == dry
    assert diff is not None
    assert (diff.version_before, diff.version_after) == ("1.0", "2.0")
    assert [(one.id, one.label) for one in diff.created] == [("far:mill", "milling")]
    assert [(one.id, one.lang, one.before, one.after) for one in diff.relabelled] == [
        ("far:saw", "en", "sawing wood", "sawing timber")
    ]
    assert [(one.id, one.left, one.came) for one in diff.moved] == [("far:draw", ("far:h",), ("far:g",))]
    assert [(one.id, one.followers) for one in diff.deprecated] == [("far:price", ())]
    assert [(one.id, one.fields) for one in diff.altered] == [("far:glue", ("labels",))]
    assert {one.type: (one.before, len(one.added), len(one.removed)) for one in diff.relations} == {
        "BROADER": (6, 2, 2),
        "NEEDS": (6, 1, 1),
    }
    assert [one.concept.id for one in diff.suggestions] == ["far:price"]
    assert rules(diff) == []
    back = upgrade(sqlite_store, first_version(), first_edges(), "3.0").diff
    assert back is not None
    assert [one.id for one in back.restored] == ["far:price"]


def test_a_label_that_belongs_to_another_now(sqlite_store: Store) -> None:
    started(sqlite_store)
    newer = first_version()
    newer["new"] = far("new", "Sawing  wood")
    del newer["saw"]
    newer["plane"], newer["glue"] = far("plane", "gluing boards"), far("glue", "planing wood")
    diff = upgrade(sqlite_store, newer, first_edges(), dry_run=True).diff
    assert rules(diff) == ["label-taken"] * 3
    assert diff is not None
    texts = [item.text for item in diff.suspicious]
    assert any("was that of far:saw, which is deprecated, and is that of far:new" in text for text in texts)


def test_what_follows_may_have_the_label(sqlite_store: Store) -> None:
    from skillatlas.ingest import Harvest, run_import
    from skillatlas.ingest.importers.harvest import covers_source
    from skillatlas.taxonomy import Replacement, ReplacementKind, Scheme
    from upgrades import FAR

    started(sqlite_store)
    newer = first_version()
    newer["k"] = replace(newer.pop("g"), id="far:k", uri=FAR + "k")
    edges = [below(e.from_id[4:], "k") if getattr(e, "to_id", "") == "far:g" else e for e in first_edges()]
    harvest = Harvest(
        "far",
        (*newer.values(), *edges),
        scheme=Scheme("far", FAR, "Far", "2.0"),
        covers=covers_source("far"),
        successor=lambda _concept: Replacement(ReplacementKind.REPLACED, ("far:k",), "same code"),
    )
    diff = run_import(sqlite_store, harvest, allow_removal=True).diff
    assert diff is not None
    assert diff.suspicious == ()
    assert diff.moved == ()
    assert diff.suggestions == ()
    assert [(one.type, len(one.removed), one.renewed) for one in diff.relations] == [("BROADER", 3, 3)]


def test_the_other_suspicions(sqlite_store: Store) -> None:
    started(sqlite_store, "price")
    course = Course("school:1", "school", "Offers", 8.0, teaches=(TaughtSkill("far:price"),))
    row = record(course, "school")
    with sqlite_store.writer() as writer:
        writer.edit([EditEntity(row.entity_type, row.entity_id, row.scheme, row.body)])
    publish(sqlite_store)
    newer = first_version()
    newer["saw"] = far("saw", "Sawing wood")
    newer["draw"] = replace(newer["draw"], kind=ConceptKind.SKILL_GROUP)
    del newer["price"]
    diff = upgrade(sqlite_store, newer, needs("joiner", "saw"), "0.9").diff
    assert rules(diff) == ["older-version", "in-use", "kind-changed", "many-removed", "many-removed", "case-only"]
    assert diff is not None
    assert f"used by {mapping_id('price')}, course school:1" in diff.suspicious[1].text
    assert diff.turning_stale == (mapping_id("price"),)


def test_many_of_a_kind(sqlite_store: Store) -> None:
    started(sqlite_store)
    newer = {name: concept for name, concept in first_version().items() if concept.kind is not ConceptKind.SKILL}
    assert "many-deprecated" in rules(upgrade(sqlite_store, newer, first_edges()).diff)


def test_the_page_holds_all_of_it_as_plain_text(sqlite_store: Store, tmp_path: Path) -> None:
    started(sqlite_store, "saw")
    lay(sqlite_store, tmp_path, 'far:saw skos:prefLabel "锯木"@zh .')
    newer = first_version()
    newer["saw"] = replace(newer["saw"], labels=(preferred("<b>saw</b> | *x*\n# y", "en"), preferred("锯", "zh")))
    del newer["glue"]
    diff = upgrade(sqlite_store, newer, first_edges()).diff
    assert diff is not None
    page = "".join(diff_markdown("far", diff))
    assert page.startswith("# far 1.0 → 2.0\n\n## Conflicts with local edits (1)\n")
    assert "\\<b\\>saw\\</b\\> \\| \\*x\\* \\# y" in page
    for word in ("## Mappings that turn stale (1)", "`far:glue` gluing boards: nothing follows", "NEEDS removed (1)"):
        assert word in page
    assert "- `" + mapping_id("saw") + "`\n" in page


_NAMES = st.sets(st.sampled_from(sorted(first_version())), min_size=4)


@settings(deadline=None, max_examples=25)
@given(_NAMES, _NAMES, st.sets(st.sampled_from(["saw", "plan", "glue"])))
def test_counts_are_those_of_the_report(one: set[str], two: set[str], renamed: set[str]) -> None:
    with TemporaryDirectory() as folder, closing(open_store(f"sqlite:///{folder}/store.db")) as store:
        base = first_version()
        upgrade(store, {name: base[name] for name in sorted(one)}, first_edges(), "1.0")
        publish(store)
        newer = {name: far(name, f"new {name}") if name in renamed else base[name] for name in sorted(two)}
        report = upgrade(store, newer, first_edges())
        diff, counts = report.diff, {str(kind): count for kind, count in report.counts.items()}
        assert diff is not None
        concepts, edges = counts["CONCEPT"], counts.get("EDGE")
        assert len(diff.created) == concepts.created
        assert len(diff.deprecated) == concepts.deprecated
        assert len({row.id for row in diff.relabelled} | {row.id for row in diff.altered}) == concepts.updated
        assert sum(len(row.added) for row in diff.relations) == (edges.created if edges else 0)
        assert sum(len(row.removed) for row in diff.relations) == (edges.removed if edges else 0)
        assert upgrade(store, newer, first_edges()).changed == 0
