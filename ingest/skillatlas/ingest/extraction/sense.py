"""Which of the forms met are meant as skills.

Forms that need context are met only where something near speaks for them; a phrase that is listed as excluded speaks
against a form wherever it stands. What is near: the sentence, within a fixed number of characters.
"""

from collections.abc import Sequence
from typing import NamedTuple

from .clause import Clauses
from .lexicon import Sense
from .matcher import Candidate, longest
from .page import Page, Sentences
from .series import Series
from .settings import ExtractionSettings

_NEXT_DOOR = 40  # characters beyond the sentence in which a skill of the same domain still speaks for a form


class Decision(NamedTuple):
    """A candidate, the sense it was given, and the rule that gave it; `detail`: the word or skill that spoke for it."""

    candidate: Candidate
    sense: Sense
    rule: str
    detail: str | None = None
    rivals: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        """Folded place."""
        return self.candidate.start

    @property
    def end(self) -> int:
        """Folded place, exclusive."""
        return self.candidate.end


class Judge:
    """Decides the senses of one page's candidates."""

    def __init__(self, page: Page, series: Series, sentences: Sentences, settings: ExtractionSettings) -> None:
        self._page = page
        self._series = series
        self._settings = settings
        self._sentences = sentences
        self._clauses = Clauses(page, settings)

    def decide(self, candidates: Sequence[Candidate]) -> list[Decision]:
        """Decisions by start, without overlap. A refused form gives way to shorter ones that it covered."""
        refused: set[int] = set()
        decided: list[Decision] = []
        for _ in range(2):
            chosen = longest([one for one in candidates if id(one) not in refused])
            decided, turned_down = self._round(chosen)
            if not turned_down:
                break
            refused.update(turned_down)
        return decided

    def _round(self, chosen: Sequence[Candidate]) -> tuple[list[Decision], set[int]]:
        # First those that stand on their own, since they speak for the others.
        found: list[Decision | None] = [self._alone(one) for one in chosen]
        open_places = [number for number, decision in enumerate(found) if decision is None]
        for number in open_places:
            found[number] = self._in_context(chosen, found, number)
        for number in reversed(open_places):  # a list may be led in from its far end
            if found[number] is None:
                found[number] = self._in_context(chosen, found, number)
        still = [number for number in open_places if found[number] is None]
        self._admit_lists(chosen, found, still)
        refused = {id(chosen[number]) for number in still if found[number] is None}
        return [decision for decision in found if decision is not None], refused

    def _admit_lists(self, chosen: Sequence[Candidate], found: list[Decision | None], still: Sequence[int]) -> None:
        """Forms that nothing speaks for speak for each other where they are all there is in a list."""
        run: list[int] = []
        for number in still:
            if not (run and number == run[-1] + 1 and self._beside(chosen[run[-1]], chosen[number])):
                self._admit_list(chosen, found, run)
                run = []
            run.append(number)
        self._admit_list(chosen, found, run)

    def _admit_list(self, chosen: Sequence[Candidate], found: list[Decision | None], run: Sequence[int]) -> None:
        if len(run) < 2 or all(len(chosen[number].entry.key) == 1 for number in run):  # "grades C, R"
            return
        decisions: list[Decision] = []
        for number in run:
            one = chosen[number]
            senses = [sense for sense in one.senses if not sense.listed_only and not self._excluded(one, sense)]
            if not senses or one.lowered or not one.entry.described:
                return
            decisions.append(Decision(one, senses[0], "list"))
        first, last = decisions[0], decisions[-1]
        led_in = len(run) > 2 or self._clauses.begins(first.start)
        if not led_in or not self._clauses.ends(last.end) or len({one.sense.skill_id for one in decisions}) < 2:
            return
        for place, number in enumerate(run):
            near = decisions[place - 1 if place else 1]
            found[number] = decisions[place]._replace(detail=near.sense.skill_id)

    def _beside(self, first: Candidate, second: Candidate) -> bool:
        end, start = first.end, second.start
        return self._series.joined(end, start) or self._series.stacked(end, start) or self._series.graded(end, start)

    def _alone(self, one: Candidate) -> Decision | None:
        senses = [sense for sense in one.senses if not sense.needs_context]
        if one.lowered or not senses:
            return None
        if len(one.senses) > 1 and len({sense.skill_id for sense in one.senses}) > 1:
            return None
        if any(self._excluded(one, sense) for sense in senses):
            return None
        sense = senses[0]
        return Decision(one, sense, "case" if sense.letters is not None else "form")

    def _in_context(
        self, chosen: Sequence[Candidate], found: Sequence[Decision | None], number: int
    ) -> Decision | None:
        one = chosen[number]
        start, end = one.start, one.end
        if any(sense.context or sense.form.domain is not None for sense in one.senses):
            start, end = self._sentences.around(one.start)
            start = max(start, one.start - self._settings.context)
            end = min(end, one.end + self._settings.context)
        options: list[tuple[int, int, Sense, str, str | None]] = []
        for order, sense in enumerate(one.senses):
            if self._excluded(one, sense):
                continue
            support = self._support(chosen, found, number, sense, start, end)
            if support is not None:
                options.append((-support[0], order, sense, support[1], support[2]))
            elif not sense.needs_context and not one.lowered:
                options.append((0, order, sense, "form", None))
        if not options:
            return None
        options.sort(key=lambda option: option[:2])
        _, _, sense, rule, detail = options[0]
        rivals = sorted({option[2].skill_id for option in options} - {sense.skill_id})
        return Decision(one, sense, rule, detail, tuple(rivals))

    def _support(
        self,
        chosen: Sequence[Candidate],
        found: Sequence[Decision | None],
        number: int,
        sense: Sense,
        start: int,
        end: int,
    ) -> tuple[int, str, str | None] | None:
        """What speaks for a sense: strength, rule, detail."""
        one = chosen[number]
        if not sense.listed_only:
            word = self._context_word(sense, one, start, end)
            if word is not None:
                return 4, "context", word
            if sense.form.domain is not None:
                neighbour = self._same_domain(found, number, sense, start - _NEXT_DOOR, end + _NEXT_DOOR)
                if neighbour is not None:
                    return 3, "domain", neighbour
        listed = self._listed(chosen, found, number, sense)
        if listed is not None:
            return 2, "list", listed
        if not sense.listed_only and (not sense.common or sense.form.needs_context):
            trigger = self._trigger(one)
            if trigger is not None:
                return 1, "trigger", trigger
        if one.entry.described and sense.form.needs_context and not one.lowered:
            weighed = self._clauses.weighed(one) if sense.letters is not None else None
            if weighed is not None:
                return 1, "trigger", weighed
            if self._clauses.listed(one):
                return 1, "section", None
        return None

    def _excluded(self, one: Candidate, sense: Sense) -> bool:
        text = self._page.folded.text
        for phrase in sense.excluded:
            offset = phrase.find(one.entry.key)
            while offset >= 0:
                begin = one.start - offset
                stop = begin + len(phrase)
                if begin >= 0 and text.startswith(phrase, begin) and not text[stop : stop + 1].isalnum():
                    return True
                offset = phrase.find(one.entry.key, offset + 1)
        return False

    def _context_word(self, sense: Sense, one: Candidate, start: int, end: int) -> str | None:
        if not sense.context:
            return None
        before, after = self._page.folded.text[start : one.start], self._page.folded.text[one.end : end]
        for word in sense.context:
            if _holds(before, word) or _holds(after, word):
                return word
        return None

    def _same_domain(
        self, found: Sequence[Decision | None], number: int, sense: Sense, start: int, end: int
    ) -> str | None:
        for step in (-1, 1):
            place = number + step
            for _ in range(self._settings.cues_each_side):
                if not 0 <= place < len(found):
                    break
                near = found[place]
                place += step
                if near is None:
                    continue
                if near.start < start or near.end > end:
                    break
                if near.sense.form.domain == sense.form.domain and near.sense.skill_id != sense.skill_id:
                    return near.sense.skill_id
        return None

    def _listed(
        self, chosen: Sequence[Candidate], found: Sequence[Decision | None], number: int, sense: Sense
    ) -> str | None:
        for place in (number - 1, number + 1):
            if not 0 <= place < len(chosen):
                continue
            near = found[place]
            if near is None or near.sense.skill_id == sense.skill_id:
                continue
            first, second = (near.candidate, chosen[number]) if place < number else (chosen[number], near.candidate)
            if self._beside(first, second):
                return near.sense.skill_id
        return None

    def _trigger(self, one: Candidate) -> str | None:
        text = self._page.folded.text
        for hit in self._page.hits_before(one.start, one.start - 60, 4):
            gap = one.start - hit.end
            if (hit.says.unit and gap <= 6) or (hit.says.trigger and hit.says.trigger.before and gap <= 2):
                return text[hit.start : hit.end]
        for hit in self._page.hits_after(one.end, one.end + 40, 3):
            cue = hit.says.trigger
            if cue is not None and cue.after and not text[one.end : hit.start].strip():
                return text[hit.start : hit.end]
        return None


def _holds(text: str, word: str) -> bool:
    """Whether the text holds the word, not inside a longer Latin one."""
    place = text.find(word)
    while place >= 0:
        stop = place + len(word)
        left = place > 0 and text[place - 1].isascii() and text[place - 1].isalnum() and word[0].isascii()
        right = stop < len(text) and text[stop].isascii() and text[stop].isalnum() and word[-1].isascii()
        if not left and not right:
            return True
        place = text.find(word, place + 1)
    return False
