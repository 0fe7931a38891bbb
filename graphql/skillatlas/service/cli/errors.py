"""From exceptions to what a person reads and the exit status: the one table for the command line."""

import sys

from skillatlas.ingest import IngestError
from skillatlas.reskilling import ReskillingError
from skillatlas.sync import ServerError, SyncError
from skillatlas.taxonomy import StoreError, TaxonomyError

from ..impact import ImpactError

FAULTS, USAGE, UNREACHABLE = 1, 2, 3


class UsageError(Exception):
    """Raised when options do not fit together; the text says which and how."""


class AnswerError(Exception):
    """Raised when the API answers a command's question with errors; carries their messages."""


_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (UsageError, USAGE),
    (AnswerError, FAULTS),
    (StoreError, UNREACHABLE),
    (ServerError, UNREACHABLE),
    (SyncError, FAULTS),
    (TaxonomyError, FAULTS),
    (IngestError, FAULTS),
    (ReskillingError, FAULTS),
    (ImpactError, FAULTS),
    (UnicodeDecodeError, FAULTS),
    (OSError, FAULTS),
)


def report(error: Exception) -> int:
    """Print the error to stderr and return the exit status; unknown exceptions are raised again: they are ours."""
    for kind, status in _STATUS:
        if isinstance(error, kind):
            sys.stderr.write(f"skillatlas: {error}\n")
            return status
    raise error
