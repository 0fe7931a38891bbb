"""The lanes: five ways in which a sentence may be near a skill, each a table of sentences x skills.

word: cosine with the nearest form, by words and pairs of words. window: the same of the best stretch of the sentence.
meaning: cosine with the skill's forms and definition taken together. label: cosine with the nearest preferred label by
pieces of its words. learned: cosine with the words of annotated sentences, for the skills that these know.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from .index import LinkIndex
from .learned import Learned
from .text import TextArrays, arrays_of
from .vectors import Floats, Ints, best_of, queries
from .windows import Windows, best_windows, nearest_forms
from .words import Word

LANES = ("word", "window", "meaning", "label", "learned")


@dataclass(frozen=True)
class Scores:
    """Of each lane sentences x skills; the windows found; `asks`: log odds that a sentence asks for a skill."""

    lanes: Mapping[str, Floats]
    windows: Windows
    asks: Floats


@dataclass(frozen=True)
class Lanes:
    """All lanes of a scheme. `learned_of`: for each learned skill the number of the scheme's, or -1."""

    index: LinkIndex
    learned: Learned
    learned_of: Ints
    least_covered: float
    forms_each: int

    @cached_property
    def _learned_table(self) -> Any:
        """Words x skills of the scheme."""
        known = self.learned_of >= 0
        rows = self.learned.table[known].tocoo()
        owners = self.learned_of[known][rows.row]
        shape = (len(self.learned.words), len(self.index.skills))
        return sparse.csr_matrix((rows.data, (rows.col, owners)), shape=shape, dtype=np.float32)

    @cached_property
    def _one_label_each(self) -> bool:
        return np.array_equal(self.index.named, np.arange(len(self.index.skills)))

    def scores(self, sentences: Sequence[Sequence[Word]]) -> Scores:
        """The scores of sentences; linear in their words."""
        index = self.index
        text = arrays_of(sentences, index)
        skills = len(index.skills)
        features = np.concatenate((text.words, text.pairs))
        rows = np.tile(text.rows, 2)[features >= 0]
        features = features[features >= 0]
        asked, norms = queries(rows, features, index.by_form.idf, text.count)
        dots = asked @ index.by_form.table
        near = nearest_forms(dots, norms, index, self.least_covered, self.forms_each)
        windows = best_windows(text, *near, index)
        window = np.zeros((text.count, skills), dtype=np.float32)
        np.maximum.at(window, (windows.rows, index.owners[windows.forms]), windows.likeness)
        learned, asks = self._learned(sentences, text)
        lanes = {
            "word": best_of(dots, index.owners, skills),
            "window": window,
            "meaning": self._meaning(text),
            "label": self._label(text),
            "learned": learned,
        }
        return Scores(lanes, windows, asks)

    def _meaning(self, text: TextArrays) -> Floats:
        known = text.words >= 0
        table, _ = queries(text.rows[known], text.words[known], self.index.by_meaning.idf, text.count)
        return np.asarray((table @ self.index.by_meaning.table).toarray())

    def _label(self, text: TextArrays) -> Floats:
        asked, _ = queries(text.gram_rows, text.grams, self.index.by_label.idf, text.count)
        table = asked @ self.index.by_label.table
        if self._one_label_each:
            return np.asarray(table.toarray())
        return best_of(table, self.index.named, len(self.index.skills))

    def _learned(self, sentences: Sequence[Sequence[Word]], text: TextArrays) -> tuple[Floats, Floats]:
        known = self.learned.words
        words = np.fromiter(
            (known.get(word.stem, -1) for sentence in sentences for word in sentence),
            dtype=np.int64,
            count=len(text.words),
        )
        rows, words = text.rows[words >= 0], words[words >= 0]
        table, _ = queries(rows, words, self.learned.idf, text.count)
        keys = np.unique(rows * max(1, len(known)) + words)
        asks = np.bincount(
            keys // max(1, len(known)), weights=self.learned.asks[keys % max(1, len(known))], minlength=text.count
        )
        # A sentence without any word that was learned (Chinese, above all) neither asks nor does not.
        heard = np.bincount(rows, minlength=text.count) > 0
        asks = np.where(heard, asks + self.learned.asks_base, 0.0)
        return np.asarray((table @ self._learned_table).toarray()), np.asarray(asks, dtype=np.float32)
