"""Upgrades of a foreign scheme on every store: local edits, stale mappings and decisions are kept, or told."""

from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from skillatlas.taxonomy import (
    EntityType,
    InvalidEntityError,
    Label,
    LabelType,
    NotFoundError,
    PublishFaultsError,
    ReplacementKind,
    Store,
    apply_replacements,
    confirm_mappings,
    draft_records,
    explain_stale,
    load_graph,
    local_part,
    move_mapping,
    publish,
    remove_mapping,
    stale_mappings,
    suggest_for_retired,
)
from upgrades import (
    FAR,
    alternative,
    below,
    far,
    first_edges,
    first_version,
    lay,
    mapping_id,
    needs,
    own_scheme,
    preferred,
    started,
    upgrade,
)

OVERLAY = """
far:saw skos:prefLabel "锯木"@zh ; skos:altLabel "cutting timber"@en ; skos:definition "用锯切木头"@zh ;
    sa:requires [ sa:anyOf far:plan ; sa:level 2 ] ; skos:closeMatch own:glue .
far:draw skos:altLabel "sketching"@en ; skos:related far:plan .
far:joiner sa:needs [ sa:skill far:g ; sa:necessity sa:Optional ] .
"""


def stale_ids(store: Store) -> list[str]:
    return [
        row.entity_id
        for row in draft_records(store)
        if row.entity_type is EntityType.EDGE and orjson.loads(row.body).get("stale")
    ]


def test_local_edits_survive_an_upgrade(store: Store, tmp_path: Path) -> None:
    started(store, "saw", "glue")
    text = OVERLAY.replace("far:joiner sa:needs [ sa:skill far:g ; sa:necessity sa:Optional ] .\n", "")
    report = lay(store, tmp_path, text)
    assert report.counts[EntityType.CONCEPT].updated == 2
    assert report.counts[EntityType.EDGE].created == 3
    assert lay(store, tmp_path, text).changed == 0
    publish(store)
    assert stale_ids(store) == []  # our own label at the other end changes no meaning
    assert upgrade(store, first_version(), first_edges(), "1.0").changed == 0

    newer = first_version()
    newer["saw"] = far("saw", "sawing timber")
    report = upgrade(store, newer, first_edges())
    assert report.diff is not None
    assert report.diff.conflicts == ()
    publish(store)
    saw = load_graph(store).concepts["far:saw"]
    assert set(saw.labels) == {
        Label(LabelType.PREFERRED, "en", "sawing timber"),
        preferred("锯木", "zh"),
        alternative("cutting timber"),
    }
    assert saw.definitions == {"en": "about saw", "zh": "用锯切木头"}
    edges = load_graph(store).edges
    assert [edge.any_of for edge in edges.requires["far:saw"]] == [("far:plan",)]
    assert [edge.to_id for edge in edges.mappings["far:saw"]] == ["own:glue"]
    assert edges.related["far:draw"] == ("far:plan",)
    assert upgrade(store, newer, first_edges()).changed == 0
    assert lay(store, tmp_path, text).changed == 0


def test_conflicts_are_listed_and_the_source_stands(store: Store, tmp_path: Path) -> None:
    started(store)
    text = OVERLAY.replace("far:joiner sa:needs [ sa:skill far:g ; sa:necessity sa:Optional ] .\n", "").replace(
        "; skos:closeMatch own:glue ", ""
    )
    lay(store, tmp_path, text)
    publish(store)
    newer = first_version()
    newer["saw"] = replace(
        far("saw", "sawing wood"),
        labels=(preferred("sawing wood", "en"), preferred("锯切", "zh"), alternative("cutting timber")),
        definitions={"en": "about saw", "zh": "别的"},
    )
    del newer["plan"], newer["draw"]
    report = upgrade(store, newer, first_edges())
    assert report.diff is not None
    assert [(one.entity_id, one.rule) for one in report.diff.conflicts] == [
        ("RELATED|far:draw|far:plan", "deprecated"),
        ("REQUIRES|far:saw|HARD|far:plan", "relation"),
        ("far:draw", "deprecated"),
        ("far:saw", "definition"),
        ("far:saw", "preferred"),
        ("far:saw", "same"),
    ]
    publish(store)
    graph = load_graph(store)
    assert preferred("锯切", "zh") in graph.concepts["far:saw"].labels
    assert local_part(graph.concepts["far:saw"]).labels == (alternative("锯木", "zh"),)
    assert alternative("sketching") in graph.concepts["far:draw"].labels
    assert "far:saw" not in graph.edges.requires
    assert upgrade(store, newer, first_edges()).changed == 0
    again = lay(store, tmp_path, text)
    assert {finding.rule for finding in again.warnings} == {
        "deprecated-end", "local-definition", "local-preferred", "local-same", "local-deprecated",
    }  # fmt: skip
    assert again.changed == 0


def test_mappings_turn_stale_are_told_and_decided(store: Store) -> None:
    started(store, "saw", "glue", "plan", "price")
    newer = first_version()
    newer["saw"], newer["glue"] = far("saw", "sawing timber"), far("glue", "gluing timber")
    newer["new"] = far("new", "planning the work")
    del newer["plan"], newer["price"]
    report = upgrade(store, newer, first_edges(), dry_run=True)
    assert report.diff is not None
    assert report.diff.turning_stale == tuple(sorted(mapping_id(name) for name in ("saw", "glue", "plan", "price")))
    upgrade(store, newer, first_edges())
    publish(store)
    assert stale_ids(store) == list(report.diff.turning_stale)
    assert own_scheme(store, "saw", "glue", "plan", "price").changed == 0  # the mark is the store's own knowledge

    graph = load_graph(store)
    assert stale_mappings(graph, "none") == ()
    told = {one.id: one for one in (explain_stale(store, graph, edge) for edge in stale_mappings(graph, "far"))}
    saw = told[mapping_id("saw")]
    assert saw.since == 2
    assert [(one.field, one.lang, one.before, one.after) for one in saw.changes] == [
        ("label", "en", "sawing wood", "sawing timber")
    ]
    assert [one.field for one in told[mapping_id("plan")].changes] == ["status"]

    with pytest.raises(InvalidEntityError, match="deprecated"):
        confirm_mappings(store, [mapping_id("plan")])
    with pytest.raises(NotFoundError):
        confirm_mappings(store, ["MAPS_TO|own:saw|EXACT|nowhere"])
    assert confirm_mappings(store, [mapping_id("saw")]).edited == (mapping_id("saw"),)
    done = confirm_mappings(store, None, scheme="far")
    assert done.edited == (mapping_id("glue"),)
    assert len(done.left) == 2
    with pytest.raises(InvalidEntityError, match="deprecated"):
        move_mapping(store, mapping_id("plan"), "far:price")
    with pytest.raises(InvalidEntityError, match="another scheme"):
        move_mapping(store, mapping_id("plan"), "own:saw")
    assert move_mapping(store, mapping_id("plan"), "far:new").edited == (mapping_id("plan", "new"),)
    remove_mapping(store, mapping_id("price"), reason="nothing like it")
    publish(store)
    assert stale_ids(store) == []
    graph = load_graph(store)
    assert [edge.iri for edge in graph.mappings("own:plan")] == [f"{FAR}new"]
    assert graph.mappings("own:price") == ()
    assert store.history(EntityType.EDGE, mapping_id("price"))[-1].reason == "nothing like it"
    assert own_scheme(store, "saw", "glue").counts[EntityType.EDGE].unchanged == 2


def test_a_changed_mapping_is_fresh(store: Store) -> None:
    started(store, "saw")
    newer = first_version() | {"saw": far("saw", "sawing timber")}
    upgrade(store, newer, first_edges())
    publish(store)
    row = next(row for row in draft_records(store) if row.entity_id == mapping_id("saw"))
    assert orjson.loads(row.body)["stale"]
    from skillatlas.ingest import Harvest, run_import
    from skillatlas.taxonomy import MapsTo, from_record

    edge = from_record(row)
    assert isinstance(edge, MapsTo)
    changed = Harvest("own", (replace(edge, stale=False, confidence=0.5),), covers=lambda *_: False)
    assert run_import(store, changed).counts[EntityType.EDGE].updated == 1
    assert stale_ids(store) == []


def test_suggestions_are_applied_by_a_person_and_kept(store: Store) -> None:
    started(store)
    newer = first_version()
    del newer["saw"]
    newer["cut"] = far("cut", "sawing woods")
    edges = [*first_edges(), below("cut", "g"), *needs("joiner", "cut")]
    report = upgrade(store, newer, edges)
    assert report.diff is not None
    (suggestion,) = report.diff.suggestions
    publish(store)
    assert load_graph(store).concepts["far:saw"].replacement.kind is ReplacementKind.RETIRED  # type: ignore[union-attr]
    (later,) = suggest_for_retired(store)
    assert [one.concept.id for one in later.candidates] == [one.concept.id for one in suggestion.candidates]
    assert later.candidates[0].score == suggestion.candidates[0].score
    assert later.candidates[0].concept.id == "far:cut"
    assert suggest_for_retired(store, "own") == ()

    refused: list[dict[str, list[str]]] = [{"far:cut": ["far:plan"]}, {"far:saw": []}, {"far:saw": ["far:saw"]}]
    for wrong in refused:
        with pytest.raises(InvalidEntityError):
            apply_replacements(store, wrong, reason="no")
    with pytest.raises(NotFoundError):
        apply_replacements(store, {"far:saw": ["far:none"]}, reason="no")
    apply_replacements(store, {"far:saw": ["far:cut"]}, reason="the same by its definition")
    publish(store)
    replacement = load_graph(store).concepts["far:saw"].replacement
    assert replacement is not None
    assert (replacement.kind, replacement.concepts) == (ReplacementKind.REPLACED, ("far:cut",))
    assert suggest_for_retired(store) == ()
    assert upgrade(store, newer, edges).changed == 0
    restored = upgrade(store, first_version(), edges, "3.0")
    assert restored.diff is not None
    assert [one.rule for one in restored.diff.conflicts] == ["restored"]
    publish(store)
    assert load_graph(store).concepts["far:saw"].replacement is None


def test_a_local_relation_to_a_vanished_concept_does_not_block_publishing(store: Store, tmp_path: Path) -> None:
    started(store)
    lay(store, tmp_path, "far:saw sa:requires [ sa:anyOf far:plan ] .")
    publish(store)
    newer = first_version()
    del newer["plan"]
    upgrade(store, newer, first_edges())
    try:
        assert publish(store).release is not None
    except PublishFaultsError as error:  # pragma: no cover
        pytest.fail(str(error))
    assert store.history(EntityType.EDGE, "REQUIRES|far:saw|HARD|far:plan")[-1].reason is not None
