"""Folding changes what is compared, and never where it stands."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillatlas.ingest.extraction.folding import fold, fold_form

TEXTS = st.text(
    st.one_of(st.characters(categories=None), st.sampled_from(" \t\r\n\u3000\xa0-–’ＡｚﬁİΣ…\u0301\u0308\ud800e"))
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ｊａｖａ　开发，Ｃ＋＋", "java 开发,c++"),
        ("front-end", "front end"),
        ("front - end", "front   end"),
        ("one\r\ntwo  three", "one two three"),
        ("one\n\ntwo", "one  two"),
        ("cafe\u0301 Cafés", "café cafés"),
        ("ﬁne … İ ™", "fine ... i̇ tm"),
        ("user’s", "user's"),
        ("\ud800A", "\ud800a"),
        ("熟悉電子病歷與準備", "熟悉电子病历与准备"),
        ("①Figma⑴Sketch", "*figma*sketch"),
    ],
)
def test_folds(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_places_across_pieces_of_other_length() -> None:
    text = "x…  ＪＡＶＡ\r\ncafe\u0301 Git"
    folded = fold(text)
    for wanted in ("java", "café", "git"):
        start = folded.text.index(wanted)
        found = text[folded.start(start) : folded.end(start + len(wanted))]
        assert fold(found).text == wanted
        assert folded.place(folded.start(start)) == start


@given(TEXTS)
def test_places_stay_in_the_text_and_in_order(text: str) -> None:
    folded = fold(text)
    starts = [folded.start(place) for place in range(len(folded.text))]
    ends = [folded.end(place + 1) for place in range(len(folded.text))]
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(starts, ends, strict=True))
    # No character of the source is lost between two neighbours.
    assert all(later <= end for end, later in zip(ends, starts[1:], strict=False))
    assert not text or (starts[0], ends[-1]) == (0, len(text))


@given(TEXTS)
def test_a_form_is_folded_once_and_for_all(text: str) -> None:
    once = fold_form(text)
    assert once == once.strip(" ")
    assert "  " not in once
    if unicodedata.normalize("NFKC", once) == once:
        assert fold_form(once) == once


@given(st.text("aZ9+#./&()' 一龥编"))
def test_plain_forms_fold_as_all_do(text: str) -> None:
    assert fold_form(f"{text}-") == fold_form(text), "a hyphen leads past the short way"
