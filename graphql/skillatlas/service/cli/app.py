"""The commands put together, and the one place where errors become messages and exit statuses."""

import logging
import sys
from typing import Annotated

import typer

from . import (
    affected,
    batch,
    candidates,
    confirming,
    coverage,
    exporting,
    gaps,
    history,
    impact,
    imports,
    mappings,
    overrides,
    paths,
    replacements,
    report,
    serving,
    syncing,
    taxonomy,
    texts,
    transitions,
)

app = typer.Typer(
    name="skillatlas",
    help="An open, versioned skill taxonomy: extraction, skill gaps and learning paths.\n\n"
    "Start with: skillatlas init, then skillatlas serve.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
import_app = typer.Typer(
    help="Bring in an ontology, ESCO, O*NET, SKOS, a crosswalk or courses. Nothing is visible before it is published.",
    no_args_is_help=True,
)
app.add_typer(import_app, name="import")
sync_app = typer.Typer(help="Keep a mirror of a server's taxonomy in a folder.", no_args_is_help=True)
app.add_typer(sync_app, name="sync")

courses_app = typer.Typer(
    help="Skills that were read in course outlines: list them, confirm them; courses that a release affects.",
    no_args_is_help=True,
)
app.add_typer(courses_app, name="courses")
mappings_app = typer.Typer(
    help="Mappings whose other end changed: list them, confirm, move or remove them.", no_args_is_help=True
)
app.add_typer(mappings_app, name="mappings")
replacements_app = typer.Typer(
    help="What follows concepts that vanished from their source: suggest it, say it.", no_args_is_help=True
)
app.add_typer(replacements_app, name="replacements")
override_app = typer.Typer(
    help="What people say of forms: never a skill here, or that skill. It is kept through runs and releases.",
    no_args_is_help=True,
)
app.add_typer(override_app, name="override")
candidates_app = typer.Typer()
app.add_typer(candidates_app, name="candidates")
batch_app = typer.Typer(no_args_is_help=True)
app.add_typer(batch_app, name="batch")

taxonomy.register(app)
exporting.register(app)
imports.register(import_app)
texts.register(app)
coverage.register(app)
gaps.register(app)
paths.register(app)
report.register(app)
batch.register(batch_app)
confirming.register(courses_app)
affected.register(courses_app)
mappings.register(mappings_app)
replacements.register(replacements_app)
overrides.register(override_app)
candidates.register(candidates_app)
transitions.register(app)
history.register(app)
impact.register(app)
serving.register(app)
syncing.register(sync_app)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"skillatlas {version('skillatlas')}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Holds the options that stand before a command."""


def main() -> None:
    """Run the command line: status 0 done, 1 faults in the input, 2 wrong usage, 3 a system cannot be reached."""
    # Libraries' warnings go to the log that `serve` sets up; without one they would stand before our own words.
    logging.getLogger().addHandler(logging.NullHandler())
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output went away, as `| head` does
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        from .errors import report

        sys.exit(report(error))
