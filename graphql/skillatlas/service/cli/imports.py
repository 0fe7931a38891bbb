"""`skillatlas import …`: one command a source; the options they share are in importing.py."""

from pathlib import Path
from typing import Annotated

import typer

from .importing import (
    AllowRemoval,
    DiffFile,
    DryRun,
    ImportOptions,
    JsonReport,
    PublishNote,
    SkipFaulty,
    WarningsFile,
    import_harvest,
)
from .imports_crosswalk import crosswalk
from .imports_onet import onet
from .imports_skos import skos
from .options import StoreOption


def register(app: typer.Typer) -> None:
    """Add the commands to `skillatlas import`."""
    app.command()(ontology)
    app.command()(overlay)
    app.command()(esco)
    app.command()(onet)
    app.command()(courses)
    app.command()(skos)
    app.command()(crosswalk)


def ontology(
    path: Annotated[Path, typer.Argument(help="A Turtle file, or a folder of them that is the whole scheme.")],
    store: StoreOption = None,
    dry_run: DryRun = False,
    allow_removal: AllowRemoval = False,
    skip_faulty: SkipFaulty = False,
    publish: PublishNote = None,
    json: JsonReport = False,
    warnings: WarningsFile = None,
    diff: DiffFile = None,
) -> None:
    """Import SKOS Turtle files in our own format. A single file is partial and deprecates nothing.

    Example: skillatlas import ontology my-ontology/ --dry-run
    """
    from skillatlas.ingest import read_ontology

    import_harvest(
        lambda _store, progress: read_ontology([path], progress=progress),
        ImportOptions(store, dry_run, allow_removal, skip_faulty, publish, json, warnings, diff),
    )


def overlay(
    path: Annotated[Path, typer.Argument(help="A Turtle file, or a folder of them that is the whole overlay.")],
    store: StoreOption = None,
    dry_run: DryRun = False,
    skip_faulty: SkipFaulty = False,
    publish: PublishNote = None,
    json: JsonReport = False,
    warnings: WarningsFile = None,
) -> None:
    """Lay own labels, definitions and relations over concepts of a scheme that others keep. Upgrades keep them.

    Example: skillatlas import overlay esco-zh.ttl --dry-run
    """
    from skillatlas.ingest import read_overlay

    import_harvest(
        lambda opened, progress: read_overlay([path], opened, progress=progress),
        ImportOptions(
            store,
            dry_run,
            allow_removal=True,  # an overlay is the whole of what is local in it
            skip_faulty=skip_faulty,
            publish=publish,
            json=json,
            warnings=warnings,
        ),
    )


def esco(
    files: Annotated[list[Path], typer.Argument(help="The official CSV zips: classification and relations.")],
    store: StoreOption = None,
    dry_run: DryRun = False,
    allow_removal: AllowRemoval = False,
    skip_faulty: SkipFaulty = False,
    publish: PublishNote = None,
    json: JsonReport = False,
    warnings: WarningsFile = None,
    diff: DiffFile = None,
) -> None:
    """Import ESCO from its official CSV zips, as scheme esco. Example: skillatlas import esco ESCO*.zip"""
    from skillatlas.ingest import read_esco

    import_harvest(
        lambda _store, progress: read_esco(files, progress=progress),
        ImportOptions(store, dry_run, allow_removal, skip_faulty, publish, json, warnings, diff),
    )


def courses(
    file: Annotated[Path, typer.Argument(help="JSON Lines, CSV or .xlsx, one course a line.")],
    catalogue: Annotated[str, typer.Option("--catalogue", help="Key of the catalogue; its courses become KEY:id.")],
    store: StoreOption = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", metavar="FILE", help="TOML: which column of your own table holds what.")
    ] = None,
    scheme: Annotated[str, typer.Option("--scheme", help="Scheme in which outlines are read.")] = "atlas",
    dry_run: DryRun = False,
    allow_removal: AllowRemoval = False,
    skip_faulty: SkipFaulty = False,
    publish: PublishNote = None,
    json: JsonReport = False,
    warnings: WarningsFile = None,
) -> None:
    """Import a course catalogue. Example: skillatlas import courses courses.csv --catalogue college"""
    from skillatlas.ingest import keep_decisions, read_courses

    from ..outlines import OutlineReader

    import_harvest(
        lambda opened, progress: keep_decisions(
            opened,
            read_courses(
                file,
                catalogue,
                opened,
                extract=OutlineReader(opened, scheme),
                scheme=scheme,
                mapping=mapping,
                progress=progress,
            ),
        ),
        ImportOptions(store, dry_run, allow_removal, skip_faulty, publish, json, warnings),
    )
