"""The main text of a web page, with lxml: blocks as lines, lists as items, tables row by row; nothing is fetched.

Why not an extractor that guesses by the density of text: short adverts are below what such heuristics need, and they
then keep menus and forms, and break lines at bold words (compared on the pages of the tests).
"""

import codecs
import re
from typing import Any

import orjson

from ..errors import FormatError
from .archives import lxml_etree
from .lines import LineWriter, heading, squeeze

# fmt: off
_BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "main", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "tfoot", "thead", "ul",
})
_DROPPED = frozenset({
    "area", "aside", "audio", "button", "canvas", "datalist", "dialog", "embed", "head", "iframe", "input", "label",
    "map", "math", "nav", "noscript", "object", "option", "script", "select", "style", "svg", "template", "textarea",
    "video",
})
# fmt: on
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OUTER = frozenset({"header", "footer"})  # of the page, not of the article
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert"})
_ASIDE = re.compile(
    r"(^|[\s_-])(cookies?|consent|gdpr|breadcrumbs?|sidebar|navbar|nav|menu|footer|newsletter|social|share|sharing|"
    r"(related|similar|recommended|other)[_-](jobs?|positions|vacancies|courses|posts)|related|skip-link)($|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""")
_HEAD_BYTES = 4096  # where browsers look for the encoding, and more
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_html(data: bytes) -> str:
    """The text of a page: of its `main`, its only `article`, else its body. Raises FormatError.

    A page that a program in the browser fills has no text of its own; then what it states as data for search engines
    (schema.org, JobPosting or Course) is read.
    """
    root = _parsed(_decoded(data))
    return _lines(_main(root)) or _stated(root)


def _parsed(text: str) -> Any:
    etree = lxml_etree()
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise FormatError(f"is no HTML ({error})") from None
    if root is None:
        raise FormatError("is empty")
    return root


def _decoded(data: bytes) -> str:
    """The text by its byte order mark, what the page says, or UTF-8."""
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "")
    stated = _CHARSET.search(data[:_HEAD_BYTES])
    if not encoding:
        encoding = stated[1].decode("ascii") if stated else "utf-8"
    if encoding.lower() in ("gb2312", "gbk"):
        encoding = "gb18030"  # what browsers read for both names
    try:
        text = data.decode(encoding)
    except LookupError:
        raise FormatError(f"says that its encoding is {encoding!r}, which is not known; save it as UTF-8") from None
    except UnicodeDecodeError as error:
        raise FormatError(f"is not {encoding} (byte 0x{data[error.start]:02x}); save it as UTF-8") from None
    if "\0" in text:
        raise FormatError("holds a null character, so it is no HTML")
    # The parser is told UTF-8; a declaration inside would contradict it.
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"), count=1)


def _main(root: Any) -> Any:
    found = root.xpath("//main | //*[@role='main']")
    if not found:
        found = root.xpath("//article")
        if len(found) != 1:
            found = root.xpath("//body")
    return found[0] if found else root


def _stated(root: Any) -> str:
    """Title and description of the postings and courses that a page states as JSON-LD."""
    found: list[str] = []
    for script in root.xpath("//script[@type='application/ld+json']"):
        try:
            content = orjson.loads(script.text or "")
        except orjson.JSONDecodeError:
            continue
        entries = content if isinstance(content, list) else [content]
        entries += [one for entry in entries if isinstance(entry, dict) for one in entry.get("@graph") or ()]
        for entry in entries:
            if isinstance(entry, dict) and entry.get("@type") in ("JobPosting", "Course"):
                title, text = entry.get("title") or entry.get("name"), entry.get("description")
                found += [heading(squeeze(title))] if isinstance(title, str) else []
                found += [_lines(_parsed(text))] if isinstance(text, str) and text.strip() else []
    return "\n".join(part for part in found if part)


def _is_dropped(node: Any, tag: str, root: Any) -> bool:
    if tag in _DROPPED or (tag in _OUTER and root.tag in ("body", "html")):
        return True
    names = f"{node.get('class', '')} {node.get('id', '')}"
    return (
        node is not root
        and tag not in ("body", "html", "main", "article")
        and (
            node.get("role") in _ROLES
            or "hidden" in node.attrib
            or bool(_HIDDEN.search(node.get("style", "")))
            or bool(_ASIDE.search(names))
        )
    )


def _lines(root: Any) -> str:
    writer = LineWriter()
    numbers: list[int] = []  # of the open lists: 0 for bullets, else the number of the next item
    walk = lxml_etree().iterwalk(root, events=("start", "end"))
    dropped: set[Any] = set()
    for event, node in walk:
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if _is_dropped(node, tag, root):
                dropped.add(node)
                walk.skip_subtree()
            else:
                _begin(writer, numbers, tag)
                writer.text(node.text)
        else:
            if node not in dropped:
                _finish(writer, numbers, tag)
            if node is not root:
                writer.text(node.tail)
    return writer.result()


def _begin(writer: LineWriter, numbers: list[int], tag: str) -> None:
    if tag in ("ul", "ol"):
        numbers.append(int(tag == "ol"))
    if tag == "li":
        number = numbers[-1] if numbers else 0
        writer.item(f"{number}." if number else "-")
        if number:
            numbers[-1] += 1
    elif tag in _HEADINGS:
        writer.heading(int(tag[1]))
    elif tag == "tr":
        writer.row()
    elif tag in _BLOCKS:
        writer.end()
    elif tag == "img":
        writer.text(" ")


def _finish(writer: LineWriter, numbers: list[int], tag: str) -> None:
    if tag in ("ul", "ol") and numbers:
        numbers.pop()
    if tag == "li":
        writer.end_item()
    elif tag in _HEADINGS:
        writer.end_heading()
    elif tag in ("td", "th"):
        writer.cell()
    elif tag == "tr":
        writer.end_row()
    elif tag in _BLOCKS:
        writer.end()
