"""From the request to the file."""

from skillatlas.graphql import Context

from .answers import collect
from .page import render
from .request import ReportRequest


def make_report(context: Context, request: ReportRequest) -> bytes:
    """One self-contained HTML file in UTF-8: no script, nothing fetched. The same request gives the same bytes.

    Raises ReportError with the API's code where the input is at fault.
    """
    return render(request, collect(context, request))
