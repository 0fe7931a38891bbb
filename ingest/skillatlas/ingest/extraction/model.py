"""What goes into the extractor and what comes out: plain immutable values, without any of spaCy's types.

All offsets are code points of the text exactly as it was given, end exclusive. Levels are 1 (aware) to 5 (expert).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class DocumentKind(StrEnum):
    """What sort of text it is; decides what a skill in it means (asked for, held, taught)."""

    JOB = "JOB"
    TASK = "TASK"
    CV = "CV"
    COURSE = "COURSE"


class LinkPolicy(StrEnum):
    """Points on one curve of confidence; PRECISE gives a subset of BALANCED, BALANCED one of SENSITIVE."""

    PRECISE = "PRECISE"
    BALANCED = "BALANCED"
    SENSITIVE = "SENSITIVE"


class Requirement(StrEnum):
    """What the text says of the skill."""

    REQUIRED = "REQUIRED"
    PREFERRED = "PREFERRED"
    NOT_REQUIRED = "NOT_REQUIRED"
    HELD = "HELD"
    NOT_HELD = "NOT_HELD"
    TAUGHT = "TAUGHT"
    MENTIONED = "MENTIONED"


class SectionKind(StrEnum):
    """In which part of the document it stands; OTHER also where the heading is not known."""

    DUTIES = "DUTIES"
    REQUIREMENTS = "REQUIREMENTS"
    PREFERRED = "PREFERRED"
    BENEFITS = "BENEFITS"
    ABOUT = "ABOUT"
    EXPERIENCE = "EXPERIENCE"
    EDUCATION = "EDUCATION"
    OTHER = "OTHER"


OFFERS = frozenset({SectionKind.BENEFITS, SectionKind.ABOUT})
"""Where an employer speaks of itself, and of nothing that is asked for."""


@dataclass(frozen=True, slots=True)
class Form:
    """One surface form of one skill.

    `label_type` is PREFERRED, ALTERNATIVE or HIDDEN. `match_case` True: met only in this case; False: in any; None: by
    the rules (up to three letters, or all capitals up to five, are met only in this case). `needs_context`: met only
    where something nearby speaks for it; `context` are words that do. `excluded`: phrases that hold the form and are
    not the skill. `domain`: skills of one domain speak for each other.
    """

    text: str
    lang: str
    skill_id: str
    label_type: str
    match_case: bool | None = None
    needs_context: bool = False
    context: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    domain: str | None = None

    @property
    def described(self) -> bool:
        """Whether someone said how this form is to be met."""
        return bool(self.match_case is not None or self.needs_context or self.context or self.excluded)


@dataclass(frozen=True, slots=True)
class RankedSkill:
    """A skill and how near it is: 0 to 1, six decimals."""

    skill_id: str
    score: float


@dataclass(frozen=True, slots=True)
class SkillMention:
    """One skill at one place. `min_years`: years of experience asked for or held. `evidence` is JSON."""

    text: str
    start: int
    end: int
    skill_id: str
    confidence: float
    section: SectionKind
    requirement: Requirement
    level: int | None = None
    min_years: float | None = None
    alternatives: tuple[RankedSkill, ...] = ()
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnlinkedMention:
    """A phrase that looks like a skill and matches none."""

    text: str
    start: int
    end: int
    section: SectionKind


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read in one text; mentions and unlinked phrases by start."""

    lang: str
    extractor_version: str
    mentions: tuple[SkillMention, ...]
    unlinked: tuple[UnlinkedMention, ...]
