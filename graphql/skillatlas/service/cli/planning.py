"""Options that say how to plan, shared by all commands that plan."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from skillatlas.reskilling import PathObjective, PathRequest

Objective = Annotated[str, typer.Option("--objective", help="fastest, cheapest or coverage.")]
HoursPerWeek = Annotated[float, typer.Option("--hours-per-week", help="Hours a week for learning.")]
Start = Annotated[str | None, typer.Option("--start", metavar="DATE", help="First day, such as 2027-01-04.")]
Deadline = Annotated[str | None, typer.Option("--deadline", metavar="DATE", help="Last day; needs --start.")]
Budget = Annotated[str | None, typer.Option("--budget", metavar='"AMOUNT CURRENCY"', help="Most to be spent.")]
Currency = Annotated[str | None, typer.Option("--currency", help="For cheapest without a budget.")]
Catalogue = Annotated[list[str] | None, typer.Option("--catalogue", help="Only this catalogue.")]
CourseLang = Annotated[list[str] | None, typer.Option("--course-lang", help="Only courses in this language.")]
IncludeOptional = Annotated[bool, typer.Option("--include-optional", help="Plan for optional skills too.")]


def path_request(
    objective: "PathObjective",
    *,
    hours_per_week: float,
    start: str | None,
    deadline: str | None,
    budget: str | None,
    currency: str | None,
    catalogues: list[str] | None,
    langs: list[str] | None,
    include_optional: bool,
) -> "PathRequest":
    """The request of a command's options. Raises UsageError for a date or an amount that is none."""
    from skillatlas.reskilling import PathRequest
    from skillatlas.taxonomy import Money

    spend = money(budget)
    return PathRequest(
        objective=objective,
        hours_per_week=hours_per_week,
        start_date=day("--start", start),
        deadline=day("--deadline", deadline),
        budget=None if spend is None else Money(*spend),
        currency=currency,
        catalogues=None if catalogues is None else tuple(catalogues),
        langs=None if langs is None else tuple(langs),
        include_optional=include_optional,
    )


def money(text: str | None) -> tuple[float, str] | None:
    """`500 EUR` as amount and currency. Raises UsageError."""
    from .errors import UsageError

    if text is None:
        return None
    amount, _, currency = text.strip().partition(" ")
    try:
        return float(amount), currency.strip().upper()
    except ValueError:
        raise UsageError(f'--budget {text}: must be an amount and a currency, such as "500 EUR"') from None


def day(option: str, text: str | None) -> date | None:
    """A day such as 2027-01-04; None where there is none. Raises UsageError."""
    from .errors import UsageError

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text}: must be a day such as 2027-01-04") from None
