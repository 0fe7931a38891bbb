"""Errors of the ingest package.

IngestError
├── ImportFaultsError        what was to be imported has faults; carries every finding, nothing was written
│   └── UnreadableError      a file cannot be read at all: not there, damaged, of another kind, a column missing
├── RemovalLimitError        an import would deprecate or remove more than the limit, and was not told that it may
├── KeyInUseError            a key, or a namespace, belongs to another scheme or catalogue already
├── UnpublishedDecisionsError  decisions on a catalogue wait to be published, and an import would write over them
├── OverrideError            what is said of a form cannot hold: no form, no such skill, a contradiction
└── DocumentError            a document cannot be read; names the file and the line
    └── FormatError          what is wrong with a document's content, without its place: damaged, encrypted, scanned
"""

from collections.abc import Sequence

from .findings import Finding, Severity


class IngestError(Exception):
    """Base of all errors raised by this package; the text is fit to be shown to a user."""


class ImportFaultsError(IngestError):
    """Raised when an import or a check found faults; mend every fault of `findings`, nothing was written."""

    SHOWN = 50
    """How many faults the text names; `findings` has all of them."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        faults = [finding for finding in self.findings if finding.severity is Severity.FAULT]
        lines = [f"{len(faults)} fault(s), nothing was written", *map(str, faults[: self.SHOWN])]
        if len(faults) > self.SHOWN:
            lines.append(f"… and {len(faults) - self.SHOWN} more")
        super().__init__("\n".join(lines))


class UnreadableError(ImportFaultsError):
    """Raised when a file cannot be read at all; `--skip-faulty` does not help, give the whole file."""


class UnpublishedDecisionsError(IngestError):
    """Raised when confirmed skills of a catalogue are not published yet; publish them, then import it again."""


class RemovalLimitError(IngestError):
    """Raised when more than the limit would be deprecated or removed; look at a dry run, then allow the removal."""


class KeyInUseError(IngestError):
    """Raised when a key or namespace belongs to another scheme or catalogue; choose another key."""


class OverrideError(IngestError):
    """Raised when what a person says of a form cannot hold; the text says why, and nothing was written."""


class DocumentError(IngestError):
    """Raised when a document cannot be read: no such file, another format, not UTF-8, a broken line of JSON."""


class FormatError(DocumentError):
    """Raised by the reader of a format: the content is damaged, encrypted, scanned, or needs an extra to be read."""
