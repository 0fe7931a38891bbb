"""Checking a request for paths before anything is planned."""

import math

from skillatlas.taxonomy import Graph

from .errors import BadInputError, NotFoundError
from .identifying import check_count
from .money import check_currency
from .path_model import PathRequest
from .settings import PathSettings


def check_request(graph: Graph, request: PathRequest, settings: PathSettings) -> None:
    """Raise BadInputError or NotFoundError, naming the field, where a request cannot be planned for."""
    if not 0.0 < request.hours_per_week <= settings.max_hours_per_week:
        limit = f"above 0 and at most {settings.max_hours_per_week:g}"
        raise BadInputError("hoursPerWeek", f"{request.hours_per_week:g} is not {limit}")
    if not 0 <= request.alternatives <= settings.max_alternatives:
        raise BadInputError("alternatives", f"{request.alternatives} is not between 0 and {settings.max_alternatives}")
    if request.deadline is not None:
        if request.start_date is None:
            raise BadInputError("deadline", "a deadline needs a startDate to count from")
        if request.deadline < request.start_date:
            raise BadInputError("deadline", f"{request.deadline} is before the start, {request.start_date}")
    _check_money(request)
    for key in request.catalogues or ():
        if key not in graph.catalogues:
            raise NotFoundError(f"catalogues: there is no catalogue {key!r} in release {graph.release.number}")
    check_count("catalogues", request.catalogues or (), settings.gap.max_ids)
    check_count("excludeCourseIds", request.exclude_course_ids, settings.gap.max_ids)
    for index, course in enumerate(request.exclude_course_ids):
        if graph.find_course(course) is None:
            where = f"excludeCourseIds[{index}]"
            raise BadInputError(where, f"there is no course {course!r} in release {graph.release.number}")


def _check_money(request: PathRequest) -> None:
    if request.currency is not None:
        check_currency("currency", request.currency)
    if request.budget is None:
        return
    check_currency("budget.currency", request.budget.currency)
    if not 0.0 <= request.budget.amount < math.inf:
        raise BadInputError("budget.amount", f"{request.budget.amount:g} is no amount to spend: 0 or more")
    if request.currency not in (None, request.budget.currency):
        raise BadInputError("currency", f"{request.currency} is not that of the budget, {request.budget.currency}")
