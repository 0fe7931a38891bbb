"""From exceptions to what a person reads and the exit status: the one table for the command line."""

import sys
from collections.abc import Iterator

FAULTS, USAGE, UNREACHABLE = 1, 2, 3


class UsageError(Exception):
    """Raised when options do not fit together; the text says which and how."""


class AnswerError(Exception):
    """Raised when the API answers a command's question with errors; carries their messages."""


# By the module's name: an error can only come from a package that was loaded, and loading all of them takes a second.
_STATUS = (
    (__name__, "UsageError", USAGE),
    (__name__, "AnswerError", FAULTS),
    ("skillatlas.taxonomy", "StoreError", UNREACHABLE),
    ("skillatlas.sync", "ServerError", UNREACHABLE),
    ("skillatlas.sync", "SyncError", FAULTS),
    ("skillatlas.taxonomy", "TaxonomyError", FAULTS),
    ("skillatlas.ingest", "IngestError", FAULTS),
    ("skillatlas.reskilling", "ReskillingError", FAULTS),
    ("skillatlas.service.impact", "ImpactError", FAULTS),
    ("builtins", "UnicodeDecodeError", FAULTS),
    ("builtins", "OSError", FAULTS),
)


def report(error: Exception) -> int:
    """Print the error to stderr and return the exit status; unknown exceptions are raised again: they are ours."""
    for kind, status in _kinds():
        if isinstance(error, kind):
            sys.stderr.write(f"skillatlas: {error}\n")
            return status
    raise error


def _kinds() -> Iterator[tuple[type[Exception], int]]:
    for module, name, status in _STATUS:
        if module in sys.modules:
            yield getattr(sys.modules[module], name), status
