"""The question: what a person has, and what is wanted. Ids may be compact or full IRIs."""

from dataclasses import dataclass

from skillatlas.taxonomy import Necessity

NAMED = "named"
"""The source of evidence that the person stated."""

NOT_HELD = "notHeld"
"""The source shown where a skill was stated not to be held."""

TEXT = "text"
"""The source of evidence read from a text, for and against."""

ROLE = "role"
"""The source of evidence taken over from a role once held; `text` is the role's id."""

PREREQUISITE = "prerequisite"
"""The source of what a held skill implies; `text` is that skill's id."""

MAPPING = "mapping"
"""The source of what counts through an EXACT mapping; `text` is the held skill's id and the predicate."""

COURSE = "course"
"""The source of what a planned course teaches; `text` is the course's id."""


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One reason to believe that a skill is held, or, in `Profile.text_not_held`, that it is not.

    `level` 1 to 5, None: held at a level not known. `confidence` 0 to 1. `start` and `end` are code points of the
    text it was read in, end exclusive.
    """

    skill_id: str
    level: int | None = None
    confidence: float = 1.0
    source: str = NAMED
    text: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a person. In order of strength: `named`, `not_held`, what texts say, roles once held.

    `text_not_held` is what texts deny; its levels mean nothing. `complete`: what is not named is not held; otherwise
    it is unknown.
    """

    named: tuple[EvidenceItem, ...] = ()
    not_held: frozenset[str] = frozenset()
    text: tuple[EvidenceItem, ...] = ()
    text_not_held: tuple[EvidenceItem, ...] = ()
    role_ids: tuple[str, ...] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class RequiredSkill:
    """A skill that a target requires; `level` None: any level. `importance` 0 to 100, None: not known."""

    skill_id: str
    level: int | None = None
    necessity: Necessity = Necessity.ESSENTIAL
    importance: float | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What is wanted: exactly one of a role, a list of skills, and the skills that were read from a text."""

    role_id: str | None = None
    skills: tuple[RequiredSkill, ...] | None = None
    text_skills: tuple[RequiredSkill, ...] | None = None
