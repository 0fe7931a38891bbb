"""Errors of the taxonomy package.

TaxonomyError
├── InvalidIdError        an id, IRI or key does not have the form it must have
├── InvalidEntityError    an entity breaks the shape or range that its type demands
├── NotFoundError         a release, scheme or concept that was asked for does not exist
├── PublishFaultsError    what would be published breaks a rule; carries every fault
└── StoreError            the store cannot do what was asked
├── StoreUnavailableError    unreachable, credentials refused, disk full
├── StoreBusyError           another writer holds the store
└── StoreVersionError        the store was made by a newer or unknown program
"""

from collections.abc import Sequence


class TaxonomyError(Exception):
    """Base of all errors raised by this package; the text is fit to be shown to a user."""


class InvalidIdError(TaxonomyError, ValueError):
    """Raised when an id, IRI or key is malformed; the text names it and the form expected."""


class InvalidEntityError(TaxonomyError, ValueError):
    """Raised when an entity breaks its shape; the text names the entity and the field to mend."""


class NotFoundError(TaxonomyError, LookupError):
    """Raised when a release, scheme or concept does not exist; check the number or the id."""


class PublishFaultsError(TaxonomyError):
    """Raised when publishing would break a rule; mend every entry of `faults` and publish again."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        shown = "\n".join(f"  {fault}" for fault in self.faults[:50])
        more = f"\n  … and {len(self.faults) - 50} more" if len(self.faults) > 50 else ""
        super().__init__(f"nothing was published: {len(self.faults)} fault(s)\n{shown}{more}")


class StoreError(TaxonomyError):
    """Raised when the store cannot do what was asked; base of the store's errors."""


class StoreUnavailableError(StoreError):
    """Raised when the store cannot be reached or opened, refuses the credentials, or has no room."""


class StoreBusyError(StoreError):
    """Raised when another writer holds the store for longer than the wait; nothing was written."""


class StoreVersionError(StoreError):
    """Raised when the store's schema is newer than this program, or not one of ours."""
