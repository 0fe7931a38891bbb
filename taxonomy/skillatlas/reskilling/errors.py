"""Errors of the reskilling package.

ReskillingError
├── BadInputError        a field of the question is malformed, out of range or names what does not exist
├── NotFoundError        a role, scheme, catalogue or concept that the question stands on does not exist
└── LimitExceededError   the question needs more than the limits allow
"""


class ReskillingError(Exception):
    """Base of all errors raised by this package; the text is fit to be shown to a user."""


class BadInputError(ReskillingError, ValueError):
    """Raised when a field of the question breaks a rule; mend the field that `field` names (its path in the input)."""

    def __init__(self, field: str, text: str) -> None:
        self.field = field
        self.text = text
        super().__init__(f"{field}: {text}")


class NotFoundError(ReskillingError, LookupError):
    """Raised when a role, scheme, catalogue or concept does not exist in the release; check the id."""


class LimitExceededError(ReskillingError):
    """Raised when planning runs into the clock limit, or dates run past the calendar; ask for less."""
