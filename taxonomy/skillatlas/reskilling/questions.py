"""Short questions to the person that narrow what is not known, whichever answer is given."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from skillatlas.taxonomy import Graph, PrerequisiteKind

from .assessment import Assessment, assess
from .gap_model import GapStatus
from .holdings import Held, Holdings, read_profile
from .identifying import Identifier, successor
from .profile import EvidenceItem, Profile
from .standing import Standing

LEVELS = (1, 2, 3, 4, 5)


class QuestionKind(StrEnum):
    """HELD: whether a skill is held, and at which level where one is required; LEVEL: at which level it is held."""

    HELD = "HELD"
    LEVEL = "LEVEL"


@dataclass(frozen=True, slots=True)
class GapAnswer:
    """One answer, and the range of readiness that it leaves; `level` None: at any level, or not held."""

    holds: bool
    level: int | None
    readiness_low: float
    readiness_high: float


@dataclass(frozen=True, slots=True)
class GapQuestion:
    """A question on one required skill.

    `narrows`: by how much readinessHigh - readinessLow shrinks at least, whichever of the answers is given; above 0.
    """

    skill_id: str
    kind: QuestionKind
    required_level: int | None
    narrows: float
    answers: tuple[GapAnswer, ...]


def gap_questions(standing: Standing, first: int = 10) -> tuple[GapQuestion, ...]:
    """The questions that narrow most, best first, ties to the smaller id; at most `first`.

    Asked is what is not known, or not surely: every answer's range is what `skill_gap` finds with that answer in the
    profile. A question that would widen the range under one of its answers is not asked.
    """
    found = _Asking(standing).questions()
    return tuple(sorted(found, key=lambda question: (-question.narrows, question.skill_id))[:first])


def with_answer(graph: Graph, profile: Profile, skill_id: str, *, holds: bool, level: int | None = None) -> Profile:
    """The profile with a person's answer on a skill in the place of what it named or denied of it before."""

    def other(given: str) -> bool:
        concept = graph.find(given)
        active = None if concept is None else successor(graph, concept)
        return active is None or active.id != skill_id

    named = tuple(item for item in profile.named if other(item.skill_id))
    not_held = frozenset(given for given in profile.not_held if other(given))
    if holds:
        return replace(profile, named=(*named, EvidenceItem(skill_id, level)), not_held=not_held)
    return replace(profile, named=named, not_held=not_held | {skill_id})


class _Asking:
    """All candidates over one standing; what an answer does not touch is reckoned once."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        # An answer may be the one entry that is too many.
        self._settings = replace(standing.settings, max_ids=standing.settings.max_ids + 1)
        self._items = [self._assess(standing.holdings, index) for index in range(len(standing.requirements.items))]
        self._places = {item.requirement.skill_id: index for index, item in enumerate(self._items)}
        self._total = math.fsum(item.requirement.weight for item in self._items)
        self._low = [item.requirement.weight * item.low for item in self._items]
        self._high = [item.requirement.weight * item.high for item in self._items]

    def questions(self) -> Iterator[GapQuestion]:
        """Every question that narrows."""
        if self._total <= 0.0:
            return
        low, high = self._range({})
        for index, item in enumerate(self._items):
            if item.requirement.weight * (item.high - item.low) <= 0.0 or not self._open(item):
                continue
            kind = QuestionKind.LEVEL if self._surely_held(item) else QuestionKind.HELD
            answers = tuple(self._answers(index, kind))
            narrows = round(high - low - max(answer.readiness_high - answer.readiness_low for answer in answers), 6)
            if narrows > 0.0:
                requirement = item.requirement
                yield GapQuestion(requirement.skill_id, kind, requirement.level, narrows, answers)

    def _open(self, item: Assessment) -> bool:
        """Whether a person's word can tell more: nothing is known, or not surely, or at a level not known."""
        if item.held is None:
            return not self._standing.holdings.surely_ruled_out(item.requirement.skill_id)
        return item.status is GapStatus.LEVEL_UNKNOWN or not self._surely_held(item)

    def _surely_held(self, item: Assessment) -> bool:
        return item.held is not None and item.held.confidence >= self._standing.settings.sure_confidence

    def _answers(self, index: int, kind: QuestionKind) -> Iterator[GapAnswer]:
        requirement = self._items[index].requirement
        levels: Sequence[int | None] = LEVELS if requirement.level is not None else (None,)
        if kind is QuestionKind.HELD:
            denied = self._holdings(requirement.skill_id, holds=False)
            yield self._answer(False, None, self._changed(denied))
        if self._mapped(requirement.skill_id):
            for level in levels:
                held = self._holdings(requirement.skill_id, holds=True, level=level)
                yield self._answer(True, level, self._changed(held))
            return
        # Elsewhere a level changes the skill itself only: what it implies and eases is the same at any.
        held = self._holdings(requirement.skill_id, holds=True)
        changed = self._changed(held)
        for level in levels:
            at_level = replace(held, held={**held.held, requirement.skill_id: Held(level, 1.0)})
            yield self._answer(True, level, {**changed, index: self._assess(at_level, index)})

    def _answer(self, holds: bool, level: int | None, changed: dict[int, Assessment]) -> GapAnswer:
        return GapAnswer(holds, level, *self._range(changed))

    def _range(self, changed: dict[int, Assessment]) -> tuple[float, float]:
        low, high = self._low, self._high
        if changed:
            low, high = list(low), list(high)
            for index, item in changed.items():
                low[index] = item.requirement.weight * item.low
                high[index] = item.requirement.weight * item.high
        return math.fsum(low) / self._total, math.fsum(high) / self._total

    def _assess(self, holdings: Holdings, index: int) -> Assessment:
        standing = self._standing
        return assess(standing.graph, holdings, standing.requirements.items[index], standing.settings)

    def _holdings(self, skill_id: str, *, holds: bool, level: int | None = None) -> Holdings:
        """The holdings with an answer, read anew where the skill bears on others."""
        standing = self._standing
        if not self._alone(skill_id):
            answered = with_answer(standing.graph, standing.profile, skill_id, holds=holds, level=level)
            return read_profile(
                standing.graph,
                answered,
                Identifier(standing.graph),
                schemes=standing.requirements.schemes,
                settings=self._settings,
            )
        old = standing.holdings
        held = dict(old.held)
        held.pop(skill_id, None)
        if holds:
            held[skill_id] = Held(level, 1.0)
        denied = old.denied - {skill_id} if holds else old.denied | {skill_id}
        return replace(old, held=held, denied=denied, doubtful=old.doubtful - {skill_id})

    def _alone(self, skill_id: str) -> bool:
        """Whether a skill implies nothing and is mapped nowhere, so that only it and what it eases depend on it."""
        graph = self._standing.graph
        implies = any(
            clause.kind is PrerequisiteKind.HARD and len(clause.any_of) == 1
            for clause in graph.edges.requires.get(skill_id, ())
        )
        return not (implies or self._mapped(skill_id))

    def _mapped(self, skill_id: str) -> bool:
        graph = self._standing.graph
        return bool(graph.mappings(skill_id) or graph.mapped_from(skill_id))

    def _changed(self, holdings: Holdings) -> dict[int, Assessment]:
        """The requirements that stand otherwise under other holdings."""
        old = self._standing.holdings
        touched = {skill for skill in (*old.held, *holdings.held) if old.held.get(skill) != holdings.held.get(skill)}
        touched |= old.denied ^ holdings.denied
        touched |= old.doubtful ^ holdings.doubtful
        touched |= {
            skill for skill in (*old.close, *holdings.close) if old.close.get(skill) != holdings.close.get(skill)
        }
        return {index: self._assess(holdings, index) for index in self._indexes(touched)}

    def _indexes(self, touched: Iterable[str]) -> list[int]:
        eases = self._standing.graph.edges.eases
        reached = {skill for start in touched for skill in (start, *(edge.to_id for edge in eases.get(start, ())))}
        return sorted(self._places[skill] for skill in reached if skill in self._places)
