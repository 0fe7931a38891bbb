"""Plans as tables for people, and as JSON for programs."""

from typing import Annotated, Any

import typer

from .options import JsonOption, LangOption, ReleaseOption, StoreOption, choice
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
    money,
)
from .profiles import (
    Advert,
    Complete,
    Cv,
    Has,
    HeldRole,
    Needs,
    NotHeld,
    Role,
    Scheme,
    profile_input,
    target_input,
)
from .questions import PATHS


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(path)


def path(
    role: Role = None,
    advert: Advert = None,
    needs: Needs = None,
    has: Has = None,
    not_held: NotHeld = None,
    held_role: HeldRole = None,
    cv: Cv = None,
    complete: Complete = False,
    scheme: Scheme = "atlas",
    objective: Objective = "fastest",
    hours_per_week: HoursPerWeek = 8.0,
    start: Start = None,
    deadline: Deadline = None,
    budget: Budget = None,
    currency: Currency = None,
    catalogue: Catalogue = None,
    course_lang: CourseLang = None,
    exclude: Annotated[list[str] | None, typer.Option("--exclude", metavar="ID", help="Not this course.")] = None,
    alternatives: Annotated[int, typer.Option("--alternatives", min=0, help="How many further plans.")] = 2,
    include_optional: IncludeOptional = False,
    assume_unknown_held: Annotated[
        bool, typer.Option("--assume-unknown-held", help="What the profile says nothing on counts as held.")
    ] = False,
    any_order: Annotated[
        bool, typer.Option("--any-order", help="Prerequisites of skills do not bind; those of courses still do.")
    ] = False,
    lang: LangOption = "en",
    release: ReleaseOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Which courses, in which order, close the gap.

    Example: skillatlas path --role atlas:role.data-analyst --has atlas:school-mathematics=3 --start 2027-01-04
    """
    from skillatlas.reskilling import PathObjective

    from .output import print_json
    from .path_tables import print_paths
    from .running import ask, opened_runtime

    spend = money(budget)
    question: dict[str, Any] = {
        "profile": profile_input(has, not_held, held_role, cv, complete),
        "target": target_input(role, advert, needs),
        "scheme": scheme,
        "objective": choice("--objective", objective, PathObjective),
        "hoursPerWeek": hours_per_week,
        "startDate": start,
        "deadline": deadline,
        "budget": None if spend is None else {"amount": spend[0], "currency": spend[1]},
        "currency": currency,
        "catalogues": catalogue,
        "langs": course_lang,
        "excludeCourseIds": exclude or [],
        "alternatives": alternatives,
        "includeOptional": include_optional,
        "assumeUnknownHeld": assume_unknown_held,
        "respectSkillPrerequisites": not any_order,
    }
    variables = {"input": question, "lang": lang, "release": release, "more": json}
    with opened_runtime(store) as runtime:
        answer = ask(runtime, PATHS, variables)["learningPaths"]
    if json:
        print_json(answer)
    else:
        print_paths(answer)
