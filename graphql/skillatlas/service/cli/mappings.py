"""`skillatlas mappings …`: the list of stale mappings, and what people decide on them."""

from typing import Annotated, Any

import typer

from .importing import PublishNote
from .options import JsonOption, LangOption, StoreOption

STALE = """
query Stale($scheme: String, $after: String, $lang: String!) {
  staleMappings(scheme: $scheme, first: 100, after: $after) {
    pageInfo { hasNextPage endCursor }
    edges { node {
      id predicate staleSince
      source { id label(lang: $lang) }
      target { id status label(lang: $lang) }
      changes { field lang before after }
      followers { id label(lang: $lang) }
      choose
    } }
  }
}"""

Reason = Annotated[str | None, typer.Option("--reason", help="Why; it stands in the log of changes.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `skillatlas mappings`."""
    app.command()(stale)
    app.command()(confirm)
    app.command()(move)
    app.command()(remove)


def stale(
    scheme: Annotated[
        str | None, typer.Option("--scheme", help="Only mappings that begin or end in this scheme.")
    ] = None,
    lang: LangOption = "en",
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """List the mappings whose other end changed since somebody last looked, and what changed.

    Example: skillatlas mappings stale --scheme esco
    """
    from .output import print_json, print_table
    from .running import ask_nodes

    found = list(ask_nodes(store, STALE, "staleMappings", {"scheme": scheme, "lang": lang}))
    if json:
        print_json(found)
        return
    print_table(
        f"{len(found)} stale mappings",
        ("mapping", "from", "to", "since", "what changed"),
        (
            (node["id"], _shown(node["source"]), _shown(node["target"]), node["staleSince"], _changed(node))
            for node in found
        ),
    )


def confirm(
    mappings: Annotated[
        list[str] | None, typer.Argument(help="Ids of mappings, as `mappings stale` lists them.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All whose end is not deprecated.")] = False,
    scheme: Annotated[
        str | None, typer.Option("--scheme", help="With --all: that begin or end in this scheme.")
    ] = None,
    reason: Reason = None,
    publish: PublishNote = None,
    store: StoreOption = None,
) -> None:
    """Say of stale mappings that they still hold.

    Example: skillatlas mappings confirm --all --scheme esco --publish "Mappings looked through"
    """
    from skillatlas.taxonomy import confirm_mappings

    from .errors import UsageError
    from .running import opened_store

    if bool(mappings) is every:
        raise UsageError("name mappings, or give --all")
    if scheme is not None and not every:
        raise UsageError("--scheme goes with --all")
    with opened_store(store) as opened:
        ids = None if every else mappings
        done = confirm_mappings(opened, ids, scheme=scheme, reason=reason or "mapping confirmed")
        _tell(opened, done, "confirmed", publish)


def move(
    mapping: Annotated[str, typer.Argument(help="Id of the mapping.")],
    to: Annotated[str, typer.Option("--to", metavar="ID", help="Concept that it leads to from now on.")],
    reason: Reason = None,
    publish: PublishNote = None,
    store: StoreOption = None,
) -> None:
    """Let a mapping lead to another concept. Where a file of yours states it, change it there too.

    Example: skillatlas mappings move "MAPS_TO|atlas:sql|EXACT|http://data.europa.eu/esco/skill/…" --to esco:skill/…
    """
    from skillatlas.taxonomy import move_mapping

    from .running import opened_store

    with opened_store(store) as opened:
        _tell(opened, move_mapping(opened, mapping, to, reason=reason or "mapping moved"), "moved", publish)


def remove(
    mapping: Annotated[str, typer.Argument(help="Id of the mapping.")],
    reason: Reason = None,
    publish: PublishNote = None,
    store: StoreOption = None,
) -> None:
    """Take a mapping away. Where a file of yours states it, take it out there too."""
    from skillatlas.taxonomy import remove_mapping

    from .running import opened_store

    with opened_store(store) as opened:
        _tell(opened, remove_mapping(opened, mapping, reason=reason or "mapping removed"), "removed", publish)


def _tell(store: Any, done: Any, what: str, publish: str | None) -> None:
    from .output import say
    from .reports import publish_or_say

    for text in done.left:
        say(f"left: {text}")
    say(f"{len(done.edited)} mapping(s) {what}")
    publish_or_say(store, publish, edited=bool(done.edited))


def _shown(concept: dict[str, Any] | None) -> str | None:
    return f"{concept['id']} {concept['label']}" if concept else None


def _changed(node: dict[str, Any]) -> str:
    parts = []
    for change in node["changes"]:
        tag = f" ({change['lang']})" if change["lang"] else ""
        parts.append(f"{change['field']}{tag}: {change['before'] or 'none'} → {change['after'] or 'none'}")
    if node["followers"]:
        names = ", ".join(f"{one['id']} {one['label']}" for one in node["followers"])
        parts.append(f"{'choose among' if node['choose'] else 'followed by'} {names}")
    elif node["target"] and node["target"]["status"] == "DEPRECATED":
        parts.append("nothing follows it")
    return "; ".join(parts)
