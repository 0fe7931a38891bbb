"""Annotated sentences of the shared data, for linking: skills of ESCO 1.1.0 by sentence, and lines of adverts."""

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.learn_linking import labels

SETS = ("tech", "house")
_UNLINKED = frozenset({"LABEL NOT PRESENT", "UNDERSPECIFIED"})


@dataclass(frozen=True, slots=True)
class Annotated:
    """A sentence and the ids of its skills; none where its skills are not in ESCO."""

    text: str
    skills: frozenset[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an advert: its text, and places of skill and knowledge spans."""

    advert: str
    text: str
    tokens: int
    skill: tuple[tuple[int, int], ...]
    knowledge: tuple[tuple[int, int], ...]

    @property
    def free(self) -> bool:
        """Whether it is long enough to say something, and names no skill."""
        return self.tokens >= 4 and not self.skill and not self.knowledge


@cache
def validation(data: Path, name: str) -> tuple[Annotated, ...]:
    """All different sentences of a validation file, in its order."""
    known = {label: f"esco:{end}" for label, end in labels(data).items()}
    found: dict[str, set[str]] = {}
    with (data / "linking" / f"{name}_validation_annotations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            skills = found.setdefault(row["sentence"], set())
            if row["label"] not in _UNLINKED:
                skills.add(known[row["label"].strip()])
    return tuple(Annotated(text, frozenset(skills)) for text, skills in found.items())


def lines(data: Path, split: str) -> Iterator[Line]:
    """The lines of SkillSpan's adverts, in order."""
    with gzip.open(data / "job_ads" / f"skillspan_{split}.jsonl.gz", "rt", encoding="utf-8") as file:
        for raw in file:
            row = json.loads(raw)
            yield Line(
                str(row["idx"]),
                " ".join(row["tokens"]),
                len(row["tokens"]),
                _spans(row["tokens"], row["tags_skill"]),
                _spans(row["tokens"], row["tags_knowledge"]),
            )


def _spans(tokens: list[str], tags: list[str]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    place = 0
    before = "O"
    for token, tag in zip(tokens, tags, strict=True):
        end = place + len(token)
        if tag == "I" and before != "O":
            found[-1] = (found[-1][0], end)
        elif tag != "O":
            found.append((place, end))
        before = tag
        place = end + 1
    return tuple(found)
