"""The best window of a sentence for a form, against trying every stretch."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from skillatlas.ingest.extraction import Form
from skillatlas.ingest.extraction.linking import Word, load_rules
from skillatlas.ingest.extraction.linking.index import LinkIndex, build_index
from skillatlas.ingest.extraction.linking.text import TextArrays, arrays_of
from skillatlas.ingest.extraction.linking.windows import LONGEST, best_windows

TEXTS = ("lead team", "team lead report", "write report", "sales report", "lead", "data team", "write sales data")
FORMS = [Form(text, "en", f"x:{number}", "PREFERRED") for number, text in enumerate(TEXTS)]
INDEX = build_index(FORMS, {}, load_rules())
WORDS = st.sampled_from(["lead", "team", "report", "writ", "sal", "sales", "data", "zebra", "write"])
SENTENCES = st.lists(st.lists(WORDS, max_size=14), min_size=1, max_size=3)


def best_by_trying(text: TextArrays, row: int, form: int, index: LinkIndex) -> float:
    table = index.form_rows.table
    weights = dict(zip(table[form].indices.tolist(), table[form].data.tolist(), strict=True))
    idf = index.by_form.idf
    first, last = int(text.firsts[row]), int(text.firsts[row + 1])
    best = 0.0
    for begin in range(first, last):
        for end in range(begin, min(last, begin + LONGEST)):
            inside = [int(word) for word in text.words[begin : end + 1]]
            inside += [int(pair) for pair in text.pairs[begin + 1 : end + 1] if pair >= 0]
            met = [one for one in inside if one in weights]
            if len(set(met)) < len(met):  # a word said twice does not count twice
                continue
            squared = sum(40.0 if one < 0 else float(idf[one]) ** 2 for one in inside)
            dot = sum(float(idf[one]) * weights.get(one, 0.0) for one in inside if one >= 0)
            best = max(best, dot / math.sqrt(squared))
    return min(1.0, best)


@settings(max_examples=60, deadline=None)
@given(SENTENCES)
def test_no_stretch_is_better(sentences: list[list[str]]) -> None:
    text = arrays_of([[Word(stem, 0, 1) for stem in one] for one in sentences], INDEX)
    rows = np.repeat(np.arange(len(sentences)), len(INDEX.forms))
    forms = np.tile(np.arange(len(INDEX.forms)), len(sentences))
    found = best_windows(text, rows, forms, np.ones(len(rows), dtype=np.float32), INDEX)
    likeness = {
        (row, form): value
        for row, form, value in zip(found.rows.tolist(), found.forms.tolist(), found.likeness.tolist(), strict=True)
    }
    for row, form in zip(rows.tolist(), forms.tolist(), strict=True):
        assert math.isclose(likeness.get((row, form), 0.0), best_by_trying(text, row, form, INDEX), abs_tol=2e-6)
    for row, first, last in zip(found.rows, found.firsts, found.lasts, strict=True):
        assert text.firsts[row] <= first <= last < text.firsts[row + 1]


def test_the_shortest_and_first_of_equals() -> None:
    text = arrays_of([[Word(stem, 0, 1) for stem in ("zebra", "lead", "team", "lead", "team")]], INDEX)
    form = next(number for number, one in enumerate(INDEX.forms) if one.text == "lead team")
    found = best_windows(text, np.array([0]), np.array([form]), np.ones(1, dtype=np.float32), INDEX)
    assert (found.firsts.tolist(), found.lasts.tolist(), found.likeness.tolist()) == ([1], [2], [1.0])
