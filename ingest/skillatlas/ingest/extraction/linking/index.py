"""What the lanes compare a text with: forms by words, meanings by words, labels by the characters of their words.

Built from the forms and definitions of a scheme alone; the same for any order of them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from ..folding import fold_form
from ..model import Form
from .vectors import Ints, Postings, numbered, weigh
from .words import WordRules

_BRACKETS = re.compile(r"\s*\([^()]*\)")
GRAMS = range(3, 6)
# A gram of more than one label in thirty says little and costs most of the time; in small schemes none is so many.
_COMMON_SHARE = 1 / 30
_COMMON_LEAST = 50


@dataclass(frozen=True, slots=True)
class IndexedForm:
    """A form as the index has it: one row of the word lane."""

    skill_id: str
    text: str
    label_type: str
    lang: str


@dataclass(frozen=True)
class LinkIndex:
    """All tables, and the numbers of words, pairs of words, grams and skills in them."""

    skills: tuple[str, ...]
    forms: tuple[IndexedForm, ...]
    owners: Ints  # of forms: the number of the skill
    words: Mapping[str, int]
    pairs: Ints  # sorted: first word x words + second word
    grams: Mapping[str, int]
    named: Ints  # of labels: the number of the skill
    by_form: Postings  # words and pairs x forms
    by_meaning: Postings  # words x skills
    by_label: Postings  # grams x labels

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of a skill."""
        return {skill: number for number, skill in enumerate(self.skills)}

    @cached_property
    def form_rows(self) -> Postings:
        """The word lane by form: forms x words and pairs."""
        return Postings(self.by_form.idf, self.by_form.norms, self.by_form.table.T.tocsr())


def rows_of(forms: Iterable[Form]) -> tuple[IndexedForm, ...]:
    """The forms that are compared, each once a skill, in the order of the index."""
    found: dict[tuple[str, str], IndexedForm] = {}
    for form in sorted(
        forms, key=lambda one: (one.skill_id, one.label_type != "PREFERRED", one.label_type, one.lang, one.text)
    ):
        text = _BRACKETS.sub("", form.text).strip() or form.text
        found.setdefault((form.skill_id, fold_form(text)), IndexedForm(form.skill_id, text, form.label_type, form.lang))
    return tuple(found[key] for key in sorted(found))


def build_index(forms: Iterable[Form], definitions: Mapping[str, str], rules: WordRules) -> LinkIndex:
    """The index of a scheme; about ten seconds for ESCO's 100,000 forms."""
    rows = rows_of(forms)
    skills = tuple(sorted({row.skill_id for row in rows}))
    numbers = {skill: number for number, skill in enumerate(skills)}
    owners = np.array([numbers[row.skill_id] for row in rows], dtype=np.int64)
    read = [[word.stem for word in rules.read(fold_form(row.text))] for row in rows]
    meanings: list[list[str]] = [[] for _ in skills]
    for owner, stems in zip(owners.tolist(), read, strict=True):
        meanings[owner] += stems
    for skill in sorted(definitions.keys() & numbers.keys()):
        meanings[numbers[skill]] += [word.stem for word in rules.read(fold_form(definitions[skill]))]
    words = numbered(stem for stems in meanings for stem in stems)
    labels = [place for place, row in enumerate(rows) if row.label_type == "PREFERRED"]
    grams = numbered(gram for place in labels for stem in read[place] for gram in grams_of(stem))
    numbered_rows = [[words[stem] for stem in stems] for stems in read]
    pairs = np.unique(np.array([a * len(words) + b for row in numbered_rows for a, b in pairwise(row)], dtype=np.int64))
    return LinkIndex(
        skills=skills,
        forms=rows,
        owners=owners,
        words=words,
        pairs=pairs,
        grams=grams,
        named=owners[labels],
        by_form=weigh([_features(row, pairs, len(words)) for row in numbered_rows], len(words) + len(pairs)),
        by_meaning=weigh([[words[stem] for stem in stems] for stems in meanings], len(words)),
        by_label=_without_common(
            weigh(
                [sorted({grams[gram] for stem in read[place] for gram in grams_of(stem)}) for place in labels],
                len(grams),
            )
        ),
    )


def _without_common(postings: Postings) -> Postings:
    table = postings.table
    counts = np.diff(table.indptr)
    common = counts > max(_COMMON_LEAST, table.shape[1] * _COMMON_SHARE)
    table.data[np.repeat(common, counts)] = 0.0
    table.eliminate_zeros()
    return postings


def grams_of(stem: str) -> list[str]:
    """The pieces of three to five characters of a word with its edges; none of a single character's."""
    if len(stem) < 2:
        return []
    edged = f" {stem} "
    return [edged[at : at + size] for size in GRAMS for at in range(max(1, len(edged) - size + 1))]


def _features(row: Sequence[int], pairs: Ints, words: int) -> list[int]:
    """The words of a form and its pairs of words, each once."""
    keys = np.array([a * words + b for a, b in pairwise(row)], dtype=np.int64)
    return sorted({*row, *(words + np.searchsorted(pairs, keys)).tolist()})
