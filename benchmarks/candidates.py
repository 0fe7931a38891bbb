"""Candidates on adverts: how many of the first are phrases that people marked, beside the order by raw counts.

A phrase is right where in at least half of the adverts that have it its first place overlaps what people marked as
knowledge. The weights were fitted on the train adverts; these are the dev adverts.
"""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from benchmarks.processes import DATA
from benchmarks.shipped import shipped_graph
from benchmarks.table import Row, print_rows, row
from skillatlas.ingest import (
    CandidateExample,
    Extractor,
    Vocabulary,
    build_extractor,
    gather_candidates,
)
from skillatlas.ingest.candidates import Features
from skillatlas.ingest.documents import extraction_json
from skillatlas.taxonomy import Reading, canonical_json

DEV = DATA / "job_ads" / "skillspan_dev.jsonl.gz"
MANY = 10_000  # documents that the gathering is timed on


@dataclass(frozen=True, slots=True)
class Advert:
    """A whole advert and the ranges of it that people marked as knowledge."""

    id: str
    text: str
    marked: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A candidate, its place in our order, and whether people marked it."""

    key: str
    mentions: int
    score: float
    marked: bool
    features: Features


def adverts(path: Path) -> Iterator[Advert]:
    """The lines of one `idx` joined."""
    lines: dict[str, list[dict[str, list[str]]]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            found = json.loads(line)
            lines.setdefault(str(found["idx"]), []).append(found)
    for name, rows in lines.items():
        text = ""
        marked: list[tuple[int, int]] = []
        for one in rows:
            for token, tag in zip(one["tokens"], one["tags_knowledge"], strict=True):
                start = len(text)
                text += f"{token} "
                if tag == "I" and marked:
                    marked[-1] = (marked[-1][0], start + len(token))
                elif tag != "O":
                    marked.append((start, start + len(token)))
            text = text[:-1] + "\n"
        yield Advert(name, text, tuple(marked))


def shipped_extractor() -> tuple[Extractor, Vocabulary]:
    """The extractor and the vocabulary of the shipped ontology."""
    graph = shipped_graph()
    return build_extractor(graph, "atlas"), Vocabulary.of(graph, "atlas")


def readings_of(found: Sequence[Advert], extractor: Extractor) -> list[Reading]:
    """What was read in the adverts, as a store keeps it."""
    return [
        Reading("adverts", one.id, "JOB", "en", canonical_json(extraction_json(extractor.extract(one.text, lang="en"))))
        for one in found
    ]


def phrases_of(path: Path, extractor: Extractor, vocabulary: Vocabulary) -> list[Phrase]:
    """All candidates of the adverts of a file, best first."""
    found = list(adverts(path))
    readings = readings_of(found, extractor)
    marks = {one.id: one.marked for one in found}
    report = gather_candidates(readings, vocabulary, examples=len(found))
    return [
        Phrase(
            one.key,
            one.mentions,
            one.score,
            2 * sum(_overlaps(place, marks[place.document]) for place in one.examples) >= len(one.examples),
            one.features,
        )
        for one in report.candidates
    ]


def _overlaps(place: CandidateExample, marked: Sequence[tuple[int, int]]) -> bool:
    return any(start < place.end and place.start < end for start, end in marked)


def share_marked(phrases: Sequence[Phrase], first: int) -> float:
    """Of the first phrases, how many people marked; 0 to 1."""
    chosen = phrases[:first]
    return sum(one.marked for one in chosen) / len(chosen)


def run() -> list[Row]:
    """All figures."""
    extractor, vocabulary = shipped_extractor()
    phrases = phrases_of(DEV, extractor, vocabulary)
    raw = sorted(phrases, key=lambda one: (-one.mentions, one.key))
    every = share_marked(phrases, len(phrases))
    rows = []
    for first in (50, 100):
        ours, counts = share_marked(phrases, first), share_marked(raw, first)
        rows.append(
            row(
                f"marked by people, of the first {first} of {len(phrases)} candidates ({every:.0%} of all are)",
                100 * ours,
                "%",
                baseline=f"by raw counts {counts:.0%}",
                ratio=ours / counts,
                goal="most, and more than by counts" if first == 50 else "more than by counts",
                met=ours > max(counts, 0.5 if first == 50 else 0.0),
            )
        )
    readings = readings_of(list(adverts(DEV)), extractor)
    many = [readings[number % len(readings)] for number in range(MANY)]
    begin = process_time()
    gather_candidates(many, vocabulary)
    rows.append(row(f"candidates of {MANY} read adverts", process_time() - begin, "s"))
    return rows


if __name__ == "__main__":
    print_rows("candidates", run())
