"""The skills nearest to a sentence: two lanes of TF-IDF over all forms, and what stands in the text itself.

One lane compares characters (2 to 5, within words) and copes with inflection, the other words (1 to 2). Chinese,
without blanks, is compared by its characters in both. A skill scores as its best form in each lane.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .folding import fold_form
from .model import Form, RankedSkill
from .settings import ExtractionSettings

_WORD = re.compile(r"[^\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+[+#]*|[\u3400-\u4dbf\u4e00-\u9fff]")
_SENTENCE = re.compile(r"[^\n\r.!?;。！？；]+(?:[.!?;](?=\S)[^\n\r.!?;。！？；]+)*")


def words_of(text: str) -> list[str]:
    """The words of a folded text; of Chinese each character."""
    return _WORD.findall(text)


class Ranker:
    """An index of forms, built once and never changed."""

    def __init__(self, forms: Iterable[Form], settings: ExtractionSettings) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        rows = sorted({(form.skill_id, fold_form(form.text)) for form in forms} - {("", "")})
        self._settings = settings
        self._skills = sorted({skill for skill, _ in rows})
        self._numbers = {skill: place for place, skill in enumerate(self._skills)}
        self._owners = np.array([self._numbers[skill] for skill, _ in rows], dtype=np.int64)
        texts = [text for _, text in rows]
        self._lanes: list[tuple[float, Any, Any]] = []
        if not rows:
            return
        options: Mapping[str, Any] = {
            "dtype": np.float32,
            "sublinear_tf": True,
            "lowercase": False,
            "token_pattern": None,
        }
        characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=1, **options)
        words = TfidfVectorizer(tokenizer=words_of, ngram_range=(1, 2), **options)
        weight = settings.rank_characters
        for share, vectorizer in ((weight, characters), (1.0 - weight, words)):
            self._lanes.append((share, vectorizer, vectorizer.fit_transform(texts).T.tocsr()))

    def rank(self, text: str, first: int, exact: Sequence[str]) -> tuple[RankedSkill, ...]:
        """At most `first` skills of score above 0, best first, ties by id. `exact`: skills whose form was met."""
        scores = self._scores(text)
        for skill in exact:
            place = self._numbers[skill]
            scores[place] += (1.0 - scores[place]) * self._settings.rank_exact
        rounded = np.round(scores.astype(np.float64), 6)
        # Skills are in the order of their ids, and the sort is stable: equal scores stay in that order.
        order = np.argsort(-rounded, kind="stable")[: max(0, first)]
        return tuple(RankedSkill(self._skills[place], float(rounded[place])) for place in order if rounded[place] > 0)

    def _scores(self, text: str) -> NDArray[np.float32]:
        best = np.zeros(len(self._skills), dtype=np.float32)
        windows = self._windows(text)
        if not self._lanes or not windows:
            return best
        sums = np.zeros((len(windows), len(self._skills)), dtype=np.float32)
        for share, vectorizer, index in self._lanes:
            similar = (vectorizer.transform(windows) @ index).tocoo()
            lane = np.zeros_like(sums)
            np.maximum.at(lane, (similar.row, self._owners[similar.col]), similar.data)
            sums += np.float32(share) * lane
        return np.asarray(np.clip(sums.max(axis=0), 0.0, 1.0), dtype=np.float32)

    def _windows(self, text: str) -> Sequence[str]:
        longest = self._settings.rank_window
        windows: list[str] = []
        for found in _SENTENCE.finditer(text):
            for start in range(found.start(), found.end(), longest):
                window = fold_form(text[start : min(found.end(), start + longest)])
                if window:
                    windows.append(window)
                if len(windows) == self._settings.rank_windows:
                    return windows
        return windows
