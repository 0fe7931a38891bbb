"""The one layout of ontology files: nothing is lost, nothing changes twice, comments do not vanish in silence."""

from collections import Counter
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from skillatlas.ingest import UnreadableError, format_ontology, shipped_ontology

HEAD = """# Who keeps this file: the office.
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sa: <https://w3id.org/skillatlas/ns#> .
@prefix a: <https://w3id.org/skillatlas/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
BODY = r"""
a:zeta a sa:Skill ; skos:altLabel "z\"1\\"@en, 'z#2'@en , "丙"@zh ; skos:prefLabel "zeta"@en ;
  sa:requires [ sa:level 2 ; sa:anyOf a:beta , a:alpha ], [ sa:anyOf a:gamma ; sa:kind sa:Recommended ] ;
  sa:eases [ sa:skill a:x ; sa:transfer 0.30 ] ; skos:editorialNote "a # sign\nand a line" ; rdfs:comment "kept" ;
  skos:exactMatch <http://example.org/a#b> , <http://example.org/a%20b> .
a:domain.d a sa:Domain ; skos:prefLabel "d"@en .
a:alpha a sa:Skill ; skos:prefLabel "alpha"@en ; sa:form [ sa:text "alpha" ; sa:matchCase true ;
  sa:context "one long word after the other" , "so that the node does not fit" , "into a line of the usual width" ] .
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "d.ttl"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_layout(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + BODY)
    before = Graph().parse(path, format="turtle")
    assert format_ontology([path], write=False) == (str(path),)
    assert path.read_text() == HEAD + BODY, "nothing is written unasked"
    assert format_ontology([tmp_path], write=True) == (str(path),)
    text = path.read_text(encoding="utf-8")
    assert isomorphic(before, Graph().parse(path, format="turtle"))
    assert text.startswith("# Who keeps this file: the office.\n\n@prefix skos:")
    blocks = [block.split(" ", 1)[0] for block in text.split("\n\n")[2:]]
    assert blocks == ["atlas:domain.d", "atlas:alpha", "atlas:zeta"]
    assert '    skos:altLabel "z\\"1\\\\"@en ,\n        "z#2"@en ,\n        "丙"@zh ;\n' in text
    assert (
        "    sa:requires [ sa:anyOf atlas:alpha , atlas:beta ; sa:level 2 ] ,\n        [ sa:anyOf atlas:gamma" in text
    )
    assert "[ sa:skill atlas:x ; sa:transfer 0.30 ]" in text
    assert max(map(len, text.splitlines())) <= 130
    assert format_ontology([tmp_path], write=False) == (), "formatting twice changes nothing"
    assert [item.name for item in tmp_path.iterdir()] == ["d.ttl"]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (HEAD + BODY.replace("a:domain.d", "# a remark\na:domain.d"), 11, "comment"),
        (HEAD + BODY.replace('"d"@en .', '"d"@en . # here'), 11, "comment"),
        (HEAD + "a:x a sa:Skill ; skos:prefLabel .", 6, "no Turtle"),
    ],
)
def test_what_cannot_be_formatted_is_left_as_it_is(tmp_path: Path, text: str, line: int, what: str) -> None:
    path = write(tmp_path, text)
    (tmp_path / "other.ttl").write_text(HEAD + BODY, encoding="utf-8")
    with pytest.raises(UnreadableError) as caught:
        format_ontology([tmp_path], write=True)
    (finding,) = caught.value.findings
    assert (finding.line, what in finding.text) == (line, True)
    assert path.read_text() == text
    assert (tmp_path / "other.ttl").read_text() == HEAD + BODY, "one file that cannot be formatted stops all"


def test_the_shipped_files_are_in_the_layout() -> None:
    assert format_ontology([shipped_ontology()], write=False) == ()


def test_no_skill_is_in_two_shipped_files() -> None:
    counts = Counter(
        line.split(" ", 1)[0]
        for path in (shipped_ontology() / "domains").glob("*.ttl")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("atlas:")
    )
    assert [name for name, count in counts.items() if count > 1] == []
