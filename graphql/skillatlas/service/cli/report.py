"""`skillatlas report`: a gap and a plan as one HTML file for people."""

from pathlib import Path
from typing import Annotated, Any

import typer

from .options import ReleaseOption, StoreOption, choice
from .planning import (
    Budget,
    Catalogue,
    CourseLang,
    Currency,
    Deadline,
    HoursPerWeek,
    IncludeOptional,
    Objective,
    Start,
    day,
    money,
)
from .profiles import Advert, Complete, Cv, Has, HeldRole, Needs, NotHeld, Role, Scheme, profile_input, target_input

Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Where to write the file; default: standard output.")
]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(report)


def report(
    role: Role = None,
    advert: Advert = None,
    needs: Needs = None,
    has: Has = None,
    not_held: NotHeld = None,
    held_role: HeldRole = None,
    cv: Cv = None,
    complete: Complete = False,
    scheme: Scheme = "atlas",
    label: Annotated[str | None, typer.Option("--label", help="Whom it is for; shown, and kept nowhere.")] = None,
    dated: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="The date that it states; default: today.")
    ] = None,
    plan: Annotated[bool, typer.Option("--plan/--no-plan", help="With the plan, or without.")] = True,
    near: Annotated[int, typer.Option("--near", min=0, max=20, help="How many other roles it shows.")] = 5,
    objective: Objective = "fastest",
    hours_per_week: HoursPerWeek = 8.0,
    start: Start = None,
    deadline: Deadline = None,
    budget: Budget = None,
    currency: Currency = None,
    catalogue: Catalogue = None,
    course_lang: CourseLang = None,
    alternatives: Annotated[int, typer.Option("--alternatives", min=0, help="How many further plans.")] = 2,
    include_optional: IncludeOptional = False,
    lang: Annotated[str, typer.Option("--lang", help="Language of the report: en or zh.")] = "en",
    release: ReleaseOption = None,
    out: Out = None,
    store: StoreOption = None,
) -> None:
    """A gap and a plan as one HTML file that needs nothing else and prints on A4.

    Example: skillatlas report --role atlas:role.data-analyst --cv cv.txt --start 2027-01-04 --lang zh --out report.html
    """
    from datetime import date

    from skillatlas.reskilling import PathObjective

    from ..reporting import LANGUAGES, ReportError, ReportRequest, make_report
    from .errors import AnswerError, UsageError
    from .output import say, write_bytes
    from .running import opened_runtime

    if lang not in LANGUAGES:
        raise UsageError(f"--lang {lang}: must be {' or '.join(LANGUAGES)}")
    spend = money(budget)
    planning: dict[str, Any] = {
        "objective": choice("--objective", objective, PathObjective),
        "hoursPerWeek": hours_per_week,
        "startDate": start,
        "deadline": deadline,
        "budget": None if spend is None else {"amount": spend[0], "currency": spend[1]},
        "currency": currency,
        "catalogues": catalogue,
        "langs": course_lang,
        "alternatives": alternatives,
        "includeOptional": include_optional,
    }
    try:
        request = ReportRequest(
            profile=profile_input(has, not_held, held_role, cv, complete),
            target=target_input(role, advert, needs),
            day=day("--date", dated) or date.today(),
            plan=planning if plan else None,
            scheme=scheme,
            lang=lang,
            near=near,
            label=label,
            release=release,
        )
        with opened_runtime(store) as runtime:
            page = make_report(runtime.context, request)
    except ReportError as error:
        if error.__cause__ is not None:
            raise error.__cause__ from None
        raise AnswerError(str(error)) from None
    if out is None:
        write_bytes(page)
    else:
        out.write_bytes(page)
        say(f"{out}: {len(page)} bytes")
