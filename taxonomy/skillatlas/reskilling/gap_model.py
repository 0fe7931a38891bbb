"""The answer to "what is missing?"; skills are named by id."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from skillatlas.taxonomy import Necessity, Requires


class GapStatus(StrEnum):
    """How a required skill stands; LEVEL_UNKNOWN: held at a level nobody stated, where one is required."""

    MET = "MET"
    LEVEL_GAP = "LEVEL_GAP"
    LEVEL_UNKNOWN = "LEVEL_UNKNOWN"
    TRANSFERABLE = "TRANSFERABLE"
    UNKNOWN = "UNKNOWN"
    MISSING = "MISSING"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a skill is believed to be held or not; `start` and `end` are code points of the text, end exclusive."""

    source: str
    text: str | None
    start: int | None
    end: int | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number or rule that the answer stands on; `number` where the value is one."""

    name: str
    value: str
    number: float | None
    meaning: str


@dataclass(frozen=True, slots=True)
class NecessityShare:
    """Counts by status, which add up to `required`; `coverage` = met / required, 0 where none is required."""

    required: int
    met: int
    level_gap: int
    level_unknown: int
    transferable: int
    unknown: int
    missing: int
    coverage: float


@dataclass(frozen=True, slots=True)
class SkillGapEntry:
    """One required skill. `contribution` is what it adds to readiness; `transferable_from` where transfer decides it.

    `prerequisites_missing`: the HARD and COREQUISITE clauses of a skill not held that the profile does not meet.
    `ruled_out`: the profile says that it is not held (`not_held`, a text, or `complete`).
    """

    skill_id: str
    status: GapStatus
    necessity: Necessity
    importance: float | None
    required_level: int | None
    held_level: int | None
    weight: float
    credit: float
    contribution: float
    transferable_from: str | None
    evidence: tuple[Evidence, ...]
    prerequisites_missing: tuple[Requires, ...]
    ruled_out: bool


@dataclass(frozen=True, slots=True)
class Priority:
    """What closing a gap brings for the effort: weight x shortfall x demand x value / hours.

    A factor None is not known: it took the median of the known ones of this answer, or 1. `hours` are those of the
    shortest course that teaches the skill as required and can be begun from what is held, else of the shortest one.
    `factors` are all five as they were reckoned with, each with where it comes from.
    """

    skill_id: str
    score: float
    weight: float
    shortfall: float
    demand: float | None
    value: float | None
    hours: float | None
    factors: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class SkillGap:
    """The gap between a profile and a target.

    `entries`: by importance (highest first, unknown last), then id. The readinesses and
    `known_share` are 0 to 1, None where nothing is required; low <= strict <= readiness <= high.
    `priorities` hold every gap that closing would help, best first.
    """

    release: int
    target_id: str | None
    readiness: float | None
    readiness_strict: float | None
    readiness_low: float | None
    readiness_high: float | None
    known_share: float | None
    essential: NecessityShare
    optional: NecessityShare
    entries: tuple[SkillGapEntry, ...]
    priorities: tuple[Priority, ...]
    parameters: tuple[Parameter, ...]
    warnings: tuple[str, ...]

    def skills(
        self, statuses: Collection[GapStatus] | None = None, necessity: Necessity | None = None
    ) -> tuple[SkillGapEntry, ...]:
        """The entries of these statuses and this necessity; all where None."""
        return tuple(
            entry
            for entry in self.entries
            if (statuses is None or entry.status in statuses) and necessity in (None, entry.necessity)
        )

    def priority_of(self, skill_id: str) -> Priority | None:
        """The priority of a skill; None where closing its gap would not raise readiness."""
        return next((priority for priority in self.priorities if priority.skill_id == skill_id), None)

    def prioritised(self, first: int) -> tuple[SkillGapEntry, ...]:
        """The entries of the best `first` priorities, best first."""
        entries = {entry.skill_id: entry for entry in self.entries}
        return tuple(entries[priority.skill_id] for priority in self.priorities[:first])
