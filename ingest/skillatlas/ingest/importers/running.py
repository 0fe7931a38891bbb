"""Running an import: from a harvest to edits in the store, all or nothing."""

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from typing import TypeVar

from skillatlas.taxonomy import Concept, EntityType, MapsTo, Requires, Scheme, Store, edge_id
from skillatlas.taxonomy import Course as CourseEntity

from ..errors import ImportFaultsError, RemovalLimitError
from ..findings import Finding, fault, ordered, warning
from ..progress import NoProgress, Progress, Step
from ..settings import DEFAULT_SETTINGS, ImportSettings
from .comparing import Comparison, compare, wanted_records
from .draft import check_key, open_draft
from .harvest import Harvest
from .report import ImportReport
from .upgrade import finish

_CHUNK = 2000  # items told to the progress at a time

_NAMES = {EntityType.CONCEPT: "active concepts", EntityType.EDGE: "edges", EntityType.COURSE: "courses"}

_T = TypeVar("_T")


def run_import(
    store: Store,
    harvest: Harvest,
    *,
    dry_run: bool = False,
    allow_removal: bool = False,
    skip_faulty: bool = False,
    progress: Progress | None = None,
    settings: ImportSettings = DEFAULT_SETTINGS,
) -> ImportReport:
    """Write what differs between the harvest and the store's draft as unpublished edits, all of it or nothing.

    A dry run takes no lock, writes nothing and returns the same report, with the faults in its findings. Raises
    ImportFaultsError where there are faults and `skip_faulty` is not set, RemovalLimitError where more than
    `settings.removal_limit` would go and `allow_removal` is not set, KeyInUseError, and the store's errors.
    """
    watcher = progress or NoProgress()
    # The draft is read inside the writer's block: nobody can edit it between the comparison and the writing.
    with nullcontext() if dry_run else store.writer() as writer:
        check_key(store, harvest)
        finished = harvest.beside(store) if harvest.beside else harvest
        findings = list(finished.findings)
        if finished.faults and not (skip_faulty or dry_run):
            raise ImportFaultsError(ordered(findings))
        if finished.left_out:
            finished, lost = _without_lost_ends(store, finished)
            findings += lost
        with watcher.task(f"comparing {finished.key} with the store") as step:
            comparison = compare(store, finished, _told(wanted_records(finished), step), settings)
        too_many = _removals(finished.key, comparison, settings)
        if too_many and not allow_removal:
            if not dry_run:
                raise RemovalLimitError(too_many)
            findings.append(fault(finished.key, None, too_many, rule="removal-limit"))
        diff = None
        if comparison.watching and not finished.overlay and comparison.edits:
            with watcher.task(f"describing the changes of {finished.key}"):
                diff = finish(store, finished, comparison.watch, comparison.conflicts)
        elif finished.overlay:
            findings += (
                warning(finished.key, None, f"{conflict.entity_id}: {conflict.text}", rule=f"local-{conflict.rule}")
                for conflict in comparison.conflicts
            )
        if writer is not None and comparison.edits:
            with watcher.task(f"writing changes of {finished.key}", len(comparison.edits)) as step:
                writer.edit(_told(comparison.edits, step))
    return ImportReport(
        key=finished.key,
        dry_run=dry_run,
        counts=comparison.counts(),
        samples=tuple(comparison.samples),
        findings=ordered(findings),
        left_out=tuple(sorted(finished.left_out)),
        scheme=finished.scheme,
        diff=diff,
    )


def _told(items: Iterable[_T], step: Step) -> Iterator[_T]:
    """The items, counted by the progress a chunk at a time."""
    waiting = 0
    for item in items:
        yield item
        waiting += 1
        if waiting == _CHUNK:
            step(waiting)
            waiting = 0
    if waiting:
        step(waiting)


def _removals(key: str, comparison: Comparison, settings: ImportSettings) -> str | None:
    """Why the import takes too much away; None if it does not."""
    parts = []
    for kind, name in _NAMES.items():
        gone, before = comparison.taken_away(kind), comparison.before.get(kind, 0)
        if gone > settings.removal_limit * before:
            parts.append(f"{gone:,} of {before:,} {name}")
    if not parts:
        return None
    return (
        f"{key}: would deprecate or remove {' and '.join(parts)}, more than {settings.removal_limit:.0%}; "
        "if that is meant, repeat with --allow-removal"
    )


def _without_lost_ends(store: Store, harvest: Harvest) -> tuple[Harvest, list[Finding]]:
    """Leave out the edges that end at a concept that was left out and is not in the store either."""
    wanted = {entity.id for entity in harvest.entities if isinstance(entity, Concept)}
    lost = harvest.left_out - wanted
    with open_draft(store, scheme=harvest.key) as rows:
        for row in rows:
            if row.entity_type is EntityType.EDGE:
                break
            lost -= {row.entity_id}
    kept, findings = [], []
    for entity in harvest.entities:
        if not isinstance(entity, Concept | CourseEntity | Scheme):
            ends = entity.any_of if isinstance(entity, Requires) else (entity.to_id,)
            missing = sorted({entity.from_id, *ends} & lost)
            if missing and not isinstance(entity, MapsTo):
                text = f"{edge_id(entity)} is left out, since {', '.join(missing)} is"
                findings.append(warning(harvest.key, None, text, rule="lost-end"))
                continue
        kept.append(entity)
    return replace(harvest, entities=tuple(kept)), findings
