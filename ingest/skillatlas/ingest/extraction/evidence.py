"""What is handed back: mentions with their evidence, and spans on the `Doc`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .layout import Layout, Section
from .meaning import Meant
from .model import RankedSkill, SkillMention
from .page import Page
from .reading import Reading
from .sense import Decision

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .linking import Near

# A skill that shares the form but was not chosen, as a share of the chosen one's confidence.
_RIVAL = 0.5
_LOST = 0.25


def make_mention(
    page: Page,
    decision: Decision,
    section: Section,
    reading: Reading,
    confidence: float,
    near: "Near | None" = None,
) -> SkillMention:
    """The mention of a decision. All offsets in its evidence are places of the text as sent.

    `near`: what meaning says of it, where that was asked.
    """
    folded = page.folded
    start, end = folded.start(decision.start), folded.end(decision.end)
    form = decision.sense.form
    evidence: dict[str, Any] = {
        "form": form.text,
        "labelType": form.label_type,
        "lang": form.lang,
        "rule": decision.rule,
        "ruleDetail": decision.detail,
        **_circumstances(page, section, reading),
    }
    if near is not None:
        evidence["scores"] = _scores(near)
    return SkillMention(
        text=page.text[start:end],
        start=start,
        end=end,
        skill_id=decision.sense.skill_id,
        confidence=confidence,
        section=section.kind,
        requirement=reading.requirement,
        level=reading.level,
        min_years=reading.min_years,
        alternatives=_alternatives(decision, confidence),
        evidence=evidence,
    )


def make_near_mention(page: Page, meant: Meant, section: Section, reading: Reading, confidence: float) -> SkillMention:
    """The mention of a skill that is stated in other words; its evidence names the nearest form and all scores."""
    start, end = page.folded.start(meant.start), page.folded.end(meant.end)
    near = meant.near
    form = near.form
    evidence: dict[str, Any] = {
        "form": form and form.text,
        "labelType": form and form.label_type,
        "lang": form and form.lang,
        "rule": "near",
        "ruleDetail": max(near.lanes, key=lambda lane: (near.lanes[lane], lane)),
        **_circumstances(page, section, reading),
        "scores": _scores(near),
    }
    return SkillMention(
        text=page.text[start:end],
        start=start,
        end=end,
        skill_id=near.skill_id,
        confidence=confidence,
        section=section.kind,
        requirement=reading.requirement,
        level=reading.level,
        min_years=reading.min_years,
        evidence=evidence,
    )


def _circumstances(page: Page, section: Section, reading: Reading) -> dict[str, Any]:
    return {
        "section": None
        if section.heading is None
        else {"kind": str(section.kind), "heading": section.heading, "start": section.start, "end": section.end},
        "cues": [_cue(page, kind, cue_start, cue_end) for kind, cue_start, cue_end in reading.cues],
        "company": reading.company,
    }


def _scores(near: "Near") -> dict[str, Any]:
    """Each lane's score, and what was made of them: all that the confidence depends on but section and form."""
    return {
        "lanes": dict(near.lanes),
        "score": near.score,
        "own": near.own,
        "learned": near.learned,
        "lead": near.lead,
        "asks": near.asks,
        "likeness": near.likeness,
        "covered": near.covered,
        "curve": near.sort,
    }


def _cue(page: Page, kind: str, start: int, end: int) -> dict[str, Any]:
    begin, stop = page.folded.start(start), page.folded.end(end)
    return {"kind": str(kind), "text": page.text[begin:stop], "start": begin, "end": stop}


def _alternatives(decision: Decision, confidence: float) -> tuple[RankedSkill, ...]:
    entry = decision.candidate.entry
    if len(decision.candidate.senses) == 1 and not entry.others and not decision.rivals:  # most have none
        return ()
    scores: dict[str, float] = {}
    for skill in entry.others:
        scores[skill] = round(confidence * _LOST, 6)
    for sense in decision.candidate.entry.senses:
        scores[sense.skill_id] = round(confidence * _LOST, 6)
    for skill in decision.rivals:
        scores[skill] = round(confidence * _RIVAL, 6)
    scores.pop(decision.sense.skill_id, None)
    ordered = sorted(scores.items(), key=lambda one: (-one[1], one[0]))
    return tuple(RankedSkill(skill, score) for skill, score in ordered)


def mark_skills(doc: "Doc", mentions: Sequence[SkillMention]) -> None:
    """Set `doc.spans["skills"]`."""
    spans = (
        doc.char_span(one.start, one.end, label=one.skill_id, kb_id=one.skill_id, alignment_mode="expand")
        for one in mentions
    )
    doc.spans["skills"] = [span for span in spans if span is not None]


def mark_sections(doc: "Doc", layout: Layout) -> None:
    """Set `doc.spans["sections"]`: one span for each run of lines of one section, its heading included."""
    spans = []
    first = 0
    count = len(layout.sections)
    for number in range(1, count + 1):
        if number == count or layout.sections[number] is not layout.sections[first]:
            start, end = layout.starts[first], layout.ends[number - 1]
            spans.append(doc.char_span(start, end, label=layout.sections[first].kind, alignment_mode="expand"))
            first = number
    doc.spans["sections"] = [span for span in spans if span is not None]
