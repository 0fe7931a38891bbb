"""The gap as tables for people, and as JSON for programs: to a target, to roles side by side, over several adverts."""

from pathlib import Path
from typing import Annotated, Any

import typer

from .gap_queries import COMPARISON, DEMAND_GAP, GAP
from .options import JsonOption, LangOption, ReleaseOption, StoreOption
from .profiles import Complete, Cv, Has, HeldRole, Needs, NotHeld, Scheme, profile_input, skill_input

Roles = Annotated[
    list[str] | None,
    typer.Option("--role", metavar="ID", help="The target: a role; two to four are put side by side."),
]
Adverts = Annotated[
    list[Path] | None,
    typer.Option("--advert", help="The target: a file with a job or task post; several make one gap, up to 50 posts."),
]
Demand = Annotated[
    str | None,
    typer.Option(
        "--demand", metavar="COLLECTION", help="Weigh the priorities by the job posts ingested into this collection."
    ),
]
Details = Annotated[
    bool,
    typer.Option("--details", help="Also the factors of the priorities, what stands before a skill, and questions."),
]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(gap)


def gap(
    role: Roles = None,
    advert: Adverts = None,
    needs: Needs = None,
    has: Has = None,
    not_held: NotHeld = None,
    held_role: HeldRole = None,
    cv: Cv = None,
    complete: Complete = False,
    scheme: Scheme = "atlas",
    demand: Demand = None,
    details: Details = False,
    lang: LangOption = "en",
    release: ReleaseOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """What a person lacks for a target, and why.

    Example: skillatlas gap --role atlas:role.data-analyst --has atlas:sql=3 --has atlas:microsoft-excel
    """
    from . import gap_tables
    from .errors import UsageError
    from .output import print_json
    from .running import ask, opened_runtime

    if sum(bool(given) for given in (role, advert, needs)) != 1:
        raise UsageError("name one target: --role ID, --advert FILE, or --needs ID (any of them repeated)")
    profile = profile_input(has, not_held, held_role, cv, complete)
    posts = _read_posts(advert or [])
    asked = {"lang": lang, "release": release}
    if len(posts) > 1:
        field, query = "demandGap", DEMAND_GAP
        variables: dict[str, Any] = {"input": {"profile": profile, "texts": posts, "scheme": scheme}}
    elif role and len(role) > 1:
        field, query, variables = "compareRoles", COMPARISON, {"profile": profile, "roles": role}
    else:
        field, query = "skillGap", GAP
        if role:
            target: dict[str, Any] = {"roleId": role[0]}
        elif advert:
            target = {"text": "".join(post["text"] for post in posts)}
        else:
            target = {"skills": [skill_input(text, "--needs") for text in needs or ()]}
        source = None if demand is None else {"collection": demand}
        variables = {
            "input": {"profile": profile, "target": target, "scheme": scheme, "demand": source},
            "more": details or json,  # what the plain table does not show takes most of the time
        }
    if demand is not None and field != "skillGap":
        raise UsageError("--demand goes with one target: several adverts are a demand of their own")
    with opened_runtime(store) as runtime:
        answer = ask(runtime, query, {**variables, **asked})[field]
    if json:
        print_json(answer)
    elif field == "demandGap":
        gap_tables.print_demand_gap(answer)
    elif field == "compareRoles":
        gap_tables.print_comparison(answer)
    else:
        gap_tables.print_gap(answer)
        if details:
            gap_tables.print_details(answer)


def _read_posts(paths: list[Path]) -> list[dict[str, Any]]:
    from skillatlas.ingest import read_documents

    return [
        {"text": document.text, "lang": document.lang, "name": document.title or Path(document.file).name}
        for document in read_documents(paths)
    ]
