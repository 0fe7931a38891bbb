"""Lists of skills: which mentions stand side by side, so that what is said of one is said of all."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .page import Page
from .settings import ExtractionSettings

_BULLETS = frozenset(" \t\xa0\u3000\r\n*-–—•·●▪■◦‣○∙>|,;、")


class Group(NamedTuple):
    """Members `first` to `last` of a list of spans, at folded places. `conjunction`: two are joined by a word or
    by the Chinese list mark, so that the list is whole. `tail`: where its last clause may begin: after a comma that
    follows a conjunction, at the last member where there is none, else at `start`.
    """

    first: int
    last: int
    start: int
    end: int
    conjunction: bool
    tail: int


class Series:
    """Reads what stands between two mentions of one page."""

    def __init__(self, page: Page, joints: "Joints", settings: ExtractionSettings) -> None:
        self._page = page
        self._joint, self._word = joints.joint, joints.word
        self._most = settings.gap

    def joined(self, end: int, start: int) -> bool:
        """Whether marks or conjunctions between two places join the members of a list on one line.

        Between two of them a short phrase that is no skill may stand: ", X and".
        """
        if not 0 < start - end <= self._most:
            return False
        gap = self._page.folded.text[end:start]
        return self._joint.fullmatch(gap) is not None and not self._broken(end, start)

    def graded(self, end: int, start: int) -> bool:
        """As `joined` where level words stand between: "Excel (expert), R, basic Git"."""
        if not 0 < start - end <= 2 * self._most:
            return False
        hits = self._page.hits_between(end, start)
        if not hits or any(hit.says.level is None or hit.end > start for hit in hits):
            return False
        folded = self._page.folded
        source = self._page.text[folded.end(end) : folded.start(start)]
        rest = folded.text[end : hits[0].start]
        for number, hit in enumerate(hits):
            rest += folded.text[hit.end : hits[number + 1].start if number + 1 < len(hits) else start]
        return "\n" not in source and "\r" not in source and self._joint.fullmatch(rest) is not None

    def stacked(self, end: int, start: int) -> bool:
        """Whether only bullets and line ends lie between two places."""
        if not 0 <= start - end <= 3 * self._most:
            return False
        folded = self._page.folded
        return _BULLETS.issuperset(self._page.text[folded.end(end) : folded.start(start)])

    def _broken(self, end: int, start: int) -> bool:
        folded = self._page.folded
        source = self._page.text[folded.end(end) : folded.start(start)]
        return "\n" in source or "\r" in source or bool(self._page.hits_between(end, start))

    def groups(self, spans: Sequence[tuple[int, int]]) -> list[Group]:
        """Spans (in order, apart) as groups."""
        groups: list[Group] = []
        text = self._page.folded.text
        first = tail = 0
        whole = False
        for number in range(1, len(spans) + 1):
            if number < len(spans):
                end, start = spans[number - 1][1], spans[number][0]
                gap = text[end : min(start, end + self._most + 1)]
                if gap == " " and not self._broken(end, start):  # "Docker Kubernetes", lists that lost their commas
                    continue
                if self.joined(end, start):
                    if "," not in gap or self._word.search(gap) is not None:
                        whole = True
                    elif whole:
                        tail = number
                    continue
            last = number - 1
            groups.append(Group(first, last, spans[first][0], spans[last][1], whole, spans[tail if whole else last][0]))
            first = tail = number
            whole = False
        return groups


@dataclass(frozen=True, slots=True)
class Joints:
    """What may stand between members of a list (`joint`), and the conjunctions in it (`word`)."""

    joint: re.Pattern[str]
    word: re.Pattern[str]


def compile_joints(words: Iterable[str]) -> Joints:
    """The joints of a language by its conjunctions."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    latin = [re.escape(word) for word in ordered if word.isascii()]
    other = [re.escape(word) for word in ordered if not word.isascii()]
    word = "|".join([rf"(?<![a-z0-9])(?:{'|'.join(latin)})(?![a-z0-9])"] * bool(latin) + other) or "(?!)"
    mark = rf"(?:[,/、|+•·&()]|{word})"
    # Runs of marks, and between two of them at most two words that are no skill; gaps are short, so this is bounded.
    joint = rf"\s*(?:{mark}\s*)+(?:[^\s,;、/]{{1,15}}(?:\s[^\s,;、/]{{1,15}})?\s*(?:{mark}\s*)+)?"
    return Joints(re.compile(joint), re.compile(word))


def clear(text: str, start: int, end: int) -> bool:
    """Whether no clause ends between two folded places."""
    return text.find(",", start, end) < 0 and text.find(";", start, end) < 0 and text.find("。", start, end) < 0
