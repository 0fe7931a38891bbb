"""What imports, checks, publishing and ingesting did, for people and for programs."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from .output import print_json, print_table, say
from .upgrades import diff_json, print_diff

if TYPE_CHECKING:
    from skillatlas.ingest import Finding, ImportReport, IngestReport
    from skillatlas.taxonomy import Published, Store

_FINDING_COLUMNS: tuple[str, ...] = ("severity", "rule", "file", "line", "column", "text")

EXAMPLES = 3  # of each kind of warning; the file of --warnings and the JSON report have all of them

FAULTS = 50  # shown of a file that is faulty all over, as many as an import that is refused names


def print_report(report: "ImportReport") -> None:
    """Counts and a sample of changes to stdout; warnings, grouped, and faults to stderr."""
    verb = "would be" if report.dry_run else "are"
    print_table(
        f"{report.key}: {report.changed} changes {verb} unpublished edits"
        if report.changed
        else f"{report.key}: no change",
        ("", "created", "updated", "deprecated", "restored", "removed", "unchanged", "kept"),
        (
            (
                kind.lower(),
                count.created,
                count.updated,
                count.deprecated,
                count.restored,
                count.removed,
                count.unchanged,
                count.kept,
            )
            for kind, count in report.counts.items()
        ),
    )
    if report.diff is not None:
        print_diff(report.diff)
    elif report.samples:
        print_table(
            "for example",
            ("operation", "id", "what"),
            ((sample.operation.lower(), sample.entity_id, sample.text) for sample in report.samples),
        )
    print_findings(report.findings)
    for entity_id in report.left_out:
        say(f"left out: {entity_id}")
    if report.scheme is not None:
        say(f"licence of {report.key}: {report.scheme.licence or 'not stated'}")
        say(f"attribution: {report.scheme.attribution or 'not stated'}")


def publish_or_say(store: "Store", note: str | None, *, edited: bool) -> None:
    """Publish with the note; without one, say that what was edited waits for it."""
    from ..publishing import publish_release

    if note is not None:
        print_published(publish_release(store, note=note))
    elif edited:
        say("nothing of this is visible before: skillatlas publish --note TEXT")


def print_findings(findings: Iterable["Finding"]) -> int:
    """Faults, and warnings grouped by rule with examples, to stderr. Returns how many faults there are."""
    faults = 0
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.severity == "FAULT":
            faults += 1
            if faults <= FAULTS:
                say(str(finding))
        else:
            groups[finding.rule].append(finding)
    if faults > FAULTS:
        say(f"… and {faults - FAULTS} more faults (all of them with --warnings FILE or --json)")
    for rule in sorted(groups):
        group = groups[rule]
        say(f"{len(group)} warning(s), {rule or 'other'}:")
        for finding in group[:EXAMPLES]:
            say(f"  {finding}")
        if len(group) > EXAMPLES:
            say(f"  … and {len(group) - EXAMPLES} more (all of them with --warnings FILE or --json)")
    if faults:
        say(f"{faults} fault(s)")
    return faults


def report_json(report: "ImportReport") -> None:
    """The whole report, every finding included, as JSON."""
    print_json(
        {
            "key": report.key,
            "dryRun": report.dry_run,
            "counts": {
                str(kind): {
                    "created": count.created,
                    "updated": count.updated,
                    "deprecated": count.deprecated,
                    "restored": count.restored,
                    "removed": count.removed,
                    "unchanged": count.unchanged,
                    "kept": count.kept,
                }
                for kind, count in report.counts.items()
            },
            "samples": [
                {
                    "operation": sample.operation,
                    "entityType": sample.entity_type,
                    "entityId": sample.entity_id,
                    "text": sample.text,
                }
                for sample in report.samples
            ],
            "diff": diff_json(report.diff) if report.diff else None,
            "findings": _findings_json(report.findings),
            "leftOut": list(report.left_out),
            "licence": report.scheme.licence if report.scheme else None,
            "attribution": report.scheme.attribution if report.scheme else None,
        }
    )


def refused_json(findings: Iterable["Finding"]) -> None:
    """The findings of an import that was refused, as JSON: the report has nothing else to say."""
    print_json({"refused": True, "findings": _findings_json(findings)})


def _findings_json(findings: Iterable["Finding"]) -> list[dict[str, object]]:
    return [
        {
            "severity": finding.severity,
            "file": finding.file,
            "line": finding.line,
            "column": finding.column,
            "rule": finding.rule,
            "text": finding.text,
        }
        for finding in findings
    ]


def write_findings(path: Path, findings: Iterable["Finding"]) -> None:
    """Every finding to a file, one a line: CSV if its name ends in `.csv`, else JSON Lines."""
    import csv

    import orjson

    rows = _findings_json(findings)
    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(_FINDING_COLUMNS), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    else:
        with path.open("wb") as lines:
            lines.writelines(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)


def print_published(published: "Published") -> None:
    """The release that came to be, and edges that were left out, to stderr."""
    for edge in published.left_out:
        say(f"left out: {edge}")
    release = published.release
    if release is not None:
        say(
            f"published release {release.number}: {release.change_count} changes, {release.concept_count} concepts, "
            f"{release.edge_count} edges, {release.content_hash}"
        )


def print_ingest(report: "IngestReport") -> None:
    """How many documents came, and how much was read in them; documents that could not be read are named."""
    print_findings(report.findings)
    say(
        f"{report.collection}: {report.stored} documents stored, {report.unchanged} unchanged, "
        f"{report.mentions} mentions read in {report.scheme}, release {report.release}"
    )
