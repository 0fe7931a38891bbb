"""What is handed back: mentions with their evidence, and spans on the `Doc`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .layout import Layout, Section
from .model import RankedSkill, SkillMention
from .page import Page
from .reading import Reading
from .sense import Decision

if TYPE_CHECKING:
    from spacy.tokens import Doc

# A skill that shares the form but was not chosen, as a share of the chosen one's confidence.
_RIVAL = 0.5
_LOST = 0.25


def make_mention(page: Page, decision: Decision, section: Section, reading: Reading, confidence: float) -> SkillMention:
    """The mention of a decision. All offsets in its evidence are places of the text as sent."""
    folded = page.folded
    start, end = folded.start(decision.start), folded.end(decision.end)
    form = decision.sense.form
    evidence: dict[str, Any] = {
        "form": form.text,
        "labelType": form.label_type,
        "lang": form.lang,
        "rule": decision.rule,
        "ruleDetail": decision.detail,
        "section": None
        if section.heading is None
        else {"kind": str(section.kind), "heading": section.heading, "start": section.start, "end": section.end},
        "cues": [_cue(page, kind, cue_start, cue_end) for kind, cue_start, cue_end in reading.cues],
        "company": reading.company,
    }
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
