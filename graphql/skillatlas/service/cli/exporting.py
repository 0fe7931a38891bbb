"""`skillatlas export`: a dump of a release in a file."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .options import StoreOption

if TYPE_CHECKING:
    from skillatlas.taxonomy import Store


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(export)


def export(
    out: Annotated[Path, typer.Option("--out", help="File to write; - for standard output.")],
    release: Annotated[
        int | None, typer.Option("--release", help="Number of the release; default: the newest.")
    ] = None,
    dump_format: Annotated[
        str, typer.Option("--format", help="jsonl (an entity a line, canonical), json, csv (a zip of tables) or ttl.")
    ] = "jsonl",
    scheme: Annotated[str | None, typer.Option("--scheme", help="Only this scheme or catalogue.")] = None,
    store: StoreOption = None,
) -> None:
    """Write a dump of a release; prints its SHA-256. Example: skillatlas export --release 1 --out atlas.jsonl"""
    import hashlib

    from skillatlas.taxonomy import find_release

    from .errors import UsageError
    from .output import say, write_bytes
    from .running import opened_store

    if dump_format not in _DUMPS:
        raise UsageError(f"--format {dump_format}: must be one of {', '.join(_DUMPS)}")
    if not out.parent.is_dir():
        raise UsageError(f"--out {out}: the folder {out.parent} does not exist")
    digest = hashlib.sha256()
    with opened_store(store) as opened:
        number = find_release(opened, release).number
        blocks = _DUMPS[dump_format](opened, number, scheme)
        if str(out) == "-":
            for block in blocks:
                digest.update(block)
                write_bytes(block)
        else:
            # Written beside and renamed: a dump is there whole or not at all.
            partial = out.with_name(out.name + ".part")
            try:
                with partial.open("wb") as file:
                    for block in blocks:
                        digest.update(block)
                        file.write(block)
                partial.replace(out)
            finally:
                partial.unlink(missing_ok=True)
    say(f"release {number}: sha256:{digest.hexdigest()}")


def _lines(store: "Store", number: int, scheme: str | None) -> "Iterator[bytes]":
    from skillatlas.taxonomy import dump_lines

    return dump_lines(store, number, scheme=scheme)


def _document(store: "Store", number: int, scheme: str | None) -> "Iterator[bytes]":
    from skillatlas.taxonomy import dump_document

    return dump_document(store, number, scheme=scheme)


def _tables(store: "Store", number: int, scheme: str | None) -> "Iterator[bytes]":
    from skillatlas.taxonomy import dump_tables

    return dump_tables(store, number, scheme=scheme)


def _turtle(store: "Store", number: int, scheme: str | None) -> "Iterator[bytes]":
    from skillatlas.taxonomy import dump_turtle, find_scheme_state, load_graph

    if scheme is not None:
        find_scheme_state(store, number, scheme)
    return dump_turtle(load_graph(store, number), scheme=scheme)


_DUMPS = {"jsonl": _lines, "json": _document, "csv": _tables, "ttl": _turtle}
