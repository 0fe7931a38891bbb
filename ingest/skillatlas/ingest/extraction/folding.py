"""The text as it is matched: lower case, full-width forms narrowed, traditional characters simplified, white space and
hyphens as one space.

Offsets never shift: a `Folded` knows for each of its places where that is in the text as sent. Most texts fold one
to one, so the map is empty; else it holds a few entries for each place where lengths differ.
"""

import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

# NFKC has already made a plain space of U+00A0, U+2000-200A, U+202F, U+205F and U+3000, and U+2010 of U+2011.
_BLANKS = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029\u200b\ufeff"
_APOSTROPHES = "\u2019\u2018\u02bc"
# After runs of blanks have been made one, so that "machine-learning" meets the form and "machine - learning" does not.
_HYPHENS = "-\u00ad\u2010\u2012\u2013\u2014\u2212"
_RUN = re.compile("  +")
_WORD = r"[A-Za-z0-9+#./&()'\u4e00-\u9fff]+"
_PLAIN = re.compile(f"{_WORD}(?: {_WORD})*")
_OTHER = re.compile(r"[^\x00-\x7f]")
_ENUMERATOR = re.compile("[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229]")

_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u093c\u094d\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
)
# A base character and its combining marks, or one character that may change; no place can match in two ways.
_CLUSTER = re.compile(rf"[^{_MARKS}]?[{_MARKS}]+|[^\x00-\x7f]")
_MAX_CLUSTER = 32  # NFKC sorts the marks of a cluster, so a run of a million is taken in parts


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back.

    Piece i begins at `breaks[i]` here and at `origins[i]` in the source. Where `widths[i]` is not 0 it stands as a
    whole for so many source characters, else it runs one to one. `inner`: the source was itself folded.
    """

    text: str
    breaks: tuple[int, ...] = ()
    origins: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()
    inner: "Folded | None" = None

    def start(self, place: int) -> int:
        """Where in the text as sent the character at `place` begins."""
        if self.breaks:
            piece = bisect_right(self.breaks, place) - 1
            origin = self.origins[piece]
            place = origin if self.widths[piece] else origin + place - self.breaks[piece]
        return self.inner.start(place) if self.inner else place

    def place(self, source: int) -> int:
        """Where a place of the text as sent is found here."""
        if self.inner:
            source = self.inner.place(source)
        if not self.breaks:
            return source
        piece = bisect_right(self.origins, source) - 1
        return self.breaks[piece] + (0 if self.widths[piece] else source - self.origins[piece])

    def end(self, place: int) -> int:
        """Where in the text as sent the character before `place` ends; 0 for 0."""
        if place <= 0:
            return 0
        if self.breaks:
            piece = bisect_right(self.breaks, place - 1) - 1
            place = self.origins[piece] + (self.widths[piece] or place - self.breaks[piece])
        return self.inner.end(place) if self.inner else place


def fold(text: str) -> Folded:
    """Fold a text of any characters, lone surrogates included; linear in its length."""
    first = _narrow(text)
    flat = first.text
    for char in _BLANKS:
        flat = flat.replace(char, " ")
    for char in _APOSTROPHES:
        flat = flat.replace(char, "'")
    if "  " in flat:
        second = _replace(flat, _blank_runs(flat, first.text))
        inner = first if first.breaks else None
        return Folded(_without_hyphens(second.text), second.breaks, second.origins, second.widths, inner)
    return Folded(_without_hyphens(flat), first.breaks, first.origins, first.widths)


def fold_form(text: str) -> str:
    """A form, cue or phrase as it is matched: no outer spaces, no two spaces together."""
    if _PLAIN.fullmatch(text):  # as nearly all are: nothing in it folds but its case
        return text.lower() if text.isascii() else text.lower().translate(_simplified())
    return _RUN.sub(" ", fold(text).text).strip()


def _without_hyphens(text: str) -> str:
    for char in _HYPHENS:
        text = text.replace(char, " ")
    return text


def _blank_runs(flat: str, lines: str) -> Iterable[tuple[int, int, str]]:
    """Runs of blanks as one; as two where an empty line is among them, for no form goes across it."""
    for run in _RUN.finditer(flat):
        start, end = run.span()
        empty_line = lines.count("\n", start, end) > 1 or lines.count("\r", start, end) > 1
        yield start, end, "  " if empty_line else " "


def _narrow(text: str) -> Folded:
    """NFKC and lower case."""
    lowered = text.lower()
    if text.isascii():
        return Folded(lowered)
    others = set(_OTHER.findall(text))
    changes = {char: new for char in others if (new := _fold_char(char)) != char.lower()}
    if len(lowered) != len(text) or any(map(unicodedata.combining, others)):
        return _replace(text, _clusters(text))
    longer = sorted(char for char, new in changes.items() if len(new) != 1)
    if longer:
        found = re.finditer(f"[{''.join(map(re.escape, longer))}]", text)
        edits = ((*match.span(), changes[match.group()]) for match in found)
        narrowed = _replace(text, edits)
    else:
        narrowed = Folded(lowered)
    plain = narrowed.text
    # Few different characters change, and `replace` takes a tenth of what `translate` does.
    for char, new in sorted(changes.items()):
        if len(new) == 1:
            plain = plain.replace(char.lower(), new)
    return Folded(plain, narrowed.breaks, narrowed.origins, narrowed.widths)


def _fold_char(char: str) -> str:
    # Numbers in circles and brackets stand before the items of a list; as digits they would be part of the item.
    if _ENUMERATOR.fullmatch(char):
        return "*"
    return unicodedata.normalize("NFKC", char).lower().translate(_simplified())


@cache
def _simplified() -> Mapping[int, str]:
    """Simplified characters by traditional ones, always one for one."""
    content = resources.files("skillatlas.ingest.extraction").joinpath("traditional.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(content)
    return {ord(old): new for old, new in zip("".join(rows["traditional"]), "".join(rows["simplified"]), strict=True)}


def _clusters(text: str) -> Iterable[tuple[int, int, str]]:
    for found in _CLUSTER.finditer(text):
        start, end = found.span()
        for begin in range(start, end, _MAX_CLUSTER):
            part = text[begin : min(end, begin + _MAX_CLUSTER)]
            folded = _fold_char(part)
            if folded != part:
                yield begin, begin + len(part), folded


def _replace(text: str, edits: Iterable[tuple[int, int, str]]) -> Folded:
    """`text` in lower case, with the ranges of `edits` (in order, apart) replaced; one for one needs no piece.

    What no edit touches must keep its length in lower case.
    """
    out: list[str] = []
    breaks, origins, widths = [0], [0], [0]
    place = done = 0
    for start, end, new in edits:
        out += (text[done:start].lower(), new)
        place += start - done
        done = end
        if not len(new) == end - start == 1:
            breaks += (place, place + len(new))
            origins += (start, end)
            widths += (end - start, 0)
        place += len(new)
    out.append(text[done:].lower())
    return Folded("".join(out), tuple(breaks), tuple(origins), tuple(widths))
