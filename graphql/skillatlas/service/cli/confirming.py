"""`skillatlas courses …`: skills that were read in outlines go to the provider as CSV, and come back decided."""

from pathlib import Path
from typing import Annotated, Any

import typer

from .importing import PublishNote
from .options import JsonOption, LangOption, StoreOption

UNCONFIRMED = """
query Unconfirmed($catalogue: String, $after: String, $lang: String) {
  unconfirmedCourses(catalogue: $catalogue, first: 50, after: $after) {
    pageInfo { hasNextPage endCursor }
    edges { node {
      course { id title }
      skills { skill { id label(lang: $lang) } level confidence evidence { text start end } }
    } }
  }
}"""


def register(app: typer.Typer) -> None:
    """Add the commands to `skillatlas courses`."""
    app.command()(unconfirmed)
    app.command()(confirm)


def unconfirmed(
    catalogue: Annotated[str | None, typer.Option("--catalogue", help="Only of this catalogue.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write a CSV for the provider to decide in.")
    ] = None,
    lang: LangOption = "en",
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Skills that were read in course outlines and nobody has confirmed, with where each was read.

    Example: skillatlas courses unconfirmed --catalogue college --out read.csv
    """
    from .output import print_json, print_table, say
    from .running import ask_nodes

    courses = list(ask_nodes(store, UNCONFIRMED, "unconfirmedCourses", {"catalogue": catalogue, "lang": lang}))
    rows = [_row(course, skill) for course in courses for skill in course["skills"]]
    if out is not None:
        _write(out, rows)
        say(f"{len(rows)} skills of {len(courses)} courses written to {out}: fill the column decision (accept, reject)")
    elif json:
        print_json(courses)
    else:
        print_table(
            f"{len(rows)} skills of {len(courses)} courses to be confirmed",
            ("course", "title", "skill", "label", "level", "confidence", "evidence"),
            (row[:-1] for row in rows),
        )


def confirm(
    file: Annotated[Path, typer.Argument(help="The CSV with its column decision filled: accept or reject.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check the file; write nothing.")] = False,
    publish: PublishNote = None,
    store: StoreOption = None,
) -> None:
    """Take over what the provider decided. It is kept when the catalogue is imported again.

    Example: skillatlas courses confirm read.csv --publish "Skills confirmed by the college"
    """
    from skillatlas.ingest import confirm as take_over

    from .errors import UsageError
    from .output import say
    from .reports import print_findings, publish_or_say
    from .running import opened_store

    if dry_run and publish is not None:
        raise UsageError("--dry-run writes nothing, so it cannot go with --publish")
    with opened_store(store) as opened:
        done = take_over(opened, file, dry_run=dry_run)
        if print_findings(done.findings):
            say("nothing was written")
            raise typer.Exit(1)
        say(f"{done.courses} courses: {done.accepted} skills accepted, {done.rejected} rejected")
        publish_or_say(opened, publish, edited=not dry_run and bool(done.courses))


def _row(course: dict[str, Any], skill: dict[str, Any]) -> tuple[object, ...]:
    read = "; ".join(dict.fromkeys(place["text"] for place in skill["evidence"]))
    return (
        course["course"]["id"],
        course["course"]["title"],
        skill["skill"]["id"],
        skill["skill"]["label"],
        skill["level"],
        skill["confidence"],
        read,
        "",
    )


def _write(path: Path, rows: list[tuple[object, ...]]) -> None:
    import csv

    # With a byte order mark, by which spreadsheets know that it is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("course", "title", "skill", "label", "level", "confidence", "evidence", "decision"))
        writer.writerows(rows)
