"""Gaps as tables for people; the symbol, the word and the figure say the same."""

from collections.abc import Iterable
from typing import Any

from .output import print_lines, print_table, share_text

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
                _status(entry["status"]),
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
    print_lines(gap["explanation"], gap["warnings"])


def print_details(gap: dict[str, Any]) -> None:
    """What is asked for apart: the priorities with their factors, what stands before a skill, questions."""
    factors = ("weight", "shortfall", "demand", "value", "hours")
    print_table(
        "Worth closing first: weight × shortfall × demand × value ÷ hours",
        ("skill", "status", *factors, "priority"),
        (
            (
                entry["skill"]["label"],
                _status(entry["status"]),
                *(_factor(entry["priority"], name) for name in factors),
                f"{entry['priority']['value']:.6f}",
            )
            for entry in gap["priorities"]
        ),
    )
    chains = [(entry, step) for entry in gap["skills"] for step in entry["prerequisiteChain"]]
    if chains:
        print_table(
            "What stands before a skill, in the order to learn it",
            ("for", "first", "level", "state", "or"),
            (
                (
                    entry["skill"]["label"],
                    step["skill"]["label"],
                    step["level"],
                    _step(step),
                    _labels(step["alternatives"]),
                )
                for entry, step in chains
            ),
        )
    if gap["questions"]:
        print_table(
            "Questions that narrow what is not known",
            ("question", "answers", "narrows by at least"),
            (
                (
                    question["text"],
                    " / ".join(answer["text"].partition(",")[0] for answer in question["answers"]),
                    float(question["narrows"]),
                )
                for question in gap["questions"]
            ),
        )


def print_demand_gap(found: dict[str, Any]) -> None:
    """What several posts ask for together, then each post, then explanation and warnings."""
    print_table(
        f"What {len(found['adverts'])} posts ask for and what of it is missed (release {found['release']})",
        ("skill", "status", "required by", "preferred by", "level", "held", "missed", "costs readiness"),
        (
            (
                row["skill"]["label"],
                _status(row["status"]),
                row["required"],
                row["preferred"],
                row["requiredLevel"],
                row["heldLevel"],
                share_text(row["missed"]),
                float(row["loss"]),
            )
            for row in found["skills"]
        ),
    )
    print_table(
        "Each post",
        ("post", "readiness", "strict", "low", "high", "essential met", "weighs"),
        (
            (
                advert["name"] or str(advert["index"] + 1),
                *_readiness(advert["gap"]),
                _met(advert["gap"]["essential"]),
                share_text(advert["share"]),
            )
            for advert in found["adverts"]
        ),
    )
    print_lines(found["explanation"], found["warnings"])


def print_comparison(found: dict[str, Any]) -> None:
    """The roles' figures, then a row a skill, then explanation and warnings."""
    labels = [gap["target"]["label"] for gap in found["roles"]]
    print_table(
        f"{len(labels)} roles side by side (release {found['release']})",
        ("role", "readiness", "strict", "low", "high", "essential met", "optional met"),
        (
            (label, *_readiness(gap), _met(gap["essential"]), _met(gap["optional"]))
            for label, gap in zip(labels, found["roles"], strict=True)
        ),
    )
    print_table(
        "Skill by skill",
        ("skill", *labels),
        ((row["skill"]["label"], *(_cell(cell) for cell in row["cells"])) for row in found["rows"]),
    )
    print_lines(found["explanation"], found["warnings"])


def _status(status: str) -> str:
    return SYMBOLS.get(status, status)


def _evidence(entry: dict[str, Any]) -> str:
    if entry["transferableFrom"]:
        return f"from {entry['transferableFrom']['label']}"
    return "; ".join(
        f"{item['source']}: {item['text']}" if item["text"] else item["source"] for item in entry["evidence"]
    )


def _factor(priority: dict[str, Any], name: str) -> float:
    return float(next(factor["number"] for factor in priority["factors"] if factor["name"] == name))


def _step(step: dict[str, Any]) -> str:
    state = "✓ held" if step["held"] else _status(step["status"])
    return f"{state}, to be learnt together with what it requires" if step["circular"] else state


def _labels(skills: Iterable[dict[str, Any]]) -> str:
    return ", ".join(skill["label"] for skill in skills)


def _readiness(gap: dict[str, Any]) -> tuple[str, ...]:
    return tuple(share_text(gap[name]) for name in ("readiness", "readinessStrict", "readinessLow", "readinessHigh"))


def _met(share: dict[str, Any]) -> str:
    return f"{share['met']} of {share['required']}"


def _cell(cell: dict[str, Any] | None) -> str:
    if cell is None:
        return "not needed"
    necessity = "" if cell["necessity"] == "ESSENTIAL" else f", {cell['necessity'].lower()}"
    level = "" if cell["requiredLevel"] is None else f", level {cell['requiredLevel']}"
    return f"{_status(cell['status'])}{level}{necessity}"
