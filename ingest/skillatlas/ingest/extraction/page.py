"""A text on the way through the extractor: what was found so far, and the windows in which later steps look."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from .folding import Folded
from .layout import Layout, Section
from .matcher import CueHit

# The end of a sentence: a mark before a blank or the end, or a Chinese mark (folding has narrowed ！ and ？).
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|[;；。！？]|[!?](?=[\u2e80-\uffff])")


@dataclass(frozen=True, slots=True)
class Page:
    """A text, how it folds, its lines, and the cues read in it (by start, at folded places)."""

    text: str
    folded: Folded
    layout: Layout
    hits: Sequence[CueHit]
    hit_starts: Sequence[int] = field(init=False)
    hit_ends: Sequence[int] = field(init=False)

    def __post_init__(self) -> None:
        # No cue lies within another, so both lists ascend.
        object.__setattr__(self, "hit_starts", [hit.start for hit in self.hits])
        object.__setattr__(self, "hit_ends", [hit.end for hit in self.hits])

    def without_cues_in(self, spans: Sequence[tuple[int, int]]) -> "Page":
        """The page without the cues that lie within one of the spans (in order, apart): they are part of a name."""
        kept: list[CueHit] = []
        number = 0
        for hit in self.hits:
            while number < len(spans) and spans[number][1] < hit.end:
                number += 1
            if not (number < len(spans) and spans[number][0] <= hit.start):
                kept.append(hit)
        return Page(self.text, self.folded, self.layout, kept)

    def section_at(self, place: int) -> Section:
        """The section of a folded place that is no blank."""
        return self.layout.sections[self.layout.line_at(self.folded.start(place))]

    def hits_between(self, start: int, end: int) -> Sequence[CueHit]:
        """Cues that begin in the range of folded places."""
        return self.hits[bisect_left(self.hit_starts, start) : bisect_left(self.hit_starts, end)]

    def hits_before(self, place: int, start: int, most: int) -> list[CueHit]:
        """The nearest cues that end at or before `place` and begin at or after `start`, nearest first."""
        last = bisect_right(self.hit_ends, place)
        found = []
        for number in range(last - 1, max(-1, last - 1 - most), -1):
            if self.hit_starts[number] < start:
                break
            found.append(self.hits[number])
        return found

    def hits_after(self, place: int, end: int, most: int) -> list[CueHit]:
        """The nearest cues that begin at or after `place` and end at or before `end`, nearest first."""
        first = bisect_left(self.hit_starts, place)
        found = []
        for number in range(first, min(len(self.hits), first + most)):
            if self.hit_ends[number] > end:
                break
            found.append(self.hits[number])
        return found


@dataclass(slots=True)
class Sentences:
    """Sentence bounds around places of one page, found line by line where they are asked for."""

    page: Page
    longest: int
    abbreviations: tuple[str, ...]  # with which no sentence ends, whatever dot follows
    _cuts: dict[int, list[int]] = field(default_factory=dict)

    def around(self, place: int) -> tuple[int, int]:
        """The sentence around a folded place, as folded places; at most `longest` to either side."""
        page = self.page
        source = page.folded.start(place)
        line = page.layout.line_at(source)
        cuts = self._cuts.get(line)
        if cuts is None:
            cuts = self._cuts[line] = self._cut(line)
        number = bisect_right(cuts, source)
        start = page.folded.place(cuts[number - 1]) if number else 0
        end = page.folded.place(cuts[number]) if number < len(cuts) else len(page.folded.text)
        return max(start, place - self.longest), min(end, place + self.longest)

    def _cut(self, line: int) -> list[int]:
        if line < 0:
            return []
        layout = self.page.layout
        start, end = layout.starts[line], layout.ends[line]
        cuts = [start]
        for found in _SENTENCE_END.finditer(self.page.text, start, end):
            mark = found.start()
            if found.group() == "." and self._abbreviated(start, mark):
                continue
            cuts.append(found.end())
        if cuts[-1] != end:
            cuts.append(end)
        return cuts

    def _abbreviated(self, start: int, mark: int) -> bool:
        before = self.page.text[max(start, mark - 10) : mark].lower()
        return before.endswith(self.abbreviations) and any(
            before.endswith(word) and not before[-len(word) - 1 : -len(word)].isalnum() for word in self.abbreviations
        )
