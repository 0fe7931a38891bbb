"""Real vocabularies as foreign SKOS: our own ontology and ESCO, counted and compared by independent readers."""

import random
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from skillatlas.ingest import SkosOptions, read_esco, read_ontology, read_skos, run_import, shipped_ontology
from skillatlas.taxonomy import (
    ESCO_NAMESPACE,
    Broader,
    Concept,
    ConceptKind,
    Entity,
    Label,
    LabelType,
    Related,
    Store,
    draft_records,
    dump_turtle,
    expand,
    from_record,
    load_graph,
    open_store,
    publish,
)

SKOS = "http://www.w3.org/2004/02/skos/core#"
NAMES = {LabelType.PREFERRED: "prefLabel", LabelType.ALTERNATIVE: "altLabel", LabelType.HIDDEN: "hiddenLabel"}


def test_our_own_ontology_as_foreign_skos(sqlite_store: Store) -> None:
    """Its concepts are skos:Concepts by what they say alone; rdflib is the independent reader."""
    from rdflib import RDF, Graph, URIRef

    base = shipped_ontology()
    paths = [base / "scheme.ttl", base / "areas.ttl", *sorted((base / "domains").glob("*.ttl"))]
    run_import(sqlite_store, read_skos(paths, "foreign"))
    publish(sqlite_store)
    found = [from_record(row) for row in draft_records(sqlite_store)]
    graph = Graph(bind_namespaces="none")
    for path in random.Random(3).sample(paths, len(paths)):
        graph.parse(path)
    stated = set(graph.subjects(URIRef(SKOS + "broader")))
    stated |= set(graph.subjects(RDF.type, URIRef("https://w3id.org/skillatlas/ns#Area")))
    concepts = {entity.uri: entity for entity in found if isinstance(entity, Concept)}
    assert concepts.keys() == {str(subject) for subject in stated}
    parents = {str(parent) for parent in graph.objects(None, URIRef(SKOS + "broader"))}
    assert {uri for uri, one in concepts.items() if one.kind is ConceptKind.SKILL_GROUP} == parents
    for name, kind in ((Broader, "broader"), (Related, "related")):
        pairs = {tuple(sorted((str(s), str(o)))) for s, o in graph.subject_objects(URIRef(SKOS + kind))}
        assert sum(isinstance(entity, name) for entity in found) == len(pairs)
    for uri, one in concepts.items():
        labels = {
            Label(kind, str(value.language), str(value))  # type: ignore[attr-defined]
            for kind, name in NAMES.items()
            for value in graph.objects(URIRef(uri), URIRef(SKOS + name))
        }
        assert set(one.labels) == labels
        definitions = {v.language: str(v) for v in graph.objects(URIRef(uri), URIRef(SKOS + "definition"))}  # type: ignore[attr-defined]
        assert one.definitions == definitions


def test_our_own_dump_as_foreign_skos(sqlite_store: Store, tmp_path: Path) -> None:
    """dump.ttl of the shipped ontology: the same concepts, labels, definitions and hierarchy under another key."""
    run_import(sqlite_store, read_ontology(shipped_ontology()))
    publish(sqlite_store)
    graph = load_graph(sqlite_store)
    (tmp_path / "dump.ttl").write_bytes(b"".join(dump_turtle(graph)))
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    try:
        run_import(other, read_skos([tmp_path / "dump.ttl"], "foreign"))
        publish(other)
        foreign = load_graph(other)
    finally:
        other.close()
    assert {one.uri: (one.labels, one.definitions) for one in foreign.concepts.values()} == {
        one.uri: (one.labels, one.definitions) for one in graph.concepts.values()
    }
    for identifier, one in foreign.concepts.items():
        above = {parent.uri for parent in foreign.broader(identifier)}
        assert above == {parent.uri for parent in graph.broader(identifier.replace("foreign:", "atlas:"))}
        assert one.kind is (ConceptKind.SKILL_GROUP if foreign.narrower(identifier) else ConceptKind.SKILL)


def turtle(entities: Iterable[Entity]) -> str:
    """Concepts, broader and related of a scheme as SKOS, as any tool might write it."""

    def text(value: str) -> str:
        return '"' + re.sub(r'["\\]', r"\\\g<0>", value).replace("\n", "\\n").replace("\r", "\\r") + '"'

    def iri(concept_id: str) -> str:
        return f"<{expand(concept_id, {'esco': ESCO_NAMESPACE})}>"

    lines = [f"@prefix skos: <{SKOS}> ."]
    for entity in entities:
        if isinstance(entity, Concept):
            lines.append(f"{iri(entity.id)} a skos:Concept .")
            lines += [
                f"{iri(entity.id)} skos:{NAMES[one.type]} {text(one.value)}@{one.lang} ." for one in entity.labels
            ]
            lines += [f"{iri(entity.id)} skos:definition {text(v)}@{lang} ." for lang, v in entity.definitions.items()]
            if "code" in (entity.data or {}):
                lines.append(f"{iri(entity.id)} skos:notation {text((entity.data or {})['code'])} .")
        elif isinstance(entity, Broader | Related):
            kind = "broader" if isinstance(entity, Broader) else "related"
            lines.append(f"{iri(entity.from_id)} skos:{kind} {iri(entity.to_id)} .")
    return "\n".join(lines) + "\n"


@pytest.mark.slow
def test_esco_as_foreign_skos(shared_data: Path, sqlite_store: Store, tmp_path: Path) -> None:
    """ESCO's own CSV is the independent source: each label, definition and relation arrives, under the same ids."""
    esco = read_esco(sorted((shared_data / "esco").glob("*v1.1.1*.zip")))
    (tmp_path / "esco.ttl").write_text(turtle(esco.entities), encoding="utf-8")
    options = SkosOptions(namespace=ESCO_NAMESPACE, title="ESCO", licence="x")
    report = run_import(sqlite_store, read_skos([tmp_path / "esco.ttl"], "esco", options))
    wanted = {entity.id: entity for entity in esco.entities if isinstance(entity, Concept)}
    found = [from_record(row) for row in draft_records(sqlite_store)]
    concepts = {entity.id: entity for entity in found if isinstance(entity, Concept)}
    assert concepts.keys() == wanted.keys()
    repeated = 0
    for identifier, one in concepts.items():
        # SKOS wants the three sorts of label to be disjoint: what is hidden and alternative is alternative.
        other = {label.value for label in wanted[identifier].labels if label.type is not LabelType.HIDDEN}
        hidden = {label for label in wanted[identifier].labels if label.type is LabelType.HIDDEN}
        again = {label for label in hidden if label.value in other}
        repeated += len(again)
        assert set(one.labels) == set(wanted[identifier].labels) - again
        assert one.definitions == wanted[identifier].definitions
    for kind in (Broader, Related):
        pairs = {(edge.from_id, edge.to_id) for edge in found if isinstance(edge, kind)}
        assert pairs == {(edge.from_id, edge.to_id) for edge in esco.entities if isinstance(edge, kind)}
    # each concept with a parent has exactly one that is its place in the tree
    primary = Counter(edge.from_id for edge in found if isinstance(edge, Broader) and edge.primary)
    assert set(primary.values()) == {1}
    assert primary.keys() == {edge.from_id for edge in found if isinstance(edge, Broader)}
    rules = Counter(finding.rule for finding in report.findings)
    assert rules.keys() == {"preferred-label-twice", "repeated-label"}
    assert rules["repeated-label"] == repeated
