"""The sentences of a page that are compared with skills, with their words."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..layout import Section
from ..model import OFFERS, DocumentKind
from ..page import Page, Sentences
from .words import Word, WordRules


@dataclass(frozen=True, slots=True)
class Sentence:
    """Folded places, and words at places of the sentence. `linked`: not only what is met letter by letter counts."""

    start: int
    end: int
    section: Section
    words: list[Word]
    linked: bool


def sentences_of(page: Page, bounds: Sentences, rules: WordRules, kind: DocumentKind) -> Iterator[Sentence]:
    """All sentences with words, in order. Headings, what the employer offers and says of itself are not linked."""
    folded, layout = page.folded, page.layout
    length = len(folded.text)
    for start, end, section in zip(layout.starts, layout.ends, layout.sections, strict=True):
        place, stop = folded.place(start), min(length, folded.place(end)) if end < len(page.text) else length
        linked = not (section.start <= start < section.end) and (kind is DocumentKind.CV or section.kind not in OFFERS)
        while place < stop:
            finish = min(stop, max(place + 1, bounds.around(place)[1]))
            words = rules.read(folded.text[place:finish])
            if words:
                yield Sentence(place, finish, section, words, linked)
            place = finish
