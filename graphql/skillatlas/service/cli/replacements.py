"""`skillatlas replacements …`: what may follow concepts that vanished, and what a person says that does."""

from typing import Annotated

import typer

from .importing import PublishNote
from .options import JsonOption, StoreOption


def register(app: typer.Typer) -> None:
    """Add the commands to `skillatlas replacements`."""
    app.command()(suggest)
    app.command()(apply)


def suggest(
    scheme: Annotated[str | None, typer.Option("--scheme", help="Only of this scheme; default: of all.")] = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """For each deprecated concept that nothing follows, the active ones most like it. Nothing is applied.

    The score is a likeness of labels (three quarters) and of relations (one quarter), not a probability.
    Example: skillatlas replacements suggest --scheme esco
    """
    from skillatlas.taxonomy import suggest_for_retired

    from .output import print_json, print_table
    from .running import opened_store
    from .upgrades import suggestion_rows, suggestions_json

    with opened_store(store) as opened:
        found = suggest_for_retired(opened, scheme)
    if json:
        print_json(suggestions_json(found))
        return
    print_table(
        f"{len(found)} deprecated concepts that nothing follows",
        ("vanished", "candidate", "label", "score", "by label", "by relations"),
        suggestion_rows(found),
    )


def apply(
    choices: Annotated[list[str], typer.Argument(metavar="ID=ID[,ID]…", help="What follows what; several: a split.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; it stands at the concept and in the log.")],
    publish: PublishNote = None,
    store: StoreOption = None,
) -> None:
    """Say what follows deprecated concepts. It stands until the scheme's source says something of its own.

    Example: skillatlas replacements apply esco:skill/1=esco:skill/2 --reason "the same skill, by its definition"
    """
    from skillatlas.taxonomy import apply_replacements

    from .errors import UsageError
    from .output import say
    from .reports import publish_or_say
    from .running import opened_store

    wanted: dict[str, list[str]] = {}
    for choice in choices:
        concept, equals, followers = choice.partition("=")
        if not equals or not concept or not followers or concept in wanted:
            raise UsageError(f"{choice!r}: say once for a concept ID=ID, or ID=ID,ID where it was split")
        wanted[concept] = followers.split(",")
    with opened_store(store) as opened:
        done = apply_replacements(opened, wanted, reason=reason)
        say(f"{len(done.edited)} concept(s) followed by another")
        publish_or_say(opened, publish, edited=True)
