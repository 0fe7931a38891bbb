"""The suite of short texts with all that is to be read in them, and how an answer to one is scored.

`tests/ingest/cases/seen.jsonl` may be looked at; of `aside.jsonl` only results are counted, so that it says what a text
gets that nobody had in view.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from skillatlas.ingest import read_ontology, run_import, shipped_ontology
from skillatlas.ingest.extraction import DocumentKind, Extractor, Requirement, SkillMention, build_extractor
from skillatlas.taxonomy import Graph, load_graph, open_store, publish

FOLDER = Path(__file__).resolve().parents[1] / "ingest" / "cases"
HALVES = ("seen", "aside")


@dataclass(frozen=True, slots=True)
class Expected:
    """One skill that is to be read; any of `skills` will do. A level or years of None are not checked."""

    skills: frozenset[str]
    requirement: Requirement
    level: int | None
    years: float | None

    def met_by(self, mention: SkillMention) -> bool:
        """Whether a mention says all of it."""
        return (
            mention.skill_id in self.skills
            and mention.requirement is self.requirement
            and self.level in (None, mention.level)
            and self.years in (None, mention.min_years)
        )


@dataclass(frozen=True, slots=True)
class Case:
    """A text and all skills in it; those of `may` may be read or not, in any way."""

    name: str
    group: str
    lang: str
    kind: DocumentKind
    text: str
    expected: tuple[Expected, ...]
    may: frozenset[str]

    def named_right(self, found: Iterable[str]) -> bool:
        """Whether these are the skills, whatever is said of them."""
        skills = frozenset(found)
        known = self.may.union(*(one.skills for one in self.expected))
        return skills <= known and all(one.skills & skills for one in self.expected)

    def read_right(self, mentions: Sequence[SkillMention]) -> bool:
        """Whether these are the skills, each with its requirement, and with level and years where they are stated."""
        return self.named_right(mention.skill_id for mention in mentions) and (
            all(any(one.met_by(mention) for mention in mentions) for one in self.expected)
            and all(self._allowed(mention) for mention in mentions)
        )

    def _allowed(self, mention: SkillMention) -> bool:
        # A skill that is named again is not told its level again, but may not be said to be something else.
        return mention.skill_id in self.may or any(
            mention.skill_id in one.skills and mention.requirement is one.requirement for one in self.expected
        )


@dataclass(frozen=True, slots=True)
class Score:
    """How many cases there are, how many were read right as a whole, and in how many the skills were right."""

    cases: int
    read: int
    named: int


@cache
def cases(half: str) -> tuple[Case, ...]:
    """The cases of a half, in the order of the file."""
    lines = (FOLDER / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_case(f"{half}-{number}", line) for number, line in enumerate(lines, 1))


def _case(name: str, line: str) -> Case:
    told = json.loads(line)
    expected = tuple(
        Expected(
            skills=frozenset({one["skill"], *one.get("any", ())}),
            requirement=Requirement(one["requirement"]),
            level=one.get("level"),
            years=one.get("years"),
        )
        for one in told["expect"]
    )
    may = frozenset(told.get("may", ()))
    return Case(name, told["class"], told["lang"], DocumentKind(told["kind"]), told["text"], expected, may)


@cache
def shipped_graph() -> Graph:
    """The shipped ontology as a release in memory."""
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/cases.db")
        run_import(store, read_ontology(shipped_ontology()))
        publish(store)
        graph = load_graph(store)
        store.close()
        return graph


@cache
def shipped_extractor() -> Extractor:
    """Over the shipped ontology, as it is used: at `BALANCED`, with what is said in other words."""
    return build_extractor(shipped_graph(), "atlas")


def scores(chosen: Iterable[Case], read: Callable[[Case], Sequence[SkillMention]]) -> dict[tuple[str, str], Score]:
    """Scores by class and language, sorted."""
    sums: dict[tuple[str, str], list[int]] = {}
    for case in chosen:
        mentions = read(case)
        place = sums.setdefault((case.group, case.lang), [0, 0, 0])
        place[0] += 1
        place[1] += case.read_right(mentions)
        place[2] += case.named_right(mention.skill_id for mention in mentions)
    return {key: Score(*sums[key]) for key in sorted(sums)}


def together(parts: Iterable[Score]) -> Score:
    """The sum of scores."""
    parts = tuple(parts)
    return Score(sum(one.cases for one in parts), sum(one.read for one in parts), sum(one.named for one in parts))


def read_case(extractor: Extractor) -> Callable[[Case], Sequence[SkillMention]]:
    """What an extractor reads in a case, its language not told."""
    return lambda case: extractor.extract(case.text, kind=case.kind).mentions
