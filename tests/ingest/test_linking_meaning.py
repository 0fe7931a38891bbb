"""Mentions of skills that are stated in other words than any form's."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillatlas.ingest.extraction import DocumentKind, Extractor, Form, LinkPolicy, SectionKind, SkillMention


def _forms() -> list[Form]:
    rows = {
        "leadership": ("leadership", "leading a team"),
        "bookkeeping": ("bookkeeping", "keeping the books"),
        "training": ("staff training", "training new employees"),
        "stock": ("stock control", "checking stock levels"),
        "rust": ("Rust",),
        "software": ("software engineering",),
        "budget": ("budget management", "managing budgets"),
        "记账": ("记账与报税", "负责日常记账工作"),
    }
    return [
        Form(
            text,
            "en" if text.isascii() else "zh",
            f"x:{skill}",
            "ALTERNATIVE" if number else "PREFERRED",
            match_case=True if text == "Rust" else None,
            needs_context=text == "Rust",
        )
        for skill, texts in rows.items()
        for number, text in enumerate(texts)
    ]


EXTRACTOR = Extractor.build(scheme="x", forms=_forms(), definitions={"x:stock": "keeping enough goods in the store"})


def near(
    text: str, policy: LinkPolicy = LinkPolicy.SENSITIVE, kind: DocumentKind = DocumentKind.CV
) -> list[SkillMention]:
    return [one for one in EXTRACTOR.extract(text, policy=policy, kind=kind).mentions if one.evidence["rule"] == "near"]


@pytest.mark.parametrize(
    ("text", "words", "skill"),
    [
        ("You led a team of five engineers.", "led a team", "leadership"),
        ("She kept the books of a small shop.", "kept the books", "bookkeeping"),
        ("Managed budgets of two departments", "Managed budgets", "budget"),
        ("Trained the new employees of three shops", "Trained the new employees", "training"),
    ],
)
def test_paraphrases_at_their_places(text: str, words: str, skill: str) -> None:
    (mention,) = near(text, LinkPolicy.BALANCED)
    assert (mention.text, mention.skill_id) == (words, f"x:{skill}")
    assert text[mention.start : mention.end] == words


def test_evidence_names_form_lanes_and_scores() -> None:
    (mention,) = near("You led a team of five engineers.")
    evidence = mention.evidence
    assert (evidence["form"], evidence["labelType"], evidence["lang"]) == ("leading a team", "ALTERNATIVE", "en")
    scores = evidence["scores"]
    assert set(scores["lanes"]) == {"word", "window", "meaning", "label", "learned"}
    assert evidence["ruleDetail"] in scores["lanes"]
    assert scores["likeness"] == scores["covered"] == 1.0
    assert scores["curve"] == "said"


@pytest.mark.parametrize(
    "text",
    [
        "Check every van for rust before it leaves the yard.",  # a form that the exact path refuses
        "Software Engineer",  # a title
        "team team team",
        "a plus",
        "",
    ],
)
def test_nothing_is_near(text: str) -> None:
    assert near(text, LinkPolicy.BALANCED) == []


def test_what_the_employer_offers_and_headings_are_not_linked() -> None:
    text = "We offer:\nYou led a team and managed the budget.\nRequirements:\nYou led a team."
    found = near(text, kind=DocumentKind.JOB)
    assert {one.section for one in found} == {SectionKind.REQUIREMENTS}
    assert all(text[: one.start].count("\n") == 3 for one in found)


def test_what_is_met_exactly_is_not_named_again() -> None:
    found = EXTRACTOR.extract("leading a team, and led a team", policy=LinkPolicy.SENSITIVE).mentions
    assert [(one.skill_id, one.evidence["rule"]) for one in found] == [("x:leadership", "form")]


def test_requirement_and_years_are_read_around_it() -> None:
    (mention,) = near("5 years managing the budgets of a department is a plus", kind=DocumentKind.JOB)
    assert mention.min_years == 5
    assert mention.requirement == "PREFERRED"


def test_switched_off_nothing_is_near() -> None:
    from skillatlas.ingest.extraction import ExtractionSettings

    exact = Extractor.build(scheme="x", forms=_forms(), settings=ExtractionSettings(by_meaning=False))
    assert exact.extract("You led a team of five engineers.", policy=LinkPolicy.SENSITIVE).mentions == ()
    assert exact.version != EXTRACTOR.version


PIECES = st.sampled_from(
    [
        *[
            "led a team",
            "kept the books",
            "stock levels",
            "check",
            "budget",
            "leadership",
            "new employees",
            "负责",
            "记账",
        ],
        *["\n", ", ", ". ", " ", "。", "We offer:\n", "Requirements:\n", "- ", "\ud800", "ﬁ", "\u3000", "a plus"],
    ]
)


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=20).map("".join), st.sampled_from(list(DocumentKind)))
def test_places_order_and_policies(text: str, kind: DocumentKind) -> None:
    found = {policy: EXTRACTOR.extract(text, kind=kind, policy=policy).mentions for policy in LinkPolicy}
    every = found[LinkPolicy.SENSITIVE]
    for one in every:
        assert text[one.start : one.end] == one.text != ""
        assert one.confidence == round(one.confidence, 6)
    assert [(one.start, one.end) for one in every] == sorted((one.start, one.end) for one in every)
    for skill in {one.skill_id for one in every}:
        places = [(one.start, one.end) for one in every if one.skill_id == skill]
        assert all(first[1] <= second[0] for first, second in pairwise(places))
    keys = {policy: {(one.start, one.end, one.skill_id) for one in found[policy]} for policy in LinkPolicy}
    assert keys[LinkPolicy.PRECISE] <= keys[LinkPolicy.BALANCED] <= keys[LinkPolicy.SENSITIVE]
