"""How a form stands in its clause: alone on its line, at its start or end, next to a word that weighs it.

A form of several meanings that is asked for ("R preferred", "must know Excel"), graded ("basic Git") or the whole of a
line in a list of what is asked for is meant as a skill.
"""

from collections.abc import Sequence

from .matcher import Candidate, CueHit
from .model import SectionKind
from .page import Page
from .settings import ExtractionSettings

_BEGINS = frozenset(",.;:!?()[]（）：，；、。！？-–—•·●▪■*|/\n\r\x85\u2028\u2029")
_ENDS = frozenset(",;:()[]（）：，；、。！？!?|/\n\r\x85\u2028\u2029")
_BLANK = " \t\xa0\u3000"
_BULLETS = " \t\xa0\u3000*-–—•·●▪■◦‣○∙>0123456789.)、"
_TAIL = " \t\xa0\u3000.,;。，；"
_MARGIN = 12  # characters of a line, bullets and all, beside a form that is its only word
_LOOK = 4  # blanks between a form and what is next to it
_LISTING = frozenset({SectionKind.REQUIREMENTS, SectionKind.PREFERRED})


class Clauses:
    """Looks at the surroundings of the forms of one page."""

    def __init__(self, page: Page, settings: ExtractionSettings) -> None:
        self._page = page
        self._reach = settings.gap * 2

    def begins(self, place: int) -> bool:
        """Whether a clause begins at a folded place: at a line's start, after a mark, after a cue."""
        source = self._page.folded.start(place)
        before = self._page.text[max(0, source - _LOOK) : source].rstrip(_BLANK)
        if not before:
            return source <= _LOOK
        if before[-1] in _BEGINS:
            return True
        hits = self._page.hits_before(place, place - self._reach, 1)
        return bool(hits) and place - hits[0].end <= 1 and _weighs(hits[0])

    def ends(self, place: int) -> bool:
        """Whether a clause ends at a folded place: at a line's end, before a mark or a cue that speaks of it."""
        source = self._page.folded.end(place)
        text = self._page.text
        after = text[source : source + _LOOK].lstrip(_BLANK)
        if not after:
            return source + _LOOK >= len(text)
        if after[0] in _ENDS or (after[0] == "." and not after[1:2].isalnum()):
            return True
        hits = self._page.hits_after(place, place + self._reach, 1)
        return bool(hits) and hits[0].start - place <= 1 and _weighs(hits[0])

    def listed(self, one: Candidate) -> bool:
        """Whether a form is a whole line of what a text asks for."""
        page = self._page
        if page.section_at(one.start).kind not in _LISTING:
            return False
        start, end = page.folded.start(one.start), page.folded.end(one.end)
        line = page.layout.line_at(start)
        first, last = page.layout.starts[line], page.layout.ends[line]
        if start - first > _MARGIN or last - end > _MARGIN:
            return False
        return not page.text[first:start].strip(_BULLETS) and not page.text[end:last].strip(_TAIL)

    def weighed(self, one: Candidate) -> str | None:
        """The word next to a form that asks for it, waives it or grades it, in one clause with nothing else."""
        text = self._page.folded.text
        after: Sequence[CueHit] = self._page.hits_after(one.end, one.end + self._reach, 1)
        for hit in after:
            says = hit.says
            asked = any(cue and cue.after for cue in (says.required, says.preferred, says.not_required))
            graded = says.level is not None and says.level.after and self.ends(hit.end)
            if (asked or graded) and not text[one.end : hit.start].strip(" (:") and self.begins(one.start):
                return text[hit.start : hit.end]
        for hit in self._page.hits_before(one.start, one.start - self._reach, 1):
            says = hit.says
            asked = any(cue and cue.before for cue in (says.required, says.preferred, says.not_required))
            graded = says.level is not None and says.level.before
            near = one.start - hit.end <= 2 and not text[hit.end : one.start].strip(" :")
            if (asked or graded) and near and self.ends(one.end):
                return text[hit.start : hit.end]
        return None


def _weighs(hit: CueHit) -> bool:
    says = hit.says
    return any(cue is not None for cue in (says.required, says.preferred, says.level, says.not_required, says.trigger))
