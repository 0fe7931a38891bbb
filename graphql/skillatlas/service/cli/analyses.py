"""The analyses as tables for people, and as JSON for programs: gap and path."""

from pathlib import Path
from typing import Annotated, Any

import typer

from .options import JsonOption, LangOption, ReleaseOption, StoreOption, choice
from .questions import GAP, PATHS

Has = Annotated[
    list[str] | None, typer.Option("--has", metavar="ID[=LEVEL]", help="A skill that is held; may be repeated.")
]
NotHeld = Annotated[list[str] | None, typer.Option("--not-held", metavar="ID", help="A skill that is not held.")]
HeldRole = Annotated[list[str] | None, typer.Option("--held-role", metavar="ID", help="A role once held.")]
Cv = Annotated[Path | None, typer.Option("--cv", help="A file with a CV to read.")]
Complete = Annotated[bool, typer.Option("--complete", help="What is not named is not held.")]
Role = Annotated[str | None, typer.Option("--role", metavar="ID", help="The target: a role.")]
Advert = Annotated[Path | None, typer.Option("--advert", help="The target: a file with a job or task post.")]
Needs = Annotated[
    list[str] | None, typer.Option("--needs", metavar="ID[=LEVEL]", help="The target: a skill; may be repeated.")
]
Scheme = Annotated[str, typer.Option("--scheme", help="Scheme in which texts are read.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(gap)
    app.command()(path)


def gap(
    role: Role = None,
    advert: Advert = None,
    needs: Needs = None,
    has: Has = None,
    not_held: NotHeld = None,
    held_role: HeldRole = None,
    cv: Cv = None,
    complete: Complete = False,
    scheme: Scheme = "atlas",
    lang: LangOption = "en",
    release: ReleaseOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """What a person lacks for a target, and why.

    Example: skillatlas gap --role atlas:role.data-analyst --has atlas:sql=3 --has atlas:microsoft-excel
    """
    from .analysis_tables import print_gap
    from .output import print_json
    from .running import ask, opened_runtime

    question = {
        "profile": _profile(has, not_held, held_role, cv, complete),
        "target": _target(role, advert, needs),
        "scheme": scheme,
    }
    with opened_runtime(store) as runtime:
        answer = ask(runtime, GAP, {"input": question, "lang": lang, "release": release})["skillGap"]
    if json:
        print_json(answer)
    else:
        print_gap(answer)


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
    objective: Annotated[str, typer.Option("--objective", help="fastest, cheapest or coverage.")] = "fastest",
    hours_per_week: Annotated[float, typer.Option("--hours-per-week", help="Hours a week for learning.")] = 8.0,
    start: Annotated[str | None, typer.Option("--start", metavar="DATE", help="First day, such as 2027-01-04.")] = None,
    deadline: Annotated[str | None, typer.Option("--deadline", metavar="DATE", help="Last day; needs --start.")] = None,
    budget: Annotated[
        str | None, typer.Option("--budget", metavar='"AMOUNT CURRENCY"', help="Most to be spent.")
    ] = None,
    currency: Annotated[str | None, typer.Option("--currency", help="For cheapest without a budget.")] = None,
    catalogue: Annotated[list[str] | None, typer.Option("--catalogue", help="Only this catalogue.")] = None,
    course_lang: Annotated[
        list[str] | None, typer.Option("--course-lang", help="Only courses in this language.")
    ] = None,
    exclude: Annotated[list[str] | None, typer.Option("--exclude", metavar="ID", help="Not this course.")] = None,
    alternatives: Annotated[int, typer.Option("--alternatives", min=0, help="How many further plans.")] = 2,
    include_optional: Annotated[bool, typer.Option("--include-optional", help="Plan for optional skills too.")] = False,
    lang: LangOption = "en",
    release: ReleaseOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Which courses, in which order, close the gap.

    Example: skillatlas path --role atlas:role.data-analyst --has atlas:school-mathematics=3 --start 2027-01-04
    """
    from skillatlas.reskilling import PathObjective

    from .analysis_tables import print_paths
    from .output import print_json
    from .running import ask, opened_runtime

    question: dict[str, Any] = {
        "profile": _profile(has, not_held, held_role, cv, complete),
        "target": _target(role, advert, needs),
        "scheme": scheme,
        "objective": choice("--objective", objective, PathObjective),
        "hoursPerWeek": hours_per_week,
        "startDate": start,
        "deadline": deadline,
        "budget": _money(budget),
        "currency": currency,
        "catalogues": catalogue,
        "langs": course_lang,
        "excludeCourseIds": exclude or [],
        "alternatives": alternatives,
        "includeOptional": include_optional,
    }
    with opened_runtime(store) as runtime:
        answer = ask(runtime, PATHS, {"input": question, "lang": lang, "release": release})["learningPaths"]
    if json:
        print_json(answer)
    else:
        print_paths(answer)


def _profile(
    has: list[str] | None, not_held: list[str] | None, roles: list[str] | None, cv: Path | None, complete: bool
) -> dict[str, Any]:
    return {
        "skills": [_skill(text, "--has") for text in has or ()],
        "notHeld": not_held or [],
        "roleIds": roles or [],
        "text": _text(cv),
        "complete": complete,
    }


def _target(role: str | None, advert: Path | None, needs: list[str] | None) -> dict[str, Any]:
    from .errors import UsageError

    if sum(given is not None for given in (role, advert, needs)) != 1:
        raise UsageError("name one target: --role ID, --advert FILE, or --needs ID (repeated)")
    if role is not None:
        return {"roleId": role}
    if advert is not None:
        return {"text": _text(advert)}
    return {"skills": [_skill(text, "--needs") for text in needs or ()]}


def _skill(text: str, option: str) -> dict[str, Any]:
    """`ID` or `ID=LEVEL`; the last = before a whole number parts them."""
    from .errors import UsageError

    skill, equals, level = text.rpartition("=")
    if not equals:
        return {"skillId": text}
    if not (level.isascii() and level.isdigit()):
        raise UsageError(f"{option} {text}: the level after = must be 1 to 5")
    return {"skillId": skill, "level": int(level)}


def _text(path: Path | None) -> str | None:
    from skillatlas.ingest import read_documents

    if path is None:
        return None
    return "\n\n".join(document.text for document in read_documents([path]))


def _money(text: str | None) -> dict[str, Any] | None:
    from .errors import UsageError

    if text is None:
        return None
    amount, _, currency = text.strip().partition(" ")
    try:
        return {"amount": float(amount), "currency": currency.strip().upper()}
    except ValueError:
        raise UsageError(f'--budget {text}: must be an amount and a currency, such as "500 EUR"') from None
