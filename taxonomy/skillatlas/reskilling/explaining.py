"""A gap in plain words, from its own figures."""

import math
from collections.abc import Mapping

from skillatlas.taxonomy import Graph

from .gap_model import GapStatus, NecessityShare, SkillGap, SkillGapEntry
from .phrases import phrases

SHOWN = 3
"""How many skills a sentence names: more is a table's job."""


def explain_gap(graph: Graph, gap: SkillGap, lang: str = "en") -> tuple[str, ...]:
    """The gap as sentences in English or Chinese; another language is answered in English."""
    say = phrases(lang)
    if gap.readiness is None or gap.readiness_strict is None:
        return (say["nothing"],)
    target = say["this target"] if gap.target_id is None else label_of(graph, gap.target_id, lang)
    lines = [
        say["readiness"].format(readiness=percent(gap.readiness), target=target, strict=percent(gap.readiness_strict)),
        say["range"].format(low=percent(gap.readiness_low or 0.0), high=percent(gap.readiness_high or 0.0)),
    ]
    if gap.essential.required:
        lines.append(say["essential"].format(counts=_counts(gap.essential, say)))
    if gap.optional.required:
        lines.append(say["optional"].format(counts=_counts(gap.optional, say)))
    lines.append(say["known"].format(share=percent(gap.known_share or 0.0)))
    gains = {entry.skill_id: entry.contribution for entry in gap.entries}
    # A skill's greatest possible contribution is its share of the weights.
    total = math.fsum(entry.weight for entry in gap.entries)
    losses = {entry.skill_id: entry.weight / total * (1.0 - entry.credit) for entry in gap.entries}
    for key, figures in (("from", gains), ("lacks", losses)):
        named = largest(graph, figures, lang, say)
        if named:
            lines.append(say[key].format(skills=named))
    lines += [_transfer(graph, entry, lang, say) for entry in gap.entries if entry.status is GapStatus.TRANSFERABLE]
    if gap.priorities:
        first = say["list"].join(label_of(graph, priority.skill_id, lang) for priority in gap.priorities[:SHOWN])
        known = any(priority.demand is not None for priority in gap.priorities)
        lines.append(say["priorities demand" if known else "priorities"].format(skills=first))
    return tuple(lines)


def label_of(graph: Graph, concept_id: str, lang: str) -> str:
    """The preferred label of a concept; its id where it is unknown."""
    concept = graph.find(concept_id)
    return concept_id if concept is None else graph.label(concept, lang)


def percent(share: float) -> str:
    """A share of 1 as a whole percentage; 0 and 100 only where it is exactly that."""
    value = round(100 * share)
    if share > 0.0 and value == 0:
        return "<1 %"
    if share < 1.0 and value == 100:
        return ">99 %"
    return f"{value} %"


def _counts(share: NecessityShare, say: Mapping[str, str]) -> str:
    return say["counts"].format(
        met=share.met,
        required=share.required,
        level_gap=share.level_gap,
        level_unknown=share.level_unknown,
        transferable=share.transferable,
        unknown=share.unknown,
        missing=share.missing,
    )


def largest(graph: Graph, figures: Mapping[str, float], lang: str, say: Mapping[str, str]) -> str:
    """The skills of the largest figures, each with its share of 1; empty where none is above 0."""
    ranked = sorted((-round(figure, 6), skill) for skill, figure in figures.items())
    return say["list"].join(
        say["item"].format(label=label_of(graph, skill, lang), share=percent(-negative))
        for negative, skill in ranked[:SHOWN]
        if negative < 0
    )


def _transfer(graph: Graph, entry: SkillGapEntry, lang: str, say: Mapping[str, str]) -> str:
    source = label_of(graph, entry.transferable_from or entry.skill_id, lang)
    return say["transfer"].format(
        label=label_of(graph, entry.skill_id, lang), credit=percent(entry.credit), source=source
    )
