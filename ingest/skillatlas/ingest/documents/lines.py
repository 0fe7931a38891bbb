"""Lines of text as sections need them: one block a line, headings and list items marked as in Markdown."""

import re
from collections.abc import Iterable, Sequence

_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u2007\u202f]+")
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u2060\ufeff")
_BULLET = re.compile(r"[*•·▪■●◆◦○∙\-–—\uf0b7\uf0a7]\s")
_HEADING_LEVELS = 6


def squeeze(text: str) -> str:
    """Runs of white space as one space, and nothing that cannot be seen."""
    return _SPACE.sub(" ", text.translate(_INVISIBLE)).strip()


def joined(lines: Iterable[str]) -> str:
    """Lines as one text: a blank line before each heading, none elsewhere."""
    found: list[str] = []
    for line in lines:
        if line.startswith("#") and found:
            found.append("")
        if line:
            found.append(line)
    return "\n".join(found)


def heading(text: str, level: int = 1) -> str:
    """A line that begins a section, whether its words are known or not."""
    return f"{'#' * max(1, min(level, _HEADING_LEVELS))} {text}" if text else ""


def item(text: str, mark: str = "-") -> str:
    """A line of a list; a bullet that the text has already stays the only one."""
    return f"{mark} {text}" if text and not _BULLET.match(text) else text


def row_lines(cells: Sequence[Sequence[str]]) -> list[str]:
    """A table's row: `name: value` of two cells, `a | b | c` of more; cells that hold several lines keep them."""
    filled = [cell for cell in cells if cell]
    if any(len(cell) > 1 for cell in filled):
        return [line for cell in filled for line in cell]
    texts = [cell[0] for cell in filled]
    if len(texts) == 2 and not texts[0].startswith("#"):
        return [f"{texts[0].rstrip(':： ')}: {texts[1]}"]
    return [" | ".join(texts)] if texts else []


class LineWriter:
    """Collects lines from a walk over a tree of blocks and texts; tables may be nested."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._parts: list[str] = []
        self._mark = ""
        self._level = 0
        self._tables: list[tuple[list[str], list[list[str]]]] = []

    def text(self, text: str | None) -> None:
        """Text of the current line, as it stands in the source."""
        if text:
            self._parts.append(text)

    def end(self) -> None:
        """End the current line; a mark without text waits for the next one."""
        text = squeeze("".join(self._parts))
        self._parts.clear()
        if text:
            self._lines.append(
                heading(text, self._level) if self._level else item(text, self._mark or "-") if self._mark else text
            )
            self._mark, self._level = "", 0

    def item(self, mark: str = "-") -> None:
        """Begin an item of a list."""
        self.end()
        self._mark = mark

    def end_item(self) -> None:
        """End an item; one that held nothing leaves no mark behind."""
        self.end()
        self._mark = ""

    def heading(self, level: int) -> None:
        """Begin a heading."""
        self.end()
        self._level = level

    def end_heading(self) -> None:
        """End a heading."""
        self.end()
        self._level = 0

    def row(self) -> None:
        """Begin a table's row."""
        self.end()
        self._tables.append((self._lines, []))
        self._lines = []

    def cell(self) -> None:
        """End a cell of the row."""
        self.end_item()
        if self._tables:
            self._tables[-1][1].append(self._lines)
            self._lines = []

    def end_row(self) -> None:
        """End the row."""
        self.cell()
        if self._tables:
            self._lines, cells = self._tables.pop()
            self._lines += row_lines(cells)

    def result(self) -> str:
        """All lines as one text."""
        while self._tables:
            self.end_row()
        self.end()
        return joined(self._lines)
