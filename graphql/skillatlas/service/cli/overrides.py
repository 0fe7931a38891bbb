"""`skillatlas override …`: what people say of forms, so that texts are read that way from now on."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .options import JsonOption, SchemeOption, StoreOption

if TYPE_CHECKING:
    from skillatlas.ingest import Wish
    from skillatlas.taxonomy import Graph, Override

Collection = Annotated[
    str | None, typer.Option("--collection", metavar="KEY", help="Only in documents of this collection.")
]
Document = Annotated[
    str | None, typer.Option("--document", metavar="ID", help="Only in this document of the collection.")
]
Reason = Annotated[str | None, typer.Option("--reason", help="Why; it is shown with the override.")]
Replace = Annotated[bool, typer.Option("--replace", help="Take the place of what was said of the form here before.")]
Form = Annotated[str, typer.Argument(help="The form as it is written; case and hyphens do not matter.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `skillatlas override`."""
    app.command()(never)
    app.command()(means)
    app.command("list")(list_)
    app.command()(remove)
    app.command()(export)
    app.command("import")(import_)


def never(
    form: Form,
    scheme: SchemeOption = "atlas",
    collection: Collection = None,
    document: Document = None,
    reason: Reason = None,
    replace: Replace = False,
    store: StoreOption = None,
) -> None:
    """Say that a form is never a skill: in a scheme, a collection, or one document.

    Example: skillatlas override never "Mercury" --collection adverts --reason "our customer's name"
    """
    from skillatlas.ingest import Wish
    from skillatlas.taxonomy import Verdict

    say_all(store, [Wish(form, Verdict.NEVER, None, scheme, collection, document, reason)], replace=replace)


def means(
    form: Form,
    skill: Annotated[str, typer.Argument(help="Id of the skill it is.")],
    scheme: SchemeOption = "atlas",
    collection: Collection = None,
    document: Document = None,
    reason: Reason = None,
    replace: Replace = False,
    store: StoreOption = None,
) -> None:
    """Say which skill a form is. A short form (up to three letters) is met only in the case given.

    Example: skillatlas override means "k8s wrangling" atlas:kubernetes
    """
    from skillatlas.ingest import Wish
    from skillatlas.taxonomy import Verdict

    say_all(store, [Wish(form, Verdict.MEANS, skill, scheme, collection, document, reason)], replace=replace)


def list_(
    scheme: Annotated[str | None, typer.Option("--scheme", help="Only of this scheme.")] = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """List what was said of forms, and what each means in the newest release."""
    from skillatlas.ingest import source_of
    from skillatlas.taxonomy import load_graph

    from .output import print_json, print_table
    from .running import opened_store

    with opened_store(store) as opened:
        overrides = opened.overrides(scheme=scheme)
        graph = load_graph(opened) if overrides else None
    if json:
        print_json([_row(graph, one) for one in overrides])
        return
    print_table(
        f"{len(overrides)} overrides",
        ("form", "verdict", "skill", "where", "since", "reason"),
        (
            (one.form, one.verdict.lower(), _meaning(graph, one), source_of(one), one.release, one.reason)
            for one in overrides
        ),
    )


def remove(
    form: Form,
    scheme: SchemeOption = "atlas",
    collection: Collection = None,
    document: Document = None,
    store: StoreOption = None,
) -> None:
    """Take back what was said of a form; give the same place as when it was said."""
    from skillatlas.ingest import source_of, take_back

    from .output import say
    from .running import opened_store

    with opened_store(store) as opened:
        gone = take_back(opened, form, scheme=scheme, collection=collection, document=document)
    say(f"taken back in the {source_of(gone)}: {gone.form!r} {gone.verdict.lower()} {gone.skill or ''}".rstrip())


def export(
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Default: standard output.")] = None,
    scheme: Annotated[str | None, typer.Option("--scheme", help="Only of this scheme.")] = None,
    store: StoreOption = None,
) -> None:
    """Write what was said of forms as JSON Lines, for another store or for a repository.

    Example: skillatlas override export --out overrides.jsonl
    """
    from skillatlas.ingest import write_overrides

    from .output import say, write_bytes
    from .running import opened_store

    with opened_store(store) as opened:
        lines = list(write_overrides(opened.overrides(scheme=scheme)))
    if out is None:
        write_bytes(b"".join(lines))
    else:
        out.write_bytes(b"".join(lines))
        say(f"{len(lines)} overrides written to {out}")


def import_(
    file: Annotated[Path, typer.Argument(help="JSON Lines, as `override export` writes them.")],
    replace: Replace = False,
    store: StoreOption = None,
) -> None:
    """Take over what a file says of forms: all of it, or nothing where a line cannot hold."""
    from skillatlas.ingest import read_overrides

    say_all(store, read_overrides(file), replace=replace)


def say_all(store: str | None, wishes: "list[Wish]", *, replace: bool) -> None:
    """Keep what is said, and tell what came of it."""
    from skillatlas.ingest import say_overrides, source_of

    from .output import say
    from .running import opened_store

    with opened_store(store) as opened:
        report = say_overrides(opened, wishes, replace=replace)
    for one in report.written if len(wishes) == 1 else ():
        meaning = f"means {one.skill}" if one.skill else one.verdict.lower()
        say(f"in the {source_of(one)} from now on: {one.form!r} {meaning}")
    say(f"{len(report.written)} overrides written, {len(report.unchanged)} unchanged")
    if report.written:
        say("documents that are stored are read anew by the next: skillatlas ingest")


def _row(graph: "Graph | None", override: "Override") -> dict[str, object]:
    from skillatlas.ingest import current_skill, override_json

    current = None if graph is None else current_skill(graph, override.skill)
    return {**override_json(override), "currentSkill": current}


def _meaning(graph: "Graph | None", override: "Override") -> str | None:
    """The skill, and what became of it."""
    from skillatlas.ingest import current_skill

    if override.skill is None or graph is None:
        return override.skill
    current = current_skill(graph, override.skill)
    if current == override.skill:
        return current
    after = "deprecated, nothing that can be followed: say it anew" if current is None else f"now {current}"
    return f"{override.skill} ({after})"
