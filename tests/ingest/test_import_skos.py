"""The SKOS importer on small vocabularies: what SKOS can say arrives, what cannot be kept is named with its line."""

import gzip
from pathlib import Path

import pytest

from skillatlas.ingest import Finding, Harvest, ImportFaultsError, SkosOptions, UnreadableError, read_skos, run_import
from skillatlas.taxonomy import (
    Broader,
    Concept,
    ConceptKind,
    ConceptStatus,
    InvalidIdError,
    Label,
    LabelType,
    MappingPredicate,
    MapsTo,
    Related,
    Replacement,
    ReplacementKind,
    Scheme,
    Store,
    draft_records,
    from_record,
    load_graph,
    publish,
)

PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix v: <https://crafts.example/v/> .
"""
LINES = PREFIXES.count("\n")
SCHEME = (
    '<https://crafts.example/s> a skos:ConceptScheme ; dct:title "Handwerk"@de , "Crafts"@en ; owl:versionInfo "2.1" ; '
    'dct:license <https://creativecommons.org/licenses/by/4.0/> ; dct:publisher "The Guild" .\n'
)
NAMESPACE = SkosOptions(namespace="https://crafts.example/v/")


def concept(name: str, *properties: str, label: str | None = None) -> str:
    """One concept on one line."""
    return " ; ".join((f"v:{name} a skos:Concept", f'skos:prefLabel "{label or name}"@en', *properties)) + " .\n"


def write(folder: Path, text: str, name: str = "v.ttl") -> Path:
    path = folder / name
    path.write_text(PREFIXES + text, encoding="utf-8")
    return path


def read(folder: Path, text: str, options: SkosOptions = NAMESPACE) -> Harvest:
    return read_skos([write(folder, text)], "crafts", options)


def concepts(harvest: Harvest) -> dict[str, Concept]:
    return {entity.id: entity for entity in harvest.entities if isinstance(entity, Concept)}


def edges(harvest: Harvest, kind: type[Broader] | type[Related]) -> set[tuple[str, str]]:
    return {(edge.from_id, edge.to_id) for edge in harvest.entities if isinstance(edge, kind)}


def rules(findings: tuple[Finding, ...]) -> list[tuple[int | None, str]]:
    """Line within the text (the first is 1) and rule of each finding."""
    return [(None if finding.line is None else finding.line - LINES, finding.rule) for finding in findings]


WHOLE = (
    SCHEME
    + concept("wood", 'skos:notation "1"', 'skos:prefLabel "木工"@zh-Hans', "skos:narrower v:joinery")
    + concept("metal", 'skos:notation "0"', "skos:topConceptOf <https://crafts.example/s>")
    + concept(
        "joinery",
        'skos:altLabel "joining"@en , "Tischlerei"@de-AT',
        'skos:hiddenLabel "joinry"@en',
        "skos:broader v:metal",
        "skos:related v:carving",
        'skos:definition "Joining wood."@en',
        'skos:scopeNote "By hand."@en',
        'skos:example [ rdf:value "A drawer."@en ]',
        "skos:exactMatch <http://data.europa.eu/esco/skill/abc>",
        "skos:broadMatch <https://elsewhere.example/joining>",
    )
    + concept("carving", "skos:broader v:wood")
    + concept("wainscot", "owl:deprecated true", "dct:isReplacedBy v:joinery , v:carving")
    + 'v:hand a skos:Collection ; skos:prefLabel "hand work"@en ; skos:member v:carving , v:inner .\n'
    + 'v:inner a skos:OrderedCollection ; skos:prefLabel "inner"@en ; skos:memberList ( v:joinery v:metal ) .\n'
)


def test_everything_arrives(tmp_path: Path, sqlite_store: Store) -> None:
    report = run_import(sqlite_store, read(tmp_path, WHOLE))
    assert report.findings == ()
    publish(sqlite_store)
    graph = load_graph(sqlite_store)
    assert graph.schemes["crafts"] == Scheme(
        key="crafts",
        namespace="https://crafts.example/v/",
        title="Crafts",
        version="2.1",
        licence="https://creativecommons.org/licenses/by/4.0/",
        attribution="The Guild",
        source_url="https://crafts.example/s",
    )
    joinery = graph.concepts["crafts:joinery"]
    assert (joinery.uri, joinery.kind, joinery.skill_type) == (
        "https://crafts.example/v/joinery",
        ConceptKind.SKILL,
        None,
    )
    assert joinery.labels == (
        Label(LabelType.ALTERNATIVE, "de-AT", "Tischlerei"),
        Label(LabelType.ALTERNATIVE, "en", "joining"),
        Label(LabelType.HIDDEN, "en", "joinry"),
        Label(LabelType.PREFERRED, "en", "joinery"),
    )
    assert joinery.definitions == {"en": "Joining wood."}
    assert joinery.data == {
        "collections": ["hand work", "inner"],
        "example": {"en": ["A drawer."]},
        "scopeNote": {"en": ["By hand."]},
    }
    assert graph.concepts["crafts:wood"].kind is ConceptKind.SKILL_GROUP
    assert Label(LabelType.PREFERRED, "zh-Hans", "木工") in graph.concepts["crafts:wood"].labels
    # Both parents, stated from either side; the one with the smaller notation is the place in the tree.
    assert [one.id for one in graph.broader("crafts:joinery")] == ["crafts:metal", "crafts:wood"]
    assert [one.id for one in graph.ancestors("crafts:joinery")] == ["crafts:metal"]
    assert graph.edges.related["crafts:carving"] == ("crafts:joinery",)
    assert [(edge.to_id, edge.predicate) for edge in graph.mappings("crafts:joinery")] == [
        ("https://elsewhere.example/joining", MappingPredicate.BROAD),
        ("esco:skill/abc", MappingPredicate.EXACT),
    ]
    assert graph.concepts["crafts:wainscot"].replacement == Replacement(
        ReplacementKind.SPLIT, ("crafts:carving", "crafts:joinery"), None
    )
    assert run_import(sqlite_store, read(tmp_path, WHOLE)).changed == 0


@pytest.mark.parametrize(
    ("ending", "name"), [("xml", "xml"), ("jsonld", "json-ld"), ("nt", "nt"), ("rdf", "pretty-xml")]
)
@pytest.mark.filterwarnings("ignore:Assertions on")  # rdflib's own words on how it writes lists
def test_all_formats_say_the_same(ending: str, name: str, tmp_path: Path, sqlite_store: Store) -> None:
    """rdflib writes the same vocabulary in the other formats."""
    from rdflib import Graph

    run_import(sqlite_store, read(tmp_path, WHOLE))
    data = Graph().parse(tmp_path / "v.ttl").serialize(format=name, encoding="utf-8")
    for path in (tmp_path / f"v.{ending}", tmp_path / f"v.{ending}.gz", tmp_path / "unnamed"):
        path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
        report = run_import(sqlite_store, read_skos([path], "crafts", NAMESPACE))
        assert (report.changed, report.findings) == (0, ())


def test_the_order_and_repetition_of_statements_do_not_matter(tmp_path: Path, sqlite_store: Store) -> None:
    run_import(sqlite_store, read(tmp_path, WHOLE))
    lines = WHOLE.splitlines(keepends=True)
    assert run_import(sqlite_store, read(tmp_path, "".join(reversed(lines)))).changed == 0
    assert run_import(sqlite_store, read(tmp_path, WHOLE + WHOLE)).changed == 0
    parts = [write(tmp_path, "".join(lines[:3]), "a.ttl"), write(tmp_path, "".join(lines[3:]), "b.ttl")]
    assert run_import(sqlite_store, read_skos(parts[::-1], "crafts", NAMESPACE)).changed == 0
    text = (PREFIXES + WHOLE).replace("\n", "\r\n")
    (tmp_path / "v.ttl").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert run_import(sqlite_store, read_skos([tmp_path / "v.ttl"], "crafts", NAMESPACE)).changed == 0


def test_blank_nodes_of_two_files_are_two(tmp_path: Path) -> None:
    for name, word in (("a", "one"), ("b", "two")):
        write(
            tmp_path, f'v:{name} a skos:Concept ; xl:prefLabel _:x . _:x xl:literalForm "{word}"@en .\n', f"{name}.ttl"
        )
    found = concepts(read_skos([tmp_path / "a.ttl", tmp_path / "b.ttl"], "crafts", NAMESPACE))
    assert {one.id: [label.value for label in one.labels] for one in found.values()} == {
        "crafts:a": ["one"],
        "crafts:b": ["two"],
    }


# -- labels -----------------------------------------------------------------------------------------------


def test_labels_of_skos_xl(tmp_path: Path) -> None:
    harvest = read(
        tmp_path,
        SCHEME
        + 'v:a a skos:Concept ; xl:prefLabel [ a xl:Label ; xl:literalForm "a"@en ] , v:l ; xl:altLabel v:none .\n'
        + 'v:l a xl:Label ; xl:literalForm "甲"@zh . v:a skos:prefLabel "a"@en .\n',
    )
    assert concepts(harvest)["crafts:a"].labels == (
        Label(LabelType.PREFERRED, "en", "a"),
        Label(LabelType.PREFERRED, "zh", "甲"),
    )
    assert rules(harvest.warnings) == [(2, "label")]


def test_labels_that_are_mended(tmp_path: Path) -> None:
    harvest = read(
        tmp_path,
        SCHEME
        + concept("a", 'skos:altLabel "a"@en , " spaced "@en , "" , "plain"', 'skos:hiddenLabel "spaced"@en')
        + concept("b", 'skos:prefLabel "another b"@en')
        + concept("c", label="b"),
    )
    found = concepts(harvest)
    assert [(label.type, label.lang, label.value) for label in found["crafts:a"].labels] == [
        (LabelType.ALTERNATIVE, "en", "spaced"),
        (LabelType.ALTERNATIVE, "und", "plain"),
        (LabelType.PREFERRED, "en", "a"),
    ]
    assert [label.type for label in found["crafts:b"].labels] == [LabelType.ALTERNATIVE, LabelType.PREFERRED]
    assert rules(harvest.warnings) == [
        (2, "label"),
        (2, "label-is-preferred"),
        (2, "repeated-label"),
        (3, "second-preferred-label"),
    ]
    # of the two labels of b, "another b" is the smaller one, so c alone has the preferred label "b"
    assert Label(LabelType.PREFERRED, "en", "another b") in found["crafts:b"].labels
    twice = read(tmp_path, SCHEME + concept("b") + concept("c", label="b"))
    assert rules(twice.warnings) == [(2, "preferred-label-twice")]


@pytest.mark.parametrize(
    ("properties", "label"),
    [
        ('rdfs:label "A"@en', Label(LabelType.PREFERRED, "en", "A")),
        ('skos:altLabel "x"@de , "y"@en', Label(LabelType.PREFERRED, "en", "y")),
        ('skos:notation "7"', Label(LabelType.PREFERRED, "und", "7")),
        ('skos:note "n"@en', Label(LabelType.PREFERRED, "und", "a")),
    ],
)
def test_a_concept_without_preferred_label(properties: str, label: Label, tmp_path: Path) -> None:
    harvest = read(tmp_path, SCHEME + f"v:a a skos:Concept ; {properties} .\n")
    assert label in concepts(harvest)["crafts:a"].labels
    assert rules(harvest.warnings) == [(2, "no-preferred-label")]


# -- relations --------------------------------------------------------------------------------------------


def test_relations_from_either_side_are_one(tmp_path: Path) -> None:
    harvest = read(
        tmp_path,
        concept("a", "skos:narrower v:b", "skos:related v:c")
        + concept("b", "skos:broader v:a")
        + concept("c", "skos:related v:a"),
    )
    assert edges(harvest, Broader) == {("crafts:b", "crafts:a")}
    assert edges(harvest, Related) == {("crafts:a", "crafts:c")}


def test_transitive_relations_only_where_there_is_no_other(tmp_path: Path) -> None:
    harvest = read(
        tmp_path,
        concept("top")
        + concept("mid", "skos:broader v:top", "skos:broaderTransitive v:top")
        + concept("low", "skos:broader v:mid", "skos:broaderTransitive v:mid , v:top")
        + concept("leaf", "skos:broaderTransitive v:mid , v:top")
        + concept("other", "skos:narrowerTransitive v:lone"),
    )
    assert edges(harvest, Broader) == {
        ("crafts:mid", "crafts:top"),
        ("crafts:low", "crafts:mid"),
        ("crafts:leaf", "crafts:mid"),
    }


def test_relations_that_are_left_out(tmp_path: Path) -> None:
    harvest = read(
        tmp_path,
        SCHEME.replace(" .\n", " ; skos:hasTopConcept v:absent .\n")
        + concept("a", "skos:broader v:gone , v:a", "skos:related v:a , <https://else.example/x>")
        + concept("b", "skos:broader v:old", "skos:related v:old")
        + concept("old", "owl:deprecated 'true'", "skos:broader v:a", "dct:isReplacedBy v:never")
        + 'v:c a skos:Collection ; skos:prefLabel "c"@en ; skos:member v:a , v:gone .\n',
    )
    assert edges(harvest, Broader) == {("crafts:old", "crafts:a")}
    assert edges(harvest, Related) == set()
    assert concepts(harvest)["crafts:old"].replacement == Replacement(
        ReplacementKind.RETIRED, (), "deprecated in the source"
    )
    assert rules(harvest.warnings) == [
        (1, "missing-end"),
        (2, "missing-end"),
        (2, "missing-end"),
        (2, "self"),
        (2, "self"),
        (3, "deprecated-end"),
        (3, "deprecated-end"),
        (4, "missing-end"),
        (5, "missing-member"),
    ]


def test_a_cycle_is_cut_where_it_leads_upwards(tmp_path: Path) -> None:
    lines = [
        concept("z", "skos:broader v:c"),
        concept("a", "skos:broader v:z"),
        concept("b", "skos:broader v:a"),
        concept("c", "skos:broader v:b"),
    ]
    top = SCHEME.replace(" .\n", " ; skos:hasTopConcept v:z .\n")
    for text in (top + "".join(lines), top + "".join(reversed(lines))):
        harvest = read(tmp_path, text)
        assert edges(harvest, Broader) == {
            ("crafts:a", "crafts:z"),
            ("crafts:b", "crafts:a"),
            ("crafts:c", "crafts:b"),
        }
        (cycle,) = harvest.warnings
        assert cycle.rule == "cycle"
        assert "crafts:z → crafts:c → crafts:b → crafts:a → crafts:z" in cycle.text
    assert concepts(harvest)["crafts:c"].kind is ConceptKind.SKILL


def test_a_long_cycle_takes_no_long_time(tmp_path: Path) -> None:
    harvest = read(tmp_path, "".join(concept(f"c{n}", f"skos:broader v:c{(n + 1) % 3000}") for n in range(3000)))
    assert len(edges(harvest, Broader)) == 2999
    assert [finding.rule for finding in harvest.warnings].count("cycle") == 1


def test_replacements(tmp_path: Path) -> None:
    found = concepts(
        read(
            tmp_path,
            concept("a", "dct:replaces v:b")
            + concept("b", "dct:isReplacedBy v:b")
            + concept("c", "dct:isReplacedBy v:d")
            + concept("d", "dct:isReplacedBy v:c")
            + concept("e", "owl:deprecated false"),
        )
    )
    assert found["crafts:b"].replacement == Replacement(ReplacementKind.REPLACED, ("crafts:a",), None)
    replaced = {name: one.replacement.concepts for name, one in found.items() if one.replacement}
    assert replaced == {"crafts:b": ("crafts:a",), "crafts:d": ("crafts:c",)}
    assert found["crafts:e"].status is ConceptStatus.ACTIVE


# -- schemes and namespaces -------------------------------------------------------------------------------


def test_the_namespace_is_guessed_and_said(tmp_path: Path, sqlite_store: Store) -> None:
    harvest = read(tmp_path, SCHEME + concept("wood.a") + concept("wood.b"), SkosOptions())
    assert set(concepts(harvest)) == {"crafts:wood.a", "crafts:wood.b"}
    assert [(finding.rule, "https://crafts.example/v/," in finding.text) for finding in harvest.warnings] == [
        ("namespace", True)
    ]
    run_import(sqlite_store, harvest)
    # A scheme keeps its namespace, whatever a later file would let one guess.
    path = write(tmp_path, SCHEME + concept("wood.a") + concept("wood.b") + concept("deep\\/wood.c", label="c"))
    (tmp_path / "w.ttl").write_text("<https://crafts.example/w> a <http://www.w3.org/2004/02/skos/core#Concept> .")
    again = read_skos([path, tmp_path / "w.ttl"], "crafts", store=sqlite_store)
    assert again.scheme is not None
    assert again.scheme.namespace == "https://crafts.example/v/"
    assert {"crafts:deep/wood.c", "https://crafts.example/w"} <= concepts(again).keys()


def test_concepts_outside_the_namespace_keep_their_iri(tmp_path: Path) -> None:
    text = '<http://other.example/Käse%20x> a skos:Concept ; skos:prefLabel "k"@en .\n' + concept(
        "a b".replace(" ", "%20")
    )
    found = concepts(read(tmp_path, text))
    assert {one.id: one.uri for one in found.values()} == {
        "http://other.example/Käse%20x": "http://other.example/Käse%20x",
        "crafts:a%20b": "https://crafts.example/v/a%20b",
    }


@pytest.mark.parametrize(
    ("text", "options", "told"),
    [
        ("<urn:x:1> a skos:Concept . <http://b.example/1> a skos:Concept .", SkosOptions(), "share no namespace"),
        ("<info:a/1> a skos:Concept .", NAMESPACE, "begins with none of"),
        ("v:ä a skos:Concept . <https://crafts.example/v/%C3%A4> a skos:Concept .", NAMESPACE, "is the same id as"),
        ("v:a a skos:Concept .", SkosOptions(namespace="crafts"), "no beginning of IRIs"),
        ("v:a a skos:Concept .", SkosOptions(lang="English (UK)"), "no language tag"),
        ("v:a a skos:Concept .", SkosOptions(concept_scheme="https://else.example/"), "has no concept scheme"),
        ("v:a a skos:Collection .", NAMESPACE, "holds no concept"),
        ("", NAMESPACE, "holds no concept"),
    ],
)
def test_what_cannot_become_a_scheme_is_refused(
    text: str, options: SkosOptions, told: str, tmp_path: Path, sqlite_store: Store
) -> None:
    with pytest.raises(ImportFaultsError, match=told):
        run_import(sqlite_store, read(tmp_path, text, options))
    assert list(draft_records(sqlite_store)) == []


def test_a_key_that_can_be_none(tmp_path: Path) -> None:
    with pytest.raises(InvalidIdError):
        read_skos([write(tmp_path, WHOLE)], "Crafts!")


def test_several_concept_schemes(tmp_path: Path) -> None:
    second = '<https://crafts.example/t> a skos:ConceptScheme ; dct:title "Tools"@en .\n'
    text = SCHEME + second + concept("a", "skos:inScheme <https://crafts.example/s>")
    text += concept("b", "skos:inScheme <https://crafts.example/t> , <https://crafts.example/s>") + concept(
        "c", "skos:inScheme <https://crafts.example/t>", "skos:broader v:a"
    )
    text += concept("d", "skos:topConceptOf <https://crafts.example/t>")
    harvest = read(tmp_path, text)
    assert harvest.scheme is not None
    assert harvest.scheme.title == "Tools"  # the largest
    assert concepts(harvest)["crafts:b"].data == {"inScheme": ["https://crafts.example/s", "https://crafts.example/t"]}
    assert "schemes" in {finding.rule for finding in harvest.warnings}
    one = read(
        tmp_path, text, SkosOptions(namespace=NAMESPACE.namespace, concept_scheme="https://crafts.example/s", title="T")
    )
    assert one.scheme is not None
    assert (one.scheme.title, set(concepts(one))) == ("T", {"crafts:a", "crafts:b"})
    assert concepts(one)["crafts:b"].data is None


def test_what_the_user_says_goes_before_what_the_file_says(tmp_path: Path) -> None:
    options = SkosOptions(NAMESPACE.namespace, None, "en", "T", "9", "L", "A", "https://s.example/")
    harvest = read(tmp_path, SCHEME + 'v:a a skos:Concept ; skos:prefLabel "a" .\n', options)
    assert harvest.scheme == Scheme("crafts", "https://crafts.example/v/", "T", "9", "L", "A", "https://s.example/")
    assert concepts(harvest)["crafts:a"].labels == (Label(LabelType.PREFERRED, "en", "a"),)
    bare = read(tmp_path, concept("a"))
    assert [finding.rule for finding in bare.warnings] == ["licence", "title"]


def test_what_has_no_place_is_counted(tmp_path: Path) -> None:
    harvest = read(tmp_path, SCHEME + concept("a", 'dct:created "2019"') + concept("b", 'dct:created "2020"'))
    assert [(finding.line, finding.text) for finding in harvest.warnings] == [
        (LINES + 2, "dcterms:created has no place here: 2 not kept")
    ]


# -- beside the store -------------------------------------------------------------------------------------


def test_a_new_version(tmp_path: Path, sqlite_store: Store) -> None:
    many = "".join(concept(f"c{n:02}", "skos:broader v:c00" if n else "skos:note 'top'@en") for n in range(20))
    run_import(sqlite_store, read(tmp_path, SCHEME + many))
    publish(sqlite_store)
    fewer = "".join(many.splitlines(keepends=True)[:-1]) + concept("new", "skos:broader v:c00")
    report = run_import(sqlite_store, read(tmp_path, SCHEME + fewer))
    counts = {kind.value: (count.created, count.deprecated, count.removed) for kind, count in report.counts.items()}
    assert counts == {"SCHEME": (0, 0, 0), "CONCEPT": (1, 1, 0), "EDGE": (1, 0, 1)}
    assert run_import(sqlite_store, read(tmp_path, SCHEME + fewer)).changed == 0
    publish(sqlite_store)
    gone = load_graph(sqlite_store).concepts["crafts:c19"]
    assert gone.replacement == Replacement(ReplacementKind.RETIRED, (), "no longer in the source")


def test_mappings_lead_to_what_is_loaded(tmp_path: Path, sqlite_store: Store) -> None:
    run_import(sqlite_store, read(tmp_path, SCHEME + concept("a") + concept("old", "owl:deprecated true")))
    text = (
        "@prefix o: <https://other.example/> .\n"
        'o:x a skos:Concept ; skos:prefLabel "x"@en ; skos:exactMatch v:a , v:missing , v:old , o:y , o:none .\n'
        'o:y a skos:Concept ; skos:prefLabel "y"@en .\n'
    )
    options = SkosOptions(namespace="https://other.example/", title="o", licence="l")
    report = run_import(sqlite_store, read_skos([write(tmp_path, text)], "other", options))
    targets = {
        entity.iri: entity.to_id
        for row in draft_records(sqlite_store)
        if isinstance(entity := from_record(row), MapsTo)
    }
    assert targets == {
        "https://crafts.example/v/a": "crafts:a",
        "https://crafts.example/v/missing": "https://crafts.example/v/missing",
        "https://other.example/y": "other:y",
        "https://other.example/none": "https://other.example/none",
    }
    assert rules(report.warnings) == [(2, "deprecated-end"), (2, "unknown-end"), (2, "unknown-end")]
    publish(sqlite_store)
    # Another label of the other end makes the mapping stale; the same file again does not make it fresh.
    run_import(sqlite_store, read(tmp_path, SCHEME + concept("a", label="A") + concept("old", "owl:deprecated true")))
    publish(sqlite_store)
    assert [edge.to_id for edge in load_graph(sqlite_store).mappings("other:x") if edge.stale] == ["crafts:a"]
    assert run_import(sqlite_store, read_skos([write(tmp_path, text)], "other", options)).changed == 0


@pytest.mark.neo4j
def test_the_same_in_neo4j(tmp_path: Path, sqlite_store: Store, neo4j_store: Store) -> None:
    for store in (sqlite_store, neo4j_store):
        run_import(store, read(tmp_path, WHOLE))
        publish(store)
        assert run_import(store, read(tmp_path, WHOLE)).changed == 0
    assert list(draft_records(neo4j_store)) == list(draft_records(sqlite_store))


def test_lines_of_nodes_in_json_ld(tmp_path: Path) -> None:
    path = tmp_path / "v.jsonld"
    path.write_text(
        """{"@context": {"skos": "http://www.w3.org/2004/02/skos/core#", "v": "https://crafts.example/v/"},
        "@graph": [
        {"@id": "v:a", "@type": "skos:Concept", "skos:prefLabel": {"@value": "a", "@language": "en"}},
        {"@id": "https://crafts.example/v/b",
         "@type": "skos:Concept", "skos:prefLabel": {"@value": "b", "@language": "en"},
         "skos:broader": {"@id": "v:gone"}}
        ]}"""
    )
    findings = read_skos([path], "crafts", SkosOptions(NAMESPACE.namespace, title="t", licence="l")).findings
    assert [(finding.line, finding.rule) for finding in findings] == [(4, "missing-end")]


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path, told in ((tmp_path / "absent.ttl", "no such file"), (tmp_path, "is a folder")):
        with pytest.raises(UnreadableError, match=told):
            read_skos([path], "crafts")
    with pytest.raises(UnreadableError, match="no file was named"):
        read_skos([], "crafts")
