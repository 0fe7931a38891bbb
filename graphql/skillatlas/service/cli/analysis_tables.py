"""Gaps and plans as tables for people; the symbol, the word and the figure say the same."""

from typing import Any

from .output import print_table

SYMBOLS = {
    "MET": "✓ met",
    "LEVEL_GAP": "△ level too low",
    "LEVEL_UNKNOWN": "? level unknown",
    "TRANSFERABLE": "→ transferable",
    "UNKNOWN": "? unknown",
    "MISSING": "✗ missing",
}


def print_gap(gap: dict[str, Any]) -> None:
    """The table of a gap, then its explanation and warnings."""
    target = gap["target"]
    print_table(
        f"Gap to {target['label'] if target else 'the skills asked for'} (release {gap['release']})",
        ("skill", "status", "necessity", "importance", "level", "held", "contributes", "evidence"),
        (
            (
                entry["skill"]["label"],
                SYMBOLS.get(entry["status"], entry["status"]),
                entry["necessity"].lower(),
                entry["importance"],
                entry["requiredLevel"],
                entry["heldLevel"],
                float(entry["contribution"]),
                _evidence(entry),
            )
            for entry in gap["skills"]
        ),
    )
    for line in (*gap["explanation"], *(f"Warning: {warning}" for warning in gap["warnings"])):
        print(line)  # noqa: T201 - results go to stdout


def _evidence(entry: dict[str, Any]) -> str:
    if entry["transferableFrom"]:
        return f"from {entry['transferableFrom']['label']}"
    return "; ".join(
        f"{item['source']}: {item['text']}" if item["text"] else item["source"] for item in entry["evidence"]
    )


def print_paths(paths: dict[str, Any]) -> None:
    """Each plan as a table, then what cannot be reached."""
    for number, plan in enumerate(paths["plans"], start=1):
        prices = ", ".join(f"{price['amount']:g} {price['currency']}" for price in plan["prices"]) or "no known price"
        finish = f", until {plan['finishDate']}" if plan["finishDate"] else ""
        print_table(
            f"Plan {number}: {plan['objective'].lower()}, {plan['status'].lower()}, {plan['hours']:g} hours, "
            f"{prices}{finish}; readiness after it {_share(plan['readinessAfter'])}",
            ("step", "course", "provider", "hours", "from", "to", "teaches", "why"),
            (
                (
                    step["order"],
                    step["course"]["title"],
                    step["course"]["provider"],
                    step["course"]["hours"],
                    step["startDate"],
                    step["endDate"],
                    ", ".join(taught["skill"]["label"] for taught in step["teaches"]),
                    step["why"],
                )
                for step in plan["steps"]
            ),
        )
    if paths["uncovered"]:
        print_table(
            "Not reached",
            ("skill", "reason", "detail"),
            ((row["skill"]["label"], row["reason"], row["detail"]) for row in paths["uncovered"]),
        )
    for warning in paths["warnings"]:
        print(f"Warning: {warning}")  # noqa: T201 - results go to stdout


def _share(value: float | None) -> str:
    return "not known" if value is None else f"{value:.0%}"
