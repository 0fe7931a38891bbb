"""Overlays: what they may say, of which concepts, and what a file and a folder take away."""

from pathlib import Path

import pytest

from skillatlas.ingest import ImportFaultsError, UnreadableError, read_overlay
from skillatlas.taxonomy import EntityType, Store, load_graph, local_part, publish
from upgrades import lay, mapping_id, own_scheme, started


@pytest.mark.parametrize(
    ("text", "rule", "told"),
    [
        ('far:none skos:altLabel "x"@en .', "overlay", "the store has no concept far:none"),
        ('<https://example.org/else/a> skos:altLabel "x"@en .', "scheme", "lies in no scheme that the store has"),
        ('far:saw skos:altLabel "x"@en . own:saw skos:altLabel "x"@en .', "scheme", "an overlay is of one scheme"),
        ("", "scheme", "describes no concept"),
        ("far:saw skos:broader far:h .", "overlay", "skos:broader is the source's business"),
        ("far:saw sa:skillType sa:Tool .", "overlay", "sa:skillType is the source's business"),
        ('far:saw skos:altLabel "x" .', "overlay", "a text with a language tag"),
        ('far:saw skos:prefLabel "x"@de , "y"@de .', "overlay", "more than one skos:prefLabel in the language de"),
        ("far:saw sa:requires [ sa:level 2 ] .", "overlay", "a node in brackets with sa:anyOf"),
        ("far:saw sa:requires [ sa:anyOf far:plan ; sa:level 7 ] .", "overlay", "sa:level is 1 to 5"),
        ("far:saw sa:requires [ sa:anyOf far:plan ; sa:kind sa:Odd ] .", "overlay", "sa:kind is one of"),
        ("far:saw sa:eases [ sa:skill far:plan ; sa:transfer 2 ] .", "overlay", "sa:transfer is 0 to 1"),
        ("far:joiner sa:requires [ sa:anyOf far:plan ] .", "kind", "only a SKILL has it"),
        ("far:saw sa:requires [ sa:anyOf far:g ] .", "kind", "it leads to skills"),
        ("far:saw sa:requires [ sa:anyOf far:none ] .", "dangling", "far:none, which the scheme does not have"),
        ("far:saw sa:requires [ sa:anyOf far:saw ] .", "self", "names the concept itself"),
        (
            "far:saw sa:requires [ sa:anyOf far:plan ] . far:plan sa:requires [ sa:anyOf far:saw ] .",
            "cycle",
            "stands in a cycle",
        ),
        ('far:saw skos:altLabel "x"@en . far:saw skos:altLabel "y"@en .', "overlay", "is described twice"),
    ],
)
def test_faults_name_their_place(sqlite_store: Store, tmp_path: Path, text: str, rule: str, told: str) -> None:
    started(sqlite_store, "saw")
    with pytest.raises(ImportFaultsError) as caught:
        lay(sqlite_store, tmp_path, text)
    assert {finding.rule for finding in caught.value.findings} == {rule}
    assert told in str(caught.value)
    assert next(sqlite_store.edits(), None) is None


def test_what_has_faults_can_be_left_out(sqlite_store: Store, tmp_path: Path) -> None:
    started(sqlite_store)
    text = 'far:saw skos:altLabel "a"@en ; skos:broader far:h . far:plan skos:altLabel "b"@en .'
    report = lay(sqlite_store, tmp_path, text, skip_faulty=True)
    assert report.left_out == ("far:saw",)
    assert report.counts[EntityType.CONCEPT].updated == 1


def test_files_that_cannot_be_read(sqlite_store: Store, tmp_path: Path) -> None:
    started(sqlite_store)
    (tmp_path / "bad.ttl").write_text("this is no turtle", encoding="utf-8")
    for path in (tmp_path / "bad.ttl", tmp_path / "absent.ttl"):
        with pytest.raises(UnreadableError):
            read_overlay(path, sqlite_store)


def test_a_file_says_all_of_its_concepts_and_a_folder_all_of_the_scheme(sqlite_store: Store, tmp_path: Path) -> None:
    started(sqlite_store)
    both = 'far:saw skos:altLabel "a"@en ; sa:requires [ sa:anyOf far:plan ] . far:draw skos:altLabel "b"@en .'
    lay(sqlite_store, tmp_path / "one", both)
    publish(sqlite_store)
    report = lay(sqlite_store, tmp_path / "two", 'far:saw skos:altLabel "c"@en .')
    assert (report.counts[EntityType.CONCEPT].updated, report.counts[EntityType.EDGE].removed) == (1, 1)
    publish(sqlite_store)
    graph = load_graph(sqlite_store)
    assert [label.value for label in local_part(graph.concepts["far:saw"]).labels] == ["c"]
    assert [label.value for label in local_part(graph.concepts["far:draw"]).labels] == ["b"]
    lay(sqlite_store, tmp_path / "two", 'far:saw skos:altLabel "c"@en .', whole=True)
    publish(sqlite_store)
    graph = load_graph(sqlite_store)
    assert graph.concepts["far:draw"].data is None
    assert {label.value for label in graph.concepts["far:draw"].labels} == {"drawing by hand"}
    lay(sqlite_store, tmp_path / "two", "far:saw a skos:Concept .")
    publish(sqlite_store)
    assert load_graph(sqlite_store).concepts["far:saw"].data is None


def test_our_own_format_keeps_overlays_too(sqlite_store: Store, tmp_path: Path) -> None:
    started(sqlite_store, "saw", "glue")
    lay(sqlite_store, tmp_path, 'own:saw skos:altLabel "a"@en ; skos:related own:glue ; skos:closeMatch far:plan .')
    publish(sqlite_store)
    assert own_scheme(sqlite_store, "saw", "glue").changed == 0
    lay(sqlite_store, tmp_path, "own:saw a skos:Concept .")
    publish(sqlite_store)
    graph = load_graph(sqlite_store)
    assert [edge.to_id for edge in graph.mappings("own:saw")] == ["far:saw"]
    assert mapping_id("saw") in {change.entity_id for change in sqlite_store.changes(0, 1)}


def test_what_the_source_says_is_no_business_of_an_overlay(sqlite_store: Store, tmp_path: Path) -> None:
    started(sqlite_store)
    report = lay(
        sqlite_store,
        tmp_path,
        'far:saw skos:altLabel "sawing wood"@en ; skos:prefLabel "sawing"@en ; skos:definition "else"@en .'
        "far:joiner sa:needs [ sa:skill far:saw ; sa:necessity sa:Optional ] .",
    )
    assert {finding.rule for finding in report.warnings} == {
        "local-same", "local-preferred", "local-definition", "same",
    }  # fmt: skip
    publish(sqlite_store)
    saw = load_graph(sqlite_store).concepts["far:saw"]
    assert {label.value: str(label.type) for label in saw.labels} == {
        "sawing wood": "PREFERRED",
        "sawing": "ALTERNATIVE",
    }
    assert saw.definitions == {"en": "about saw"}
