"""Errors of the GraphQL package, and the one table from exception type to error code.

ApiError                  something a client asked for cannot be answered
├── BadInputError         BAD_INPUT: an argument or input field is wrong; the text names it
├── AbsentError           NOT_FOUND: a release, role, `under`, scheme or catalogue does not exist
├── LimitError            LIMIT_EXCEEDED: a limit decided; the text says which, and its value
└── SensitiveInputError   SENSITIVE_INPUT: an unknown input field is about a person; leave it out
"""

from collections.abc import Mapping
from enum import StrEnum

from skillatlas import reskilling, taxonomy


class ErrorCode(StrEnum):
    """The values of `extensions.code`."""

    BAD_INPUT = "BAD_INPUT"
    NOT_FOUND = "NOT_FOUND"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    SENSITIVE_INPUT = "SENSITIVE_INPUT"
    INTERNAL = "INTERNAL"


class ApiError(Exception):
    """Base of this package's errors; the text is fit to be shown to a client."""

    code = ErrorCode.BAD_INPUT


class BadInputError(ApiError):
    """Raised when an argument or input field is wrong; the text names it and says what to give."""


class AbsentError(ApiError):
    """Raised when what an argument names does not exist; check the id, key or number."""

    code = ErrorCode.NOT_FOUND


class LimitError(ApiError):
    """Raised when a request is larger than a limit; ask for less."""

    code = ErrorCode.LIMIT_EXCEEDED


class SensitiveInputError(ApiError):
    """Raised when an unknown input field is named like a fact about a person that must not matter; leave it out."""

    code = ErrorCode.SENSITIVE_INPUT


INTERNAL_MESSAGE = "internal error"

# Only what stands here may show its text; everything else is INTERNAL and says nothing.
CODES: Mapping[type[Exception], ErrorCode] = {
    taxonomy.NotFoundError: ErrorCode.NOT_FOUND,
    taxonomy.InvalidIdError: ErrorCode.BAD_INPUT,
    reskilling.BadInputError: ErrorCode.BAD_INPUT,
    reskilling.NotFoundError: ErrorCode.NOT_FOUND,
    reskilling.LimitExceededError: ErrorCode.LIMIT_EXCEEDED,
}


def classify(error: BaseException | None) -> tuple[ErrorCode, str]:
    """The code and the text that a client may see of an exception."""
    if isinstance(error, ApiError):
        return error.code, str(error)
    for kind in type(error).__mro__:
        code = CODES.get(kind)
        if code is not None:
            return code, str(error)
    return ErrorCode.INTERNAL, INTERNAL_MESSAGE
