"""Errors of reports.

ReportError   the report cannot be made; `code` is the API's, the text is fit to be shown
"""

from skillatlas.graphql import ErrorCode


class ReportError(Exception):
    """Raised when a report's input is at fault, or the API answers it with an error; the text says what to mend.

    Where `code` is INTERNAL, the cause (`__cause__`) is what happened, for the log.
    """

    def __init__(self, code: ErrorCode, message: str) -> None:
        super().__init__(message)
        self.code = code
