"""Errors of extraction.

ExtractionError
└── CueFileError    a cue file is not as it must be: the message names file and key; mend the file
"""


class ExtractionError(Exception):
    """The base of all errors that extraction raises on purpose."""


class CueFileError(ExtractionError):
    """Raised at build when a cue file holds an unknown kind, side or section, or lacks a key."""
