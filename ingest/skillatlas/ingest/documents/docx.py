"""Word documents (.docx), with python-docx: paragraphs, headings, lists, tables and text boxes in their order."""

import io
import re
from typing import Any

from ..errors import FormatError
from .archives import SLIPS, checked_zip, lxml_etree, member, parsed
from .lines import LineWriter

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
# What was deleted or moved away, the copy of a drawing for old programs, and the codes of fields.
_SKIPPED = frozenset(
    {
        f"{_W}del",
        f"{_W}moveFrom",
        f"{_W}instrText",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_HEADING = re.compile(r"(?:heading|title|subtitle)\s*(\d?)", re.IGNORECASE)


def read_docx(data: bytes) -> str:
    """The text of a document, without headers, footers and comments. Raises FormatError."""
    import docx
    from docx.opc.exceptions import OpcError

    writer = LineWriter()
    with checked_zip(data) as archive:
        parsed(member(archive, _BODY), _BODY)
    try:
        document = docx.Document(io.BytesIO(data))
        styles = {style.style_id: style for style in document.styles if style.style_id}
        _walk(writer, document.element.body, styles)
    except (OpcError, *SLIPS) as error:
        raise FormatError(f"is no Word document, or a damaged one ({error})") from None
    return writer.result()


def _walk(writer: LineWriter, body: Any, styles: dict[str, Any]) -> None:
    walk = lxml_etree().iterwalk(body, events=("start", "end"))
    for event, node in walk:
        tag = node.tag
        if event == "start":
            if tag in _SKIPPED:
                walk.skip_subtree()
            elif tag == f"{_W}p":
                _paragraph(writer, node, styles)
            elif tag == f"{_W}tr":
                writer.row()
            elif tag == f"{_W}t":
                writer.text(node.text)
            elif tag in (f"{_W}tab", f"{_W}ptab"):
                writer.text(" ")
            elif tag in (f"{_W}br", f"{_W}cr"):
                writer.end()
            elif tag == f"{_W}noBreakHyphen":
                writer.text("-")
        elif tag == f"{_W}p":
            writer.end_heading()
            writer.end_item()
        elif tag == f"{_W}tc":
            writer.cell()
        elif tag == f"{_W}tr":
            writer.end_row()


def _paragraph(writer: LineWriter, node: Any, styles: dict[str, Any]) -> None:
    """Begin a paragraph as what its style and its numbering say it is."""
    stated = node.find(f"{_W}pPr/{_W}pStyle")
    style = styles.get(stated.get(f"{_W}val", "")) if stated is not None else None
    name = (style.name or "") if style is not None else ""
    level = _HEADING.match(name)
    if level:
        writer.heading(int(level[1] or 1))
    elif _numbered(node) or name.lower().startswith("list") or (style is not None and _numbered(style.element)):
        writer.item()
    else:
        writer.end()


def _numbered(node: Any) -> bool:
    """Whether an item of a list; the number 0 takes a list's mark away."""
    number = node.find(f"{_W}pPr/{_W}numPr/{_W}numId")
    return number is not None and number.get(f"{_W}val") != "0"
