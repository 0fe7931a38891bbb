"""Commands on what changed: diff, releases, history."""

from pathlib import Path
from typing import Annotated, Any

import typer

from .options import JsonOption, LangOption, StoreOption


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(diff)
    app.command()(releases)
    app.command()(history)


def diff(
    start: Annotated[int, typer.Argument(metavar="R1", min=0, help="The older release; 0 is the empty one.")],
    end: Annotated[int, typer.Argument(metavar="R2", min=0, help="The newer release.")],
    scheme: Annotated[str | None, typer.Option("--scheme", help="Only this scheme or catalogue.")] = None,
    lang: LangOption = "en",
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write to this file.")] = None,
    whole: Annotated[bool, typer.Option("--all", help="Cut no list.")] = False,
    most: Annotated[int, typer.Option("--most", min=0, help="How many items each list shows.")] = 50,
    store: StoreOption = None,
) -> None:
    """What changed between two releases, as a page of Markdown in English or Chinese.

    Example: skillatlas diff 1 2 --lang zh --out changes.md
    """
    from skillatlas.taxonomy import find_net_changes, find_release, find_scheme_state, write_notes

    from .errors import UsageError
    from .output import write_bytes
    from .running import opened_store

    if start > end:
        raise UsageError(f"{start} {end}: the older release stands first")
    if out is not None and not out.parent.is_dir():
        raise UsageError(f"--out {out}: the folder {out.parent} does not exist")
    with opened_store(store) as opened:
        for number in (start, end):
            if number:
                find_release(opened, number)
        if scheme is not None and end:
            find_scheme_state(opened, end, scheme)
        net = find_net_changes(opened, start, end, scheme=scheme)
        text = write_notes(opened, net, lang=lang, most=None if whole else most)
    if out is None:
        write_bytes(text.encode())
    else:
        out.write_text(text, encoding="utf-8")


_RELEASES = """
query Releases($first: Int, $after: String) {
  releases(first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    edges { node {
      number publishedAt note created updated deprecated restored removed conceptCount edgeCount contentHash
    } }
  }
}"""


def releases(
    first: Annotated[int | None, typer.Option("--first", min=1, help="How many, newest first; default: all.")] = None,
    json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """What each release changed, newest first. Example: skillatlas releases --first 10"""
    from .output import print_json, print_table
    from .running import ask, opened_runtime

    rows: list[dict[str, Any]] = []
    after = None
    with opened_runtime(store) as runtime:
        while first is None or len(rows) < first:
            wanted = 100 if first is None else min(100, first - len(rows))
            page = ask(runtime, _RELEASES, {"first": wanted, "after": after})["releases"]
            rows += (edge["node"] for edge in page["edges"])
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                break
    if json:
        print_json(rows)
        return
    names = ("created", "updated", "deprecated", "restored", "removed")
    print_table(
        f"{len(rows)} releases",
        ("release", "date", "note", *names, "concepts", "hash"),
        (
            (
                row["number"],
                row["publishedAt"][:10],
                row["note"],
                *(row[name] for name in names),
                row["conceptCount"],
                row["contentHash"].removeprefix("sha256:")[:12],
            )
            for row in rows
        ),
    )


_HISTORY = """
query History($id: ID!, $edges: Boolean, $lang: String, $first: Int, $after: String) {
  concept(id: $id) {
    id label(lang: $lang) kind status
    releases { fromRelease toRelease status }
    history(edges: $edges, first: $first, after: $after) {
      pageInfo { hasNextPage endCursor }
      edges { node { release at operation entityType entityId reason words(lang: $lang) } }
    }
  }
}"""


def history(
    concept_id: Annotated[str, typer.Argument(metavar="ID", help="The id of a concept.")],
    edges: Annotated[bool, typer.Option("--edges", help="Changes of the edges from it too.")] = False,
    lang: LangOption = "en",
    json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """What happened to a concept, and which releases contain it. Example: skillatlas history atlas:python --edges"""
    from .errors import AnswerError
    from .output import print_json, print_table
    from .running import ask, opened_runtime

    asked: dict[str, Any] = {"id": concept_id, "edges": edges, "lang": lang, "first": 100, "after": None}
    changes: list[dict[str, Any]] = []
    with opened_runtime(store) as runtime:
        while True:
            found = ask(runtime, _HISTORY, asked)["concept"]
            if found is None:
                raise AnswerError(f"there is no concept {concept_id!r}; look for it: skillatlas search WORDS")
            page = found.pop("history")
            changes += (edge["node"] for edge in page["edges"])
            if not page["pageInfo"]["hasNextPage"]:
                break
            asked["after"] = page["pageInfo"]["endCursor"]
    if json:
        print_json({**found, "history": changes})
        return
    spans = ", ".join(
        f"{span['fromRelease']} to {span['toRelease']} ({span['status'].lower()})" for span in found["releases"]
    )
    print_table(
        f"{found['label']} ({found['id']}): in releases {spans}",
        ("release", "date", "operation", "what", "reason"),
        (
            (row["release"], row["at"][:10], row["operation"].lower(), "; ".join(row["words"]), row["reason"])
            for row in changes
        ),
    )
