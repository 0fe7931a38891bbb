"""`skillatlas import …`: one command a source, all with the same options."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .options import StoreOption

if TYPE_CHECKING:
    from skillatlas.ingest import Harvest, Progress
    from skillatlas.taxonomy import Store

DryRun = Annotated[bool, typer.Option("--dry-run", help="Print what would change; write nothing.")]
AllowRemoval = Annotated[
    bool, typer.Option("--allow-removal", help="Allow that more than 10 % is deprecated or removed.")
]
SkipFaulty = Annotated[bool, typer.Option("--skip-faulty", help="Leave out what has faults, list it, write the rest.")]
PublishNote = Annotated[str | None, typer.Option("--publish", metavar="NOTE", help="Publish at once with this note.")]
JsonReport = Annotated[bool, typer.Option("--json", help="The report as JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `skillatlas import`."""
    app.command()(ontology)
    app.command()(esco)
    app.command()(courses)


def ontology(
    path: Annotated[Path, typer.Argument(help="A Turtle file, or a folder of them that is the whole scheme.")],
    store: StoreOption = None,
    dry_run: DryRun = False,
    allow_removal: AllowRemoval = False,
    skip_faulty: SkipFaulty = False,
    publish: PublishNote = None,
    json: JsonReport = False,
) -> None:
    """Import SKOS Turtle files in our own format. A single file is partial and deprecates nothing.

    Example: skillatlas import ontology my-ontology/ --dry-run
    """
    from skillatlas.ingest import read_ontology

    _import(
        store,
        lambda _store, progress: read_ontology([path], progress=progress),
        dry_run,
        allow_removal,
        skip_faulty,
        publish,
        json,
    )


def esco(
    files: Annotated[list[Path], typer.Argument(help="The official CSV zips: classification and relations.")],
    store: StoreOption = None,
    dry_run: DryRun = False,
    allow_removal: AllowRemoval = False,
    skip_faulty: SkipFaulty = False,
    publish: PublishNote = None,
    json: JsonReport = False,
) -> None:
    """Import ESCO from its official CSV zips, as scheme esco. Example: skillatlas import esco ESCO*.zip"""
    from skillatlas.ingest import read_esco

    _import(
        store,
        lambda _store, progress: read_esco(files, progress=progress),
        dry_run,
        allow_removal,
        skip_faulty,
        publish,
        json,
    )


def courses(
    file: Annotated[Path, typer.Argument(help="JSON Lines or CSV, one course a line.")],
    catalogue: Annotated[str, typer.Option("--catalogue", help="Key of the catalogue; its courses become KEY:id.")],
    store: StoreOption = None,
    scheme: Annotated[str, typer.Option("--scheme", help="Scheme in which outlines are read.")] = "atlas",
    dry_run: DryRun = False,
    allow_removal: AllowRemoval = False,
    skip_faulty: SkipFaulty = False,
    publish: PublishNote = None,
    json: JsonReport = False,
) -> None:
    """Import a course catalogue. Example: skillatlas import courses courses.csv --catalogue college"""
    from skillatlas.ingest import read_courses

    from ..outlines import OutlineReader

    _import(
        store,
        lambda opened, progress: read_courses(
            file, catalogue, opened, extract=OutlineReader(opened, scheme), scheme=scheme, progress=progress
        ),
        dry_run,
        allow_removal,
        skip_faulty,
        publish,
        json,
    )


def _import(
    store: str | None,
    read: "Callable[[Store, Progress], Harvest]",
    dry_run: bool,
    allow_removal: bool,
    skip_faulty: bool,
    publish: str | None,
    json: bool,
) -> None:
    from skillatlas.ingest import ImportFaultsError, progress_for, run_import
    from skillatlas.taxonomy import publish as publish_edits

    from .errors import UsageError
    from .output import say
    from .reports import print_published, print_report, refused_json, report_json
    from .running import opened_store

    if dry_run and publish is not None:
        raise UsageError("--dry-run writes nothing, so it cannot go with --publish")
    progress = progress_for()
    with opened_store(store) as opened:
        try:
            report = run_import(
                opened,
                read(opened, progress),
                dry_run=dry_run,
                allow_removal=allow_removal,
                skip_faulty=skip_faulty,
                progress=progress,
            )
        except ImportFaultsError as error:
            if json:
                refused_json(error.findings)
            raise
        if json:
            report_json(report)
        else:
            print_report(report)
        if publish is not None:
            print_published(publish_edits(opened, note=publish))
        elif dry_run:
            say("dry run: nothing was written")
            if report.faults and not skip_faulty:
                say("with these faults the import is refused; the counts are of what is free of them")
                raise typer.Exit(1)
        elif next(opened.edits(), None) is not None:
            say("nothing of this is visible before: skillatlas publish --note TEXT")
