"""Finding concepts by what they are called: whole texts (`search`) and typed prefixes (`suggest`).

Labels and questions are compared after NFKC, case folding and joining of white space. A label is scored by how it
meets the text (0 to 1, six decimals); within each class the score grows with the share of the label that the text
makes up. A hidden label is worth 0.8 of that, and, where a language is asked for, a label in another one 0.9.

    1.00         is the preferred label
    0.95         is an alternative or hidden label
    0.75 - 0.90  the label begins with the text
    0.55 - 0.70  every word of the text begins a word of the label (the last typed one) or is one
    0.46 - 0.54  a longer text of the concept, such as a task, has all of two or more words (search only)
    0.05 - 0.45  some words of the text are words of the label, weighted by how rare they are (search only)

A concept counts once, by its best label; concepts are ranked by score, then id. Deprecated ones are not found.
Chinese, Japanese and Korean have no spaces: their words are single characters and pairs of neighbours.
"""

import math
import threading
import weakref
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .graph import Graph
from .languages import lookup
from .model import Concept, ConceptKind, Label, LabelType
from .search_texts import TextIndex
from .search_words import asked_words, normalise, words

if TYPE_CHECKING:  # numpy takes 0.08 s to import: only who searches pays for it
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]
    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]

_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """The scores of each class of match; `*_span` is what the share of the label adds."""

    preferred: float = 1.0
    exact: float = 0.95
    prefix: float = 0.75
    # Of two labels that the text begins, the preferred one is more likely meant; above all_words + class_span still.
    alternative: float = 0.96
    all_words: float = 0.55
    in_text: float = 0.46
    some_words: float = 0.05
    class_span: float = 0.15
    some_span: float = 0.4
    text_span: float = 0.08
    hidden: float = 0.8
    other_language: float = 0.9
    # No label has as many words; longer texts are documents, which are for extraction.
    max_words: int = 64


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A concept, the label that the text met, and the score, 0 to 1.

    `text`: where no label met it as well, the longer text that did, such as a task; `label` is then the preferred one.
    """

    concept: Concept
    label: Label
    score: float
    text: str | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page of hits: the first of them is the one at `start` of `total` concepts found."""

    hits: tuple[SearchHit, ...]
    total: int
    start: int = 0


class SearchIndex:
    """The labels of the active concepts of one graph, sorted, with an inverted index of their words.

    Made in 1 to 3 s for ESCO on a busy machine (148,000 labels, 64 MB); immutable afterwards, safe for many threads.
    """

    def __init__(self, graph: Graph, settings: SearchSettings | None = None) -> None:
        import numpy as np

        self._np = np
        self._settings = settings or SearchSettings()
        # Concepts, not the graph: an index that held its graph would keep it from being forgotten.
        self._ids = sorted(concept.id for concept in graph.concepts.values() if concept.active)
        self._concepts = [graph.concepts[one] for one in self._ids]
        self._number = {concept_id: at for at, concept_id in enumerate(self._ids)}
        rows = [
            (normalise(label.value), at, label) for at, concept in enumerate(self._concepts) for label in concept.labels
        ]
        # Of equal labels the smaller id, then the preferred before the alternative and the hidden one, comes first.
        rows.sort(key=lambda row: (row[0], row[1], -_RANK[row[2].type], row[2].lang, row[2].value))
        self._texts = [row[0] for row in rows]
        self._labels = [row[2] for row in rows]
        self._concept_of = np.fromiter((row[1] for row in rows), np.int32, len(rows))
        self._lengths = np.fromiter((max(len(row[0]), 1) for row in rows), np.float64, len(rows))
        self._ranks = np.fromiter((_RANK[row[2].type] for row in rows), np.int8, len(rows))
        self._langs = sorted({row[2].lang for row in rows})
        lang_number = {lang: at for at, lang in enumerate(self._langs)}
        self._lang_of = np.fromiter((lang_number[row[2].lang] for row in rows), np.int32, len(rows))
        self._kinds = np.array([_KIND[concept.kind] for concept in self._concepts], np.int8)
        self._schemes = sorted(graph.schemes)
        scheme_number = {key: at for at, key in enumerate(self._schemes)}
        self._scheme_of = np.array([scheme_number.get(concept.scheme, -1) for concept in self._concepts], np.int32)
        # The first preferred label of each concept: assigned backwards, the first row is the last to be kept.
        preferred = np.flatnonzero(self._ranks == _RANK[LabelType.PREFERRED])[::-1]
        self._own_rows = np.zeros(len(self._ids), np.int32)
        self._own_rows[self._concept_of[preferred]] = preferred
        self._longer: TextIndex | None = None
        self._lock = threading.Lock()
        self._index_words()

    def _index_words(self) -> None:
        np = self._np
        postings: dict[str, list[int]] = {}
        counts = np.ones(len(self._texts), np.float64)
        for at, text in enumerate(self._texts):
            found = set(words(text))
            counts[at] = max(len(found), 1)
            for word in found:
                postings.setdefault(word, []).append(at)
        self._word_counts = counts
        self._words = sorted(postings)
        sizes = np.fromiter((len(postings[word]) for word in self._words), np.int64, len(self._words))
        self._offsets = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
        self._postings = np.fromiter(
            (at for word in self._words for at in postings[word]), np.int32, int(self._offsets[-1])
        )

    def search(
        self,
        text: str,
        *,
        kinds: Iterable[ConceptKind] | None = None,
        scheme: str | None = None,
        within: Collection[str] | None = None,
        lang: str | None = None,
        after: tuple[float, str] | None = None,
        first: int = 20,
    ) -> SearchResult:
        """Concepts called like `text`. `scheme` None: all; `after`: the score and id of the last hit before.

        `within`: only concepts of these ids (`graph.under(...)`). Texts without a word or label give nothing.
        """
        asked = normalise(text)
        if not asked:
            return SearchResult((), 0)
        classes = [self._exact(asked), self._prefix(asked), *self._by_words(asked, typed=False)]
        rows, scores, texts = self._by_texts(asked)
        found = self._rank([*classes, (rows, scores)], kinds, scheme, within, lang, after, first)
        told = dict(zip(rows.tolist(), scores.tolist(), strict=True))
        return replace(found, hits=tuple(self._with_text(hit, told, texts) for hit in found.hits)) if texts else found

    def suggest(
        self,
        prefix: str,
        *,
        kinds: Iterable[ConceptKind] | None = None,
        scheme: str | None = None,
        within: Collection[str] | None = None,
        lang: str | None = None,
        first: int = 10,
    ) -> tuple[SearchHit, ...]:
        """Concepts with a label that the typed `prefix` begins, or whose words its words begin; best first."""
        asked = normalise(prefix)
        if not asked:
            return ()
        begun = [self._exact(asked), self._prefix(asked)]
        hits = self._rank(begun, kinds, scheme, within, lang, None, first).hits
        settings = self._settings
        if len(hits) == first and (not hits or hits[-1].score > settings.all_words + settings.class_span):
            return hits  # no label that has the prefix further on could score as high
        classes = [*begun, *self._by_words(asked, typed=True)]
        return self._rank(classes, kinds, scheme, within, lang, None, first).hits

    # -- the classes of match: label numbers and scores --------------------------------------------------

    def _exact(self, asked: str) -> "tuple[Ints, Floats]":
        np, settings = self._np, self._settings
        low, high = bisect_left(self._texts, asked), bisect_left(self._texts, asked + "\0")
        rows = np.arange(low, high, dtype=np.int32)
        return rows, np.where(self._ranks[rows] == _RANK[LabelType.PREFERRED], settings.preferred, settings.exact)

    def _prefix(self, asked: str) -> "tuple[Ints, Floats]":
        np, settings = self._np, self._settings
        low, high = bisect_left(self._texts, asked), bisect_left(self._texts, asked + _LAST)
        rows = np.arange(low, high, dtype=np.int32)
        score = settings.prefix + settings.class_span * len(asked) / self._lengths[rows]
        return rows, np.where(self._ranks[rows] == _RANK[LabelType.PREFERRED], score, settings.alternative * score)

    def _by_words(self, asked: str, *, typed: bool) -> "Iterator[tuple[Ints, Floats]]":
        np, settings = self._np, self._settings
        typed_words = asked_words(asked, settings.max_words)
        if not typed_words:
            return
        rows_of = {word: self._word_rows(word) for word in typed_words}
        begun = np.zeros(len(self._texts), bool)
        begun[self._beginning_rows(typed_words[-1])] = True
        everything = self._all_rows([rows_of[word] for word in typed_words[:-1]], begun)
        share = np.minimum(1.0, len(asked) / self._lengths[everything])
        yield everything, settings.all_words + settings.class_span * share
        if typed or len(typed_words) == 1:
            return
        exact = list(rows_of.values())
        weights = [math.log(1 + len(self._texts) / (1 + len(rows))) for rows in exact]
        whole = math.fsum(weights)
        if not any(len(rows) for rows in exact):
            return
        score = np.zeros(len(self._texts), np.float64)
        met = np.zeros(len(self._texts), np.float64)
        for rows, weight in zip(exact, weights, strict=True):
            score[rows] += weight
            met[rows] += 1
        some = np.flatnonzero(met).astype(np.int32)
        # Half by what of the text is met, half by what of the label.
        found = 0.5 * score[some] / whole + 0.5 * met[some] / self._word_counts[some]
        yield some, settings.some_words + settings.some_span * np.minimum(1.0, found)

    def _by_texts(self, asked: str) -> "tuple[Ints, Floats, Mapping[int, str]]":
        """A row of each concept that a longer text of its own finds, with that text by row."""
        np, settings = self._np, self._settings
        sought = list(dict.fromkeys(asked_words(asked, settings.max_words)))
        found = self._text_index().find(sought) if len(sought) > 1 else {}
        rows = np.fromiter((self._own_row(number) for number in found), np.int32, len(found))
        shares = np.fromiter((match.share for match in found.values()), np.float64, len(found))
        texts = {int(row): match.text for row, match in zip(rows, found.values(), strict=True)}
        return rows, settings.in_text + settings.text_span * shares, texts

    def _own_row(self, number: int) -> int:
        """The row of a concept's preferred label, of several the first."""
        return int(self._own_rows[number])

    def _with_text(self, hit: SearchHit, told: Mapping[int, float], texts: Mapping[int, str]) -> SearchHit:
        """The hit with its text, where that gave the score and no label did."""
        row = self._own_row(self._number[hit.concept.id])
        score = told.get(row, 0.0)
        same = hit.score in (round(score, 6), round(score * self._settings.other_language, 6))
        return replace(hit, text=texts[row]) if row in texts and same and hit.label is self._labels[row] else hit

    def _text_index(self) -> TextIndex:
        """Made when first searched, so that neither opening nor `suggest` waits for it."""
        with self._lock:
            if self._longer is None:
                self._longer = TextIndex(self._concepts)
            return self._longer

    def _word_rows(self, word: str) -> "Ints":
        at = bisect_left(self._words, word)
        met = at < len(self._words) and self._words[at] == word
        return self._slice(at, at + 1 if met else at)

    def _beginning_rows(self, word: str) -> "Ints":
        """Labels with a word that begins so; the words are sorted, so that these stand together. With repetitions."""
        low, high = bisect_left(self._words, word), bisect_left(self._words, word + _LAST)
        return self._slice(low, high)

    def _slice(self, low: int, high: int) -> "Ints":
        """The labels of the words from number `low` to below `high`."""
        rows: Ints = self._postings[int(self._offsets[low]) : int(self._offsets[high])]
        return rows

    def _all_rows(self, exact: "Sequence[Ints]", begun: "Mask") -> "Ints":
        """Labels of `begun` that stand in every list of `exact`."""
        np = self._np
        rows: Ints = min(exact, key=len) if exact else np.flatnonzero(begun).astype(np.int32)
        rows = rows[begun[rows]]
        for other in exact:
            rows = rows[np.isin(rows, other, assume_unique=True)]
        return rows

    # -- ranking ----------------------------------------------------------------------------------------

    def _rank(
        self,
        classes: "Sequence[tuple[Ints, Floats]]",
        kinds: Iterable[ConceptKind] | None,
        scheme: str | None,
        within: Collection[str] | None,
        lang: str | None,
        after: tuple[float, str] | None,
        first: int,
    ) -> SearchResult:
        np, settings = self._np, self._settings
        rows = np.concatenate([found[0] for found in classes])
        scores = np.concatenate([found[1] for found in classes])
        kept = self._allowed(kinds, scheme, within)
        if kept is not None:
            chosen = kept[self._concept_of[rows]]
            rows, scores = rows[chosen], scores[chosen]
        if not len(rows):
            return SearchResult((), 0)
        scores = np.where(self._ranks[rows] == _RANK[LabelType.HIDDEN], scores * settings.hidden, scores)
        if lang is not None:
            tag = lookup(lang, self._langs)
            other = self._lang_of[rows] != (-1 if tag is None else self._langs.index(tag))
            scores = np.where(other, scores * settings.other_language, scores)
        scores = np.round(scores, 6)
        concepts = self._concept_of[rows]
        best = np.zeros(len(self._ids), np.float64)
        np.maximum.at(best, concepts, scores)
        found = np.flatnonzero(best)
        # Concept numbers follow the ids, so a stable sort by score breaks ties at the id.
        order = found[np.argsort(-best[found], kind="stable")]
        start = 0 if after is None else self._position(order, best, after)
        top = order[start : start + first]
        labels = self._best_labels(rows, scores, concepts, best, top)
        hits = tuple(SearchHit(self._concepts[at], labels[at], float(best[at])) for at in map(int, top))
        return SearchResult(hits, len(order), start)

    def _position(self, order: Any, best: Any, after: tuple[float, str]) -> int:
        """How many of the ranked concepts come before or at the key."""
        score, concept_id = after
        key = (-score, concept_id)
        low, high = 0, len(order)
        while low < high:
            middle = (low + high) // 2
            at = int(order[middle])
            if (-float(best[at]), self._ids[at]) <= key:
                low = middle + 1
            else:
                high = middle
        return low

    def _best_labels(self, rows: Any, scores: Any, concepts: Any, best: Any, top: Any) -> dict[int, Label]:
        """Of each top concept the label that gave its score; of several, the preferred, then by language and value."""
        np = self._np
        wanted = np.zeros(len(self._ids), bool)
        wanted[top] = True
        deciding = wanted[concepts] & (scores == best[concepts])
        labels: dict[int, Label] = {}
        for row, concept in zip(rows[deciding].tolist(), concepts[deciding].tolist(), strict=True):
            label, held = self._labels[row], labels.get(concept)
            if held is None or _label_order(label) < _label_order(held):
                labels[concept] = label
        return labels

    def _allowed(
        self, kinds: Iterable[ConceptKind] | None, scheme: str | None, within: Collection[str] | None
    ) -> "Mask | None":
        np = self._np
        kept: Any = None
        if kinds is not None:
            kept = np.isin(self._kinds, [_KIND[kind] for kind in kinds])
        if scheme is not None:
            number = self._schemes.index(scheme) if scheme in self._schemes else -2
            same = self._scheme_of == number
            kept = same if kept is None else kept & same
        if within is not None:
            below = np.zeros(len(self._ids), bool)
            numbers = [at for one in within if (at := self._number.get(one)) is not None]
            below[numbers] = True
            kept = below if kept is None else kept & below
        return kept  # type: ignore[no-any-return]


_RANK = {LabelType.PREFERRED: 2, LabelType.ALTERNATIVE: 1, LabelType.HIDDEN: 0}
_KIND = {kind: at for at, kind in enumerate(ConceptKind)}


def _label_order(label: Label) -> tuple[int, str, str]:
    return -_RANK[label.type], label.lang, label.value


class SearchIndexes:
    """One index a graph, made when first asked for, kept as long as the graph is. Safe for many threads."""

    def __init__(self, settings: SearchSettings | None = None) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._made: weakref.WeakKeyDictionary[Graph, SearchIndex] = weakref.WeakKeyDictionary()

    def get(self, graph: Graph) -> SearchIndex:
        """The index of a graph; those who ask while it is made wait for it."""
        held = self._made.get(graph)
        if held is None:
            with self._lock:
                held = self._made.get(graph)
                if held is None:
                    held = self._made[graph] = SearchIndex(graph, self._settings)
        return held
