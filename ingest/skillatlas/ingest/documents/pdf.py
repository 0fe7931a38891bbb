"""PDF, with pdfminer.six: which finds lines; columns are put in order and broken lines joined again."""

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from ..errors import FormatError
from ..settings import DEFAULT_SETTINGS
from .archives import SLIPS
from .columns import Line, columns
from .lines import heading, item, joined, squeeze

_ZLIB = b"\x78"  # the first byte of a packed stream, as nearly every program writes it
_PIECE = 1 << 24  # bytes unpacked at a time
_STREAM = re.compile(rb"stream\r?\n")
_BULLET = re.compile(r"(?:[•·▪■●◆◦○∙*\uf0b7\uf0a7]|[-–—]\s)\s*")
_NUMBERED = re.compile(r"\(?\d{1,2}[.)、．]|[一二三四五六七八九十]{1,3}、")
_PAGE = re.compile(r"(?:page\s*|第\s*)?\d{1,4}\s*(?:页)?(?:\s*(?:of|/|,?共)\s*\d{1,4}\s*页?)?", re.IGNORECASE)
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_LEADING_UNMAPPED = re.compile(r"^\(cid:\d+\)(?:\s+|$)")  # a bullet, of which symbol fonts do not say what it is
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_HEADING_LIMIT = 60  # characters; longer lines in large or bold letters are emphasis
_LARGER = 1.15  # times the size of most letters
_UNMAPPED_SHARE = 0.2
_FULL = 0.75  # of the width of its block: a line that ends before is the last of its paragraph
_ENDS = (".", ";", ":", "!", "?", "。", "；", "：", "！", "？")


def read_pdf(data: bytes) -> str:
    """The text of a PDF in reading order. Raises FormatError: encrypted, damaged, scanned."""
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException

    _check_streams(data)
    try:
        pages = list(_pages(data))
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise FormatError("is encrypted; save it without a password") from None
    except (PDFException, PSException) as error:
        raise FormatError(f"is damaged or not whole ({type(error).__name__})") from None
    except SLIPS as error:
        raise FormatError(f"is damaged ({type(error).__name__}: {error})") from None
    lines = [line for page in pages for line in page]
    written = sum(len(_UNMAPPED.sub("?", line.text)) for line in lines)
    unmapped = sum(len(_UNMAPPED.findall(line.text)) for line in lines)
    if not written:
        raise FormatError("holds no text: it is scanned or empty; run text recognition (OCR) over it first")
    if unmapped > _UNMAPPED_SHARE * written:
        raise FormatError("does not say which characters its letters are; print it anew, or run OCR over it")
    body = _body_size(lines)
    return joined(_paragraphs((block for page in pages for block in columns(page) if block), body))


def _check_streams(data: bytes) -> None:
    """Refuse what unpacks to more than is allowed, before the library unpacks it whole."""
    left = DEFAULT_SETTINGS.unpacked_bytes
    view = memoryview(data)
    for found in _STREAM.finditer(data):
        start = found.end()
        if data[start : start + 1] != _ZLIB:
            continue
        end = data.find(b"endstream", start)
        packed: Any = view[start : end if end >= 0 else len(data)]
        unpacker = zlib.decompressobj()
        try:
            while len(packed) and not unpacker.eof:
                left -= len(unpacker.decompress(packed, _PIECE))
                packed = unpacker.unconsumed_tail
                if left < 0:
                    limit = DEFAULT_SETTINGS.unpacked_bytes
                    raise FormatError(f"unpacks to more than {limit:,} bytes; it is not opened")
        except zlib.error:
            continue  # the library mends what it can


def _pages(data: bytes) -> Iterator[list[Line]]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams

    # Without boxes_flow its own ordering of boxes is off: it puts the second column first where that has one line.
    for page in extract_pages(io.BytesIO(data), laparams=LAParams(boxes_flow=None)):
        yield [line for line in _lines(page) if not _PAGE.fullmatch(line.text)]


def _lines(element: Iterable[Any]) -> Iterator[Line]:
    """All lines of text below an element of the layout."""
    from pdfminer.layout import LTContainer, LTTextLine

    for inner in element:
        if isinstance(inner, LTTextLine):
            text = _LEADING_UNMAPPED.sub("• ", squeeze(inner.get_text()))
            if text:
                yield _line(inner, text)
        elif isinstance(inner, LTContainer):
            yield from _lines(inner)


def _line(line: Any, text: str) -> Line:
    from pdfminer.layout import LTChar

    chars = [char for char in line if isinstance(char, LTChar) and not char.get_text().isspace()]
    sizes = Counter(round(char.size, 1) for char in chars)
    size = max(sizes, key=lambda value: (sizes[value], value)) if sizes else 0.0
    bold = bool(chars) and all("bold" in char.fontname.lower() or "black" in char.fontname.lower() for char in chars)
    return Line(text, line.x0, line.y0, line.x1, line.y1, size, bold)


def _rows(block: Sequence[Line]) -> Iterator[Line]:
    """Lines of one height as one: a bullet and its text, or the cells of a row."""
    waiting: Line | None = None
    for line in block:
        if waiting is not None and abs(waiting.middle - line.middle) < max(line.size, 1) / 3:
            glue = " " if _BULLET.fullmatch(waiting.text + " ") or _NUMBERED.fullmatch(waiting.text) else " | "
            text = f"{waiting.text}{glue}{line.text}"
            waiting = replace(line, text=text, x0=waiting.x0, bold=line.bold and (waiting.bold or glue == " "))
        else:
            if waiting is not None:
                yield waiting
            waiting = line
    if waiting is not None:
        yield waiting


def _paragraphs(blocks: Iterable[Sequence[Line]], body: float) -> Iterator[str]:
    """Lines of one paragraph joined, over the end of a column too; headings and items of lists each on their own."""
    text, last, full, broken = "", None, 0.0, False
    for block in blocks:
        left, right = min(line.x0 for line in block), max(line.x1 for line in block)
        edge = left + _FULL * (right - left)
        for line in _rows(block):
            if last is not None and last.x1 >= full and _continues(last, line, broken):
                text = _glued(text, line.text)
            else:
                if last is not None:
                    yield _marked(text, last, body)
                text = line.text
            last, broken = line, False
            full = edge
        broken = True
    if last is not None:
        yield _marked(text, last, body)


def _continues(last: Line, line: Line, broken: bool) -> bool:
    """Whether a line goes on with the paragraph of a full one before it; `broken`: in the next column."""
    near = line.text[:1].islower() if broken else 0 <= last.middle - line.middle < 2 * last.size
    return (
        near
        and last.size == line.size
        and last.bold == line.bold
        and not last.text.endswith(_ENDS)
        and not _BULLET.match(line.text)
        and not _NUMBERED.match(line.text)
    )


def _glued(before: str, after: str) -> str:
    wide = _WIDE.match(before[-1]) and _WIDE.match(after[0])
    return before + ("" if wide or before.endswith("-") else " ") + after


def _marked(text: str, line: Line, body: float) -> str:
    """A paragraph with its mark: of an item, of a heading, or none."""
    clean = squeeze(_UNMAPPED.sub("", text))
    bullet = _BULLET.match(clean)
    if bullet:
        return item(clean[bullet.end() :])
    if len(clean) <= _HEADING_LIMIT and (line.size >= body * _LARGER or line.bold) and not _NUMBERED.match(clean):
        return heading(clean)
    return clean


def _body_size(lines: Iterable[Line]) -> float:
    """The size of most letters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda value: (sizes[value], -value))
