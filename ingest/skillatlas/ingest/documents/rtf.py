"""Rich Text Format (.rtf), with striprtf: lines, bullets and tables; it does not tell which lines are headings."""

import re
from collections.abc import Callable

from ..errors import FormatError
from .archives import SLIPS
from .lines import item, joined, row_lines, squeeze

# The mark of an item as it was shown, which stands beside the list and which striprtf leaves out.
_MARK = re.compile(r"\{\\(?:pntext|listtext)\b[^{}]*\}")
_BULLETS = "•·\uf0b7\uf0a7▪◦"


def read_rtf(data: bytes) -> str:
    """The text of a document. Raises FormatError."""
    from striprtf import striprtf

    to_text: Callable[..., str] = striprtf.rtf_to_text

    if not data.rstrip(b"\x00 \r\n\t").endswith(b"}"):
        raise FormatError("is not whole: its last bracket is missing")
    try:
        text = to_text(_MARK.sub(r"\\bullet\\tab ", data.decode("latin-1")), errors="replace")
    except SLIPS as error:
        raise FormatError(f"is damaged ({error})") from None
    return joined(_line(raw) for raw in text.split("\n"))


def _line(raw: str) -> str:
    """One line: a bullet becomes a mark, the cells of a row are told apart."""
    if "|" in raw and raw.rstrip().endswith("|"):
        return "".join(row_lines([[squeeze(cell)] if cell.strip() else [] for cell in raw.split("|")]))
    line = squeeze(raw)
    if line and line[0] in _BULLETS:
        return item(line[1:].strip())
    return line
