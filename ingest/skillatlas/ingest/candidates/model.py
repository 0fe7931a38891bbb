"""Candidates as they are handed back."""

from dataclasses import dataclass

from ..extraction import fold_form
from .ranking import Features

_SHORTEST_PLURAL = 5  # letters of a word whose last `s` is taken for an ending: not of "AWS" or "SAS"


@dataclass(frozen=True, slots=True)
class CandidateExample:
    """Where a phrase stands: offsets of the document's text, end exclusive."""

    collection: str
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PhraseCandidate:
    """A phrase in all its spellings; `text` is the commonest, `variants` the others.

    `listed`: mentions where the text lists what is asked for or held. `score`: 0 to 1, how much it looks like a skill,
    made of its `features`.
    """

    key: str
    text: str
    variants: tuple[str, ...]
    documents: int
    mentions: int
    listed: int
    score: float
    features: Features
    examples: tuple[CandidateExample, ...] = ()


@dataclass(frozen=True, slots=True)
class CandidateReport:
    """Candidates, best first (ties by key), of `documents` documents."""

    documents: int
    candidates: tuple[PhraseCandidate, ...]


def group_key(phrase: str) -> str:
    """What the spellings of a phrase have in common: folded, the last word of an English one without its plural."""
    key = fold_form(phrase)
    last = key.rsplit(" ", 1)[-1]
    if key.isascii() and len(last) >= _SHORTEST_PLURAL and last.endswith("s") and not last.endswith(("ss", "us", "is")):
        return key[:-1]
    return key
