"""What an import did, or would do: counts, a sample of each kind of change, and every finding."""

from collections.abc import Mapping
from dataclasses import dataclass

from skillatlas.taxonomy import ChangeOperation, EntityType, Scheme

from ..findings import Finding, Severity
from .upgrade import UpgradeDiff


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """How many entities of one type an import changes, and how many it leaves as they are.

    `kept` are those of the scheme that the import does not speak for, or leaves out because of faults.
    """

    created: int = 0
    updated: int = 0
    deprecated: int = 0
    restored: int = 0
    removed: int = 0
    unchanged: int = 0
    kept: int = 0

    @property
    def changed(self) -> int:
        """All changes."""
        return self.created + self.updated + self.deprecated + self.restored + self.removed


@dataclass(frozen=True, slots=True)
class ImportSample:
    """One change as an example: `text` is the label or title, and what differs."""

    operation: ChangeOperation
    entity_type: EntityType
    entity_id: str
    text: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import of the scheme or catalogue `key` did; with `dry_run`, what it would do.

    `left_out` are the ids of what had faults and was skipped. A dry run has faults in `findings` too. `scheme` is what
    the source says of itself, its licence and attribution included; None for catalogues and parts of a scheme. `diff`
    is there where a scheme that the store has changes: all of it, suspicious things first.
    """

    key: str
    dry_run: bool
    counts: Mapping[EntityType, ImportCounts]
    samples: tuple[ImportSample, ...] = ()
    findings: tuple[Finding, ...] = ()
    left_out: tuple[str, ...] = ()
    scheme: Scheme | None = None
    diff: UpgradeDiff | None = None

    @property
    def changed(self) -> int:
        """All changes of all types; 0: the store has it already."""
        return sum(count.changed for count in self.counts.values())

    @property
    def faults(self) -> tuple[Finding, ...]:
        """Faults that were left out, or in a dry run would stop the import."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.FAULT)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What was left out or kept with a warning."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.WARNING)
