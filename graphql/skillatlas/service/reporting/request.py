"""What a report is asked for, and how the JSON of `POST /report` becomes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from skillatlas.graphql import ErrorCode, is_sensitive

from .errors import ReportError

LANGUAGES = ("en", "zh")
MOST_NEAR = 20
_OWN = frozenset(("profile", "scheme", "target"))  # what a plan shares with the gap
MOST_LABEL = 200  # characters of a person's label: a line of the page


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """The inputs of a report, in the API's own names.

    `profile` is a ProfileInput, `target` a TargetInput; `plan` holds the fields of LearningPathsInput besides them,
    None leaves the plan out. `day` is the date that the report states, `near` how many other roles it shows,
    `label` whom it is for, shown and used for nothing. Raises ReportError for what no report can have.
    """

    profile: Mapping[str, Any]
    target: Mapping[str, Any]
    day: date
    plan: Mapping[str, Any] | None = None
    scheme: str = "atlas"
    lang: str = "en"
    near: int = 5
    label: str | None = None
    release: int | None = None

    def __post_init__(self) -> None:
        if self.lang not in LANGUAGES:
            raise ReportError(ErrorCode.BAD_INPUT, f"lang: a report is written in {' or '.join(LANGUAGES)}")
        if not 0 <= self.near <= MOST_NEAR:
            raise ReportError(ErrorCode.BAD_INPUT, f"near: must be 0 to {MOST_NEAR}")
        if self.label is not None and len(self.label) > MOST_LABEL:
            raise ReportError(ErrorCode.LIMIT_EXCEEDED, f"label: at most {MOST_LABEL} characters")
        for name in sorted(_OWN & set(self.plan or ())):
            raise ReportError(ErrorCode.BAD_INPUT, f"plan.{name}: stands beside the plan, not in it")


_TYPES: Mapping[str, tuple[type, str]] = {
    "profile": (dict, "an object, a ProfileInput"),
    "target": (dict, "an object, a TargetInput"),
    "plan": (dict, "an object with the fields of LearningPathsInput, or null"),
    "scheme": (str, "the key of a scheme"),
    "lang": (str, "a language"),
    "date": (str, "a day such as 2027-01-04"),
    "near": (int, "a whole number"),
    "label": (str, "a text"),
    "release": (int, "the number of a release"),
}
_REQUIRED = ("profile", "target")


def read_request(value: Any, today: date) -> ReportRequest:
    """The request of a JSON value; `today` where it names no `date`. null means the default.

    Raises ReportError: SENSITIVE_INPUT for a field about a person that must not matter, wherever it stands and
    whatever else is wrong; else BAD_INPUT or LIMIT_EXCEEDED. What is inside of `profile`, `target` and `plan` the API
    looks at when it is asked.
    """
    if not isinstance(value, dict):
        raise _bad("body: must be a JSON object")
    for name in _names(value):
        if is_sensitive(name):
            raise ReportError(
                ErrorCode.SENSITIVE_INPUT,
                f"{name[:100]}: a report takes no such field, and facts of this kind must not matter; leave it out",
            )
    given: dict[str, Any] = {}
    for name, inner in value.items():
        if name not in _TYPES:
            raise _bad(f"{name[:100]}: there is no such field; known: {', '.join(_TYPES)}")
        kind, words = _TYPES[name]
        if inner is None:
            continue
        if not isinstance(inner, kind) or isinstance(inner, bool):
            raise _bad(f"{name}: must be {words}")
        given[name] = inner
    for name in _REQUIRED:
        if name not in given:
            raise _bad(f"{name}: must be given")
    day = _day(given.pop("date", None)) or today
    return ReportRequest(day=day, **given)


def _names(value: Any) -> Iterator[str]:
    """Every field name, at any depth; values are never looked at."""
    waiting = [value]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, dict):
            yield from inner
            waiting.extend(inner.values())
        elif isinstance(inner, list):
            waiting.extend(inner)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _bad("date: must be a day such as 2027-01-04") from None


def _bad(message: str) -> ReportError:
    return ReportError(ErrorCode.BAD_INPUT, message)
