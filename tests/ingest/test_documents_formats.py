"""Documents in every format: the same advert gives the same skills in the same sections, and what is bad is named."""

import io
import json
import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillatlas.ingest import (
    DocumentError,
    Extractor,
    Finding,
    Requirement,
    SectionKind,
    forms_of,
    read_documents,
    read_ontology,
    run_import,
    shipped_ontology,
)
from skillatlas.taxonomy import load_graph, open_store, publish
from written_documents import CHINESE, ENGLISH, WRITERS, Block, as_docx, as_html, as_odt, as_pdf, as_rtf


@pytest.fixture(scope="module")
def extractor(tmp_path_factory: pytest.TempPathFactory) -> Extractor:
    """An extractor over the shipped ontology."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('atlas') / 's.db'}")
    run_import(store, read_ontology(shipped_ontology()))
    publish(store)
    graph = load_graph(store)
    store.close()
    return Extractor.build(scheme="atlas", forms=forms_of(graph, "atlas"))


def text_of(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    (document,) = read_documents([folder / name])
    return document.text


Found = list[tuple[str, SectionKind, Requirement, float | None]]


def found_in(extractor: Extractor, text: str) -> Found:
    return [
        (mention.skill_id, mention.section, mention.requirement, mention.min_years)
        for mention in extractor.extract(text).mentions
    ]


@pytest.mark.parametrize("blocks", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_every_format_gives_the_same_skills_in_the_same_sections(
    extractor: Extractor, blocks: Sequence[Block], tmp_path: Path
) -> None:
    wanted = found_in(extractor, text_of(tmp_path, "advert.txt", WRITERS[".txt"](blocks)))
    assert {requirement for _, _, requirement, _ in wanted} >= {"REQUIRED", "PREFERRED"}
    assert len(wanted) > 3
    for extension, write in WRITERS.items():
        assert found_in(extractor, text_of(tmp_path, f"advert{extension}", write(blocks))) == wanted, extension
    for columns, scale in ((2, 0.2), (2, 0.3), (3, 0.2)):
        data = as_pdf(blocks, columns=columns, scale=scale)
        assert found_in(extractor, text_of(tmp_path, "columns.pdf", data)) == wanted, (columns, scale)


def test_columns_that_were_written_row_by_row(tmp_path: Path) -> None:
    """As layout programs write them: the reading order is not the file's order."""
    from reportlab.pdfgen.canvas import Canvas

    left = ["Requirements", "SQL and a good deal of patience, because", "tables are large", "Docker"]
    right = ["Nice to have", "Scala", "A driving licence and an own car, also", "for the weekend"]
    stream = io.BytesIO()
    page = Canvas(stream)
    page.setFont("Helvetica", 18)
    page.drawString(50, 790, "Data engineer, maps, in the north of the country, by the sea")
    for number, texts in enumerate(zip(left, right, strict=True)):
        page.setFont("Helvetica-Bold" if not number else "Helvetica", 11)
        for x, text in zip((50, 320), texts, strict=True):
            page.drawString(x, 750 - 14 * number, text)
    page.save()
    assert text_of(tmp_path, "a.pdf", stream.getvalue()).splitlines() == [
        "# Data engineer, maps, in the north of the country, by the sea",
        "",
        "# Requirements",
        "SQL and a good deal of patience, because tables are large",
        "Docker",
        "",
        "# Nice to have",
        "Scala",
        "A driving licence and an own car, also for the weekend",
    ]


@pytest.mark.parametrize("extension", [".html", ".docx", ".odt", ".pdf"])
def test_a_heading_nobody_knows_ends_the_section_before(extractor: Extractor, extension: str, tmp_path: Path) -> None:
    blocks: Sequence[Block] = (
        ("heading", "Requirements"),
        ("item", "SQL"),
        ("heading", "The quiet life in our office by the sea"),
        ("text", "Everybody here has used Docker at some time, and we would like to tell you about it over lunch."),
    )
    found = found_in(extractor, text_of(tmp_path, f"a{extension}", WRITERS[extension](blocks)))
    assert found[0][:2] == ("atlas:sql", "REQUIREMENTS")
    assert all(section != "REQUIREMENTS" for _, section, _, _ in found[1:])


@pytest.mark.parametrize("extension", [".html", ".docx", ".odt"])
def test_lines_are_blocks_and_items_are_marked(extension: str, tmp_path: Path) -> None:
    lines = text_of(tmp_path, f"a{extension}", WRITERS[extension](ENGLISH)).splitlines()
    assert [line.lstrip("# ") for line in lines if line.startswith("#")] == [
        text for kind, text in ENGLISH if kind in ("title", "heading")
    ]
    assert [line[2:] for line in lines if line.startswith("- ")] == [text for kind, text in ENGLISH if kind == "item"]


def test_the_title_is_the_first_heading(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(as_docx(ENGLISH))
    (document,) = read_documents([tmp_path / "a.docx"])
    assert document.title == "Data Engineer"


# -- HTML --------------------------------------------------------------------------------------------------

PAGES: list[tuple[str, str]] = [
    ("<p>one<br>two</p>three", "one\ntwo\nthree"),
    ("<p>one <b>bold</b>\n word</p>", "one bold word"),
    ("<ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li><li></li></ul>d", "- a\n- b\n- c\nd"),
    ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
    ("<div>• a</div><div>• b</div>", "• a\n• b"),
    ("<table><tr><th>Language<td>English</tr><tr><td>a<td>b<td>c</table>", "Language: English\na | b | c"),
    ("<table><tr><td><h2>Skills</h2><ul><li>SQL</li></ul></td><td><p>x</p></td></tr></table>", "## Skills\n- SQL\nx"),
    ("<table><tr><td>a<table><tr><td>b<td>c</table></td><td>d</td></tr></table>", "a\nb: c\nd"),
    ("<body><nav>no</nav><div class='footer x'>no</div><div class='recommended-skills'>yes</div></body>", "yes"),
    ("<article><header>Title</header>yes<footer>by us</footer></article><header>no</header>", "Title\nyes\nby us"),
    ("<div hidden>no</div><div style='DISPLAY: none'>no</div><div role=navigation>no</div>yes", "yes"),
    ("<form>yes<label>no</label><select><option>no</select><button>no</button></form>", "yes"),
    ("<main>yes</main><p>no</p>", "yes"),
    ("a&nbsp;&amp;&#8203;b&shy;c<!-- no -->", "a &bc"),
    ("<dl><dt>Skills<dd>SQL<dd>Python</dl>", "Skills\nSQL\nPython"),
]


@pytest.mark.parametrize(("page", "text"), PAGES)
def test_pages(page: str, text: str, tmp_path: Path) -> None:
    assert text_of(tmp_path, "a.html", page.encode()) == text


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb2312", "big5", "utf-16", "shift_jis"])
def test_encodings_of_pages(encoding: str, tmp_path: Path) -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head><p>日本 Python'
    assert text_of(tmp_path, "a.html", page.encode(encoding)) == "日本 Python"


def test_an_xhtml_page_with_a_declaration(tmp_path: Path) -> None:
    page = '<?xml version="1.0" encoding="UTF-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body><p>é</p></body></html>'
    assert text_of(tmp_path, "a.xhtml", page.encode()) == "é"


def test_a_page_that_a_program_fills_is_read_by_what_it_states(tmp_path: Path) -> None:
    posting = {"@type": "JobPosting", "title": "Data Engineer", "description": "<p>Needs:</p><ul><li>SQL</li></ul>"}
    page = '<body><div id="app"></div><script type="application/ld+json">{}</script></body>'
    for content in (posting, [{"@type": "Organization"}, posting], {"@graph": [posting]}):
        text = text_of(tmp_path, "a.html", page.format(json.dumps(content)).encode())
        assert text == "# Data Engineer\nNeeds:\n- SQL"
    with pytest.raises(DocumentError, match="is empty"):
        text_of(tmp_path, "a.html", page.format("{no json").encode())


def test_a_page_with_entities_of_its_own_expands_and_fetches_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><p>a &x; b</p>'
    assert "SECRET" not in text_of(tmp_path, "a.html", page.encode())


# -- Word, OpenDocument, RTF -----------------------------------------------------------------------------------


def test_word_tables_breaks_and_changes(tmp_path: Path) -> None:
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    paragraph = document.add_paragraph("first")
    paragraph.add_run().add_break()
    paragraph.add_run("second")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "Language:"
    table.rows[0].cells[1].text = "English"
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:p {nsdecls('w')}><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>"
        ),
    )
    document.element.body.insert(
        1,
        parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>field</w:t></w:r></w:p></w:sdtContent></w:sdt>"),
    )
    stream = io.BytesIO()
    document.save(stream)
    assert text_of(tmp_path, "a.docx", stream.getvalue()) == "new\nfield\nfirst\nsecond\nLanguage: English"


def test_odt_tables_spaces_and_notes(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p>a<text:s/>b<text:tab/>c<text:span> d"
        "</text:span> e<text:line-break/>f</text:p><table:table><table:table-row><table:table-cell><text:p>x</text:p>"
        "</table:table-cell><table:table-cell><text:p>y</text:p></table:table-cell></table:table-row></table:table>"
    )
    assert text_of(tmp_path, "a.odt", as_odt((), body=body)) == "a b c d e\nf\nx: y"


def test_rtf_in_a_chinese_code_page(tmp_path: Path) -> None:
    data = b"{\\rtf1\\ansi\\ansicpg936\\deff0 " + "".join(f"\\'{byte:02x}" for byte in "熟悉".encode("gbk")).encode()
    assert text_of(tmp_path, "a.rtf", data + b" SQL\\par x}") == "熟悉 SQL\nx"


# -- what is refused -------------------------------------------------------------------------------------------


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


def pdf_of(content: bytes, *, head: bytes = b"") -> bytes:
    """A page with this stream as its content."""
    packed = zlib.compress(content, 9)
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length " + str(len(packed)).encode() + b">>stream\n" + packed
        + b"\nendstream endobj\n" + head + b"trailer<</Root 1 0 R>>\n%%EOF"
    )  # fmt: skip


def encrypted_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    page = Canvas(stream, encrypt=StandardEncryption("secret"))
    page.drawString(99, 99, "SQL")
    page.save()
    return stream.getvalue()


BOMB = b"\0" * 250_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DTD = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
BAD: list[tuple[str, Callable[[], bytes], str]] = [
    ("a.pdf", lambda: b"", r"a\.pdf: .*is empty"),
    ("a.pdf", lambda: pdf_of(b""), r"holds no text: it is scanned or empty"),
    ("a.pdf", encrypted_pdf, r"is encrypted"),
    ("a.pdf", lambda: pdf_of(BOMB), r"unpacks to more than 200,000,000 bytes"),
    ("a.pdf", lambda: as_pdf(ENGLISH)[:200], r"damaged or not whole|holds no text"),
    ("a.pdf", lambda: as_docx(ENGLISH), r"is a zip .* by its content; name it \.docx or \.odt"),
    ("a.docx", lambda: as_pdf(ENGLISH), r"is a PDF by its content; name it \.pdf"),
    ("a.docx", lambda: as_odt(ENGLISH), r"lacks its part word/document\.xml"),
    ("a.docx", lambda: OLE + b"x", r"is encrypted, or an old Office file"),
    ("a.docx", lambda: as_docx(ENGLISH)[:-200], r"is damaged"),
    ("a.docx", lambda: zipped(word__document_xml=b"x"), r"lacks its part"),
    ("a.docx", lambda: zipped(**{"word__document.xml": DTD}), r"declares a document type"),
    ("a.docx", lambda: zipped(**{"word__document.xml": b"<x/>"}), r"is no Word document"),
    ("a.docx", lambda: zipped(**{"word__document.xml": BOMB}), r"unpacks to 250,000,000 bytes"),
    ("a.docx", lambda: as_docx(()), r"is empty"),
    ("a.odt", lambda: as_odt(ENGLISH, manifest="<m><encryption-data/></m>"), r"is encrypted"),
    ("a.odt", lambda: as_docx(ENGLISH), r"lacks its part META-INF/manifest\.xml"),
    ("a.odt", lambda: zipped(**{"META-INF__manifest.xml": b"x", "content.xml": DTD}), r"declares a document type"),
    ("a.odt", lambda: zipped(**{"META-INF__manifest.xml": b"x", "content.xml": b"<a>"}), r"content\.xml is no XML"),
    ("a.odt", lambda: zipped(**{"META-INF__manifest.xml": b"x", "content.xml": b"<a/>"}), r"but no text"),
    ("a.rtf", lambda: as_rtf(ENGLISH)[:-30], r"is not whole"),
    ("a.rtf", lambda: b"plain", r"is something else by its content, no RTF"),
    ("a.html", lambda: as_pdf(ENGLISH), r"is a PDF by its content"),
    ("a.html", lambda: b"<p>\xff", r"is not utf-8 \(byte 0xff\)"),
    ("a.html", lambda: b"<meta charset=klingon><p>x", r"encoding is 'klingon', which is not known"),
    ("a.html", lambda: b"<script>x</script>", r"is empty"),
    ("a.html", lambda: b"<p>a\0b", r"null character"),
    ("a.doc", lambda: OLE, r"old Word is not read; save it as \.docx"),
    ("a.txt", lambda: as_rtf(ENGLISH), r"is RTF by its content; name it \.rtf"),
]


@pytest.mark.parametrize(("name", "data", "told"), BAD, ids=[f"{name}-{told[:18]}" for name, _, told in BAD])
def test_what_is_refused_is_named(name: str, data: Callable[[], bytes], told: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data())
    with pytest.raises(DocumentError, match=told):
        list(read_documents([tmp_path / name]))


@settings(max_examples=60, deadline=None)
@given(
    extension=st.sampled_from([".html", ".pdf", ".docx", ".odt", ".rtf"]),
    place=st.floats(0, 1),
    damage=st.sampled_from(["cut", "doubled", "zeroed", "noise"]),
)
def test_damaged_files_are_read_or_named(
    tmp_path_factory: pytest.TempPathFactory, extension: str, place: float, damage: str
) -> None:
    whole = WRITERS[extension](ENGLISH)
    at = int(place * len(whole))
    data = {
        "cut": whole[:at],
        "doubled": whole[:at] + whole,
        "zeroed": whole[:at] + bytes(30) + whole[at + 30 :],
        "noise": whole[:at] + b"\xde\xad\xbe\xef" + whole[at + 4 :],
    }[damage]
    folder = tmp_path_factory.mktemp("damaged")
    (folder / f"a{extension}").write_bytes(data)
    told: list[Finding] = []
    found = list(read_documents([folder / f"a{extension}"], on_fault=told.append))
    assert len(found) + len(told) == 1
    assert all(document.text.strip() for document in found)
    assert all(finding.file == f"a{extension}" and finding.text for finding in told)


def test_a_missing_extra_names_itself(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(as_pdf(ENGLISH))
    (tmp_path / "a.html").write_bytes(as_html(ENGLISH))
    code = (
        "import sys\n"
        "for name in ('pdfminer', 'lxml'): sys.modules[name] = None\n"
        "from pathlib import Path\n"
        "from skillatlas.ingest import read_documents\n"
        f"list(read_documents([Path({str(tmp_path)!r})], on_fault=print))\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert ran.stdout.count("pip install 'skillatlas[documents]'") == 2
