"""What the graph is made of: schemes, concepts, typed edges and courses, the same for every scheme.

All values are immutable. Levels are 1 (aware) to 5 (expert), None where not known, never 0.
Confidences and transfers are 0 to 1, importances 0 to 100.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class ConceptKind(StrEnum):
    """Where a concept stands in the tree."""

    AREA = "AREA"
    DOMAIN = "DOMAIN"
    SKILL_GROUP = "SKILL_GROUP"
    SKILL = "SKILL"
    ROLE_GROUP = "ROLE_GROUP"
    ROLE = "ROLE"


class SkillType(StrEnum):
    """What sort of skill a skill is."""

    COMPETENCE = "COMPETENCE"
    KNOWLEDGE = "KNOWLEDGE"
    TOOL = "TOOL"
    LANGUAGE = "LANGUAGE"
    TRANSVERSAL = "TRANSVERSAL"
    CERTIFICATION = "CERTIFICATION"


class ConceptStatus(StrEnum):
    """Deprecated concepts stay, with what became of them."""

    ACTIVE = "ACTIVE"
    DEPRECATED = "DEPRECATED"


class LabelType(StrEnum):
    """SKOS label properties."""

    PREFERRED = "PREFERRED"
    ALTERNATIVE = "ALTERNATIVE"
    HIDDEN = "HIDDEN"


class Necessity(StrEnum):
    """ESCO's essential and optional."""

    ESSENTIAL = "ESSENTIAL"
    OPTIONAL = "OPTIONAL"


class PrerequisiteKind(StrEnum):
    """HARD and COREQUISITE bind an order; RECOMMENDED and INFERRED are shown and bind nothing."""

    HARD = "HARD"
    COREQUISITE = "COREQUISITE"
    RECOMMENDED = "RECOMMENDED"
    INFERRED = "INFERRED"


class MappingPredicate(StrEnum):
    """SKOS mapping relations."""

    EXACT = "EXACT"
    CLOSE = "CLOSE"
    BROAD = "BROAD"
    NARROW = "NARROW"
    RELATED = "RELATED"


class ReplacementKind(StrEnum):
    """What became of a deprecated concept."""

    REPLACED = "REPLACED"
    MERGED = "MERGED"
    SPLIT = "SPLIT"
    RETIRED = "RETIRED"


class EntityType(StrEnum):
    """The four sorts of entity, in the order in which dumps list them."""

    SCHEME = "SCHEME"
    CONCEPT = "CONCEPT"
    EDGE = "EDGE"
    COURSE = "COURSE"


class EdgeType(StrEnum):
    """The six sorts of edge."""

    BROADER = "BROADER"
    RELATED = "RELATED"
    REQUIRES = "REQUIRES"
    EASES = "EASES"
    NEEDS = "NEEDS"
    MAPS_TO = "MAPS_TO"


@dataclass(frozen=True, slots=True)
class Scheme:
    """A concept scheme: own content or an imported one, with its licence and attribution."""

    key: str
    namespace: str
    title: str
    version: str | None = None
    licence: str | None = None
    attribution: str | None = None
    source_url: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """One label; `lang` is a BCP 47 tag."""

    type: LabelType
    lang: str
    value: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """What became of a deprecated concept: exactly one concept for REPLACED and MERGED, two or more for SPLIT."""

    kind: ReplacementKind
    concepts: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Concept:
    """A node of the graph. `labels` are sorted by type, language and value."""

    id: str
    uri: str
    scheme: str
    kind: ConceptKind
    labels: tuple[Label, ...]
    skill_type: SkillType | None = None
    status: ConceptStatus = ConceptStatus.ACTIVE
    definitions: Mapping[str, str] = field(default_factory=dict)
    replacement: Replacement | None = None
    data: Mapping[str, Any] | None = None

    @property
    def active(self) -> bool:
        """Whether it is not deprecated."""
        return self.status is ConceptStatus.ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Broader:
    """`from_id` lies below `to_id`; exactly one parent of a concept is primary."""

    from_id: str
    to_id: str
    primary: bool = True
    confidence: float = 1.0
    source: str = "curated"
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Symmetric relatedness; `from_id` is the smaller id."""

    from_id: str
    to_id: str
    confidence: float = 1.0
    source: str = "curated"
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Requires:
    """One clause: any skill of `any_of` (sorted), at `level`, satisfies it; all clauses of a skill hold."""

    from_id: str
    any_of: tuple[str, ...]
    kind: PrerequisiteKind = PrerequisiteKind.HARD
    level: int | None = None
    confidence: float = 1.0
    source: str = "curated"
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Eases:
    """Who has `from_id` learns `to_id` more easily, by `transfer` (0 to 1). Directed."""

    from_id: str
    to_id: str
    transfer: float
    confidence: float = 1.0
    source: str = "curated"
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """The role `from_id` needs the skill `to_id`."""

    from_id: str
    to_id: str
    necessity: Necessity
    importance: float | None = None
    level: int | None = None
    confidence: float = 1.0
    source: str = "curated"
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MapsTo:
    """`from_id` corresponds to the concept `to_id` of another scheme (an id, or a full IRI where it is not loaded)."""

    from_id: str
    to_id: str
    predicate: MappingPredicate
    iri: str
    stale: bool = False
    confidence: float = 1.0
    source: str = "curated"
    data: Mapping[str, Any] | None = None


Edge = Broader | Related | Requires | Eases | Needs | MapsTo


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in an ISO 4217 currency; two currencies are never added."""

    amount: float
    currency: str


@dataclass(frozen=True, slots=True)
class TaughtSkill:
    """What a course teaches; `level` None: not stated."""

    skill: str
    level: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, order=True)
class SkillAtLevel:
    """A skill at a level, or at any level."""

    skill: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class CourseClause:
    """Any of `any_of`, at its level, satisfies the clause."""

    any_of: tuple[SkillAtLevel, ...]
    kind: PrerequisiteKind = PrerequisiteKind.HARD


@dataclass(frozen=True, slots=True)
class Course:
    """A course of a catalogue; `hours` > 0, `price` None: not known, amount 0: free."""

    id: str
    catalogue: str
    title: str
    hours: float
    provider: str | None = None
    url: str | None = None
    lang: str | None = None
    price: Money | None = None
    teaches: tuple[TaughtSkill, ...] = ()
    assumes: tuple[CourseClause, ...] = ()
    description: str | None = None
    outcomes: tuple[str, ...] = ()


Entity = Scheme | Concept | Broader | Related | Requires | Eases | Needs | MapsTo | Course
