"""Baselines of linking: dictionaries of raw forms, and single lanes of TF-IDF."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ahocorasick
import numpy as np
from numpy.typing import NDArray

from skillatlas.ingest.extraction import Form

Names = Callable[[str], frozenset[str]]
Ranks = Callable[[str], Sequence[str]]
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_DEPTH = 10


def _by_form(forms: Sequence[Form]) -> dict[str, str]:
    """A lower-cased form and its skill; of several that whose preferred label it is, then the first id."""
    found: dict[str, str] = {}
    for form in sorted(forms, key=lambda one: (one.label_type != "PREFERRED", one.skill_id)):
        found.setdefault(form.text.lower(), form.skill_id)
    return found


def phrase_matcher(forms: Sequence[Form]) -> Names:
    """spaCy's, stock tokenizer, without regard to case; of overlapping matches the longest."""
    import spacy
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    skills = _by_form(forms)
    matcher.add("SKILL", [nlp.make_doc(text) for text in skills])

    def names(text: str) -> frozenset[str]:
        spans = filter_spans(matcher(nlp.make_doc(text), as_spans=True))
        return frozenset(skills[span.text.lower()] for span in spans if span.text.lower() in skills)

    return names


def aho_corasick(forms: Sequence[Form]) -> Names:
    """All raw forms between word boundaries, the longest first."""
    automaton = ahocorasick.Automaton()
    for text, skill in _by_form(forms).items():
        automaton.add_word(text, (len(text), skill))
    automaton.make_automaton()

    def names(text: str) -> frozenset[str]:
        lowered = text.lower()
        padded = f" {lowered} "
        spans = [
            (last - length + 1, last + 1, skill)
            for last, (length, skill) in automaton.iter(lowered)
            if not padded[last - length + 1].isalnum() and not padded[last + 2].isalnum()
        ]
        kept: set[str] = set()
        taken = np.zeros(len(lowered) + 1, dtype=bool)
        for start, end, skill in sorted(spans, key=lambda one: (one[0] - one[1], one[0])):
            if not taken[start:end].any():
                taken[start:end] = True
                kept.add(skill)
        return frozenset(kept)

    return names


_OPTIONS: dict[str, Any] = {"sublinear_tf": True, "dtype": np.float32}


def characters(forms: Sequence[Form]) -> Ranks:
    """TF-IDF of preferred labels by characters, 2 to 5, within words."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    labels = [form for form in forms if form.label_type == "PREFERRED"]
    return _lane(TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), **_OPTIONS), labels)


def words(forms: Sequence[Form]) -> Ranks:
    """TF-IDF of all forms by words, one and two; a skill scores as its best form."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return _lane(TfidfVectorizer(ngram_range=(1, 2), **_OPTIONS), forms)


def _lane(vectorizer: object, forms: Sequence[Form]) -> Ranks:
    skills = sorted({form.skill_id for form in forms})
    numbers = {skill: number for number, skill in enumerate(skills)}
    owners = np.array([numbers[form.skill_id] for form in forms])
    table = vectorizer.fit_transform([_BRACKETS.sub("", form.text).lower() for form in forms]).T.tocsr()  # type: ignore[attr-defined]

    def ranks(text: str) -> Sequence[str]:
        similar = (vectorizer.transform([text.lower()]) @ table).tocoo()  # type: ignore[attr-defined]
        best: NDArray[np.float64] = np.zeros(len(skills))
        np.maximum.at(best, owners[similar.col], similar.data)
        order = np.argsort(-best, kind="stable")[:_DEPTH]
        return [skills[place] for place in order]

    return ranks


def share_found(ranked: Sequence[str], gold: frozenset[str], depth: int = 5) -> float:
    """RP@k of one sentence: what of the gold stands among the first k, of what could."""
    return len(gold.intersection(ranked[:depth])) / min(depth, len(gold))


def difference(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of the mean difference, by 2,000 seeded draws of sentences."""
    apart = np.array(ours) - np.array(theirs)
    draws = np.random.default_rng(6).integers(0, len(apart), size=(2000, len(apart)))
    low, high = np.percentile(apart[draws].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def set_figures(found: Sequence[frozenset[str]], gold: Sequence[frozenset[str]]) -> Mapping[str, float]:
    """Precision, recall and F1 over all pairs of sentence and skill, in per cent."""
    right = sum(len(one & two) for one, two in zip(found, gold, strict=True))
    said, asked = sum(map(len, found)), sum(map(len, gold))
    return {
        "P": 100 * right / max(1, said),
        "R": 100 * right / max(1, asked),
        "F1": 200 * right / max(1, said + asked),
    }
