"""What every benchmark returns, and how it is printed."""

from collections.abc import Iterable
from typing import TypedDict


class Row(TypedDict):
    """One figure: what was measured, its value with unit, the baseline of the same run, and the goal."""

    what: str
    value: float
    unit: str
    baseline: str
    ratio: float | None
    goal: str
    met: bool | None


def row(
    what: str,
    value: float,
    unit: str,
    *,
    goal: str = "",
    met: bool | None = None,
    baseline: str = "",
    ratio: float | None = None,
) -> Row:
    """A row; figures are rounded for reading."""
    return Row(
        what=what,
        value=round(value, 3),
        unit=unit,
        baseline=baseline,
        ratio=None if ratio is None else round(ratio, 3),
        goal=goal,
        met=met,
    )


def print_rows(title: str, rows: Iterable[Row]) -> None:
    """A Markdown table: it goes into the docs as it is."""
    print(
        f"\n### {title}\n\n| what | value | baseline in the same run | ratio | goal | met |\n|---|---|---|---|---|---|"
    )
    for line in rows:
        met = {None: "", True: "yes", False: "**no**"}[line["met"]]
        ratio = "" if line["ratio"] is None else f"{line['ratio']:g}"
        value = f"{line['value']:g} {line['unit']}"
        print(f"| {' | '.join((line['what'], value, line['baseline'], ratio, line['goal'], met))} |")
