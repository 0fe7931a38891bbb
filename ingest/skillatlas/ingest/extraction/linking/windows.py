"""The stretch of a sentence that is most like a form: from one of its words to another, as near as can be.

A window's likeness is the cosine of its words and pairs with the form's. Only forms of which enough stands in the
sentence are looked at, and only windows that begin and end with a word of the form: no other can be better.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .index import LinkIndex
from .text import TextArrays
from .vectors import Floats, Ints

LONGEST = 9  # words that count
_UNKNOWN = 40.0  # the square of the weight of a word that no form has


@dataclass(frozen=True, slots=True)
class Windows:
    """For row i: the sentence, the form, how like they are (0 to 1), how much of the form stands in the sentence,

    and the first and last word of the window, counted through the whole text.
    """

    rows: Ints
    forms: Ints
    likeness: Floats
    covered: Floats
    firsts: Ints
    lasts: Ints


def nearest_forms(dots: Any, norms: Floats, index: LinkIndex, least: float, most: int) -> tuple[Ints, Ints, Floats]:
    """Sentences and forms of which at least the share `least` stands there, the `most` best a sentence.

    `dots`: cosines of sentences x forms; `norms`: the lengths of the sentences.
    """
    rows = np.repeat(np.arange(dots.shape[0], dtype=np.int64), np.diff(dots.indptr))
    forms = dots.indices.astype(np.int64)
    covered = dots.data * norms[rows] / index.by_form.norms[forms]
    kept = covered >= least
    rows, forms, covered = rows[kept], forms[kept], covered[kept]
    order = np.lexsort((forms, -covered, rows))
    rows, forms, covered = rows[order], forms[order], covered[order]
    begins = np.searchsorted(rows, np.arange(dots.shape[0], dtype=np.int64))
    kept = np.arange(len(rows)) - begins[rows] < most
    return rows[kept], forms[kept], covered[kept]


def best_windows(text: TextArrays, rows: Ints, forms: Ints, covered: Floats, index: LinkIndex) -> Windows:
    """The best window of each sentence and form."""
    groups, places, single, paired, again = _hits(text, rows, forms, index)
    totals = np.concatenate(([0.0], np.cumsum(single + paired)))
    ones, twos = _text_sums(text, index)
    before = again.copy()
    found: list[tuple[Any, ...]] = []
    for step in range(min(LONGEST, len(groups))):
        first, last = slice(0, len(groups) - step), slice(step, len(groups))
        again[first] = np.maximum(again[first], before[last])
        near = (groups[first] == groups[last]) & (places[last] - places[first] < LONGEST)
        near &= again[first] < places[first]  # a word said twice does not count twice
        begin, end = places[first][near], places[last][near]
        number = np.flatnonzero(near)
        dot = totals[number + step + 1] - totals[number] - paired[number]
        squared = ones[end + 1] - ones[begin] + twos[end + 1] - twos[begin + 1]
        found.append((groups[number], np.minimum(1.0, np.round(dot / np.sqrt(squared), 6)), begin, end))
    if not found:
        empty = np.zeros(0, dtype=np.int64)
        return Windows(empty, empty, np.zeros(0, np.float32), np.zeros(0, np.float32), empty, empty)
    group, likeness, begin, end = (np.concatenate(part) for part in zip(*found, strict=True))
    # The most like, of equals the shortest, then the first.
    order = np.lexsort((begin, end - begin, -likeness, group))
    ordered = group[order]
    chosen = order[np.concatenate(([True], ordered[1:] != ordered[:-1]))]
    group = group[chosen]
    return Windows(
        rows[group],
        forms[group],
        likeness[chosen].astype(np.float32),
        covered[group],
        begin[chosen],
        end[chosen],
    )


def _hits(text: TextArrays, rows: Ints, forms: Ints, index: LinkIndex) -> tuple[Ints, Ints, Any, Any, Ints]:
    """By group (number of a row and form) and place: what the word there adds, what it adds with the one before,

    and where the same word stood last.
    """
    table = index.form_rows.table
    owners, at = _ranges(table.indptr[forms], table.indptr[forms + 1])
    features = table.indices[at].astype(np.int64)
    worth = table.data[at].astype(np.float64) * index.by_form.idf[features]
    size = len(index.by_form.idf)
    stand_rows = np.concatenate((text.rows, text.rows))
    stand = np.concatenate((text.words, text.pairs))
    where = np.tile(np.arange(len(text.words), dtype=np.int64), 2)
    known = stand >= 0
    keys, where = stand_rows[known] * size + stand[known], where[known]
    order = np.lexsort((where, keys))
    keys, where = keys[order], where[order]
    wanted = rows[owners] * size + features
    low, high = np.searchsorted(keys, wanted, "left"), np.searchsorted(keys, wanted, "right")
    hit, at = _ranges(low, high)
    place = where[at]
    single = np.where(features[hit] < len(index.words), worth[hit], 0.0)
    paired = worth[hit] - single
    both, inverse = np.unique(owners[hit] * max(1, len(text.words)) + place, return_inverse=True)
    count = len(both)
    groups, places = both // max(1, len(text.words)), both % max(1, len(text.words))
    return (
        groups,
        places,
        np.bincount(inverse, weights=single, minlength=count),
        np.bincount(inverse, weights=paired, minlength=count),
        _last_seen(groups, text.words[places], places),
    )


def _last_seen(groups: Ints, words: Ints, places: Ints) -> Ints:
    """For each hit the place of the one before it in its group with the same word; -1 if there is none."""
    order = np.lexsort((places, words, groups))
    same = (groups[order][1:] == groups[order][:-1]) & (words[order][1:] == words[order][:-1])
    seen = np.full(len(groups), -1, dtype=np.int64)
    seen[order[1:][same]] = places[order[:-1][same]]
    return seen


def _ranges(begins: Any, ends: Any) -> tuple[Ints, Ints]:
    """All numbers from each begin to its end, and of which range each is."""
    begins, lengths = begins.astype(np.int64), (ends - begins).astype(np.int64)
    owners = np.repeat(np.arange(len(begins), dtype=np.int64), lengths)
    before = np.cumsum(lengths) - lengths
    return owners, begins[owners] + np.arange(len(owners)) - before[owners]


def _text_sums(text: TextArrays, index: LinkIndex) -> tuple[Any, Any]:
    """Running sums of the squares of the weights of words and of pairs."""
    idf = np.append(index.by_form.idf.astype(np.float64) ** 2, _UNKNOWN)  # -1 finds the last
    words = idf[text.words]
    pairs = np.where(text.pairs >= 0, idf[text.pairs], 0.0)
    return np.concatenate(([0.0], np.cumsum(words))), np.concatenate(([0.0], np.cumsum(pairs)))
