"""Skills that were read in course outlines, confirmed by people: decided once, kept when the catalogue comes again."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import orjson

from skillatlas.taxonomy import Course, Edit, EntityType, Store, TaughtSkill, from_json, from_record, record

from ..errors import UnpublishedDecisionsError
from ..findings import Finding, fault
from .draft import open_draft
from .files import csv_rows, decode, read_bytes
from .harvest import Harvest

REASON = "skills confirmed"
"""The reason of a change that holds decisions: by it they are found again in the history of a course."""

COLUMNS = ("course", "title", "skill", "label", "level", "confidence", "evidence", "decision")
"""Of the file that goes to the provider and comes back."""

_REQUIRED = ("course", "skill", "level", "decision")
_ACCEPT = frozenset({"accept", "accepted", "yes", "y", "接受", "是"})
_REJECT = frozenset({"reject", "rejected", "no", "n", "拒绝", "拒絕", "否"})
_SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a provider says of a skill that was read: taught (at `level`, None: not stated), or not taught."""

    course_id: str
    skill_id: str
    accepted: bool
    level: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What decisions changed: courses, and skills accepted and rejected; `findings` hold the faults."""

    courses: int
    accepted: int
    rejected: int
    findings: tuple[Finding, ...]


def read_decisions(path: Path) -> tuple[tuple[Decision, ...], tuple[Finding, ...]]:
    """The decisions of a CSV file, and its faults; a row without a decision stays open. Raises UnreadableError."""
    text = decode(read_bytes(path), path.name)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    findings: list[Finding] = []
    decisions: dict[tuple[str, str], Decision] = {}
    for line, cells in csv_rows(text, path.name, _REQUIRED, separator=separator, on_bad_row=findings.append):
        course_id, skill_id, level, word = (cell.strip() for cell in cells)
        plain = word.casefold()
        if not plain:
            continue
        if plain not in _ACCEPT | _REJECT:
            findings.append(
                fault(path.name, line, f"the decision {word!r} is neither accept nor reject", rule="decision")
            )
        elif level not in ("", "1", "2", "3", "4", "5"):
            findings.append(fault(path.name, line, f"the level {level!r} is none of 1 to 5", rule="decision"))
        elif (course_id, skill_id) in decisions:
            findings.append(fault(path.name, line, f"{skill_id} of {course_id} is decided twice", rule="decision"))
        else:
            accepted = plain in _ACCEPT
            decisions[course_id, skill_id] = Decision(
                course_id, skill_id, accepted, int(level) if level else None, line
            )
    return tuple(decisions.values()), tuple(findings)


def confirm(store: Store, path: Path, *, dry_run: bool = False) -> Confirmed:
    """Take over the decisions of a file as unpublished edits; with any fault nothing is written.

    Only skills that were read (confidence below 1) can be decided. Raises UnreadableError, StoreBusyError.
    """
    decisions, found = read_decisions(path)
    findings = list(found)
    by_course: dict[str, dict[str, Decision]] = {}
    for decision in decisions:
        by_course.setdefault(decision.course_id, {})[decision.skill_id] = decision
    # Read under the lock that it is written under: nobody edits in between.
    with nullcontext() if dry_run else store.writer() as writer:
        edits = list(_edits(store, by_course, path.name, findings))
        if writer is not None and not findings:
            writer.edit(edits)
    accepted = sum(decision.accepted for decision in decisions)
    return Confirmed(len({one.course_id for one in decisions}), accepted, len(decisions) - accepted, tuple(findings))


def _edits(
    store: Store, by_course: Mapping[str, Mapping[str, Decision]], file: str, findings: list[Finding]
) -> Iterator[Edit]:
    """The courses as decided; what cannot be decided is added to the findings."""
    waiting = dict(by_course)
    for catalogue in sorted({course_id.partition(":")[0] for course_id in by_course}):
        with open_draft(store, scheme=catalogue) as rows:
            for row in rows:
                wanted = waiting.pop(row.entity_id, None) if row.entity_type is EntityType.COURSE else None
                if wanted is None:
                    continue
                course = from_record(row)
                assert isinstance(course, Course)
                read = {taught.skill for taught in course.teaches if taught.confidence < 1.0}
                for skill in sorted(wanted.keys() - read):
                    text = f"{skill} was not read in the outline of {course.id}, or is confirmed already"
                    findings.append(fault(file, wanted[skill].line, text, rule="decision"))
                changed = record(_decided(course, wanted), row.scheme)
                yield Edit(row.entity_type, row.entity_id, row.scheme, changed.body, REASON)
    for course_id, lost in waiting.items():
        line = min(decision.line for decision in lost.values())
        findings.append(fault(file, line, f"there is no course {course_id!r}", rule="decision"))


def _decided(course: Course, decisions: Mapping[str, Decision]) -> Course:
    teaches = []
    for taught in course.teaches:
        decision = decisions.get(taught.skill)
        if decision is None or taught.confidence >= 1.0:
            teaches.append(taught)
        elif decision.accepted:
            teaches.append(TaughtSkill(taught.skill, decision.level, 1.0))
    return replace(course, teaches=tuple(teaches))


def keep_decisions(store: Store, harvest: Harvest) -> Harvest:
    """A catalogue's harvest with what was decided before, for courses whose provider still names no skills.

    What was accepted stays taught, at the level decided; what was rejected stays out. Skills that are read for the
    first time are open. Raises UnpublishedDecisionsError where decisions of the catalogue wait to be published: the
    import would write over them.
    """
    if any(edit.reason == REASON for edit in store.edits(scheme=harvest.key)):
        raise UnpublishedDecisionsError(
            f"skills of {harvest.key} were confirmed and are not published yet: publish them, then import again"
        )
    decided = _history(store, harvest)
    entities = tuple(
        _kept(entity, decided[entity.id]) if isinstance(entity, Course) and entity.id in decided else entity
        for entity in harvest.entities
    )
    return replace(harvest, entities=entities)


def _kept(course: Course, decisions: Mapping[str, TaughtSkill | None]) -> Course:
    read = {taught.skill: taught for taught in course.teaches if taught.skill not in decisions}
    accepted = {skill: taught for skill, taught in decisions.items() if taught is not None}
    together = read | accepted
    return replace(course, teaches=tuple(together[skill] for skill in sorted(together)))


def _history(store: Store, harvest: Harvest) -> dict[str, dict[str, TaughtSkill | None]]:
    """By course, the skills accepted, and those rejected (None), in the order in which they were decided."""
    found: dict[str, dict[str, TaughtSkill | None]] = {}
    for entity in harvest.entities:
        if not isinstance(entity, Course) or (
            entity.teaches and all(taught.confidence >= 1.0 for taught in entity.teaches)
        ):
            continue
        for change in store.history(EntityType.COURSE, entity.id):
            if change.reason == REASON and change.before is not None and change.after is not None:
                found.setdefault(entity.id, {}).update(_changed(change.before, change.after))
    return found


def _changed(before: bytes, after: bytes) -> dict[str, TaughtSkill | None]:
    old, new = ({taught.skill: taught for taught in _course(body).teaches} for body in (before, after))
    accepted: dict[str, TaughtSkill | None] = {
        skill: taught for skill, taught in new.items() if taught.confidence >= 1.0 and old.get(skill) != taught
    }
    return accepted | dict.fromkeys(old.keys() - new.keys())


def outline_of(course: Course) -> str:
    """The text in which the skills of a course are read where its provider names none."""
    return "\n".join(part for part in (course.title, course.description, *course.outcomes) if part)


def unconfirmed(courses: Iterable[Course]) -> list[Course]:
    """The courses of which some skill was read and nobody confirmed it, in their order."""
    return [course for course in courses if any(taught.confidence < 1.0 for taught in course.teaches)]


def _course(body: bytes) -> Course:
    course = from_json(EntityType.COURSE, orjson.loads(body))
    assert isinstance(course, Course)
    return course
