"""The page: templates with every text from data escaped, and the policy that lets it fetch nothing."""

import base64
import hashlib
import math
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from skillatlas.reskilling import percent

from .answers import Fields, ReportAnswers
from .request import ReportRequest
from .words import words

# The order in which people read them: what is there, what is in doubt, what is not.
STATUSES = ("MET", "LEVEL_GAP", "LEVEL_UNKNOWN", "TRANSFERABLE", "UNKNOWN", "MISSING")
COUNTS = dict(zip(STATUSES, ("met", "levelGap", "levelUnknown", "transferable", "unknown", "missing"), strict=True))
FACTORS = ("weight", "shortfall", "demand", "value", "hours")

STYLE = resources.files("skillatlas.service.reporting").joinpath("templates", "report.css").read_text(encoding="utf-8")
_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'"
"""Content-Security-Policy of a report: its own style sheet, known by its hash, and nothing else."""


def render(request: ReportRequest, answers: ReportAnswers) -> bytes:
    """The file in UTF-8. Text that is no Unicode (half of a pair) stands as a question mark."""
    page = (
        _environment()
        .get_template("report.html")
        .render(
            say=words(request.lang),
            lang=request.lang,
            request=request,
            release=answers.release,
            schemes=answers.schemes,
            gap=answers.gap,
            plan=answers.plan,
            near=answers.near,
            statuses=STATUSES,
            counts=COUNTS,
            factors=FACTORS,
            style=Markup(STYLE),  # noqa: S704 - a file of the package
            policy=POLICY,
        )
    )
    return page.encode("utf-8", errors="replace")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("skillatlas.service.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        percent=percent,
        number=number,
        link=link,
        factor=factor,
        factor_meanings=factor_meanings,
        timeline=timeline,
        courses=courses,
        across=across,
        alone=alone,
    )
    return environment


def link(url: str | None) -> str | None:
    """The address if it is a web address; None for anything else, which must not become a link."""
    if url is None or any(character.isspace() or not character.isprintable() for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def number(value: float, places: int = 2) -> str:
    """At most so many decimals, none of them a closing zero; thousands parted by a thin space that does not break."""
    text = f"{Decimal(repr(float(value))):,.{places}f}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    return text.rstrip("0").rstrip(".") if "." in text else text


def factor(priority: Fields, name: str) -> Fields:
    """One factor of a priority."""
    found: Fields = next(one for one in priority["factors"] if one["name"] == name)
    return found


def factor_meanings(entries: Sequence[Fields], name: str) -> list[tuple[str | None, str]]:
    """What a factor means: once where it is the same for all entries, else of each skill by its label."""
    found = [(entry["skill"]["label"], factor(entry["priority"], name)["meaning"]) for entry in entries]
    shared = {meaning for _, meaning in found}
    return [(None, shared.pop())] if len(shared) == 1 else found


def courses(plans: Sequence[Fields]) -> list[Fields]:
    """Every course of the plans once, by id."""
    found: dict[str, Fields] = {step["course"]["id"]: step["course"] for plan in plans for step in plan["steps"]}
    return [found[key] for key in sorted(found)]


def across(share: float) -> str:
    """Where a share of 1 lies on a scale of 1000."""
    return f"{1000 * share:.1f}"


def timeline(steps: Sequence[Any]) -> list[tuple[str, str]]:
    """Where each step begins on a scale of 1000, and how wide it is: courses are taken one after the other."""
    hours = [float(step["course"]["hours"]) for step in steps]
    total = math.fsum(hours)
    return [(across(math.fsum(hours[:place]) / total), across(one / total)) for place, one in enumerate(hours)]


def alone(lines: Sequence[str]) -> list[str]:
    """Each line once, in the order of its first place."""
    return list(dict.fromkeys(lines))
