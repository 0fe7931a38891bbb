"""Skills that a sentence states in other words than any form's, and what meaning says of those met letter by letter.

Says nothing where the exact path has spoken: of a skill that it met, or met and refused, in the same sentence.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .folding import fold_form
from .layout import Section
from .matcher import Candidate
from .model import DocumentKind
from .page import Page, Sentences
from .sense import Decision

if TYPE_CHECKING:
    from .linking import Linker, Near, Sentence, WordRules

_LETTERS = re.compile(r"[^\W\d_]+")
_UNSPACED_LEAST = 3  # characters of a window of Chinese; of other scripts two words, since one is a name's business


@dataclass(frozen=True, slots=True)
class Meant:
    """A skill near a sentence and the stretch that says so, at folded places."""

    near: "Near"
    start: int
    end: int
    section: Section


@dataclass(frozen=True, slots=True)
class Meanings:
    """`of_decisions`: by the number of a decision what meaning says of its skill in its sentence."""

    of_decisions: Mapping[int, "Near"]
    meant: Sequence[Meant]


def read_meanings(
    page: Page,
    bounds: Sentences,
    candidates: Sequence[Candidate],
    decisions: Sequence[Decision],
    kind: DocumentKind,
    linker: "Linker",
    rules: "WordRules",
) -> Meanings:
    """What the sentences of a page mean; linear in its length."""
    from .linking import sentences_of

    starts = [decision.start for decision in decisions]
    met = [one.start for one in candidates]
    sentences: list[Sentence] = []
    inside: list[range] = []
    also: list[list[str]] = []
    for sentence in sentences_of(page, bounds, rules, kind):
        within = range(bisect_left(starts, sentence.start), bisect_left(starts, sentence.end))
        # Of schemes that describe their forms the exact path knows better how sure it is.
        judged = [number for number in within if not decisions[number].candidate.entry.described]
        if judged or (sentence.linked and len(sentence.words) > 1):
            sentences.append(sentence)
            inside.append(within)
            also.append([decisions[number].sense.skill_id for number in judged])
    of_decisions: dict[int, Near] = {}
    meant: list[Meant] = []
    nears = linker.near([sentence.words for sentence in sentences], also)
    for sentence, within, found in zip(sentences, inside, nears, strict=True):
        by_skill = {near.skill_id: near for near in found}
        for number in within:
            near = by_skill.get(decisions[number].sense.skill_id)
            if near is not None and not decisions[number].candidate.entry.described:
                of_decisions[number] = near
        if not sentence.linked:
            continue
        spoken = {
            sense.skill_id
            for one in candidates[bisect_left(met, sentence.start) : bisect_left(met, sentence.end)]
            for sense in one.entry.senses
        }
        spans = [(decisions[number].start, decisions[number].end) for number in within]
        for near in found:
            if near.skill_id not in spoken:
                place = _stretch(page, sentence, near, rules)
                if place is not None and not any(start <= place[0] and place[1] <= end for start, end in spans):
                    meant.append(Meant(near, *place, sentence.section))
    meant.sort(key=lambda one: (one.start, one.end, one.near.skill_id))
    return Meanings(of_decisions, meant)


def _stretch(page: Page, sentence: "Sentence", near: "Near", rules: "WordRules") -> tuple[int, int] | None:
    """The window of the nearest form; the sentence where only its whole is near, in a scheme that was learned from.

    None where it is a single name, or letter by letter the form: that is the exact path's business, which said no.
    Nor is a title ("Software Engineer") the skill of which it has the words, or "data in contracts" *data contracts*.
    """
    words = sentence.words
    if near.form is None:
        if not (near.known and near.home):
            return None
        first, last = words[0], words[-1]
    else:
        first, last = words[near.first], words[near.last]
        chosen = words[near.first : near.last + 1]
        spaced = any(word.end - word.start > 1 or word.stem.isascii() for word in chosen)
        if len(chosen) < (2 if spaced else _UNSPACED_LEAST):
            return None
        written = page.folded.text[sentence.start + first.start : sentence.start + last.end].split()
        form = fold_form(near.form.text).split()
        if written == form:
            return None
        if near.said and any(word in rules.parting and word not in form for word in written):
            return None
        start, end = page.folded.start(sentence.start + first.start), page.folded.end(sentence.start + last.end)
        if near.said and all(word[0].isupper() for word in _LETTERS.findall(page.text[start:end])):
            return None
    return sentence.start + first.start, sentence.start + last.end
