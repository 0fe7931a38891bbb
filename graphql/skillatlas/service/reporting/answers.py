"""The answers that a report is made of: one release, and what the API says at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from skillatlas.graphql import Context, ErrorCode, answer

from .errors import ReportError
from .queries import GAP, NEAR, PLAN, RELEASE, SCHEMES
from .request import ReportRequest

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReportAnswers:
    """The API's answers as they came; `plan` and `near` are None where they were not asked for."""

    release: Fields
    schemes: tuple[Fields, ...]
    gap: Fields
    plan: Fields | None
    near: Fields | None


def collect(context: Context, request: ReportRequest) -> ReportAnswers:
    """Ask the API, all at one release. Raises ReportError with the code and words of its first error."""
    release = _ask(context, RELEASE, {"release": request.release})
    if release is None:
        raise ReportError(ErrorCode.NOT_FOUND, f"release: there is no release {request.release}")
    at = {"release": release["number"]}
    told = {**at, "lang": request.lang}
    question = {"profile": request.profile, "target": request.target, "scheme": request.scheme}
    gap = _ask(context, GAP, {"input": question, **told})
    plan = near = None
    if request.plan is not None:
        plan = _ask(context, PLAN, {"input": {**request.plan, **question}, **told})
    if request.near:
        scheme = gap["target"]["scheme"]["key"] if gap["target"] else request.scheme
        around = {"profile": request.profile, "scheme": scheme, "first": request.near}
        near = _ask(context, NEAR, {"input": around, **told})
    schemes = _ask(context, SCHEMES, at)
    return ReportAnswers(release, tuple(schemes), gap, plan, near)


def _ask(context: Context, query: str, variables: Fields) -> Any:
    """The value of the query's only root field."""
    given = answer(context, query, variables)
    errors = given.body.get("errors")
    if errors:
        message = errors[0]["message"].replace("$input.", "", 1)
        cause = given.internal[0] if given.internal else None
        raise ReportError(ErrorCode(errors[0]["extensions"]["code"]), message) from cause
    (value,) = given.body["data"].values()
    return value
