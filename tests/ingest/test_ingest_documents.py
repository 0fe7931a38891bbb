"""Documents: what is read, what is refused by name, and what is stored with its counts."""

import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import orjson
import pytest

from skillatlas.ingest import (
    DocumentError,
    DocumentKind,
    Extraction,
    Extractor,
    Finding,
    LinkPolicy,
    Said,
    SourceDocument,
    forms_of,
    ingest_documents,
    read_documents,
    read_ontology,
    run_import,
    shipped_ontology,
)
from skillatlas.taxonomy import Graph, NotFoundError, Store, load_graph, open_store, publish


def read(*paths: Path, kind: DocumentKind = DocumentKind.JOB, lang: str | None = None) -> list[SourceDocument]:
    return list(read_documents(paths, kind=kind, lang=lang))


def test_plain_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfWe need Python.\r\nAnd SQL.")
    (tmp_path / "b.md").write_text("\n# A job\n\n- Python", encoding="utf-8")
    (tmp_path / "c.TXT.gz").write_bytes(gzip.compress("需要 Python".encode()))
    first, second, third = read(
        tmp_path / "a.txt", tmp_path / "b.md", tmp_path / "c.TXT.gz", kind=DocumentKind.CV, lang="en"
    )
    assert first.text == "We need Python.\r\nAnd SQL."
    assert first.id == "sha256:" + __import__("hashlib").sha256(first.text.encode()).hexdigest()
    assert (first.kind, first.lang, first.title, first.file) == (DocumentKind.CV, "en", "a.txt", "a.txt")
    assert second.title == "A job"
    assert third.text == "需要 Python"


def test_json_lines(tmp_path: Path) -> None:
    rows = [
        {"id": "1", "text": "Python", "title": "T", "kind": "cv", "lang": "zh", "url": "https://example.org/1"},
        {"text": "SQL", "id": None},
    ]
    text = "\ufeff" + "\n\n".join(json.dumps(row) for row in rows) + "\n"
    for name in ("a.jsonl", "a.jsonl.gz"):
        data = text.encode()
        (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
        first, second = read(tmp_path / name)
        assert (first.id, first.kind, first.lang, first.title) == ("1", DocumentKind.CV, "zh", "T")
        assert (first.url, first.line) == ("https://example.org/1", 1)
        assert second.id.startswith("sha256:")
        assert (second.kind, second.lang, second.line) == (DocumentKind.JOB, None, 3)


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("b.txt", "a.txt", ".hidden"):
        (tmp_path / name).write_text(name)
    (tmp_path / "in" / "c.txt").write_text("c.txt")
    assert [document.text for document in read(tmp_path)] == ["a.txt", "b.txt", "c.txt"]


BAD: list[tuple[str, bytes, str]] = [
    ("a.pdf", b"%PDF-1.7", r"a\.pdf: .*(damaged|no text)"),
    ("a.docx", b"PK\x03\x04", r"is damaged"),
    ("a.html", b"<html>", r"is empty"),
    ("a.xyz", b"x", r"'\.xyz' are not read"),
    ("a", b"x", r"are not read"),
    ("a.txt", b"%PDF-1.7 x", r"is a PDF by its content"),
    ("a.txt", b"PK\x03\x04xx", r"is a zip"),
    ("a.txt", b"caf\xe9", r"a\.txt:1:4: .*not UTF-8"),
    ("a.txt", "text".encode("utf-16"), r"UTF-16"),
    ("a.txt", b"a\0b", r"null byte"),
    ("a.txt", b" \n\t", r"is empty"),
    ("a.txt", b"", r"is empty"),
    ("a.txt", b"x" * 1_000_001, r"1,000,001 characters, more than 1,000,000"),
    ("a.txt.gz", b"no gzip", r"damaged or no gzip"),
    ("a.txt.gz", gzip.compress(b"hello " * 1000, mtime=0)[:-9], r"damaged"),
    ("a.jsonl", b'{"text": "x"}\n{"text": 5}', r"a\.jsonl:2: .*an object with"),
    ("a.jsonl", b"[]", r"a\.jsonl:1: .*an object with"),
    ("a.jsonl", b'{"text": "x"', r"a\.jsonl:1:\d+: .*no JSON"),
    ("a.jsonl", b'{"text": "x", "id": 5}', r"id is a text"),
    ("a.jsonl", b'{"text": "x", "kind": "poem"}', r"kind 'poem' is none of JOB, TASK, CV, COURSE"),
    ("a.jsonl", b'{"text": "a\\u0000b"}', r"null character"),
    ("a.jsonl", b'{"text": "\\ud800"}', r"no JSON"),
    ("a.jsonl", b'{"text": ""}', r"is empty"),
]


@pytest.mark.parametrize(("name", "data", "told"), BAD)
def test_what_is_refused_is_named(name: str, data: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DocumentError, match=told):
        read(tmp_path / name)


def test_missing_files(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no such file"):
        read(tmp_path / "absent.txt")


def test_faults_can_be_gathered(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "one"}\nnonsense\n{"text": "two"}\n')
    (tmp_path / "b.pdf").write_bytes(b"%PDF")
    found: list[Finding] = []
    texts = [document.text for document in read_documents([tmp_path], on_fault=found.append)]
    assert texts == ["one", "two"]
    assert [(finding.file, finding.line) for finding in found] == [("a.jsonl", 2), ("b.pdf", None)]


# -- storing ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The shipped ontology as a graph."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('atlas') / 's.db'}")
    run_import(store, read_ontology(shipped_ontology()))
    publish(store)
    found = load_graph(store)
    store.close()
    return found


@pytest.fixture(scope="module")
def extractor(graph: Graph) -> Extractor:
    """An extractor over it."""
    return Extractor.build(scheme="atlas", forms=forms_of(graph, "atlas"))


class Counting:
    """The real extractor, and how often it was asked."""

    def __init__(self, inner: Extractor, version: str | None = None) -> None:
        self.inner = inner
        self.version = version or inner.version
        self.calls = 0

    def extract(
        self,
        text: str,
        *,
        lang: str | None = None,
        kind: DocumentKind = DocumentKind.JOB,
        policy: LinkPolicy = LinkPolicy.BALANCED,
    ) -> Extraction:
        self.calls += 1
        return self.inner.extract(text, lang=lang, kind=kind, policy=policy)

    def overridden(self, said: Sequence[Said]) -> "Counting":
        return Counting(self.inner.overridden(said))


TEXT = "Requirements:\n- Python, Python and SQL\n\nNice to have:\n- Docker\n"


def documents(*texts: str) -> list[SourceDocument]:
    return [
        SourceDocument(str(number), text, DocumentKind.JOB, file="x", line=number) for number, text in enumerate(texts)
    ]


def test_documents_are_stored_with_their_counts(sqlite_store: Store, graph: Graph, extractor: Extractor) -> None:
    report = ingest_documents(sqlite_store, graph, extractor, documents(TEXT, "We use SQL."), collection="ads")
    assert (report.stored, report.unchanged, report.scheme, report.release) == (2, 0, "atlas", 1)
    observed = sqlite_store.observed(scheme="atlas", collection="ads")
    assert observed.documents == 2
    found = {row.skill: (row.documents, row.mentions, row.required, row.preferred) for row in observed.skills}
    assert found["atlas:sql"][:2] == (2, 2)
    assert found["atlas:python"][:2] == (1, 2)
    expected = extractor.extract(TEXT, kind=DocumentKind.JOB)
    assert report.mentions == len(expected.mentions) + len(extractor.extract("We use SQL.").mentions)
    required = {mention.skill_id for mention in expected.mentions if mention.requirement == "REQUIRED"}
    preferred = {mention.skill_id for mention in expected.mentions if mention.requirement == "PREFERRED"}
    assert {skill for skill, row in found.items() if row[2]} == required
    assert {skill for skill, row in found.items() if row[3]} == preferred == {"atlas:docker"}


def test_unchanged_documents_are_passed_over(sqlite_store: Store, graph: Graph, extractor: Extractor) -> None:
    counting = Counting(extractor)
    ingest_documents(sqlite_store, graph, counting, documents(TEXT, "SQL"), collection="ads")
    assert counting.calls == 2
    report = ingest_documents(sqlite_store, graph, counting, documents(TEXT, "SQL"), collection="ads")
    assert (report.stored, report.unchanged, counting.calls) == (0, 2, 2)
    # Another text, collection or extractor: read again.
    assert ingest_documents(sqlite_store, graph, counting, documents(TEXT, "R"), collection="ads").stored == 1
    assert ingest_documents(sqlite_store, graph, counting, documents(TEXT), collection="other").stored == 1
    newer = Counting(extractor, "newer")
    assert ingest_documents(sqlite_store, graph, newer, documents(TEXT), collection="ads").stored == 1
    assert sqlite_store.observed(scheme="atlas", collection="ads").documents == 2


def test_one_id_with_two_texts(sqlite_store: Store, graph: Graph, extractor: Extractor) -> None:
    twice = [SourceDocument("same", text, DocumentKind.JOB, file="x", line=9) for text in ("Python", "Python", "SQL")]
    for stored in (1, 0):
        report = ingest_documents(sqlite_store, graph, extractor, twice, collection="ads")
        assert report.stored == stored
        assert [(finding.file, finding.line) for finding in report.findings] == [("x", 9)]
    assert [row.skill for row in sqlite_store.observed(scheme="atlas").skills] == ["atlas:python"]


def test_unknown_schemes(sqlite_store: Store, graph: Graph, extractor: Extractor) -> None:
    with pytest.raises(NotFoundError, match="'esco'"):
        ingest_documents(sqlite_store, graph, extractor, documents(TEXT), collection="ads", scheme="esco")


def test_what_is_kept_of_the_reading(graph: Graph, extractor: Extractor) -> None:
    from skillatlas.ingest.documents.ingesting import extraction_json
    from skillatlas.taxonomy import canonical_json

    kept = orjson.loads(canonical_json(extraction_json(extractor.extract(TEXT))))
    assert kept["extractorVersion"] == extractor.version
    for mention in kept["mentions"]:
        assert TEXT[mention["start"] : mention["end"]] == mention["text"]
        assert mention["skillId"] in graph.concepts


def test_batches_that_were_stored_stay_when_a_later_document_fails(
    sqlite_store: Store, graph: Graph, extractor: Extractor, tmp_path: Path
) -> None:
    good = "".join(json.dumps({"id": str(number), "text": "SQL"}) + "\n" for number in range(150))
    (tmp_path / "a.jsonl").write_text(good + "broken\n")
    with pytest.raises(DocumentError, match=r"a\.jsonl:151"):
        ingest_documents(sqlite_store, graph, extractor, read_documents([tmp_path / "a.jsonl"]), collection="ads")
    assert sqlite_store.observed(scheme="atlas").documents == 100
    (tmp_path / "a.jsonl").write_text(good)
    report = ingest_documents(sqlite_store, graph, extractor, read_documents([tmp_path / "a.jsonl"]), collection="ads")
    assert (report.stored, report.unchanged) == (50, 100)


@pytest.fixture(scope="module")
def script() -> Callable[[Path], list[dict[str, str]]]:
    """`adverts` of scripts/adverts_to_jsonl.py."""
    import importlib.util

    path = Path(__file__).resolve().parents[2] / "scripts" / "adverts_to_jsonl.py"
    spec = importlib.util.spec_from_file_location("adverts_to_jsonl", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return lambda folder: list(module.adverts(folder))


def test_all_adverts_become_documents(shared_data: Path, script: Callable[[Path], list[dict[str, str]]]) -> None:
    found = script(shared_data / "job_ads")
    assert len(found) == 198
    assert len({advert["id"] for advert in found}) == 198
    lines = 0
    for path in (shared_data / "job_ads").glob("*.jsonl.gz"):
        with gzip.open(path) as stream:
            lines += sum(1 for _ in stream)
    assert sum(advert["text"].count("\n") + 1 for advert in found) == lines == 7974


@pytest.mark.slow
def test_all_adverts_are_ingested(
    shared_data: Path,
    script: Callable[[Path], list[dict[str, str]]],
    sqlite_store: Store,
    graph: Graph,
    extractor: Extractor,
    tmp_path: Path,
) -> None:
    (tmp_path / "ads.jsonl").write_text("".join(json.dumps(row) + "\n" for row in script(shared_data / "job_ads")))
    report = ingest_documents(
        sqlite_store, graph, extractor, read_documents([tmp_path / "ads.jsonl"]), collection="adverts"
    )
    assert (report.stored, report.findings) == (198, ())
    observed = sqlite_store.observed(scheme="atlas", collection="adverts", kind="JOB")
    assert observed.documents == 198
    assert sum(row.mentions for row in observed.skills) == report.mentions > 1000
