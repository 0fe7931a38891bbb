"""The ranker of the release before linking by meaning, as a baseline: three lanes of TF-IDF, and what stands there.

One lane compares forms by characters (2 to 5, within words) and copes with inflection, one by words (1 to 2), one
compares definitions by words. Chinese, without blanks, is compared by its characters in all. A skill scores as its
best form in each lane.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillatlas.ingest.extraction import Form, RankedSkill
from skillatlas.ingest.extraction.folding import fold_form

CHARACTERS, DEFINITIONS, EXACT = 0.55, 0.15, 0.5
WINDOW, WINDOWS = 300, 32
_WORD = re.compile(r"[^\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+[+#]*|[\u3400-\u4dbf\u4e00-\u9fff]")
_SENTENCE = re.compile(r"[^\n\r.!?;。！？；]+(?:[.!?;](?=\S)[^\n\r.!?;。！？；]+)*")


def words_of(text: str) -> list[str]:
    """The words of a folded text; of Chinese each character."""
    return _WORD.findall(text)


@dataclass(frozen=True, slots=True)
class _Lane:
    """One way to compare: the share of the score, and an index of texts with the skill of each."""

    share: float
    vectorizer: Any
    index: Any
    owners: NDArray[np.int64]


class Ranker:
    """An index of forms and definitions, built once and never changed."""

    def __init__(self, forms: Iterable[Form], definitions: Mapping[str, str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        labels = sorted({(form.skill_id, fold_form(form.text)) for form in forms})
        self._skills = sorted({skill for skill, _ in labels})
        self._numbers = {skill: place for place, skill in enumerate(self._skills)}
        meanings = sorted((skill, fold_form(text)) for skill, text in definitions.items() if skill in self._numbers)
        options: dict[str, Any] = {"dtype": np.float32, "sublinear_tf": True, "lowercase": False, "token_pattern": None}
        characters, words = CHARACTERS, 1.0 - CHARACTERS - DEFINITIONS
        self._lanes = [
            self._lane(characters, TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), **options), labels),
            self._lane(words, TfidfVectorizer(tokenizer=words_of, ngram_range=(1, 2), **options), labels),
            self._lane(DEFINITIONS, TfidfVectorizer(tokenizer=words_of, **options), meanings),
        ]

    def _lane(self, share: float, vectorizer: Any, rows: Sequence[tuple[str, str]]) -> _Lane:
        texts = [text for _, text in rows]
        owners = np.array([self._numbers[skill] for skill, _ in rows], dtype=np.int64)
        # A vocabulary needs a word at all.
        index = vectorizer.fit_transform(texts).T.tocsr() if any(words_of(text) for text in texts) else None
        return _Lane(share, vectorizer, index, owners)

    def rank(self, text: str, first: int, exact: Sequence[str]) -> tuple[RankedSkill, ...]:
        """At most `first` skills of score above 0, best first, ties by id. `exact`: skills whose form was met."""
        scores = self._scores(text).astype(np.float64)
        for skill in exact:
            place = self._numbers[skill]
            scores[place] += (1.0 - scores[place]) * EXACT
        rounded = np.round(scores, 6)
        # Skills are in the order of their ids, and the sort is stable: equal scores stay in that order.
        order = np.argsort(-rounded, kind="stable")[: max(0, first)]
        return tuple(RankedSkill(self._skills[place], float(rounded[place])) for place in order if rounded[place] > 0)

    def _scores(self, text: str) -> NDArray[np.float32]:
        windows = self._windows(text)
        if not windows:
            return np.zeros(len(self._skills), dtype=np.float32)
        sums = np.zeros((len(windows), len(self._skills)), dtype=np.float32)
        for lane in self._lanes:
            if lane.index is None:
                continue
            similar = (lane.vectorizer.transform(windows) @ lane.index).tocoo()
            best = np.zeros_like(sums)
            np.maximum.at(best, (similar.row, lane.owners[similar.col]), similar.data)
            sums += np.float32(lane.share) * best
        return np.asarray(np.clip(sums.max(axis=0, initial=0.0), 0.0, 1.0), dtype=np.float32)

    def _windows(self, text: str) -> Sequence[str]:
        longest = WINDOW
        windows: list[str] = []
        for found in _SENTENCE.finditer(text):
            for start in range(found.start(), found.end(), longest):
                window = fold_form(text[start : min(found.end(), start + longest)])
                if window:
                    windows.append(window)
                if len(windows) == WINDOWS:
                    return windows
        return windows
