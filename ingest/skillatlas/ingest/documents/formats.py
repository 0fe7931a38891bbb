"""Which reader reads which file, by its name, and what a file is by its content."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..errors import FormatError
from ..importers.files import OLE
from .docx import read_docx
from .html import read_html
from .odt import read_odt
from .pdf import read_pdf
from .rtf import read_rtf

EXTRA = "documents"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of document: `begins` is what its content begins with, empty where nothing tells."""

    name: str
    begins: bytes
    read: Callable[[bytes], str]


FORMATS: Mapping[str, Format] = {
    ".html": Format("HTML", b"", read_html),
    ".htm": Format("HTML", b"", read_html),
    ".xhtml": Format("HTML", b"", read_html),
    ".pdf": Format("PDF", b"%PDF-", read_pdf),
    ".docx": Format("Word", b"PK\x03\x04", read_docx),
    ".odt": Format("OpenDocument text", b"PK\x03\x04", read_odt),
    ".rtf": Format("RTF", b"{\\rtf", read_rtf),
}
"""Readers by extension; each takes the bytes of a file, and raises FormatError."""

INSTEAD: Mapping[str, str] = {
    ".doc": "old Word is not read; save it as .docx",
    ".wps": "WPS Writer is not read; save it as .docx",
    ".pages": "Pages is not read; export it as .docx or .pdf",
    ".png": "pictures are not read; give the text",
    ".jpg": "pictures are not read; give the text",
}
"""Files that people have and that are not read, and what to do."""

_CONTENT = (
    (b"%PDF-", "a PDF", ".pdf"),
    (b"PK\x03\x04", "a zip (Word, OpenDocument …)", ".docx or .odt"),
    (OLE, "an old or an encrypted Office file", ""),
    (b"{\\rtf", "RTF", ".rtf"),
)
_HEAD = 1024  # a PDF may begin with a few other bytes


def other_content(data: bytes, expected: bytes = b"") -> str | None:
    """Why the content is not what the name says; None where it may be."""
    if expected and (data.startswith(expected) or (expected == b"%PDF-" and expected in data[:_HEAD])):
        return None
    if expected == b"PK\x03\x04" and data.startswith(OLE):
        return "is encrypted, or an old Office file; save it as .docx without a password"
    for begins, what, extension in _CONTENT:
        if data.startswith(begins):
            return f"is {what} by its content; " + (f"name it {extension}" if extension else "save it as .docx")
    return "is something else by its content" if expected else None


def read_format(suffix: str, data: bytes) -> str:
    """The text of a document of this extension. Raises FormatError: damaged, encrypted, without text, no reader."""
    chosen = FORMATS[suffix]
    if not data.strip():
        raise FormatError("is empty")
    wrong = other_content(data, chosen.begins)
    if wrong:
        raise FormatError(
            wrong if "by its content" not in wrong or "name it" in wrong else f"{wrong}, no {chosen.name}"
        )
    try:
        return chosen.read(data)
    except ImportError as error:
        raise FormatError(
            f"{chosen.name} is read with {error.name}, which is not installed: pip install 'skillatlas[{EXTRA}]'"
        ) from None
