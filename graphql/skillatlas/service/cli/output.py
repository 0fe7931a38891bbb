"""What commands print: tables for people, JSON for programs; results to stdout, progress and words to stderr."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any


def say(text: str) -> None:
    """A line for the person at the terminal, on stderr."""
    sys.stderr.write(f"{text}\n")


def print_json(value: Any, *, indent: bool = True) -> None:
    """`value` as JSON on stdout, indented, or in one line."""
    import orjson

    options = orjson.OPT_APPEND_NEWLINE | (orjson.OPT_INDENT_2 if indent else 0)
    write_bytes(orjson.dumps(value, option=options))


def write_bytes(data: bytes) -> None:
    """Bytes to stdout as they are, whatever the terminal's encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def print_table(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table on stdout; None is shown as a dash, floats with three decimals."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title), box=box.SIMPLE_HEAD, title_justify="left", show_edge=False)
    for name in head:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(cell)) for cell in row))
    width = None if sys.stdout.isatty() else 160
    Console(width=width, highlight=False).print(table)


def print_lines(lines: Iterable[str], warnings: Iterable[str] = ()) -> None:
    """Lines on stdout, then the warnings of an answer."""
    for line in (*lines, *(f"Warning: {warning}" for warning in warnings)):
        print(line)  # noqa: T201 - results go to stdout


def share_text(value: float | None) -> str:
    """A share as a percentage."""
    return "not known" if value is None else f"{value:.0%}"


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    return str(value)
