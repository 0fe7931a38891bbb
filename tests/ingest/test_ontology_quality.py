"""What `check` warns of, rule by rule; and that the shipped ontology has none of it."""

from pathlib import Path

import pytest

from skillatlas.ingest import Finding, Severity, check_ontology, shipped_ontology

SCHEME = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sa: <https://w3id.org/skillatlas/ns#> .
@prefix atlas: <https://w3id.org/skillatlas/id/> .
<https://w3id.org/skillatlas/scheme/atlas> a skos:ConceptScheme ; sa:key "atlas" ;
    sa:namespace "https://w3id.org/skillatlas/id/" ; skos:prefLabel "skillatlas"@en .
"""
IN = "skos:inScheme <https://w3id.org/skillatlas/scheme/atlas>"
TREE = f"""
atlas:area.a a sa:Area ; {IN} ; skos:prefLabel "an area"@en , "领域"@zh ; skos:definition "All there is."@en .
atlas:domain.d a sa:Domain ; {IN} ; skos:prefLabel "a domain"@en , "行业"@zh ; skos:broader atlas:area.a ;
    skos:definition "Some of what there is."@en .
atlas:group.g a sa:SkillGroup ; {IN} ; skos:prefLabel "a group"@en , "组"@zh ; skos:broader atlas:domain.d ;
    skos:definition "Few things of it."@en .
"""


def skill(name: str, label: str, more: str = "") -> str:
    return (
        f'atlas:{name} a sa:Skill ; {IN} ; skos:prefLabel "{label}"@en , "技能{name}"@zh ;\n'
        f"    sa:skillType sa:Competence ;\n"
        f'    skos:definition "Something one can do, number {name}."@en ; skos:broader atlas:group.g {more} .\n'
    )


def role(needs: int, necessity: str = "Essential") -> str:
    listed = " , ".join(
        f"[ sa:skill atlas:s{number} ; sa:necessity sa:{necessity} ; sa:importance 50 ; sa:level 3 ]"
        for number in range(needs)
    )
    return (
        f'atlas:role.r a sa:Role ; {IN} ; skos:prefLabel "worker"@en , "工人"@zh ; skos:broader atlas:domain.d ;\n'
        f'    skos:definition "Does it all."@en ; sa:needs {listed} .\n'
    )


def warnings(folder: Path, *blocks: str) -> list[Finding]:
    """Of an ontology with 20 plain skills, a plain role, and these blocks besides."""
    plain = [skill(f"s{number}", f"skill number {'abcdefghijklmnopqrst'[number]}") for number in range(20)]
    text = [SCHEME, TREE, *plain, *blocks]
    if not any("sa:Role ;" in block for block in blocks):
        text.append(role(8))
    (folder / "atlas.ttl").write_text("\n".join(text), encoding="utf-8")
    found = check_ontology([folder])
    assert [finding.text for finding in found if finding.severity is Severity.FAULT] == []
    return list(found)


def rules(folder: Path, *blocks: str) -> list[str]:
    return [finding.rule for finding in warnings(folder, *blocks)]


def test_plain_content_has_no_warning(tmp_path: Path) -> None:
    assert warnings(tmp_path) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("e-mail marketing", "email marketing"),
        ("colour grading", "color grading"),
        ("data analysis", "analysis of data"),
        ("database index", "database indexes".replace("es", "s")),
        ("process optimisation", "process optimization"),
    ],
)
def test_near_copies(tmp_path: Path, one: str, other: str) -> None:
    found = warnings(tmp_path, skill("x", one), skill("y", other))
    assert [finding.rule for finding in found] == ["near-copy", "near-copy"]
    assert "atlas:y" in found[0].text
    assert found[0].line is not None


def test_turned_words_are_no_near_copy(tmp_path: Path) -> None:
    assert warnings(tmp_path, skill("x", "strategy deployment"), skill("y", "deployment strategies")) == []


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ("; sa:eases [ sa:skill atlas:y ; sa:transfer 0.5 ]", "transfer-doubled"),
        ("; skos:related atlas:y", "related-doubled"),
    ],
)
def test_what_a_prerequisite_says_already(tmp_path: Path, more: str, rule: str) -> None:
    builds = skill("y", "building upon", "; sa:requires [ sa:anyOf atlas:x ; sa:level 2 ]")
    assert rules(tmp_path, skill("x", "the basis", more), builds) == [rule]


def test_a_transfer_against_a_prerequisite(tmp_path: Path) -> None:
    more = "; sa:requires [ sa:anyOf atlas:x ] ; sa:eases [ sa:skill atlas:x ; sa:transfer 0.5 ]"
    assert rules(tmp_path, skill("x", "the basis"), skill("y", "building upon", more)) == ["transfer-reversed"]


@pytest.mark.parametrize("transfer", ["0.05", "0.95"])
def test_unusual_transfers(tmp_path: Path, transfer: str) -> None:
    assert rules(tmp_path, skill("x", "the basis", f"; sa:eases [ sa:skill atlas:s1 ; sa:transfer {transfer} ]")) == [
        "transfer"
    ]


def test_a_clause_that_another_one_implies(tmp_path: Path) -> None:
    more = "; sa:requires [ sa:anyOf atlas:s1 ; sa:level 3 ] , [ sa:anyOf atlas:s1 , atlas:s2 ; sa:level 2 ]"
    assert rules(tmp_path, skill("x", "the top", more)) == ["clause-implied"]
    kept = "; sa:requires [ sa:anyOf atlas:s1 ; sa:level 1 ] , [ sa:anyOf atlas:s1 , atlas:s2 ; sa:level 2 ]"
    assert rules(tmp_path, skill("x", "the top", kept)) == []


def test_a_clause_that_what_another_builds_on_implies(tmp_path: Path) -> None:
    low = skill("low", "the low", "; sa:requires [ sa:anyOf atlas:s1 ; sa:level 3 ]")
    middle = skill("middle", "the middle", "; sa:requires [ sa:anyOf atlas:low ; sa:level 2 ]")
    for level, found in ((2, ["clause-implied"]), (3, ["clause-implied"]), (4, [])):
        more = f"; sa:requires [ sa:anyOf atlas:middle ] , [ sa:anyOf atlas:s1 , atlas:s2 ; sa:level {level} ]"
        assert rules(tmp_path, low, middle, skill("x", "the top", more)) == found
    choice = "; sa:requires [ sa:anyOf atlas:middle , atlas:s3 ] , [ sa:anyOf atlas:s1 ; sa:level 2 ]"
    assert rules(tmp_path, low, middle, skill("x", "the top", choice)) == []


def test_thin_and_endless_roles(tmp_path: Path) -> None:
    assert rules(tmp_path, role(7)) == ["needs"]
    more = "".join(skill(f"s{number}", f"further skill {number}") for number in range(20, 26))
    assert rules(tmp_path, more, role(26)) == ["needs"]
    assert rules(tmp_path, role(8, "Optional")) == ["needs"]


def test_domains_of_an_unusual_size(tmp_path: Path) -> None:
    more = [skill(f"m{number}", f"further skill {number}") for number in range(61)]
    assert rules(tmp_path, *more) == ["domain-size"]


def test_the_shipped_ontology_has_neither_fault_nor_warning() -> None:
    assert [str(finding) for finding in check_ontology([shipped_ontology()])] == []
