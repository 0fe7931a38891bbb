"""Dumps in other formats hold what dump.jsonl holds, byte for byte the same each time, and are read by other tools."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from rdflib import OWL, RDF, SKOS, Graph, Literal, URIRef

from graphs import concept
from histories import History, histories, populated, put
from skillatlas.ingest import read_ontology, run_import, shipped_ontology
from skillatlas.taxonomy import (
    Broader,
    ConceptKind,
    Entity,
    Related,
    Scheme,
    Store,
    dump_document,
    dump_lines,
    dump_tables,
    dump_turtle,
    load_graph,
    open_store,
    publish,
)

LABELS = {"PREFERRED": SKOS.prefLabel, "ALTERNATIVE": SKOS.altLabel, "HIDDEN": SKOS.hiddenLabel}


@contextmanager
def published(history: History) -> Iterator[Store]:
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'store.db'}")
        try:
            for batch in history:
                with store.writer() as writer:
                    writer.edit([edit for edit in batch if b'"curated"' not in (edit.body or b"")])
                publish(store)
            yield store
        finally:
            store.close()


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The shipped ontology as release 1; only read."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('shipped') / 'store.db'}")
    run_import(store, read_ontology([shipped_ontology()]))
    publish(store)
    yield store
    store.close()


def rows(store: Store, release: int, scheme: str | None = None) -> list[dict[str, Any]]:
    return [json.loads(line) for line in dump_lines(store, release, scheme=scheme)]


def tables(content: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".csv")]
        return {
            name[:-4]: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8"), newline="")))
            for name in names
        }


@settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(histories(populated()))
def test_all_formats_hold_the_same(history: History) -> None:
    with published(history) as store:
        head = store.head()
        assert head is not None
        for scheme in (None, "esco"):
            lines = rows(store, head.number, scheme)
            document = json.loads(b"".join(dump_document(store, head.number, scheme=scheme)))
            assert document == {"entities": lines, "release": head.number, "scheme": scheme}
            found = tables(b"".join(dump_tables(store, head.number, scheme=scheme)))
            by_type: dict[str, list[Any]] = {}
            for row in lines:
                by_type.setdefault(row["entityType"], []).append(row["entity"])
            concepts, edges = by_type.get("CONCEPT", []), by_type.get("EDGE", [])
            assert [row["id"] for row in found["concepts"]] == [row["id"] for row in concepts]
            assert [(row["id"], row["lang"], row["value"]) for row in found["labels"]] == [
                (row["id"], label["lang"], label["value"]) for row in concepts for label in row["labels"]
            ]
            assert len(found["needs"]) == sum(edge["type"] == "NEEDS" for edge in edges)
            assert [(row["from"], row["anyOf"]) for row in found["requires"]] == [
                (edge["from"], option) for edge in edges if edge["type"] == "REQUIRES" for option in edge["to"]
            ]
            assert [float(row["hours"]) for row in found["courses"]] == [c["hours"] for c in by_type.get("COURSE", [])]
            turtle = b"".join(dump_turtle(load_graph(store, head.number), scheme=scheme))
            stated = {one["key"] for one in by_type.get("SCHEME", [])}
            check_turtle(turtle, [one for one in concepts if one["scheme"] in stated])


def check_turtle(turtle: bytes, concepts: list[dict[str, Any]]) -> None:
    graph = Graph().parse(data=turtle, format="turtle")
    assert {str(subject) for subject in graph.subjects(RDF.type, SKOS.Concept)} == {one["uri"] for one in concepts}
    for one in concepts:
        labels = {
            (kind, value.language or "", str(value))
            for kind, term in LABELS.items()
            for value in graph.objects(URIRef(one["uri"]), term)
            if isinstance(value, Literal)
        }
        assert labels == {(row["type"], row["lang"], row["value"]) for row in one["labels"]}
        assert ((URIRef(one["uri"]), OWL.deprecated, Literal(True)) in graph) == (one["status"] == "DEPRECATED")


def test_dumps_are_reproducible_and_checksums_hold(shipped: Store) -> None:
    first = b"".join(dump_tables(shipped, 1))
    assert first == b"".join(dump_tables(shipped, 1))
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        for name, digest in manifest["files"].items():
            assert digest == f"sha256:{hashlib.sha256(archive.read(name)).hexdigest()}"
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    head = shipped.head()
    assert head is not None
    assert manifest["contentHash"] == head.content_hash
    (own,) = manifest["schemes"]
    assert (own["key"], own["licence"]) == ("atlas", "CC BY 4.0")
    assert own["attribution"]


def test_the_own_dump_is_imported_again_to_the_same_entities(shipped: Store, tmp_path: Path) -> None:
    folder = tmp_path / "again"
    folder.mkdir()
    (folder / "atlas.ttl").write_bytes(b"".join(dump_turtle(load_graph(shipped, 1), scheme="atlas")))
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    try:
        report = run_import(other, read_ontology([folder]))
        assert report.findings == ()
        publish(other)
        assert list(dump_lines(other, 1)) == list(dump_lines(shipped, 1, scheme="atlas"))
    finally:
        other.close()


INTEGRITY = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
[] a sh:NodeShape ; sh:targetClass skos:Concept ;
    sh:not [ sh:class skos:ConceptScheme ] ;                                               # S9
    sh:property [ sh:path skos:prefLabel ; sh:uniqueLang true ; sh:disjoint skos:altLabel ] ;  # S14, S13
    sh:property [ sh:path skos:prefLabel ; sh:disjoint skos:hiddenLabel ] ;
    sh:property [ sh:path skos:altLabel ; sh:disjoint skos:hiddenLabel ] ;
    sh:property [ sh:path skos:related ; sh:disjoint skos:broaderTransitive ] ;                # S27
    sh:property [ sh:path skos:exactMatch ; sh:disjoint skos:broadMatch ] ;                    # S46
    sh:property [ sh:path skos:exactMatch ; sh:disjoint skos:relatedMatch ] .
"""


def breaches(turtle: bytes) -> str:
    """What SKOS's integrity conditions say of a dump, with the entailments that they speak of; empty if they hold."""
    from pyshacl import validate

    graph = Graph().parse(data=turtle, format="turtle")
    for subject, other in list(graph.subject_objects(SKOS.related)):
        graph.add((other, SKOS.related, subject))
    for subject in set(graph.subjects(SKOS.broader)):
        for above in graph.transitive_objects(subject, SKOS.broader):
            if above is not None and above != subject:
                graph.add((subject, SKOS.broaderTransitive, above))
    conforms, _report, text = validate(graph, shacl_graph=Graph().parse(data=INTEGRITY, format="turtle"))
    return "" if conforms else str(text)


def test_what_foreign_data_relates_along_the_tree_is_no_skos_related(sqlite_store: Store) -> None:
    kind = ConceptKind.SKILL
    low, middle, top = (concept(f"esco:skill/{name}", kind) for name in "abc")
    entities: list[Entity] = [
        Scheme("esco", "https://example.org/esco/", "ESCO"),
        low,
        middle,
        top,
        Broader(from_id=low.id, to_id=middle.id, source="ESCO"),
        Broader(from_id=middle.id, to_id=top.id, source="ESCO"),
        Related(from_id=low.id, to_id=top.id, source="ESCO"),
    ]
    with sqlite_store.writer() as writer:
        writer.edit(map(put, entities))
    publish(sqlite_store)
    turtle = b"".join(dump_turtle(load_graph(sqlite_store, 1)))
    assert b"sa:related" in turtle
    assert breaches(turtle) == ""
    assert "disjoint" in breaches(turtle.replace(b"sa:related", b"skos:related")).lower(), "the check can fail"


def breaches_at_size(turtle: bytes, uris: set[str]) -> list[str]:
    """The same conditions by a parser and plain sets, which takes seconds where SHACL takes minutes."""
    import pyoxigraph

    values: dict[str, dict[str, set[Any]]] = {}
    for quad in pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE):
        term, subject = quad.predicate.value, quad.subject
        if isinstance(subject, pyoxigraph.NamedNode) and term.startswith(str(SKOS)):
            values.setdefault(term.removeprefix(str(SKOS)), {}).setdefault(subject.value, set()).add(quad.object)
    none: dict[str, set[Any]] = {}
    preferred, alternative, hidden = (values.get(kind, none) for kind in ("prefLabel", "altLabel", "hiddenLabel"))
    found = [f"S9 {uri}" for uri in sorted(uris - preferred.keys())]
    for one in sorted(preferred):
        first, second, third = (labels.get(one, set()) for labels in (preferred, alternative, hidden))
        if len({label.language for label in first}) < len(first):
            found.append(f"S14 {one}")
        if first & second or first & third or second & third:
            found.append(f"S13 {one}")
        exact, broad = (values.get(kind, none).get(one, set()) for kind in ("exactMatch", "broadMatch"))
        if exact & broad:
            found.append(f"S46 {one}")

    def above(start: str) -> set[str]:
        found: set[str] = set()
        waiting = [start]
        while waiting:
            fresh = {node.value for node in values["broader"].get(waiting.pop(), ())} - found
            found |= fresh
            waiting += sorted(fresh)
        return found

    for one, others in sorted(values.get("related", none).items()):
        ends = sorted(node.value for node in others)
        found += [f"S27 {one} {other}" for other in ends if other in above(one) or one in above(other)]
    return found


def test_the_own_dump_keeps_the_integrity_conditions_of_skos(shipped: Store) -> None:
    graph = load_graph(shipped, 1)
    turtle = b"".join(dump_turtle(graph))
    uris = {concept.uri for concept in graph.concepts.values()}
    assert breaches_at_size(turtle, uris) == []
    spoilt = turtle.replace(b"skos:altLabel", b"skos:prefLabel", 1)
    assert [breach[:3] for breach in breaches_at_size(spoilt, uris)] == ["S14"], "the check can fail"


@pytest.mark.slow
def test_escos_dump_is_skos(esco_store: str) -> None:
    store = open_store(esco_store)
    try:
        release = load_graph(store)
    finally:
        store.close()
    uris = {concept.uri for concept in release.concepts.values() if concept.scheme == "esco"}
    assert len(uris) > 18_000
    assert breaches_at_size(b"".join(dump_turtle(release, scheme="esco")), uris) == []
