"""`skillatlas import onet`."""

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
from .options import StoreOption


def onet(
    files: Annotated[
        list[Path],
        typer.Argument(help="The official text zip, zips of its tables (text, CSV), or unpacked folders."),
    ],
    store: StoreOption = None,
    dry_run: DryRun = False,
    allow_removal: AllowRemoval = False,
    skip_faulty: SkipFaulty = False,
    publish: PublishNote = None,
    json: JsonReport = False,
    warnings: WarningsFile = None,
    diff: DiffFile = None,
) -> None:
    """Import O*NET from its tables, as scheme onet. Files named together are one whole; the first named wins.

    Example: skillatlas import onet db_29_2_text.zip --dry-run
    """
    from skillatlas.ingest import read_onet

    import_harvest(
        lambda _store, progress: read_onet(files, progress=progress),
        ImportOptions(store, dry_run, allow_removal, skip_faulty, publish, json, warnings, diff),
    )
