"""Plans as tables for people."""

from typing import Any

from .output import print_lines, print_table, share_text


def print_paths(paths: dict[str, Any]) -> None:
    """Each plan as a table, then what cannot be reached."""
    for number, plan in enumerate(paths["plans"], start=1):
        prices = ", ".join(f"{price['amount']:g} {price['currency']}" for price in plan["prices"]) or "no known price"
        finish = f", until {plan['finishDate']}" if plan["finishDate"] else ""
        print_table(
            f"Plan {number}: {plan['objective'].lower()}, {plan['status'].lower()}, {plan['hours']:g} hours, "
            f"{prices}{finish}; readiness after it {share_text(plan['readinessAfter'])}",
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
    print_lines((), paths["warnings"])
