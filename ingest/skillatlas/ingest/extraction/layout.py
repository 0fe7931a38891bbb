"""The lines of a text and the section each belongs to, by its headings.

A heading that no cue file knows begins a section OTHER, which is read like any other: nothing is passed over.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .folding import fold_form
from .model import SectionKind

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_ORNAMENT = " \t\xa0\u3000#*•·-–—_=>【】[]()（）<>《》「」0123456789.、:：！!?？&~|■●◆▪◦✓✔√※▶►"
_STYLED = re.compile(r"^\s*(?:#{1,6}\s|\*\*|【|■|={2,})|[:：]\s*\**\s*$")
_SCRIPTS = re.compile(r"[\x00-\u024f]+|[^\x00-\u024f]+")
_UNCASED = re.compile("[\u2e80-\u9fff]")
_BETWEEN = " /／"
_COLON = re.compile("[:：]")
_MAX_HEADING = 60
_BULLET = re.compile(r"\s*(?:[*•·\-–—●▪■◆▪◦✓✔√※▶►○∙]|\d{1,2}[.)、．])")


@dataclass(frozen=True, slots=True)
class Section:
    """A section and its heading at places of the text; no heading: None and an empty range."""

    kind: SectionKind
    heading: str | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """Lines by their start and end, and the section of each. `headed`: some heading was known."""

    starts: list[int]
    ends: list[int]
    sections: list[Section]
    headed: bool

    def line_at(self, place: int) -> int:
        """The line that holds a place of the text, or the last one before it; -1 before the first."""
        return bisect_right(self.starts, place) - 1


class Sectioner:
    """Finds sections by the headings of some languages."""

    def __init__(self, headings: Iterable[Mapping[str, SectionKind]], enumerators: str) -> None:
        self._kinds: dict[str, SectionKind] = {}
        for one in headings:
            for phrase, kind in one.items():
                self._kinds.setdefault(phrase, kind)
        self._enumerators = frozenset(enumerators)

    def read(self, text: str) -> Layout:
        """The layout of a text; linear in its length."""
        starts: list[int] = []
        ends: list[int] = []
        sections: list[Section] = []
        current = Section(SectionKind.OTHER)
        run_in: Section | None = None
        headed = False
        for found in _LINE.finditer(text):
            start, end = found.span()
            if run_in is not None and not _BULLET.match(text, start, end):
                run_in = None
            section = run_in or current
            kind: SectionKind | None = None
            if end - start <= _MAX_HEADING:
                line = text[start:end]
                kind = self._heading(line)
                if kind is not None:
                    section = current = Section(kind, line.strip(), start, end)
                    run_in = None
            if kind is None:
                colon = _COLON.search(text, start, min(end, start + _MAX_HEADING))
                if colon is not None and end > colon.end():
                    kind = self._kinds.get(self._bare(text[start : colon.start()]))
                    if kind is not None:
                        # "Requirements: Java" holds for its line and for the items of a list below it.
                        section = run_in = Section(kind, text[start : colon.start()].strip(), start, colon.start())
            headed = headed or (kind is not None and kind is not SectionKind.OTHER)
            starts.append(start)
            ends.append(end)
            sections.append(section)
        return Layout(starts, ends, sections, headed)

    def _heading(self, line: str) -> SectionKind | None:
        bare = self._bare(line)
        if not bare:
            return None
        kind = self._kinds.get(bare)
        if kind is None and not bare.isascii():
            kind = self._bilingual(bare)
        if kind is not None:
            return kind
        if _STYLED.search(line):
            return self._part(bare) or SectionKind.OTHER
        # "CIPS证书" is no line in capitals.
        return self._part(bare) if len(bare) > 3 and line.isupper() and not _UNCASED.search(bare) else None

    def _bilingual(self, bare: str) -> SectionKind | None:
        """The kind of a heading in two scripts ("Nice to have 加分项"), each of which is known; the first counts."""
        parts = [part for piece in _SCRIPTS.findall(bare) if (part := self._bare(piece.strip(_BETWEEN)))]
        kinds = [self._kinds.get(part) for part in parts]
        return kinds[0] if len(kinds) == 2 and kinds[1] is not None else None

    def _bare(self, line: str) -> str:
        bare = line.strip(_ORNAMENT)
        if bare and bare[0] in self._enumerators and bare[1:2] in ("、", "."):
            bare = bare[2:].strip(_ORNAMENT)
        if bare.isascii() and "-" not in bare and "  " not in bare:  # most headings: nothing to fold but the case
            return bare.lower()
        return fold_form(bare)

    def _part(self, bare: str) -> SectionKind | None:
        """The kind of the longest known heading that a styled line begins or ends with."""
        pieces = bare.split(" ") if bare.isascii() else list(bare)
        glue = " " if bare.isascii() else ""
        for size in range(min(len(pieces) - 1, 8), 0, -1):
            for part in (pieces[:size], pieces[-size:]):
                kind = self._kinds.get(glue.join(part))
                if kind is not None and (size > 1 or glue):
                    return kind
        return None
