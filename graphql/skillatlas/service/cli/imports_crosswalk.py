"""`skillatlas import crosswalk`."""

from pathlib import Path
from typing import Annotated

import typer

from .importing import (
    AllowRemoval,
    DryRun,
    ImportOptions,
    JsonReport,
    PublishNote,
    SkipFaulty,
    WarningsFile,
    import_harvest,
)
from .options import StoreOption


def crosswalk(
    file: Annotated[Path, typer.Argument(help="CSV (Career Causeways, ESCO portal) or SSSOM, also as .gz.")],
    from_key: Annotated[
        str, typer.Option("--from", metavar="KEY", help="Scheme that the mappings begin in and belong to.")
    ],
    to_key: Annotated[str, typer.Option("--to", metavar="KEY", help="Scheme that they lead to; may be absent.")],
    store: StoreOption = None,
    name: Annotated[
        str | None,
        typer.Option("--name", help="Name of the crosswalk, the same for all versions; default: by its form."),
    ] = None,
    version: Annotated[
        str | None, typer.Option("--version", help="Its version, instead of what the file says.")
    ] = None,
    licence: Annotated[
        str | None, typer.Option("--licence", help="Its licence, instead of what the file says.")
    ] = None,
    attribution: Annotated[
        str | None, typer.Option("--attribution", help="Whom to name, instead of what the file says.")
    ] = None,
    dry_run: DryRun = False,
    allow_removal: AllowRemoval = False,
    skip_faulty: SkipFaulty = False,
    publish: PublishNote = None,
    json: JsonReport = False,
    warnings: WarningsFile = None,
) -> None:
    """Import mappings between two schemes; another version of a crosswalk replaces its mappings alone.

    Example: skillatlas import crosswalk esco_onet_crosswalk_Nov2020.csv --from esco --to onet --dry-run
    """
    from skillatlas.ingest import CrosswalkOptions, read_crosswalk

    options = CrosswalkOptions(name=name, version=version, licence=licence, attribution=attribution)
    import_harvest(
        lambda _store, progress: read_crosswalk(file, from_key, to_key, options, progress=progress),
        ImportOptions(store, dry_run, allow_removal, skip_faulty, publish, json, warnings),
    )
