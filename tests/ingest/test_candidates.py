"""Candidates: phrases of many readings put together, what is left out, and their order."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api_graphs import publish_entities, small_graph
from skillatlas.ingest import CandidateReport, Vocabulary, gather_candidates, group_key
from skillatlas.taxonomy import Override, Reading, Store, Verdict, canonical_json, load_graph

EMPTY = Vocabulary(frozenset(), frozenset())


def reading(
    name: str, *phrases: str, section: str = "OTHER", lang: str = "en", kind: str = "JOB", collection: str = "ads"
) -> Reading:
    rows = [
        {"text": text, "start": 10 * number, "end": 10 * number + len(text), "section": section}
        for number, text in enumerate(phrases)
    ]
    return Reading(collection, name, kind, lang, canonical_json({"unlinked": rows}))


def texts(report: CandidateReport) -> list[str]:
    return [one.text for one in report.candidates]


def said(form: str, verdict: Verdict, collection: str | None = None, document: str | None = None) -> Override:
    return Override("atlas", collection, document, form.lower(), form, verdict, None, 1)


def test_spellings_stand_together_with_their_counts_and_places() -> None:
    report = gather_candidates(
        [
            reading("1", "Data-lakes", "data lake", section="REQUIREMENTS"),
            reading("2", "data lake"),
            reading("3", "Kafka Streams"),
        ],
        EMPTY,
        examples=1,
    )
    assert report.documents == 3
    one = next(found for found in report.candidates if found.key == "data lake")
    assert (one.text, one.variants) == ("data lake", ("Data-lakes",))
    assert (one.documents, one.mentions, one.listed) == (2, 3, 2)
    assert [(place.collection, place.document, place.start, place.end) for place in one.examples] == [
        ("ads", "1", 0, 10)
    ]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Data lakes", "data-lake", True),
        ("ＫＡＦＫＡ", "Kafka", True),
        ("AWS", "AW", False),
        ("analysis", "analysi", False),
        ("business", "busines", False),
        ("数据湖", "数据", False),
    ],
)
def test_what_is_one_phrase(first: str, second: str, same: bool) -> None:
    assert (group_key(first) == group_key(second)) is same


def test_forms_and_what_was_decided_are_left_out(sqlite_store: Store) -> None:
    publish_entities(sqlite_store, small_graph(), "first")
    vocabulary = Vocabulary.of(load_graph(sqlite_store), "atlas")
    readings = [
        reading("1", "Python", "sqls", "Foo lakes", "Bar", "Baz", "Qux"),
        reading("2", "Foo lake", "Bar", "Baz", "Qux", collection="other"),
    ]
    decided = [
        said("foo-lake", Verdict.NEVER),
        said("Bar", Verdict.REJECTED, "ads"),
        said("Baz", Verdict.MEANS, "ads", "2"),
        said("Qux", Verdict.REJECTED, "other", "2"),
    ]
    report = gather_candidates(readings, vocabulary, decided)
    assert {one.text: one.documents for one in report.candidates} == {"sqls": 1, "Bar": 1, "Baz": 2, "Qux": 1}


def test_cvs_and_other_languages_only_where_asked_for() -> None:
    readings = [reading("1", "Foo", kind="CV"), reading("2", "Bar", lang="zh-Hant"), reading("3", "Baz")]
    assert sorted(texts(gather_candidates(readings, EMPTY))) == ["Bar", "Baz"]
    assert texts(gather_candidates(readings, EMPTY, lang="zh")) == ["Bar"]
    assert texts(gather_candidates(readings, EMPTY, lang="z")) == []
    assert sorted(texts(gather_candidates(readings, EMPTY, cvs=True))) == ["Bar", "Baz", "Foo"]


def test_names_lists_and_known_heads_come_first() -> None:
    vocabulary = Vocabulary(frozenset(), frozenset({"monitoring"}))
    readings = [
        reading("1", "Zabbix", "applications", "developing things", "weekly monitoring"),
        reading("2", "OpenTofu", section="REQUIREMENTS"),
    ]
    order = texts(gather_candidates(readings, vocabulary))
    assert order[0] == "OpenTofu"
    assert set(order[1:3]) == {"Zabbix", "weekly monitoring"}
    assert set(order[3:]) == {"applications", "developing things"}


WORDS = ("Kafka", "kafka", "Data lakes", "data lake", "数据湖", "REST", "doing")
PHRASES = st.lists(st.sampled_from(WORDS), max_size=6)


@given(st.lists(st.tuples(PHRASES, st.sampled_from(["OTHER", "REQUIREMENTS"])), max_size=6))
def test_counts_add_up_and_the_order_is_total(documents: Sequence[tuple[list[str], str]]) -> None:
    readings = [reading(str(number), *rows, section=section) for number, (rows, section) in enumerate(documents)]
    report = gather_candidates(readings, EMPTY)
    assert sum(one.mentions for one in report.candidates) == sum(len(rows) for rows, _ in documents)
    for one in report.candidates:
        assert 0 < one.score < 1
        assert 1 <= one.documents <= one.mentions >= one.listed
        assert len(one.examples) == min(3, one.documents)
    keys = [(-one.score, one.key) for one in report.candidates]
    assert keys == sorted(set(keys))
    assert {one.key for one in gather_candidates(reversed(readings), EMPTY).candidates} == {key for _, key in keys}
