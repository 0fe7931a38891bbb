"""OpenDocument texts (.odt): paragraphs, headings, lists and tables in their order."""

from typing import Any

from ..errors import FormatError
from .archives import checked_zip, lxml_etree, member, parsed
from .lines import LineWriter

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_BODY = "content.xml"
_SKIPPED = frozenset({f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}table-of-content"})


def read_odt(data: bytes) -> str:
    """The text of a document, without headers, footers and comments. Raises FormatError."""
    with checked_zip(data) as archive:
        if b"encryption-data" in member(archive, "META-INF/manifest.xml"):
            raise FormatError("is encrypted; save it without a password")
        root = parsed(member(archive, _BODY), _BODY)
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise FormatError("is an OpenDocument file, but no text")
    writer = LineWriter()
    walk = lxml_etree().iterwalk(body, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            if node.tag in _SKIPPED:
                walk.skip_subtree()
                continue
            _begin(writer, node)
            if node.tag in (f"{_TEXT}p", f"{_TEXT}h", f"{_TEXT}span", f"{_TEXT}a"):
                writer.text(node.text)
        else:
            _finish(writer, node.tag)
            parent = node.getparent()
            if parent is not None and parent.tag in (f"{_TEXT}p", f"{_TEXT}h", f"{_TEXT}span", f"{_TEXT}a"):
                writer.text(node.tail)
    return writer.result()


def _begin(writer: LineWriter, node: Any) -> None:
    if node.tag == f"{_TEXT}h":
        level = node.get(f"{_TEXT}outline-level", "")
        writer.heading(int(level) if level.isdecimal() else 1)
    elif node.tag == f"{_TEXT}list-item":
        writer.item()
    elif node.tag == f"{_TEXT}p":
        writer.end()
    elif node.tag == f"{_TABLE}table-row":
        writer.row()
    elif node.tag in (f"{_TEXT}s", f"{_TEXT}tab"):
        writer.text(" ")
    elif node.tag == f"{_TEXT}line-break":
        writer.end()


def _finish(writer: LineWriter, tag: str) -> None:
    if tag == f"{_TEXT}h":
        writer.end_heading()
    elif tag == f"{_TEXT}list-item":
        writer.end_item()
    elif tag == f"{_TEXT}p":
        writer.end()
    elif tag == f"{_TABLE}table-cell":
        writer.cell()
    elif tag == f"{_TABLE}table-row":
        writer.end_row()
