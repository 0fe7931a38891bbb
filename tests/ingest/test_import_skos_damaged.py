"""What must not be read as SKOS is refused with its place: bombs, things to fetch, endless nesting, damaged files."""

import socket
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillatlas.ingest import IngestError, SkosOptions, UnreadableError, read_skos, run_import
from skillatlas.taxonomy import draft_records, open_store

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#"'
NODE = '<skos:Concept rdf:about="https://v.example/a"><skos:prefLabel xml:lang="en">%s</skos:prefLabel></skos:Concept>'


def xml(doctype: str = "", content: str = NODE % "a", encoding: str = "UTF-8") -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{doctype}\n<rdf:RDF {RDF}>\n{content}\n</rdf:RDF>\n'.encode()


LAUGHS = (
    "<!DOCTYPE rdf:RDF [<!ENTITY a0 'ha'>\n"
    + "\n".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    + "]>"
)

REFUSED: dict[str, tuple[str, bytes, str]] = {
    # name: (file, content, what is said)
    "billion laughs": ("v.rdf", xml(LAUGHS, NODE % "&a11;"), r"v\.rdf:3:\d+: .*entity a1 by other entities"),
    "long entity": (
        "v.rdf",
        xml(f"<!DOCTYPE r [<!ENTITY a '{'x' * 5000}'>]>", NODE % "&a;"),
        r"v\.rdf:2:\d+: .*entity a",
    ),
    "parameter entity": ("v.rdf", xml("<!DOCTYPE r [<!ENTITY % a 'x'>]>"), r"v\.rdf:2:\d+: .*entity a"),
    "external entity": (
        "v.rdf",
        xml('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]>', NODE % "&a;"),
        r"v\.rdf:2:\d+: .*external entity a",
    ),
    "external document type": (
        "v.rdf",
        xml('<!DOCTYPE r SYSTEM "http://x.example/r.dtd">'),
        "document type to be fetched",
    ),
    "unknown entity": ("v.rdf", xml(content=NODE % "&nbsp;"), r"v\.rdf:4:\d+: .*is no XML"),
    "another encoding": ("v.rdf", xml(encoding="ISO-8859-1"), "save it as UTF-8"),
    "deep XML": ("v.rdf", xml(content="<skos:Concept><skos:broader>" * 50_000), r"v\.rdf:4:\d+: .*levels deep"),
    "XML cut": ("v.rdf", xml()[:-20], r"v\.rdf:\d+:\d+: .*is no XML"),
    "bad IRI in XML": ("v.rdf", xml(content=(NODE % "a").replace("/a", "/a b")), r"v\.rdf:4: .*is no RDF/XML"),
    "remote context": (
        "v.jsonld",
        b'{\n"@context": "https://x.example/c.jsonld",\n"@id": "https://v.example/a"}',
        r"v\.jsonld:2: .*remote context https://x\.example/c\.jsonld",
    ),
    "remote context in a list": (
        "v.jsonld",
        b'{"@graph": [{"@context": [{}, "c.jsonld"], "@id": "https://v.example/a"}]}',
        "remote context c.jsonld",
    ),
    "imported context": ("v.jsonld", b'{"@context": {"@import": "https://x.example/"}}', "remote context"),
    "context of a term": (
        "v.jsonld",
        b'{"@context": {"t": {"@id": "https://x.example/t", "@context": "https://x.example/"}}}',
        "remote context",
    ),
    "deep JSON": ("v.jsonld", b'{"http://a.example/":' * 60_000 + b"1" + b"}" * 60_000, "levels deep"),
    "rather deep JSON": ("v.jsonld", b'{"http://a.example/":' * 150 + b"1" + b"}" * 150, "levels deep"),
    "JSON cut": ("v.jsonld", b'{\n"@graph": [\n{"@id":', r"v\.jsonld:3:\d+: .*is no JSON"),
    "Turtle cut": ("v.ttl", b"@prefix v: <https://v.example/> .\nv:a a", r"v\.ttl:2:\d+: .*is no Turtle"),
    "unknown prefix": ("v.ttl", b"\n\nv:a a v:b .", r"v\.ttl:3:\d+: .*is no Turtle"),
    "deep Turtle": ("v.ttl", b"<http://a.example/> <http://b.example/> " + b"( " * 20_000, "is no Turtle"),
    "N-Triples": ("v.nt", b"<http://a.example/> <http://b.example/> <c> .\n", r"v\.nt:1:\d+: .*is no N-Triples"),
    "UTF-16": ("v.ttl", "<http://a.example/> a <http://b.example/> .".encode("utf-16"), "UTF-16"),
    "Latin-1": ("v.ttl", '\n<http://a.example/> a "é" .'.encode("latin-1"), r"v\.ttl:2:24: .*not UTF-8"),
    "a table": ("v.csv", b"a,b\n1,2\n", "is none of Turtle"),
    "broken gzip": ("v.ttl.gz", b"\x1f\x8b\x08\x00nothing", "damaged or no gzip"),
    "empty": ("v.ttl", b"", "holds no concept"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_at_once_and_with_its_place(name: str, tmp_path: Path) -> None:
    file, content, told = REFUSED[name]
    (tmp_path / file).write_bytes(content)
    started = time.perf_counter()
    with pytest.raises(UnreadableError, match=told):
        read_skos([tmp_path / file], "voc")
    assert time.perf_counter() - started < 5


def test_namespaces_written_as_entities_are_read(tmp_path: Path) -> None:
    doctype = '<!DOCTYPE rdf:RDF [<!ENTITY v "https://v.example/">]>'
    (tmp_path / "v.rdf").write_bytes(xml(doctype, (NODE % "a").replace("https://v.example/", "&v;")))
    assert read_skos([tmp_path / "v.rdf"], "voc").entities[0].uri == "https://v.example/a"  # type: ignore[union-attr]


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: Any, **_more: Any) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    for file, content, _ in REFUSED.values():
        (tmp_path / file).write_bytes(content)
        with pytest.raises(UnreadableError):
            read_skos([tmp_path / file], "voc")
    text = TURTLE + "<https://v.example/> <http://www.w3.org/2002/07/owl#imports> <http://x.example/o.ttl> .\n"
    (tmp_path / "v.ttl").write_text(text, encoding="utf-8")
    assert len(read_skos([tmp_path / "v.ttl"], "voc").entities) == 4


TURTLE = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix v: <https://v.example/> .
v:a a skos:Concept ; skos:prefLabel "a"@en , "甲"@zh ; skos:narrower v:b .
v:b a skos:Concept ; skos:prefLabel "b"@en ; skos:altLabel "be"@en ; skos:related v:a .
"""
TRIPLES = """<https://v.example/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2004/02/skos/core#Concept> .
<https://v.example/a> <http://www.w3.org/2004/02/skos/core#prefLabel> "a"@en .
<https://v.example/a> <http://www.w3.org/2004/02/skos/core#narrower> <https://v.example/b> .
<https://v.example/b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2004/02/skos/core#Concept> .
<https://v.example/b> <http://www.w3.org/2004/02/skos/core#prefLabel> "b"@en .
"""  # noqa: E501
JSON = """{"@context": {"skos": "http://www.w3.org/2004/02/skos/core#", "v": "https://v.example/"},
"@graph": [
{"@id": "v:a", "@type": "skos:Concept", "skos:prefLabel": {"@value": "a", "@language": "en"}},
{"@id": "v:b", "@type": "skos:Concept", "skos:prefLabel": {"@value": "b", "@language": "en"},
 "skos:broader": {"@id": "v:a"}}
]}
"""
SOURCES = {
    "v.ttl": TURTLE.encode(),
    "v.nt": TRIPLES.encode(),
    "v.jsonld": JSON.encode(),
    "v.rdf": xml(content=NODE % "a" + "\n" + (NODE % "b").replace("/a", "/b")),
}


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file that was cut, shuffled, doubled, written over or saved in another encoding."""
    name = draw(st.sampled_from(sorted(SOURCES)))
    data = SOURCES[name]
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, max(0, len(data) - 1)))
        match draw(st.sampled_from(["cut", "shuffle", "double", "write", "drop", "swap", "encode", "rename"])):
            case "cut":
                data = data[:place]
            case "shuffle":
                lines = data.splitlines(keepends=True)
                data = b"".join(draw(st.permutations(lines)))
            case "double":
                data = data[:place] + data
            case "write":
                data = data[:place] + draw(st.binary(max_size=8)) + data[place:]
            case "drop":
                data = data[:place] + data[place + draw(st.integers(1, 40)) :]
            case "swap":
                pair = draw(
                    st.sampled_from([(b"v:b", b"v:a"), (b"skos:", b"v:"), (b"en", b""), (b'"', b"'"), (b"/", b"\\")])
                )
                data = data.replace(*pair)
            case "encode":
                data = data.decode("utf-8", "replace").encode(
                    draw(st.sampled_from(["utf-16", "latin-1", "utf-8-sig"])), "replace"
                )
            case _:
                name = draw(st.sampled_from([*SOURCES, "v", "v.txt", "v.xml", "v.json"]))
    return name, data


@given(source=damaged())
@settings(max_examples=75, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_read_right_or_refused_whole(
    source: tuple[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    name, data = source
    (folder / "good.ttl").write_text(TURTLE, encoding="utf-8")
    (folder / name).write_bytes(data)
    store = open_store(f"sqlite:///{folder / 's.db'}")
    options = SkosOptions(namespace="https://v.example/")
    try:
        run_import(store, read_skos([folder / "good.ttl"], "voc", options))
        before = list(draft_records(store))
        try:
            run_import(store, read_skos([folder / name], "voc", options), allow_removal=True)
        except IngestError:
            assert list(draft_records(store)) == before
        else:
            assert run_import(store, read_skos([folder / name], "voc", options), allow_removal=True).changed == 0
    finally:
        store.close()


@given(data=st.binary(max_size=400), name=st.sampled_from(["v.ttl", "v.rdf", "v.jsonld", "v.nt", "v"]))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_refused(data: bytes, name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("bytes") / name
    path.write_bytes(data)
    with pytest.raises(UnreadableError):
        read_skos([path], "voc")
