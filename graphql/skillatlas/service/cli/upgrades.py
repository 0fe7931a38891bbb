"""What an import changes in a scheme that the store has: the first of everything for people, all of it in a file."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .output import print_table

if TYPE_CHECKING:
    from skillatlas.ingest import ImportReport, UpgradeDiff
    from skillatlas.taxonomy import Candidate, Suggestion

SHOWN, FIRST = 5, 10
"""Rows of a section, and of those to be looked at first; --diff FILE and --json have all of them."""


def print_diff(diff: "UpgradeDiff") -> None:
    """The sections that are not empty, suspicious things first, each by its first rows."""
    versions = f"{diff.version_before or '?'} → {diff.version_after or '?'}: " if diff.version_after else ""
    _section(
        "suspicious",
        ("rule", "what"),
        ((item.rule, item.text) for item in diff.suspicious),
        title=versions,
        shown=FIRST,
    )
    _section(
        "conflicts with local edits",
        ("id", "rule", "what"),
        ((item.entity_id, item.rule, item.text) for item in diff.conflicts),
        shown=FIRST,
    )
    _section(
        "may follow what vanished (a likeness, not a probability): skillatlas replacements apply ID=ID",
        ("vanished", "candidate", "label", "score", "by label", "by relations"),
        suggestion_rows(diff.suggestions),
        shown=FIRST,
    )
    _section("mappings that turn stale", ("mapping",), ((name,) for name in diff.turning_stale))
    _section("created", ("id", "label"), ((item.id, item.label) for item in diff.created))
    _section(
        "relabelled",
        ("id", "lang", "old", "new"),
        ((row.id, row.lang, row.before, row.after) for row in diff.relabelled),
    )
    _section(
        "moved",
        ("id", "label", "from", "to"),
        ((row.id, row.label, ", ".join(row.left), ", ".join(row.came)) for row in diff.moved),
    )
    _section(
        "deprecated",
        ("id", "label", "followed by", "reason"),
        ((row.id, row.label, ", ".join(row.followers) or None, row.reason) for row in diff.deprecated),
    )
    _section("restored", ("id", "label"), ((item.id, item.label) for item in diff.restored))
    _section(
        "otherwise changed", ("id", "label", "fields"), ((i.id, i.label, ", ".join(i.fields)) for i in diff.altered)
    )
    if diff.relations:
        print_table(
            "relations",
            ("type", "before", "added", "removed", "of these renewed", "changed"),
            (
                (row.type, row.before, len(row.added), len(row.removed), row.renewed, len(row.changed))
                for row in diff.relations
            ),
        )


def suggestion_rows(suggestions: Iterable["Suggestion"]) -> Iterator[tuple[object, ...]]:
    """One row a candidate; one for a concept that nothing is like."""
    for item in suggestions:
        for number, one in enumerate(item.candidates):
            name = item.concept.id if number == 0 else ""
            yield name, one.concept.id, _label(one), one.score, one.label, one.shared
        if not item.candidates:
            yield item.concept.id, None, "nothing is alike", None, None, None


def suggestions_json(suggestions: Iterable["Suggestion"]) -> list[dict[str, Any]]:
    """The suggestions for programs."""
    return [
        {
            "concept": item.concept.id,
            "candidates": [
                {
                    "concept": one.concept.id,
                    "label": _label(one),
                    "score": one.score,
                    "labelLikeness": one.label,
                    "sharedRelations": one.shared,
                }
                for one in item.candidates
            ],
        }
        for item in suggestions
    ]


def diff_json(diff: "UpgradeDiff") -> dict[str, Any]:
    """The whole diff for programs."""
    return {
        "versionBefore": diff.version_before,
        "versionAfter": diff.version_after,
        "suspicious": [{"rule": item.rule, "text": item.text} for item in diff.suspicious],
        "conflicts": [{"entityId": item.entity_id, "rule": item.rule, "text": item.text} for item in diff.conflicts],
        "created": [{"id": item.id, "label": item.label} for item in diff.created],
        "relabelled": [
            {"id": row.id, "lang": row.lang, "before": row.before, "after": row.after} for row in diff.relabelled
        ],
        "moved": [{"id": row.id, "label": row.label, "from": row.left, "to": row.came} for row in diff.moved],
        "deprecated": [
            {"id": row.id, "label": row.label, "followers": row.followers, "reason": row.reason}
            for row in diff.deprecated
        ],
        "restored": [{"id": item.id, "label": item.label} for item in diff.restored],
        "altered": [{"id": row.id, "label": row.label, "fields": row.fields} for row in diff.altered],
        "relations": [
            {
                "type": row.type,
                "before": row.before,
                "added": row.added,
                "removed": row.removed,
                "changed": row.changed,
                "renewed": row.renewed,
            }
            for row in diff.relations
        ],
        "turningStale": diff.turning_stale,
        "suggestions": suggestions_json(diff.suggestions),
    }


def write_diff(path: Path, report: "ImportReport") -> None:
    """The whole diff as a page of Markdown; of an import that changes nothing in a scheme, a line that says so."""
    from skillatlas.ingest import diff_markdown

    with path.open("w", encoding="utf-8", newline="\n") as page:
        if report.diff is not None:
            page.writelines(diff_markdown(report.key, report.diff))
        elif report.changed:
            page.write(f"# {report.key}\n\nThe store has nothing of it yet: all of it is new.\n")
        else:
            page.write(f"# {report.key}\n\nNothing changes.\n")


def _label(candidate: "Candidate") -> str:
    from skillatlas.taxonomy import LabelType, choose

    found = {label.lang: label.value for label in candidate.concept.labels if label.type is LabelType.PREFERRED}
    tag = choose("en", found)
    return found[tag] if tag is not None else candidate.concept.id


def _section(
    name: str, head: tuple[str, ...], rows: Iterable[tuple[object, ...]], *, title: str = "", shown: int = SHOWN
) -> None:
    found = list(rows)
    if not found:
        return
    more = f", the first {shown} (all: --diff FILE)" if len(found) > shown else ""
    print_table(f"{title}{name}: {len(found)}{more}", head, found[:shown])
