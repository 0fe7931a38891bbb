"""The importer and the check of own ontologies: right content arrives whole, each fault is named with its line."""

import socket
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillatlas.ingest import (
    Finding,
    ImportFaultsError,
    IngestError,
    Severity,
    UnreadableError,
    check_ontology,
    read_ontology,
    run_import,
    shipped_ontology,
)
from skillatlas.ingest.importers.ontology.subjects import subject_lines
from skillatlas.taxonomy import (
    Broader,
    ConceptStatus,
    Eases,
    EntityType,
    LabelType,
    MapsTo,
    Necessity,
    PrerequisiteKind,
    Replacement,
    ReplacementKind,
    SkillType,
    Store,
    draft_records,
    load_graph,
    open_store,
    publish,
)

PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix sa: <https://w3id.org/skillatlas/ns#> .
@prefix atlas: <https://w3id.org/skillatlas/id/> .
"""
SCHEME = """
<https://w3id.org/skillatlas/scheme/atlas> a skos:ConceptScheme ;
    sa:key "atlas" ; sa:namespace "https://w3id.org/skillatlas/id/" ;
    skos:prefLabel "skillatlas"@en ; owl:versionInfo "3" ; dcterms:license "CC BY 4.0" ; sa:attribution "the authors" .
"""


def faults_of(path: Path) -> tuple[Finding, ...]:
    """What `check` says, without its warnings: those are tested in test_ontology_quality."""
    return tuple(finding for finding in check_ontology([path]) if finding.severity is Severity.FAULT)


def block(name: str, kind: str, label: str, *properties: str) -> str:
    """A concept's block; ends in a blank line."""
    lines = [
        f"atlas:{name} a sa:{kind}",
        "skos:inScheme <https://w3id.org/skillatlas/scheme/atlas>",
        f'skos:prefLabel "{label}"@en',
        *properties,
    ]
    return "\n" + " ;\n    ".join(lines) + " .\n"


def skill(name: str, *properties: str, label: str | None = None, group: str = "group.code") -> str:
    return block(
        name,
        "Skill",
        label or name.replace("-", " "),
        f'skos:definition "Something that people learn: number {sum(map(ord, name))}."@en',
        f"skos:broader atlas:{group}",
        "sa:skillType sa:Tool",
        *properties,
    )


FRAME = (
    block("area.software", "Area", "software")
    + block("domain.web", "Domain", "web", "skos:broader atlas:area.software")
    + block("group.code", "SkillGroup", "coding", "skos:broader atlas:domain.web")
    + block("roles.makers", "RoleGroup", "makers", "skos:broader atlas:domain.web")
)


def folder(path: Path, content: str, **more: str) -> Path:
    """A folder with the scheme, a frame of groups and the content; the content begins on line 6 of `web.ttl`."""
    path.mkdir(exist_ok=True)
    (path / "scheme.ttl").write_text(PREFIXES + SCHEME + FRAME, encoding="utf-8")
    (path / "web.ttl").write_text(PREFIXES + content, encoding="utf-8")
    for name, text in more.items():
        (path / f"{name}.ttl").write_text(PREFIXES + text, encoding="utf-8")
    return path


def found(path: Path, content: str, **more: str) -> list[tuple[str, int | None, str]]:
    """File, line and rule of each fault."""
    findings = faults_of(folder(path, content, **more))
    assert all(finding.severity is Severity.FAULT for finding in findings)
    return [(finding.file, finding.line, finding.rule) for finding in findings]


GOOD = (
    skill("python", 'skos:altLabel "python 3"@en , "蟒蛇"@zh', 'skos:hiddenLabel "phyton"@en')
    + skill(
        "pandas",
        "sa:requires [ sa:anyOf atlas:python ; sa:level 2 ] , "
        "[ sa:anyOf atlas:sql , atlas:python ; sa:kind sa:Recommended ]",
        "sa:eases [ sa:skill atlas:sql ; sa:transfer 0.25 ]",
        'sa:form [ sa:text "pandas" ; sa:needsContext true ; sa:context "python" , "dataframe" ; '
        'sa:except "red pandas" ]',
        "skos:exactMatch <http://data.europa.eu/esco/skill/x> , <https://example.org/pandas>",
        "sa:mapping [ sa:mappedTo <http://data.europa.eu/esco/skill/x> ; sa:confidence 0.8 ]",
    )
    + skill("sql", "skos:related atlas:pandas")
    + block(
        "role.maker",
        "Role",
        "maker",
        "skos:broader atlas:roles.makers",
        "sa:needs [ sa:skill atlas:sql ; sa:necessity sa:Essential ; sa:importance 90 ; sa:level 3 ] , "
        "[ sa:skill atlas:python ; sa:necessity sa:Optional ]",
    )
)


def test_everything_arrives(tmp_path: Path, sqlite_store: Store) -> None:
    assert faults_of(folder(tmp_path / "o", GOOD)) == ()
    run_import(sqlite_store, read_ontology(tmp_path / "o"))
    publish(sqlite_store)
    graph = load_graph(sqlite_store)
    scheme = graph.schemes["atlas"]
    assert (scheme.title, scheme.version, scheme.licence, scheme.attribution) == (
        "skillatlas",
        "3",
        "CC BY 4.0",
        "the authors",
    )
    python = graph.concepts["atlas:python"]
    assert python.skill_type is SkillType.TOOL
    assert [(label.type, label.lang, label.value) for label in python.labels] == [
        (LabelType.ALTERNATIVE, "en", "python 3"),
        (LabelType.ALTERNATIVE, "zh", "蟒蛇"),
        (LabelType.HIDDEN, "en", "phyton"),
        (LabelType.PREFERRED, "en", "python"),
    ]
    assert [(clause.any_of, clause.kind, clause.level) for clause in graph.edges.requires["atlas:pandas"]] == [
        (("atlas:python",), PrerequisiteKind.HARD, 2),
        (("atlas:python", "atlas:sql"), PrerequisiteKind.RECOMMENDED, None),
    ]
    assert graph.edges.eases["atlas:pandas"] == (Eases(from_id="atlas:pandas", to_id="atlas:sql", transfer=0.25),)
    assert graph.edges.related["atlas:pandas"] == ("atlas:sql",)
    assert [(need.to_id, need.necessity, need.importance, need.level) for need in graph.needs("atlas:role.maker")] == [
        ("atlas:sql", Necessity.ESSENTIAL, 90.0, 3),
        ("atlas:python", Necessity.OPTIONAL, None, None),
    ]
    assert [(edge.to_id, edge.iri, edge.confidence) for edge in graph.mappings("atlas:pandas")] == [
        ("esco:skill/x", "http://data.europa.eu/esco/skill/x", 0.8),
        ("https://example.org/pandas", "https://example.org/pandas", 1.0),
    ]
    assert graph.concepts["atlas:pandas"].data == {
        "forms": [
            {
                "text": "pandas",
                "lang": None,
                "matchCase": None,
                "needsContext": True,
                "context": ["dataframe", "python"],
                "except": ["red pandas"],
            }
        ]
    }
    assert [concept.id for concept in graph.ancestors("atlas:python")] == [
        "atlas:area.software",
        "atlas:domain.web",
        "atlas:group.code",
    ]
    assert run_import(sqlite_store, read_ontology(tmp_path / "o")).changed == 0


SECOND = block("group.data", "SkillGroup", "data", "skos:broader atlas:domain.web")
FORM = 'sa:form [ sa:text "python" ; sa:needsContext true ]'

LAST = 0
FAULTS: dict[str, tuple[str, str, int]] = {
    # name: (content, rule, line of the block: the first is on line 7, LAST is the last)
    "not a skill id": (skill("Python", label="x"), "id", 7),
    "group without its prefix": (block("code", "SkillGroup", "x", "skos:broader atlas:domain.web"), "id", 7),
    "skill with a prefix": (skill("group.python"), "id", 7),
    "another namespace": (skill("x").replace("atlas:x a", "<https://example.org/x> a"), "id", 7),
    "skill below a domain": (skill("x", group="domain.web"), "ladder", 7),
    "role below a skill group": (block("role.x", "Role", "x", "skos:broader atlas:group.code"), "ladder", 7),
    "domain below a group": (block("domain.x", "Domain", "x", "skos:broader atlas:group.code"), "ladder", 7),
    "orphan": (block("group.x", "SkillGroup", "x"), "orphan", 7),
    "two parents": (SECOND + skill("x", "skos:broader atlas:group.data"), "primary", LAST),
    "primary is no parent": (SECOND + skill("x", "sa:primaryBroader atlas:group.data"), "primary", LAST),
    "no English": (skill("x").replace('"x"@en', '"某物"@zh'), "english-label", 7),
    "no preferred label": (skill("x").replace("prefLabel", "altLabel"), "english-label", 7),
    "two preferred labels": (skill("x", 'skos:prefLabel "y"@en'), "shape", 7),
    "label without language": (skill("x", 'skos:altLabel "y"'), "shape", 7),
    "label twice": (skill("x", 'skos:altLabel "x"@en'), "label", 7),
    "label with spaces": (skill("x", 'skos:altLabel " y"@en'), "label", 7),
    "shared label": (skill("python") + skill("snake", 'skos:altLabel "Python"@en'), "shared-label", LAST),
    "shared label, described on one": (
        skill("python", FORM) + skill("snake", 'skos:altLabel "python"@en'),
        "shared-label",
        LAST,
    ),
    "definition repeats": (
        skill("x", label="web pages").replace("Something that people learn: number 120.", "The web pages"),
        "definition",
        7,
    ),
    "no definition": (skill("x").replace("skos:definition", "skos:note"), "shape", 7),
    "not in Chinese": (
        skill("x", 'skos:altLabel "machine learning"@zh').replace("Tool", "Knowledge"),
        "chinese-label",
        7,
    ),
    "unknown type": (skill("x").replace("sa:Tool", "sa:Gadget"), "shape", 7),
    "no type": (skill("x").replace("sa:skillType sa:Tool", "skos:note 'x'"), "shape", 7),
    "missing parent": (skill("x", group="group.gone"), "dangling", 7),
    "missing prerequisite": (skill("x", "sa:requires [ sa:anyOf atlas:gone ]"), "dangling", 7),
    "missing related, smaller id": (skill("x", "skos:related atlas:a-gone"), "dangling", 7),
    "role in another scheme": (
        skill("x", "sa:requires [ sa:anyOf <http://data.europa.eu/esco/skill/1> ]"),
        "dangling",
        7,
    ),
    "requires itself": (skill("x", "sa:requires [ sa:anyOf atlas:x ]"), "self", 7),
    "requires a group": (skill("x", "sa:requires [ sa:anyOf atlas:group.code ]"), "not-a-skill", 7),
    "level 6": (skill("x") + skill("y", "sa:requires [ sa:anyOf atlas:x ; sa:level 6 ]"), "shape", LAST),
    "level 2.5": (skill("x") + skill("y", "sa:requires [ sa:anyOf atlas:x ; sa:level 2.5 ]"), "shape", LAST),
    "level as text": (skill("x") + skill("y", 'sa:requires [ sa:anyOf atlas:x ; sa:level "2" ]'), "shape", LAST),
    "misspelt kind": (
        skill("x") + skill("y", "sa:requires [ sa:anyOf atlas:x ; sa:kind sa:Recomended ]"),
        "shape",
        LAST,
    ),
    "transfer above 1": (skill("x") + skill("y", "sa:eases [ sa:skill atlas:x ; sa:transfer 1.5 ]"), "shape", LAST),
    "no transfer": (skill("x") + skill("y", "sa:eases [ sa:skill atlas:x ]"), "shape", LAST),
    "eased twice": (
        skill("x")
        + skill("y", "sa:eases [ sa:skill atlas:x ; sa:transfer 0.5 ] , [ sa:skill atlas:x ; sa:transfer 0.6 ]"),
        "stated-twice",
        LAST,
    ),
    "importance 101": (
        skill("x")
        + block(
            "role.r",
            "Role",
            "r",
            "skos:broader atlas:domain.web",
            "sa:needs [ sa:skill atlas:x ; sa:necessity sa:Essential ; sa:importance 101 ]",
        ),
        "shape",
        LAST,
    ),
    "needs a group": (
        block(
            "role.r",
            "Role",
            "r",
            "skos:broader atlas:domain.web",
            "sa:needs [ sa:skill atlas:group.code ; sa:necessity sa:Essential ]",
        ),
        "not-a-skill",
        7,
    ),
    "a skill that needs": (
        skill("x") + skill("y", "sa:needs [ sa:skill atlas:x ; sa:necessity sa:Optional ]"),
        "shape",
        LAST,
    ),
    "misspelt property": (skill("x", "sa:eazes [ sa:skill atlas:x ]"), "property", 7),
    "narrower": (skill("x", "skos:narrower atlas:x"), "property", 7),
    "misspelt property of a node": (
        skill("x") + skill("y", "sa:requires [ sa:anyOf atlas:x ; sa:levle 2 ]"),
        "property",
        LAST,
    ),
    "node that is a name": (skill("x") + skill("y", "sa:requires atlas:x"), "property", LAST),
    "form of no label": (skill("x", 'sa:form [ sa:text "z" ; sa:matchCase true ]'), "form", 7),
    "form twice": (
        skill("x", 'sa:form [ sa:text "x" ; sa:matchCase true ] , [ sa:text "x" ; sa:matchCase false ]'),
        "form",
        7,
    ),
    "form without text": (skill("x", "sa:form [ sa:matchCase true ]"), "shape", 7),
    "confidence above 1": (
        skill(
            "x",
            "skos:closeMatch <https://example.org/x>",
            "sa:mapping [ sa:mappedTo <https://example.org/x> ; sa:confidence 1.1 ]",
        ),
        "shape",
        7,
    ),
    "confidence of no mapping": (
        skill("x", "sa:mapping [ sa:mappedTo <https://example.org/x> ; sa:confidence 0.9 ]"),
        "mapping",
        7,
    ),
    "two confidences of a mapping": (
        skill(
            "x",
            "skos:closeMatch <https://example.org/x>",
            "sa:mapping [ sa:mappedTo <https://example.org/x> ; sa:confidence 0.9 ] , "
            "[ sa:mappedTo <https://example.org/x> ; sa:confidence 0.8 ]",
        ),
        "mapping",
        7,
    ),
    "misspelt class": (skill("x").replace("sa:Skill", "sa:Skil"), "class", 7),
    "no class": (skill("x").replace("a sa:Skill", 'skos:note "n"'), "class", 7),
    "another scheme": (skill("x").replace("scheme/atlas", "scheme/other"), "scheme", 7),
    "deprecated without reason": (skill("x", "owl:deprecated true"), "replacement", 7),
    "replaced but not deprecated": (skill("y") + skill("x", "dcterms:isReplacedBy atlas:y"), "replacement", LAST),
    "replaced by nothing": (skill("x", "owl:deprecated true ; dcterms:isReplacedBy atlas:gone"), "replacement", 7),
    "split into one": (
        skill("y") + skill("x", 'owl:deprecated true ; dcterms:isReplacedBy atlas:y ; sa:replacementKind "SPLIT"'),
        "replacement",
        LAST,
    ),
    "edge to a deprecated one": (
        skill("x", 'owl:deprecated true ; sa:replacementReason "old"') + skill("y", "sa:requires [ sa:anyOf atlas:x ]"),
        "deprecated-end",
        LAST,
    ),
    "described twice": (skill("x") + skill("x"), "duplicate", LAST),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_named_with_the_line_of_its_block(name: str, tmp_path: Path) -> None:
    content, rule, line = FAULTS[name]
    if line == LAST:
        lines = (PREFIXES + content).split("\n")
        line = max(number for number, text in enumerate(lines, start=1) if text.startswith("atlas:"))
    assert ("web.ttl", line, rule) in found(tmp_path / "o", content)


@pytest.mark.parametrize("name", FAULTS)
def test_no_fault_is_imported(name: str, tmp_path: Path, sqlite_store: Store) -> None:
    with pytest.raises(ImportFaultsError):
        run_import(sqlite_store, read_ontology(folder(tmp_path / "o", FAULTS[name][0])))
    assert list(draft_records(sqlite_store)) == []
    # What is left when the faulty are skipped can be published.
    run_import(sqlite_store, read_ontology(tmp_path / "o"), skip_faulty=True)
    assert publish(sqlite_store).release is not None


def test_cycles_name_every_member(tmp_path: Path) -> None:
    content = (
        skill("a", "sa:requires [ sa:anyOf atlas:b , atlas:d ]")
        + skill("b", "sa:requires [ sa:anyOf atlas:c ; sa:kind sa:Hard ]")
        + skill("c", "sa:requires [ sa:anyOf atlas:a ]")
        + skill("d", "sa:requires [ sa:anyOf atlas:a ; sa:kind sa:Recommended ]")
    )
    cycles = [finding for finding in check_ontology([folder(tmp_path / "o", content)]) if finding.rule == "cycle"]
    assert [finding.line for finding in cycles] == [7, 15, 23]
    assert all("atlas:a → atlas:b → atlas:c → atlas:a" in finding.text for finding in cycles)


def test_a_cycle_of_broader(tmp_path: Path) -> None:
    content = block("roles.a", "RoleGroup", "a", "skos:broader atlas:roles.b") + block(
        "roles.b", "RoleGroup", "b", "skos:broader atlas:roles.a"
    )
    assert found(tmp_path / "o", content) == [("web.ttl", 7, "cycle"), ("web.ttl", 12, "cycle")]


def test_a_concept_described_in_two_files(tmp_path: Path) -> None:
    assert found(tmp_path / "o", skill("x"), more=skill("x")) == [("web.ttl", 7, "duplicate")]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    content = skill("X", label="x") + skill("y", "sa:requires [ sa:anyOf atlas:gone ; sa:level 9 ]", group="domain.web")
    rules = {rule for _file, _line, rule in found(tmp_path / "o", content)}
    assert {"id", "dangling", "shape", "ladder"} <= rules


@pytest.mark.parametrize(
    "content",
    [
        skill("x", 'skos:altLabel "PyTorch"@zh', "skos:note 'a name'").replace("Tool", "Knowledge"),
        skill("x", "skos:prefLabel 'pandas'@zh"),
        skill("x", 'skos:altLabel "python"@en', FORM) + skill("python", FORM),
        skill("x", "owl:deprecated true ; dcterms:isReplacedBy atlas:y") + skill("y"),
        skill("x", 'owl:deprecated true ; sa:replacementReason "nobody asks for it"'),
        SECOND + skill("x", "skos:broader atlas:group.data ; sa:primaryBroader atlas:group.code"),
        skill("x", "skos:related atlas:y") + skill("y", "skos:related atlas:x"),
        block("role.x", "Role", "x", 'sa:form [ sa:text "x" ; sa:matchCase true ]', "skos:broader atlas:domain.web"),
    ],
)
def test_what_is_allowed(content: str, tmp_path: Path) -> None:
    assert found(tmp_path / "o", content) == []


def test_replacements_arrive(tmp_path: Path, sqlite_store: Store) -> None:
    content = (
        skill("x", "owl:deprecated true ; dcterms:isReplacedBy atlas:y , atlas:z")
        + skill("y")
        + skill("z")
        + skill("w", 'owl:deprecated true ; dcterms:isReplacedBy atlas:y ; sa:replacementKind "MERGED"')
    )
    run_import(sqlite_store, read_ontology(folder(tmp_path / "o", content)))
    publish(sqlite_store)
    graph = load_graph(sqlite_store)
    assert graph.concepts["atlas:x"].status is ConceptStatus.DEPRECATED
    assert graph.concepts["atlas:x"].replacement == Replacement(ReplacementKind.SPLIT, ("atlas:y", "atlas:z"))
    assert graph.concepts["atlas:w"].replacement == Replacement(ReplacementKind.MERGED, ("atlas:y",))


def test_the_primary_of_two_parents(tmp_path: Path) -> None:
    content = SECOND + skill("x", "skos:broader atlas:group.data ; sa:primaryBroader atlas:group.data")
    harvest = read_ontology(folder(tmp_path / "o", content))
    assert {
        (edge.to_id, edge.primary)
        for edge in harvest.entities
        if isinstance(edge, Broader) and edge.from_id == "atlas:x"
    } == {("atlas:group.code", False), ("atlas:group.data", True)}


# -- folders and parts -----------------------------------------------------------------------------------


def test_what_a_folder_lacks_is_deprecated(tmp_path: Path, sqlite_store: Store) -> None:
    many = "".join(skill(f"s{number}") for number in range(20))
    run_import(sqlite_store, read_ontology(folder(tmp_path / "o", many + skill("x"))))
    publish(sqlite_store)
    report = run_import(sqlite_store, read_ontology(folder(tmp_path / "o", many)))
    assert report.counts[EntityType.CONCEPT].deprecated == 1
    publish(sqlite_store)
    replacement = load_graph(sqlite_store).concepts["atlas:x"].replacement
    assert replacement is not None
    assert replacement.reason == "no longer in the ontology"


def part(path: Path, content: str) -> Path:
    path.write_text(PREFIXES + content, encoding="utf-8")
    return path


def test_a_single_file_is_a_part(tmp_path: Path, sqlite_store: Store) -> None:
    run_import(sqlite_store, read_ontology(folder(tmp_path / "o", GOOD)))
    publish(sqlite_store)
    # The block of pandas has lost a clause; related, which sql states, stays; everything else stays.
    content = skill("pandas", "sa:requires [ sa:anyOf atlas:python ; sa:level 3 ]") + skill("numpy")
    report = run_import(sqlite_store, read_ontology([part(tmp_path / "p.ttl", content)]), allow_removal=True)
    concepts, edges = report.counts[EntityType.CONCEPT], report.counts[EntityType.EDGE]
    assert (concepts.created, concepts.updated, concepts.deprecated) == (1, 1, 0)
    assert (edges.created, edges.updated, edges.removed) == (1, 1, 4)
    publish(sqlite_store)
    graph = load_graph(sqlite_store)
    assert graph.edges.related["atlas:pandas"] == ("atlas:sql",)
    assert graph.schemes["atlas"].version == "3"
    assert [(clause.any_of, clause.level) for clause in graph.edges.requires["atlas:pandas"]] == [
        (("atlas:python",), 3)
    ]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (skill("new", "sa:requires [ sa:anyOf atlas:gone ]"), "dangling"),
        (skill("python", "sa:requires [ sa:anyOf atlas:pandas ]"), "cycle"),
        (skill("new", 'skos:altLabel "SQL"@en'), "shared-label"),
        (skill("new", label="phyton"), None),
        (block("domain.web", "Domain", "web", "skos:broader atlas:area.gone"), "dangling"),
        (skill("new", label="python 3"), "shared-label"),
    ],
)
def test_a_part_is_checked_beside_the_store(
    content: str, rule: str | None, tmp_path: Path, sqlite_store: Store
) -> None:
    run_import(sqlite_store, read_ontology(folder(tmp_path / "o", GOOD)))
    before = list(draft_records(sqlite_store))
    harvest = read_ontology([part(tmp_path / "p.ttl", content)])
    if rule is None:
        content_rule = run_import(sqlite_store, harvest, dry_run=True).faults
        assert {finding.rule for finding in content_rule} == {"shared-label"}
        return
    with pytest.raises(ImportFaultsError) as caught:
        run_import(sqlite_store, harvest)
    assert rule in {finding.rule for finding in caught.value.findings}
    assert {finding.file for finding in caught.value.findings} == {"p.ttl"}
    assert list(draft_records(sqlite_store)) == before


def test_a_part_of_a_scheme_that_the_store_lacks(tmp_path: Path, sqlite_store: Store) -> None:
    with pytest.raises(ImportFaultsError, match="whole folder first"):
        run_import(sqlite_store, read_ontology([part(tmp_path / "p.ttl", skill("x"))]))


def test_references_of_a_part_are_not_judged_without_a_store(tmp_path: Path) -> None:
    path = part(tmp_path / "p.ttl", skill("x", "sa:requires [ sa:anyOf atlas:elsewhere ]"))
    assert faults_of(path) == ()


def test_another_scheme_in_the_same_format(tmp_path: Path, sqlite_store: Store) -> None:
    text = (PREFIXES + SCHEME + FRAME + GOOD).replace("https://w3id.org/skillatlas/id/", "https://acme.example/id/")
    text = text.replace('sa:key "atlas"', 'sa:key "acme"').replace("scheme/atlas", "scheme/acme")
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "all.ttl").write_text(text, encoding="utf-8")
    run_import(sqlite_store, read_ontology(tmp_path / "acme"))
    publish(sqlite_store)
    graph = load_graph(sqlite_store)
    assert graph.concepts["acme:python"].uri == "https://acme.example/id/python"


# -- files that cannot be read ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"atlas:x a sa:Skill .", r"web\.ttl:1: .*not bound"),
        (
            (PREFIXES + '\natlas:x a sa:Skill ;\n    skos:prefLabel "x"@en\natlas:y a sa:Skill .\n').encode(),
            r"web\.ttl:\d+: ",
        ),
        (PREFIXES.encode() + b'\natlas:x skos:note "\xff" .', r"web\.ttl:7:20: .*not UTF-8"),
        (PREFIXES.encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04\x00\x00", "null byte"),
        (b"[" * 5000, "nested too deeply"),
        (b'{"id": 1}', "no Turtle"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, told: str, tmp_path: Path) -> None:
    (folder(tmp_path / "o", GOOD) / "web.ttl").write_bytes(data)
    with pytest.raises(UnreadableError, match=told):
        read_ontology(tmp_path / "o")
    assert [finding.severity for finding in faults_of(tmp_path / "o")] == [Severity.FAULT]


def test_a_byte_order_mark_and_crlf_do_no_harm(tmp_path: Path) -> None:
    path = folder(tmp_path / "o", GOOD)
    wanted = read_ontology(path)
    text = (path / "web.ttl").read_text(encoding="utf-8").replace("\n", "\r\n")
    (path / "web.ttl").write_bytes(b"\xef\xbb\xbf" + text.encode())
    again = read_ontology(path)
    assert (again.entities, again.findings, again.scheme) == (wanted.entities, wanted.findings, wanted.scheme)


def test_missing_and_empty(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no such file"):
        read_ontology(tmp_path / "absent")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableError, match=r"no \.ttl file"):
        read_ontology(tmp_path / "empty")
    (tmp_path / "empty" / "a.ttl").write_text(PREFIXES)
    with pytest.raises(ImportFaultsError, match=r"no skos:ConceptScheme"):
        read_ontology(tmp_path / "empty")


@pytest.mark.parametrize("change", [('"atlas"', '"http"'), ('"atlas"', '"A"'), ("skillatlas/id/", "skillatlas/id")])
def test_a_scheme_with_a_bad_key_or_namespace(change: tuple[str, str], tmp_path: Path) -> None:
    path = folder(tmp_path / "o", "")
    (path / "scheme.ttl").write_text(PREFIXES + SCHEME.replace(*change), encoding="utf-8")
    with pytest.raises(ImportFaultsError, match=r"scheme\.ttl:7"):
        read_ontology(path)


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: Any, **_more: Any) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    path = folder(tmp_path / "o", GOOD)
    imports = (
        "<https://example.org/o> owl:imports <http://example.org/other.ttl> ; skos:note <http://example.org/x> .\n"
    )
    (path / "web.ttl").write_text(PREFIXES + GOOD + imports, encoding="utf-8")
    assert {finding.rule for finding in faults_of(path)} == {"class"}


@given(
    where=st.integers(0, 3000),
    what=st.sampled_from(["", "}", '"', "\\", ";", "]", "\x00", "é", " . "]),
    cut=st.booleans(),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_imported_right_or_refused_whole(
    where: int, what: str, cut: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    base = tmp_path_factory.mktemp("damaged")
    store = open_store(f"sqlite:///{base / 's.db'}")
    try:
        path = folder(base / "o", GOOD)
        run_import(store, read_ontology(path))
        before = list(draft_records(store))
        text = PREFIXES + GOOD
        place = where % len(text)
        damaged = text[:place] + what + ("" if cut else text[place:])
        (path / "web.ttl").write_text(damaged, encoding="utf-8")
        try:
            run_import(store, read_ontology(path))
        except IngestError:
            assert list(draft_records(store)) == before
        else:
            assert run_import(store, read_ontology(path)).changed == 0
    finally:
        store.close()


# -- lines ------------------------------------------------------------------------------------------------


def test_lines_of_subjects_in_odd_turtle() -> None:
    text = (
        "@prefix a: <http://a/> . # a:comment a a:x .\n"
        "PREFIX b: <http://b/>\n"
        'a:one a:p """long\n. a:no a:no .\n""" , "x . a:no" ;\n'
        "  a:q [ a:r 1.5 ; a:s ( a:no 2 ) ] .  a:two a:p 'x'\n"
        ".\n"
        "<http://c/three>\n"
        "  a:p <http://x#y> , a:v.w .\n"
        "b:four\\-teen.x a:p true . [] a:p a:no .\n"
        "_:blank a:p a:no .\n"
        "a:one a:again 1 .\n"
    )
    prefixes = {"a": "http://a/", "b": "http://b/"}
    assert subject_lines(text, prefixes, "http://base/") == {
        "http://a/one": [3, 12],
        "http://a/two": [6],
        "http://c/three": [8],
        "http://b/four-teen.x": [10],
    }


@given(st.text(alphabet="a:b<>\"'\\[]().;,#@ \n^_", max_size=300))
@settings(max_examples=200, deadline=None)
def test_the_scanner_takes_any_text(text: str) -> None:
    lines = subject_lines(text, {"a": "http://a/"}, "http://base/")
    assert all(1 <= line <= text.count("\n") + 1 for found_lines in lines.values() for line in found_lines)


def test_the_scanner_is_linear() -> None:
    for piece in ("[", '"', "'''", "<", "a:b ", ".", "\\", "#\n"):
        start = time.perf_counter()
        subject_lines(piece * 100_000, {"a": "http://a/"}, "http://base/")
        assert time.perf_counter() - start < 5


# -- the shipped ontology ---------------------------------------------------------------------------------


def test_the_shipped_ontology_has_no_fault() -> None:
    assert check_ontology() == ()


def test_the_vocabulary_describes_every_term_that_is_used() -> None:
    """Every sa: term of the content, the shapes and the importer is in the vocabulary, with a label."""
    import re

    from rdflib import RDFS, Graph, URIRef

    from skillatlas.ingest.importers.ontology import terms

    base = shipped_ontology()
    vocabulary = Graph().parse(base / "ns.ttl")
    described = {str(subject) for subject in vocabulary.subjects(RDFS.label, None)}
    used = {
        terms.SA + name
        for path in base.rglob("*.ttl")
        for name in re.findall(r"(?<![\w:])sa:([A-Za-z]+)", path.read_text(encoding="utf-8"))
    }
    used |= {value for value in vars(terms).values() if isinstance(value, str) and value.startswith(terms.SA)} - {
        terms.SA
    }
    assert used <= described
    assert all(isinstance(subject, URIRef) for subject in vocabulary.subjects(RDFS.label, None))


def test_mappings_keep_the_full_iri(tmp_path: Path) -> None:
    harvest = read_ontology(folder(tmp_path / "o", GOOD))
    assert {edge.iri for edge in harvest.entities if isinstance(edge, MapsTo)} == {
        "http://data.europa.eu/esco/skill/x",
        "https://example.org/pandas",
    }
