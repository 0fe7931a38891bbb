"""Phrases that look like skills and match no form: candidates for the taxonomy.

Two sorts: what stands after a phrase such as "experience with" or 熟悉, item by item, and words that are written like
names of techniques (capitals inside, digits, symbols) where the text lists what is asked for or held.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from .cue_files import CueSet
from .model import OFFERS, SectionKind, UnlinkedMention
from .page import Page
from .settings import ExtractionSettings

_LISTING = frozenset({SectionKind.REQUIREMENTS, SectionKind.PREFERRED, SectionKind.EXPERIENCE, SectionKind.EDUCATION})
# CamelCase, ABBREVIATIONS, names with digits or + # inside, names with a dot; each part is bounded: linear.
_TECHNICAL = re.compile(
    r"(?<![A-Za-z0-9_<@/.&\-])"
    r"(?:[A-Z][a-z]{1,20}[A-Z][A-Za-z]{0,20}|[A-Z]{2,6}|[A-Z][A-Za-z]{0,15}[0-9]{1,3}|[A-Za-z]{1,12}(?:\+\+|#)"
    r"|[A-Za-z]{2,15}\.(?:js|io|net|ai))(?![A-Za-z0-9_>@+#])"
)
_ITEM_END = r"[,，、/;；:：()（）|\n\r。！？!?]|\s[-–—]\s|\.(?=\s|$)"
_ENDS_LIST = re.compile(r"[;；:：()（）\n\r。！？!?.]")
_SPAN = 80  # how far after a phrase items are read
_ITEM = 40
_WORDS = 3


class CandidateFinder:
    """Finds unlinked phrases by the words of some languages."""

    def __init__(self, sets: Iterable[CueSet]) -> None:
        sets = list(sets)
        series = sorted({word for one in sets for word in one.series})
        latin = [re.escape(word) for word in series if word.isascii() and word[0].isalpha()]
        other = [re.escape(word) for word in series if not word.isascii()]
        joint = [rf"(?<![A-Za-z])(?:{'|'.join(latin)})(?![A-Za-z])"] * bool(latin)
        self._split = re.compile("|".join([_ITEM_END, *joint, *other]), re.IGNORECASE)
        self._stop: frozenset[str] = frozenset().union(*(one.stop for one in sets))
        unspaced = sorted((word for word in self._stop if not word.isascii()), key=lambda word: (-len(word), word))
        self._around = re.compile(rf"^(?:{'|'.join(unspaced)})+|(?:{'|'.join(unspaced)})+$") if unspaced else None

    def find(
        self, page: Page, taken: Sequence[tuple[int, int]], known: frozenset[str], settings: ExtractionSettings
    ) -> tuple[UnlinkedMention, ...]:
        """Phrases by start, apart from each other and from `taken` (ranges of the text, in order).

        `known`: forms of the scheme, case-folded; a form that was met and not admitted is no news.
        """
        starts = [start for start, _ in taken]
        found: list[tuple[int, int, SectionKind]] = []
        for candidates in (self._after_triggers(page), self._technical(page)):
            free = 0
            for start, end, section in candidates:
                before = bisect_right(starts, end - 1) - 1
                if (before < 0 or taken[before][1] <= start) and page.text[start:end].casefold() not in known:
                    found.append((start, end, section))
                    free += 1
                    if free == settings.max_unlinked:
                        break
        mentions: list[UnlinkedMention] = []
        reached = -1
        for start, end, section in sorted(found, key=lambda one: (one[0], -one[1])):
            if start >= reached:
                mentions.append(UnlinkedMention(page.text[start:end], start, end, section))
                reached = end
        return tuple(mentions[: settings.max_unlinked])

    def _technical(self, page: Page) -> Iterator[tuple[int, int, SectionKind]]:
        layout = page.layout
        for start, end, section in zip(layout.starts, layout.ends, layout.sections, strict=True):
            if section.kind not in _LISTING or (section.start <= start < section.end):
                continue
            if end - start < 400 and page.text[start:end].isupper():  # capitals say nothing here
                continue
            for match in _TECHNICAL.finditer(page.text, start, end):
                yield match.start(), match.end(), section.kind

    def _after_triggers(self, page: Page) -> Iterator[tuple[int, int, SectionKind]]:
        layout, folded = page.layout, page.folded
        for number, hit in enumerate(page.hits):
            cue = hit.says.trigger
            if cue is None or not cue.before:
                continue
            start = folded.end(hit.end)
            line = layout.line_at(start)
            if line < 0 or layout.sections[line].kind in OFFERS:
                continue
            stop = min(layout.ends[line], start + _SPAN)
            if number + 1 < len(page.hits):
                stop = min(stop, folded.start(page.hits[number + 1].start))
            for begin, end in self._items(page.text, start, stop):
                yield begin, end, layout.sections[line].kind

    def _items(self, text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
        place = start
        while place < stop:
            mark = self._split.search(text, place, stop)
            end = mark.start() if mark else stop
            item = self._trim(text, place, end)
            if item is not None:
                yield item
            if mark is None or mark.end() == mark.start() or _ENDS_LIST.match(mark.group()):
                return
            place = mark.end()

    def _trim(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The item without blanks and stop words at its ends; None where nothing like a skill is left."""
        if end - start > _ITEM + 20:
            return None
        item = text[start:end]
        if not item.isascii() and self._around is not None:
            blank = len(item) - len(item.lstrip())
            item = item.strip()
            start += blank
            led = self._around.match(item)
            if led is not None:
                start += led.end()
                item = item[led.end() :]
            item = self._around.sub("", item)
        words = list(re.finditer(r"\S+", item))
        while words and words[0].group().lower() in self._stop:
            words.pop(0)
        while words and words[-1].group().lower() in self._stop:
            words.pop()
        if not words or len(words) > _WORDS or any(word.group().lower() in self._stop for word in words):
            return None
        begin, finish = start + words[0].start(), start + words[-1].end()
        phrase = text[begin:finish]
        if not 2 <= len(phrase) <= _ITEM or not any(char.isalpha() for char in phrase) or "<" in phrase:
            return None
        return begin, finish
