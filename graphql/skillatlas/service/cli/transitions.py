"""Where a person could go, as tables for people and as JSON for programs: transitions and what-if."""

from pathlib import Path
from typing import Annotated, Any

import typer

from .options import JsonOption, LangOption, ReleaseOption, StoreOption
from .profiles import Complete, Cv, Has, HeldRole, NotHeld, profile_input, skill_input

Scheme = Annotated[str, typer.Option("--scheme", help="Key of the scheme whose roles are considered.")]
Under = Annotated[str | None, typer.Option("--under", metavar="ID", help="Only roles below this concept.")]
First = Annotated[int, typer.Option("--first", min=1, max=100, help="How many.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(transitions)
    app.command("what-if")(what_if)


def transitions(
    has: Has = None,
    not_held: NotHeld = None,
    held_role: HeldRole = None,
    cv: Cv = None,
    complete: Complete = False,
    scheme: Scheme = "atlas",
    under: Under = None,
    min_coverage: Annotated[
        float, typer.Option("--min-coverage", help="Least share of the essential skills that is met, 0 to 1.")
    ] = 0.0,
    zones: Annotated[
        int, typer.Option("--max-zones", min=0, help="How many job zones a role may be away, where both are known.")
    ] = 1,
    first: First = 20,
    after: Annotated[
        str | None, typer.Option("--after", metavar="CURSOR", help="endCursor of the page before.")
    ] = None,
    lang: LangOption = "en",
    release: ReleaseOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Which other roles are near, which of them are viable, and what is missing.

    Example: skillatlas transitions --held-role atlas:role.data-analyst
    """
    from .output import print_json
    from .running import ask, opened_runtime
    from .transition_tables import TRANSITIONS, print_transitions

    question = {
        "profile": profile_input(has, not_held, held_role, cv, complete),
        "scheme": scheme,
        "under": under,
        "minCoverage": min_coverage,
        "maxZoneDistance": zones,
        "first": first,
        "after": after,
    }
    with opened_runtime(store) as runtime:
        answer = ask(runtime, TRANSITIONS, {"input": question, "lang": lang, "release": release})["roleTransitions"]
    if json:
        print_json(answer)
    else:
        print_transitions(answer)


def what_if(
    further: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="ID", help="Which roles would this skill open? May be repeated."),
    ] = None,
    has: Has = None,
    not_held: NotHeld = None,
    held_role: HeldRole = None,
    cv: Cv = None,
    complete: Complete = False,
    group: Annotated[
        Path | None,
        typer.Option("--group", help="Instead of one person: JSON Lines, a ProfileInput each, up to 100 people."),
    ] = None,
    scheme: Scheme = "atlas",
    under: Under = None,
    first: First = 10,
    lang: LangOption = "en",
    release: ReleaseOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Which single skill opens most roles to a person or a group; or which roles some skills open.

    Example: skillatlas what-if --held-role atlas:role.data-analyst --with atlas:python
    """
    from .errors import UsageError
    from .output import print_json
    from .running import ask, opened_runtime
    from .transition_tables import OPENED, OPENING, print_opened, print_opening

    person = profile_input(has, not_held, held_role, cv, complete)
    if group is not None and (further or has or not_held or held_role or cv or complete):
        raise UsageError("--group names all its people: it goes with no other profile, and not with --with")
    variables: dict[str, Any] = {
        "scheme": scheme,
        "under": under,
        "first": first,
        "lang": lang,
        "release": release,
    }
    if further:
        variables |= {"profile": person, "skills": [skill_input(text, "--with") for text in further]}
    else:
        variables["profiles"] = [person] if group is None else _people(group)
    with opened_runtime(store) as runtime:
        answer = ask(runtime, OPENED if further else OPENING, variables)["openedRoles" if further else "openingSkills"]
    if json:
        print_json(answer)
    elif further:
        print_opened(answer)
    else:
        print_opening(answer)


def _people(path: Path) -> list[Any]:
    """The profiles of a file, one JSON object a line. Raises UsageError, naming the line."""
    import orjson

    from .errors import UsageError

    people = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if line.strip():
            try:
                people.append(orjson.loads(line))
            except orjson.JSONDecodeError as error:
                raise UsageError(f"{path}:{number}: is no JSON ({error})") from None
    return people
