"""What a table in a later file says otherwise than the one that is read."""

from collections.abc import Iterator

from ...findings import Finding, warning
from .rows import Cells
from .tables import Table

_RULE = "other-file"


def table_differences(read: Table, other: Table) -> Iterator[Finding]:
    """Rows that only one of the two has, and rows that differ; all as `read` has them. Raises UnreadableError."""
    ours, theirs = _by_key(read), _by_key(other)
    for key in sorted(ours.keys() | theirs.keys()):
        name = f"{read.name}: {', '.join(key)}"
        if key not in theirs:
            text = f"{name} is not in {other.place}; kept"
            yield warning(read.place, ours[key].line, text, rule=f"{_RULE}-lacks")
        elif key not in ours:
            text = f"{name} is not in {read.place}, which is read; left out"
            yield warning(other.place, theirs[key].line, text, rule=f"{_RULE}-only")
        elif ours[key].values != theirs[key].values:
            yield _differing(read, other, name, ours[key], theirs[key])


def _by_key(table: Table) -> dict[tuple[str, ...], Cells]:
    found: dict[tuple[str, ...], Cells] = {}
    for cells in table.rows():
        key = cells.values[: table.columns.key]
        held = found.get(key)
        # Of repeated rows the smallest stands for them, so that their order does not matter.
        if held is None or cells.values < held.values:
            found[key] = cells
    return found


def _differing(read: Table, other: Table, name: str, ours: Cells, theirs: Cells) -> Finding:
    columns = [
        (column, mine, their, number)
        for column, mine, their, number in zip(
            read.columns.names, ours.values, theirs.values, theirs.columns, strict=True
        )
        if mine != their
    ]
    what = ", ".join(f"{column} {their!r} instead of {mine!r}" for column, mine, their, _ in columns)
    text = f"{name} has {what} as in {read.place}, which is read; left out"
    return warning(other.place, theirs.line, text, rule=f"{_RULE}-differs", column=columns[0][3])
