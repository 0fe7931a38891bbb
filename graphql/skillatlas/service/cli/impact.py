"""`skillatlas impact FILES…`: what a release does to stored answers, lists of ids and catalogues."""

from pathlib import Path
from typing import Annotated

import typer

from .options import JsonOption, LangOption, StoreOption

ATTENTION = 4
"""Exit status with --exit-code where a person or a new question is needed."""


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(impact)


def impact(
    files: Annotated[
        list[Path],
        typer.Argument(
            exists=True,
            dir_okay=False,
            help="Saved answers (.json), lists of ids (.txt, .csv, .jsonl), catalogues (.csv, .jsonl, .json).",
        ),
    ],
    since: Annotated[
        int | None,
        typer.Option("--since", min=0, metavar="N", help="The release under which ids were stored that name none."),
    ] = None,
    to: Annotated[int | None, typer.Option("--to", metavar="N", help="A later release; default: the newest.")] = None,
    whole: Annotated[bool, typer.Option("--all", help="List the records that nothing happened to, too.")] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=f"Status {ATTENTION} where one has to choose or to ask again.")
    ] = False,
    lang: LangOption = "en",
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Which stored answers, ids and courses a release affects, why, and what of it is automatic.

    The files are read here and sent nowhere. Answers name their release; for lists of ids and catalogues say it.
    Example: skillatlas impact answers/*.json workers.csv --since 1
    """
    from ..impact import Judge, Outcome, read_files
    from .errors import FAULTS, UsageError
    from .impact_tables import as_json, print_judgements
    from .output import print_json
    from .running import opened_runtime

    records = list(read_files(files))
    for record in records:
        if record.release is None and record.fault is None and since is None:
            raise UsageError(
                f"{record.file} {record.place}: names no release; say with --since under which it was stored"
            )
    with opened_runtime(store) as runtime:
        graph = runtime.snapshots.at(to)
        judge = Judge(runtime.snapshots, runtime.context.resolvers, graph, since=since)
        found = list(judge.judge_all(records))
        shown = [one for one in found if whole or one.outcome is not Outcome.UNAFFECTED]
        if json:
            print_json(as_json(graph, found, shown, lang))
        else:
            print_judgements(graph, found, shown, lang)
    outcomes = {one.outcome for one in found}
    if Outcome.FAULTY in outcomes:
        raise typer.Exit(FAULTS)
    if exit_code and outcomes & {Outcome.CHOOSE, Outcome.ASK_AGAIN}:
        raise typer.Exit(ATTENTION)
