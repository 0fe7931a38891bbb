"""What a release does to stored records, for people line by line and as JSON for programs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from skillatlas.taxonomy import Graph, ResolutionStatus

from ..impact import FACT_WORDS, JudgedId, Judgement, Outcome, judgement_json
from .output import print_lines, print_table

_SHOWN = 3  # ids of a fact, and places of an id, for people; JSON has all

_WORDS = {
    Outcome.FAULTY: "faulty",
    Outcome.CHOOSE: "a person has to choose",
    Outcome.ASK_AGAIN: "ask again",
    Outcome.AUTOMATIC: "automatic",
    Outcome.NAMES: "other names only",
    Outcome.UNAFFECTED: "as it was",
}


def print_judgements(graph: Graph, found: Sequence[Judgement], shown: Sequence[Judgement], lang: str) -> None:
    """The sums, then each record with a line for each id and each fact."""
    counts = Counter(one.outcome for one in found)
    print_table(
        f"{len(found)} records at release {graph.release.number}",
        ("outcome", "records"),
        ((_WORDS[outcome], counts[outcome]) for outcome in Outcome if counts[outcome]),
    )
    for judgement in shown:
        print_lines(_lines(graph, judgement, lang))


def _lines(graph: Graph, judgement: Judgement, lang: str) -> Iterator[str]:
    record = judgement.record
    place = " ".join(filter(None, (record.file, record.place)))
    kind = record.kind.lower().replace("_", " ")
    yield f"{place} ({kind}, release {judgement.start}): {_WORDS[judgement.outcome]}"
    updated = [one for one in judgement.ids if one.resolution.status is ResolutionStatus.UPDATED]
    folded = updated if len(updated) > _SHOWN else []
    for one in judgement.ids:
        if one in folded:
            continue
        where = f" ({_some(one.at)})" if any(one.at) else ""
        yield f"  {one.resolution.id}{where}: {one.resolution.status}, {_what(graph, one, lang)}"
    if folded:
        yield f"  UPDATED: {_some([one.resolution.id for one in folded])}"
    for fact in judgement.facts:
        yield f"  {fact.kind}: {FACT_WORDS[fact.kind]}: {_some(fact.ids)}"
    if judgement.fault is not None:
        yield f"  {judgement.fault}"


def _some(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return ", ".join(texts[:_SHOWN]) + more


def _what(graph: Graph, one: JudgedId, lang: str) -> str:
    resolution = one.resolution
    others = [graph.label(candidate, lang) for candidate in resolution.candidates if candidate.id != resolution.id]
    return resolution.detail + (f": {' or '.join(others)}" if others else "")


def as_json(graph: Graph, found: Sequence[Judgement], shown: Sequence[Judgement], lang: str) -> dict[str, Any]:
    """The whole for programs."""
    counts = Counter(one.outcome for one in found)
    return {
        "toRelease": graph.release.number,
        "records": len(found),
        "outcomes": {str(outcome): counts[outcome] for outcome in Outcome},
        "affected": [{"file": one.record.file, **judgement_json(graph, one, lang)} for one in shown],
    }
