"""What every `skillatlas import …` shares: its options, and running a reader's harvest from report to publishing."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from skillatlas.ingest import Harvest, ImportReport, Progress
    from skillatlas.taxonomy import Store

DryRun = Annotated[bool, typer.Option("--dry-run", help="Print what would change; write nothing.")]
AllowRemoval = Annotated[
    bool, typer.Option("--allow-removal", help="Allow that more than 10 % is deprecated or removed.")
]
SkipFaulty = Annotated[bool, typer.Option("--skip-faulty", help="Leave out what has faults, list it, write the rest.")]
PublishNote = Annotated[str | None, typer.Option("--publish", metavar="NOTE", help="Publish at once with this note.")]
JsonReport = Annotated[bool, typer.Option("--json", help="The report as JSON.")]
WarningsFile = Annotated[
    Path | None,
    typer.Option(
        "--warnings",
        metavar="FILE",
        help="Write every warning and fault to a file: CSV if it ends in .csv, else JSON Lines.",
    ),
]

DiffFile = Annotated[
    Path | None,
    typer.Option("--diff", metavar="FILE", help="Write all that changes in the scheme to a file, as Markdown."),
]


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """The options of one run, as the command line gave them."""

    store: str | None = None
    dry_run: bool = False
    allow_removal: bool = False
    skip_faulty: bool = False
    publish: str | None = None
    json: bool = False
    warnings: Path | None = None
    diff: Path | None = None


def import_harvest(read: "Callable[[Store, Progress], Harvest]", options: ImportOptions) -> None:
    """Read with `read`, compare with the store, write what differs, and say what was done.

    Raises UsageError for options that do not fit together, what `read` raises and what `run_import` raises; in a dry
    run with faults, ends with status 1.
    """
    from skillatlas.ingest import ImportFaultsError, progress_for, run_import

    from .errors import UsageError
    from .reports import refused_json, write_findings
    from .running import opened_store

    if options.dry_run and options.publish is not None:
        raise UsageError("--dry-run writes nothing, so it cannot go with --publish")
    for option, path in (("--warnings", options.warnings), ("--diff", options.diff)):
        if path is not None:
            _check_writable(option, path)
    progress = progress_for()
    with opened_store(options.store) as store:
        try:
            report = run_import(
                store,
                read(store, progress),
                dry_run=options.dry_run,
                allow_removal=options.allow_removal,
                skip_faulty=options.skip_faulty,
                progress=progress,
            )
        except ImportFaultsError as error:
            if options.warnings is not None:
                write_findings(options.warnings, error.findings)
            if options.json:
                refused_json(error.findings)
            raise
        _tell(store, report, options)


def _check_writable(option: str, path: Path) -> None:
    """Raise UsageError where no file can be written to `path`: said before the import, not after it."""
    from .errors import UsageError

    if path.is_dir():
        raise UsageError(f"{option}: {path} is a folder; name a file")
    if not path.parent.is_dir():
        raise UsageError(f"{option}: there is no folder {path.parent}")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise UsageError(f"{option}: {path} cannot be written")


def _tell(store: "Store", report: "ImportReport", options: ImportOptions) -> None:
    """Print the report, publish if that was asked, and say what comes next."""
    from .output import say
    from .reports import print_report, publish_or_say, report_json, write_findings
    from .upgrades import write_diff

    if options.warnings is not None:
        write_findings(options.warnings, report.findings)
    if options.diff is not None:
        write_diff(options.diff, report)
    if options.json:
        report_json(report)
    else:
        print_report(report)
    if options.dry_run:
        say("dry run: nothing was written")
        if report.faults and not options.skip_faulty:
            say("with these faults the import is refused; the counts are of what is free of them")
            raise typer.Exit(1)
    else:
        publish_or_say(store, options.publish, edited=next(store.edits(), None) is not None)
