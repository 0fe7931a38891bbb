"""The answer of a batch as tables, JSON and CSV; what names a learner is passed through and stands nowhere else."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skillatlas.reskilling import CohortSummary, LearnerGap, NecessityShare
from skillatlas.taxonomy import Graph

from .learners import LearnerFile, LearnerRow
from .output import print_table

_SHOWN = 10  # skills and faults of a table; JSON and CSV have all


@dataclass(frozen=True, slots=True)
class Batch:
    """All that a batch found; labels are shown in `lang`."""

    graph: Graph
    lang: str
    file: LearnerFile
    rows: tuple[tuple[LearnerRow, LearnerGap], ...]
    faults: tuple[tuple[int, str], ...]
    summary: CohortSummary
    with_plans: bool

    def label(self, concept_id: str) -> str:
        """The label of a skill."""
        return self.graph.label(self.graph.concepts[concept_id], self.lang)


_GAP_COLUMNS = (
    "line",
    "readiness",
    "readiness_strict",
    "readiness_low",
    "readiness_high",
    "known_share",
    "essential_met",
    "essential_required",
    "lacking",
)
_PLAN_COLUMNS = (
    "plan_status",
    "plan_hours",
    "plan_prices",
    "plan_finish",
    "plan_readiness_after",
    "plan_courses",
    "plan_uncovered",
)


def write_csv(path: Path, batch: Batch) -> None:
    """The rows as CSV in UTF-8: the learner's own columns, then the figures."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow((*batch.file.who, *_GAP_COLUMNS, *(_PLAN_COLUMNS if batch.with_plans else ())))
        writer.writerows(_csv_rows(batch))


def _csv_rows(batch: Batch) -> Iterator[tuple[object, ...]]:
    for row, gap in batch.rows:
        figures = (
            gap.readiness,
            gap.readiness_strict,
            gap.readiness_low,
            gap.readiness_high,
            gap.known_share,
            gap.essential.met,
            gap.essential.required,
            "; ".join(skill for skill, _ in gap.lacking),
        )
        yield (*row.who, row.line, *figures, *_csv_plan(gap))


def _csv_plan(gap: LearnerGap) -> tuple[object, ...]:
    plan = gap.plan
    if plan is None:
        return ()
    return (
        plan.status,
        plan.hours,
        "; ".join(f"{price.amount} {price.currency}" for price in plan.prices),
        plan.finish_date,
        plan.readiness_after,
        "; ".join(plan.course_ids),
        "; ".join(f"{row.skill_id} {row.reason}" for row in plan.uncovered),
    )


def print_batch(batch: Batch, *, rows_too: bool) -> None:
    """The rows, unless they went to a file, then what the learners have in common."""
    if rows_too:
        planned = ("plan", "hours", "price", "until", "after it") if batch.with_plans else ()
        print_table(
            f"Learners (release {batch.graph.release.number})",
            (*batch.file.who, "line", "readiness", "strict", "low", "high", "essential", "lacks", *planned),
            ((*row.who, row.line, *_cells(batch, gap)) for row, gap in batch.rows),
        )
    summary = batch.summary
    print_table(
        "All of them",
        ("learners", "ready", "mean", "median", "least", "most", "plans", "hours together"),
        [
            (
                summary.learners,
                summary.ready,
                summary.readiness_mean,
                summary.readiness_median,
                summary.readiness_least,
                summary.readiness_most,
                ", ".join(f"{count} {status.lower()}" for status, count in summary.plans) or None,
                summary.hours_total,
            )
        ],
    )
    print_table(
        "Lacked most",
        ("skill", "learners", "of them at too low a level"),
        ((batch.label(one.skill_id), one.learners, one.level_gap) for one in summary.lacked[:_SHOWN]),
    )


def _cells(batch: Batch, gap: LearnerGap) -> tuple[object, ...]:
    lacks = [batch.label(skill) for skill, _ in gap.lacking]
    more = f" … {len(lacks) - _SHOWN} more" if len(lacks) > _SHOWN else ""
    figures = (
        gap.readiness,
        gap.readiness_strict,
        gap.readiness_low,
        gap.readiness_high,
        f"{gap.essential.met} of {gap.essential.required}",
        ", ".join(lacks[:_SHOWN]) + more,
    )
    plan = gap.plan
    if plan is None:
        return figures
    prices = ", ".join(f"{price.amount} {price.currency}" for price in plan.prices) or None
    return (*figures, plan.status.lower(), plan.hours, prices, plan.finish_date, plan.readiness_after)


def as_json(batch: Batch) -> dict[str, Any]:
    """The whole answer for programs."""
    summary = batch.summary
    return {
        "release": batch.graph.release.number,
        "learners": [
            {"learner": dict(zip(batch.file.who, row.who, strict=True)), "line": row.line, **_gap_json(batch, gap)}
            for row, gap in batch.rows
        ],
        "summary": {
            "learners": summary.learners,
            "ready": summary.ready,
            "readinessMean": summary.readiness_mean,
            "readinessMedian": summary.readiness_median,
            "readinessLeast": summary.readiness_least,
            "readinessMost": summary.readiness_most,
            "lacked": [
                {"skill": _skill(batch, one.skill_id), "learners": one.learners, "levelGap": one.level_gap}
                for one in summary.lacked
            ],
            "plans": {str(status): count for status, count in summary.plans},
            "hoursMean": summary.hours_mean,
            "hoursTotal": summary.hours_total,
        },
        "faults": [{"line": line, "text": text} for line, text in batch.faults],
        "ignoredColumns": list(batch.file.ignored),
    }


def _gap_json(batch: Batch, gap: LearnerGap) -> dict[str, Any]:
    found: dict[str, Any] = {
        "readiness": gap.readiness,
        "readinessStrict": gap.readiness_strict,
        "readinessLow": gap.readiness_low,
        "readinessHigh": gap.readiness_high,
        "knownShare": gap.known_share,
        "essential": _share(gap.essential),
        "optional": _share(gap.optional),
        "lacking": [{"skill": _skill(batch, skill), "status": status} for skill, status in gap.lacking],
        "warnings": list(gap.warnings),
    }
    plan = gap.plan
    if plan is not None:
        found["plan"] = {
            "status": plan.status,
            "hours": plan.hours,
            "prices": [{"amount": float(price.amount), "currency": price.currency} for price in plan.prices],
            "unpriced": list(plan.unpriced),
            "finishDate": plan.finish_date,
            "readinessAfter": plan.readiness_after,
            "courses": list(plan.course_ids),
            "uncovered": [
                {"skill": _skill(batch, row.skill_id), "reason": row.reason, "detail": row.detail}
                for row in plan.uncovered
            ],
        }
    return found


def _share(share: NecessityShare) -> dict[str, float]:
    return {
        "required": share.required,
        "met": share.met,
        "levelGap": share.level_gap,
        "levelUnknown": share.level_unknown,
        "transferable": share.transferable,
        "unknown": share.unknown,
        "missing": share.missing,
        "coverage": share.coverage,
    }


def _skill(batch: Batch, skill_id: str) -> dict[str, str]:
    return {"id": skill_id, "label": batch.label(skill_id)}
