"""Unlinked phrases of many readings, put together."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import orjson

from skillatlas.taxonomy import Override, Reading

from ..extraction import DocumentKind, SectionKind
from .model import CandidateExample, CandidateReport, PhraseCandidate, group_key
from .ranking import DEFAULT_WEIGHTS, CandidateWeights, features_of, score_of
from .vocabulary import Vocabulary

_LISTING = frozenset({SectionKind.REQUIREMENTS, SectionKind.PREFERRED, SectionKind.EXPERIENCE, SectionKind.EDUCATION})
_Place = tuple[str | None, str | None]


@dataclass(slots=True)
class _Found:
    spellings: Counter[str] = field(default_factory=Counter)
    documents: int = 0
    listed: int = 0
    examples: list[CandidateExample] = field(default_factory=list)


def gather_candidates(
    readings: Iterable[Reading],
    vocabulary: Vocabulary,
    overrides: Iterable[Override] = (),
    *,
    lang: str | None = None,
    cvs: bool = False,
    examples: int = 3,
    weights: CandidateWeights = DEFAULT_WEIGHTS,
) -> CandidateReport:
    """The unlinked phrases of readings, best first, all their spellings together.

    Left out is what the vocabulary has by now, what somebody spoke of (`overrides`, each where it holds), and CVs
    unless `cvs`: what stands there may be about a person. `lang`: only documents in it, `zh` also those in `zh-Hant`.
    `examples`: at most so many places of each, one a document.
    """
    spoken = _spoken(overrides)
    found: dict[str, _Found] = {}
    documents = 0
    for reading in readings:
        if (reading.kind == DocumentKind.CV and not cvs) or not _speaks(reading.lang, lang):
            continue
        documents += 1
        silent = [
            spoken[place]
            for place in ((None, None), (reading.collection, None), (reading.collection, reading.id))
            if place in spoken
        ]
        here: set[str] = set()
        for row in orjson.loads(reading.mentions)["unlinked"]:
            key = group_key(row["text"])
            if key in vocabulary.keys or any(key in keys for keys in silent):
                continue
            one = found.setdefault(key, _Found())
            one.spellings[row["text"]] += 1
            one.listed += row["section"] in _LISTING
            if key not in here:
                here.add(key)
                one.documents += 1
                if len(one.examples) < examples:
                    one.examples.append(CandidateExample(reading.collection, reading.id, row["start"], row["end"]))
    candidates = [_candidate(key, one, vocabulary, weights) for key, one in found.items()]
    return CandidateReport(documents, tuple(sorted(candidates, key=lambda one: (-one.score, one.key))))


def _candidate(key: str, found: _Found, vocabulary: Vocabulary, weights: CandidateWeights) -> PhraseCandidate:
    spellings = sorted(found.spellings, key=lambda text: (-found.spellings[text], text))
    features = features_of(found.spellings, found.documents, found.listed, vocabulary.heads, key)
    return PhraseCandidate(
        key=key,
        text=spellings[0],
        variants=tuple(spellings[1:]),
        documents=found.documents,
        mentions=found.spellings.total(),
        listed=found.listed,
        score=score_of(features, weights),
        features=features,
        examples=tuple(found.examples),
    )


def _spoken(overrides: Iterable[Override]) -> dict[_Place, set[str]]:
    """The keys that somebody spoke of, by where that holds: never met, turned down, or the form of a skill now."""
    spoken: dict[_Place, set[str]] = {}
    for one in overrides:
        spoken.setdefault((one.collection, one.document), set()).add(group_key(one.form))
    return spoken


def _speaks(tag: str, lang: str | None) -> bool:
    return lang is None or tag.lower() == lang.lower() or tag.lower().startswith(f"{lang.lower()}-")
