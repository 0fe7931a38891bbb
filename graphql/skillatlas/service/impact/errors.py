"""Errors of reading what was stored."""


class ImpactError(Exception):
    """Anything that is wrong with stored records; the text says where and what."""


class UnreadableFileError(ImpactError):
    """Raised for a file that cannot be read as what its name says."""
