"""The sentences of a text as the lanes take them: numbers of words, pairs of words and grams, all in arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .index import LinkIndex, grams_of
from .vectors import Ints
from .words import Word


@dataclass(frozen=True, slots=True)
class TextArrays:
    """`words[i]` (-1: not in the index) stands in sentence `rows[i]`; `pairs[i]`: the feature of it and the one before.

    `firsts`: where each sentence begins among the words, and the number of all words at the end.
    """

    count: int
    rows: Ints
    words: Ints
    pairs: Ints
    firsts: Ints
    gram_rows: Ints
    grams: Ints


def arrays_of(sentences: Sequence[Sequence[Word]], index: LinkIndex) -> TextArrays:
    """The arrays of sentences; one look-up a word."""
    lengths = np.fromiter((len(one) for one in sentences), dtype=np.int64, count=len(sentences))
    rows = np.repeat(np.arange(len(sentences), dtype=np.int64), lengths)
    firsts = np.zeros(len(sentences) + 1, dtype=np.int64)
    np.cumsum(lengths, out=firsts[1:])
    known = index.words
    stems = [word.stem for sentence in sentences for word in sentence]
    words = np.fromiter((known.get(stem, -1) for stem in stems), dtype=np.int64, count=len(stems))
    apart = np.fromiter((word.apart for one in sentences for word in one), dtype=np.bool_, count=len(stems))
    gram_rows, grams = _grams(stems, rows, index)
    return TextArrays(len(sentences), rows, words, _pairs(rows, words, apart, index), firsts, gram_rows, grams)


def _pairs(rows: Ints, words: Ints, apart: NDArray[np.bool_], index: LinkIndex) -> Ints:
    pairs = np.full(len(words), -1, dtype=np.int64)
    if len(words) < 2 or not len(index.pairs):
        return pairs
    beside = (rows[1:] == rows[:-1]) & (words[1:] >= 0) & (words[:-1] >= 0) & ~apart[1:]
    keys = words[:-1] * len(index.words) + words[1:]
    places = np.minimum(np.searchsorted(index.pairs, keys), len(index.pairs) - 1)
    met = beside & (index.pairs[places] == keys)
    pairs[1:][met] = len(index.words) + places[met]
    return pairs


def _grams(stems: Sequence[str], rows: Ints, index: LinkIndex) -> tuple[Ints, Ints]:
    different: dict[str, list[int]] = {}
    for stem in stems:
        if stem not in different:
            different[stem] = [number for gram in grams_of(stem) if (number := index.grams.get(gram)) is not None]
    lists = [different[stem] for stem in stems]
    lengths = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
    flat = [number for one in lists for number in one]
    return np.repeat(rows, lengths), np.array(flat, dtype=np.int64)
