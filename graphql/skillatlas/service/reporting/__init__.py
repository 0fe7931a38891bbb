"""A gap and a plan as one HTML file for people, made from the answers of the API and from nothing else.

`make_report(context, ReportRequest(profile={…}, target={…}, day=date(2027, 1, 4)))` gives the file's bytes; the same
request gives the same bytes.
"""

from .answers import ReportAnswers, collect
from .errors import ReportError
from .page import POLICY, render
from .request import LANGUAGES, ReportRequest, read_request
from .writing import make_report

__all__ = [
    "LANGUAGES",
    "POLICY",
    "ReportAnswers",
    "ReportError",
    "ReportRequest",
    "collect",
    "make_report",
    "read_request",
    "render",
]
