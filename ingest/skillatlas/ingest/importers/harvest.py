"""What a reader brings home: the whole or a part of one scheme or catalogue, as entities and findings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from skillatlas.taxonomy import Concept, Entity, Record, Replacement, Scheme, Store

from ..findings import Finding, Severity

Covers = Callable[[Record, Mapping[str, Any]], bool]
"""Whether a harvest speaks for an entity (its record and its body): if so, and it lacks it, the entity is gone."""


def covers_all(_record: Record, _body: Mapping[str, Any]) -> bool:
    """The harvest is the whole of its scheme."""
    return True


def covers_source(source: str) -> Covers:
    """All concepts and courses, and the edges of one source: mappings and edits from elsewhere stay."""

    def covers(_record: Record, body: Mapping[str, Any]) -> bool:
        return "source" not in body or body["source"] == source

    return covers


def retired(reason: str) -> Callable[[Concept], Replacement]:
    """Nothing follows a concept that vanished."""
    from skillatlas.taxonomy import ReplacementKind

    return lambda _concept: Replacement(ReplacementKind.RETIRED, (), reason)


@dataclass(frozen=True, slots=True)
class Harvest:
    """What was read for the scheme or catalogue `key`.

    `entities` holds only what is free of faults. What has faults is named in `left_out` (ids of concepts, edges and
    courses, which then stay in the store as they are, as do the edges of such concepts). `successor` says what becomes
    of an active concept that vanished. `beside` is set where the harvest can be finished only beside the store's
    draft: it gives the finished harvest. `overlay`: its concepts state what is local at them, instead of being what
    their source says.
    """

    key: str
    entities: tuple[Entity, ...]
    findings: tuple[Finding, ...] = ()
    scheme: Scheme | None = None
    covers: Covers = covers_all
    successor: Callable[[Concept], Replacement] = field(default_factory=lambda: retired("no longer in the source"))
    left_out: frozenset[str] = frozenset()
    catalogue: bool = False
    overlay: bool = False
    beside: "Callable[[Store], Harvest] | None" = None

    @property
    def faults(self) -> tuple[Finding, ...]:
        """The findings that keep it from being written."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.FAULT)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that are only listed."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.WARNING)
