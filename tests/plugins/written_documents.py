"""One advert written in every format that is read: blocks in, bytes of a file out, by libraries or by hand."""

import io
import zipfile
from collections.abc import Sequence
from html import escape
from typing import Any, Literal

Block = tuple[Literal["title", "heading", "text", "item"], str]

ENGLISH: Sequence[Block] = (
    ("title", "Data Engineer"),
    ("heading", "About us"),
    ("text", "We make maps for walkers & cyclists. Our founders wrote the first one in Perl."),
    ("heading", "Responsibilities"),
    ("item", "Build pipelines in Python and keep them running"),
    ("item", "Write documentation for colleagues in other teams, so that they can use what you build on their own"),
    ("heading", "Requirements"),
    ("item", "3 years of experience with SQL"),
    ("item", "Docker and Kubernetes"),
    ("heading", "Nice to have"),
    ("item", "Apache Spark or Scala"),
    ("heading", "Benefits"),
    ("item", "A laptop and a Java course"),
)
CHINESE: Sequence[Block] = (
    ("title", "数据分析师"),
    ("heading", "岗位职责"),
    ("item", "使用 Python 分析销售数据"),
    ("heading", "任职要求"),
    ("item", "熟悉 SQL 和 Excel"),
    ("item", "三年以上数据分析经验"),
    ("heading", "加分项"),
    ("item", "熟悉 Docker"),
)


def as_text(blocks: Sequence[Block]) -> bytes:
    return "\n".join(f"- {text}" if kind == "item" else text for kind, text in blocks).encode()


def as_html(blocks: Sequence[Block]) -> bytes:
    """A page with a menu, a banner and a footer around its main text."""
    tags = {"title": "h1", "heading": "h2", "text": "p", "item": "li"}
    lines, inside = [], False
    for kind, text in blocks:
        if (kind == "item") is not inside:
            inside = not inside
            lines.append("<ul>" if inside else "</ul>")
        lines.append(f"<{tags[kind]}>{escape(text)}</{tags[kind]}>")
    lines += ["</ul>"] * inside
    around = (
        '<!doctype html><html><head><meta charset="utf-8"><title>Jobs</title><script>"Rust"</script></head><body>'
        '<header><nav><ul><li>Ruby jobs</li></ul></nav></header><div class="cookie-banner">PHP cookies</div><main>',
        "</main><aside><h2>Requirements</h2><ul><li>Go</li></ul></aside><footer>Swift &amp; Co</footer></body></html>",
    )
    return "\n".join((around[0], *lines, around[1])).encode()


def as_pdf(blocks: Sequence[Block], *, columns: int = 1, scale: float = 1.0) -> bytes:
    """Pages with letters of three sizes; in columns, the text runs down the first one, then the next."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

    chinese = any("\u4e00" <= letter <= "\u9fff" for _, text in blocks for letter in text)
    if chinese:
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    plain, bold = ("STSong-Light", "STSong-Light") if chinese else ("Helvetica", "Helvetica-Bold")
    wrap: dict[str, Any] = {"wordWrap": "CJK"} if chinese else {}
    styles = {
        "title": ParagraphStyle("title", fontName=bold, fontSize=18, leading=24, **wrap),
        "heading": ParagraphStyle("heading", fontName=bold, fontSize=13, leading=17, spaceBefore=8, **wrap),
        "text": ParagraphStyle("text", fontName=plain, fontSize=10, leading=13, **wrap),
        "item": ParagraphStyle("item", fontName=plain, fontSize=10, leading=13, leftIndent=14, bulletIndent=2, **wrap),
    }
    width, height = A4
    margin, gap = 50, 24
    column = (width - 2 * margin - gap * (columns - 1)) / columns
    # Low frames, so that the text needs all of them.
    tall = (height - 2 * margin) * scale
    frames = [
        Frame(margin + number * (column + gap), height - margin - tall, column, tall, 0, 0, 0, 0)
        for number in range(columns)
    ]
    stream = io.BytesIO()
    template = BaseDocTemplate(stream, pagesize=A4, pageTemplates=[PageTemplate(frames=frames)], invariant=True)
    template.build(
        [Paragraph(escape(text), styles[kind], bulletText="•" if kind == "item" else None) for kind, text in blocks]
    )
    return stream.getvalue()


def as_docx(blocks: Sequence[Block]) -> bytes:
    import docx

    document = docx.Document()
    styles = {"title": "Title", "heading": "Heading 1", "text": "Normal", "item": "List Bullet"}
    for kind, text in blocks:
        document.add_paragraph(text, style=styles[kind])
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_odt(blocks: Sequence[Block], *, manifest: str = "<manifest/>", body: str | None = None) -> bytes:
    """By hand: the parts that every OpenDocument text has."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    shapes = {
        "title": '<text:h text:outline-level="1">{}</text:h>',
        "heading": '<text:h text:outline-level="2">{}</text:h>',
        "text": "<text:p>{}</text:p>",
        "item": "<text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list>",
    }
    inner = "".join(shapes[kind].format(escape(text)) for kind, text in blocks) if body is None else body
    content = f"<office:document-content {names}><office:body><office:text>{inner}</office:text></office:body>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", f"{content}</office:document-content>")
    return stream.getvalue()


def as_rtf(blocks: Sequence[Block]) -> bytes:
    """By hand, as word processors write it: bullets as text beside the list, other letters as code units."""

    def escaped(text: str) -> str:
        return "".join(letter if ord(letter) < 128 else f"\\u{ord(letter)}?" for letter in text)

    shapes = {
        "title": "\\pard\\b\\fs36 {}\\b0\\par\n",
        "heading": "\\pard\\b\\fs26 {}\\b0\\par\n",
        "text": "\\pard\\fs20 {}\\par\n",
        "item": "\\pard{{\\pntext\\f1\\'b7\\tab}}\\fi-360\\li720\\fs20 {}\\par\n",
    }
    inner = "".join(shapes[kind].format(escaped(text)) for kind, text in blocks)
    fonts = "{\\fonttbl{\\f0\\fswiss Helvetica;}{\\f1\\fnil Symbol;}}"
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{fonts}\n{inner}}}".encode("ascii")


WRITERS = {".txt": as_text, ".html": as_html, ".pdf": as_pdf, ".docx": as_docx, ".odt": as_odt, ".rtf": as_rtf}
