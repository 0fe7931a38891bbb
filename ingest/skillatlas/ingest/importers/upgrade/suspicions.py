"""What looks wrong in an upgrade, each rule by itself: it may be right, but a person should look first."""

import re
from collections.abc import Iterable, Iterator

from skillatlas.taxonomy import ChangeOperation

from .diff import Relabelled, RelationDiff, Suspicion
from .usage import Usage
from .watching import Body, Watch, label_of, preferred

_SHARE = 0.10  # of a kind or type: the share from which an import is refused without --allow-removal
_FEWEST = 5  # gone of a kind or type: below it a share says nothing


def find_suspicions(
    watch: Watch,
    version: tuple[str | None, str | None],
    relations: Iterable[RelationDiff],
    relabelled: Iterable[Relabelled],
    usage: Usage,
) -> tuple[Suspicion, ...]:
    """All of them, the weightiest rules first, each by text."""
    rules = (
        _older(version),
        _taken(watch),
        _in_use(watch, usage),
        _kinds(watch),
        _deprecated(watch),
        _removed(relations),
        _case(relabelled),
    )
    return tuple(suspicion for rule in rules for suspicion in sorted(rule))


def fold(text: str) -> str:
    """Without differences of case and spaces."""
    return " ".join(text.casefold().split())


def _older(version: tuple[str | None, str | None]) -> Iterator[Suspicion]:
    before, after = version
    if before and after and before != after:
        numbers = [tuple(int(part) for part in re.findall(r"\d+", text)[:4]) for text in (before, after)]
        if all(numbers) and numbers[1] < numbers[0]:
            yield Suspicion("older-version", f"the version {after} is older than {before}, which the store has")


def _taken(watch: Watch) -> Iterator[Suspicion]:
    """A preferred label that one concept gives up and another has now, without being what follows it."""
    lost: dict[tuple[str, str], list[str]] = {}
    won: dict[tuple[str, str], list[str]] = {}
    shown: dict[tuple[str, str], str] = {}
    for name, (operation, before, after) in sorted(watch.concepts.items()):
        was = preferred(before) if before is not None else {}
        now = preferred(after) if operation is not ChangeOperation.DEPRECATE else {}
        if operation is ChangeOperation.RESTORE:
            was = {}
        for tag in was.keys() | now.keys():
            old, new = (fold(found[tag]) if tag in found else None for found in (was, now))
            if old == new:
                continue
            if old is not None:
                lost.setdefault((tag, old), []).append(name)
            if new is not None:
                won.setdefault((tag, new), []).append(name)
                shown[tag, new] = now[tag]
    for key in lost.keys() & won.keys():
        for loser in lost[key]:
            bearers = set(won[key])
            # Groups of several levels share a label: it is taken only where none of the bearers follows the loser.
            if not bearers & watch.follow(loser):
                what = "deprecated" if watch.concepts[loser][0] is ChangeOperation.DEPRECATE else "relabelled"
                text = f"the label {shown[key]!r} ({key[0]}) was that of {loser}, which is {what}, and is that of "
                yield Suspicion("label-taken", text + ", ".join(sorted(bearers)))


def _in_use(watch: Watch, usage: Usage) -> Iterator[Suspicion]:
    for _before, after in watch.with_operation(ChangeOperation.DEPRECATE):
        name = after["id"]
        used = [*usage.mappings.get(name, ()), *(f"course {course}" for course in usage.courses.get(name, ()))]
        if used:
            more = f" and {len(used) - 3} more" if len(used) > 3 else ""
            what = f"{name} ({label_of(after)}) is deprecated and {_followed(after)}; used by {', '.join(used[:3])}"
            yield Suspicion("in-use", what + more)


def _followed(after: Body) -> str:
    followers = (after["replacement"] or {}).get("concepts", ())
    return f"followed by {', '.join(followers)}" if followers else "nothing follows it"


def _kinds(watch: Watch) -> Iterator[Suspicion]:
    for name, (_operation, before, after) in watch.concepts.items():
        if before is not None and before["kind"] != after["kind"]:
            text = f"{name} ({label_of(after)}) was a {before['kind']} and is a {after['kind']}"
            yield Suspicion("kind-changed", text)


def _deprecated(watch: Watch) -> Iterator[Suspicion]:
    gone: dict[str, list[bool]] = {}
    for before, after in watch.with_operation(ChangeOperation.DEPRECATE):
        assert before is not None
        gone.setdefault(before["kind"], []).append(bool((after["replacement"] or {}).get("concepts")))
    for kind, followed in gone.items():
        count, total = len(followed), watch.before_kinds[kind]
        if count >= _FEWEST and count > _SHARE * total:
            text = f"{count:,} of {total:,} {kind} are deprecated, {sum(followed):,} of them followed by another"
            yield Suspicion("many-deprecated", text)


def _removed(relations: Iterable[RelationDiff]) -> Iterator[Suspicion]:
    for relation in relations:
        lost = len(relation.removed) - relation.renewed
        if lost >= _FEWEST and lost > _SHARE * relation.before:
            text = f"{lost:,} of {relation.before:,} {relation.type} relations are removed and do not come again"
            yield Suspicion("many-removed", text)


def _case(relabelled: Iterable[Relabelled]) -> Iterator[Suspicion]:
    for item in relabelled:
        if item.before is not None and item.after is not None and fold(item.before) == fold(item.after):
            text = f"{item.id}: {item.before!r} and {item.after!r} ({item.lang}) differ only in case or spaces"
            yield Suspicion("case-only", text)
