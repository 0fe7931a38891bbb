"""What holds for every text: places, order, determinism, and that nothing falls over."""

import json
import random
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from extraction_forms import FORMS, own_extractor
from skillatlas.ingest.extraction import (
    DocumentKind,
    Extraction,
    Extractor,
    LinkPolicy,
    Requirement,
    SkillMention,
    UnlinkedMention,
)

PIECES = st.sampled_from(
    [
        *sorted({form.text for form in FORMS}),
        *[
            "no",
            "not",
            "a plus",
            "required",
            "is required",
            "3 years",
            "五年以上",
            "advanced",
            "熟悉",
            "优先",
            "不要求",
        ],
        *["熟悉", "优先", "不要求", "Requirements:", "任职要求：", "We offer"],
        *[
            "and",
            ", ",
            "/",
            "、",
            "，",
            "。",
            ". ",
            "; ",
            "\n",
            "\r\n",
            "\n\n",
            "- ",
            " ",
            "\t",
            "\xa0",
            "\u3000",
            "(",
            ")",
            "+",
            "#",
        ],
        *[
            "Ｊａｖａ",
            "ＳＱＬ",
            "cafe\u0301",
            "ﬁ",
            "İ",
            "ß",
            "\ud800",
            "\udfff",
            "😀",
            "𝐏",
            "\x00",
            "\u200b",
            "ς",
            "…",
            "™",
            "ा",
        ],
    ]
)
TEXTS = st.one_of(st.text(st.characters(categories=None), max_size=60), st.lists(PIECES, max_size=25).map("".join))
KINDS = st.sampled_from(list(DocumentKind))


def as_json(extraction: Extraction) -> str:
    return json.dumps(
        [
            extraction.lang,
            [
                [
                    m.text,
                    m.start,
                    m.end,
                    m.skill_id,
                    m.confidence,
                    m.section,
                    m.requirement,
                    m.level,
                    m.min_years,
                    dict(m.evidence),
                ]
                for m in extraction.mentions
            ],
            [[one.text, one.start, one.end, one.section] for one in extraction.unlinked],
        ]
    )


@settings(max_examples=300, deadline=None)
@given(TEXTS, KINDS)
def test_places_and_order(text: str, kind: DocumentKind) -> None:
    found = own_extractor().extract(text, kind=kind, policy=LinkPolicy.SENSITIVE)
    spans = [(one.start, one.end) for one in found.mentions]
    assert spans == sorted(spans)
    met = [(one.start, one.end) for one in found.mentions if one.evidence["rule"] != "near"]
    assert all(first[1] <= second[0] for first, second in pairwise(met))
    places = [(one.start, one.end) for one in found.unlinked]
    assert all(first[1] <= second[0] for first, second in pairwise(places))
    every: list[SkillMention | UnlinkedMention] = [*found.mentions, *found.unlinked]
    for one in every:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
    for mention in found.mentions:
        assert 0 < mention.confidence <= 1
        assert mention.confidence == round(mention.confidence, 6)
        assert mention.level is None or 1 <= mention.level <= 5
        for cue in mention.evidence["cues"]:
            assert text[cue["start"] : cue["end"]] == cue["text"]
        section = mention.evidence["section"]
        assert section is None or section["heading"] in text[section["start"] : section["end"]]


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_policies_are_points_on_one_curve(text: str) -> None:
    precise, balanced, sensitive = (
        {(one.start, one.skill_id) for one in own_extractor().extract(text, policy=policy).mentions}
        for policy in LinkPolicy
    )
    assert precise <= balanced <= sensitive


@settings(max_examples=60, deadline=None)
@given(TEXTS, KINDS)
def test_readings_fit_the_kind(text: str, kind: DocumentKind) -> None:
    allowed = {
        DocumentKind.CV: {Requirement.HELD, Requirement.NOT_HELD, Requirement.MENTIONED},
        DocumentKind.COURSE: set(Requirement) - {Requirement.HELD, Requirement.NOT_HELD},
    }.get(kind, set(Requirement) - {Requirement.HELD, Requirement.NOT_HELD, Requirement.TAUGHT})
    assert {one.requirement for one in own_extractor().extract(text, kind=kind).mentions} <= allowed


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_the_doc_has_the_same_places(text: str) -> None:
    doc = own_extractor().annotate(text)
    assert len(doc.text) == len(text)
    mentions = own_extractor().extract(text).mentions
    assert [span.label_ for span in doc.spans["skills"]] == [mention.skill_id for mention in mentions]
    for span, mention in zip(doc.spans["skills"], mentions, strict=True):
        assert span.start_char <= mention.start
        assert span.end_char >= mention.end


def test_the_order_of_forms_does_not_matter() -> None:
    shuffled = list(FORMS)
    random.Random(7).shuffle(shuffled)
    text = "3 years of Java, C++ and Go; Docker a plus. 熟悉Python、机器学习。"
    other = Extractor.build(scheme="atlas", forms=shuffled)
    assert as_json(other.extract(text)) == as_json(own_extractor().extract(text))
    assert other.rank(text) == own_extractor().rank(text)
    assert other.version == own_extractor().version


def test_threads_get_the_same_answers() -> None:
    texts = [f"{years} years of Java and advanced SQL, Docker a plus" for years in range(1, 40)] * 4
    alone = [as_json(own_extractor().extract(text)) for text in texts]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda text: as_json(own_extractor().extract(text)), texts))
    assert together == alone
