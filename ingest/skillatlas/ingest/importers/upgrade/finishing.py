"""From what was noted during the comparison to the diff of the upgrade."""

from collections.abc import Iterable, Mapping

from skillatlas.taxonomy import (
    ChangeOperation,
    Concept,
    Course,
    EntityType,
    LocalConflict,
    Requires,
    Scheme,
    Store,
    Suggestion,
    from_json,
    suggest_replacements,
)

from ..harvest import Harvest
from .diff import Altered, Deprecated, Moved, Named, Relabelled, RelationDiff, UpgradeDiff
from .suspicions import find_suspicions
from .usage import find_usage
from .watching import Body, Watch, label_of, preferred, split_edge

_FIELDS = ("kind", "skillType", "definitions", "data", "uri")
_MOST_SUGGESTED = 2000  # vanished concepts: suggestions for more take longer than the import, and nobody reads them


def finish(store: Store, harvest: Harvest, watch: Watch, conflicts: Iterable[LocalConflict]) -> UpgradeDiff:
    """The diff; the store's draft must be as it was when it was compared."""
    stated = harvest.scheme.version if harvest.scheme else None
    version = watch.version or (stated, stated)
    relations = tuple(_relations(watch))
    relabelled = tuple(_relabelled(watch))
    changed = {name for name, (_operation, before, after) in watch.concepts.items() if _meaning(before, after)}
    usage = find_usage(store, harvest.key, changed)
    turning = {name for concept in changed for name in usage.mappings.get(concept, ())} & usage.fresh
    return UpgradeDiff(
        version_before=version[0],
        version_after=version[1],
        suspicious=find_suspicions(watch, version, relations, relabelled, usage),
        conflicts=tuple(sorted(set(conflicts))),
        created=_named(watch, ChangeOperation.CREATE),
        relabelled=relabelled,
        moved=tuple(_moved(watch)),
        deprecated=tuple(
            Deprecated(
                after["id"],
                label_of(after),
                tuple((after["replacement"] or {}).get("concepts", ())),
                (after["replacement"] or {}).get("reason"),
            )
            for _before, after in watch.with_operation(ChangeOperation.DEPRECATE)
        ),
        restored=_named(watch, ChangeOperation.RESTORE),
        altered=tuple(_altered(watch)),
        relations=relations,
        turning_stale=tuple(sorted(turning)),
        suggestions=_suggestions(harvest, watch),
    )


def _named(watch: Watch, operation: ChangeOperation) -> tuple[Named, ...]:
    return tuple(Named(after["id"], label_of(after)) for _before, after in watch.with_operation(operation))


def _differing(watch: Watch) -> list[tuple[str, Body, Body]]:
    """Concepts that stay active and differ, those restored included, by id."""
    return [
        (name, before, after)
        for name, (operation, before, after) in sorted(watch.concepts.items())
        if before is not None and operation is not ChangeOperation.DEPRECATE
    ]


def _relabelled(watch: Watch) -> Iterable[Relabelled]:
    for name, before, after in _differing(watch):
        was, now = preferred(before), preferred(after)
        for tag in sorted(was.keys() | now.keys()):
            if was.get(tag) != now.get(tag):
                yield Relabelled(name, tag, was.get(tag), now.get(tag))


def _altered(watch: Watch) -> Iterable[Altered]:
    for name, before, after in _differing(watch):
        fields = [field for field in _FIELDS if before[field] != after[field]]
        others = ([label for label in body["labels"] if label["type"] != "PREFERRED"] for body in (before, after))
        if next(others) != next(others):
            fields.append("labels")
        if fields:
            yield Altered(name, label_of(after), tuple(sorted(fields)))


def _meaning(before: Body | None, after: Body) -> bool:
    """Whether mappings to the concept turn stale."""
    if before is None:
        return False
    fields = ("status", "kind", "definitions")
    return any(before[field] != after[field] for field in fields) or preferred(before) != preferred(after)


def _moved(watch: Watch) -> Iterable[Moved]:
    left: dict[str, set[str]] = {}
    now: dict[str, set[str]] = {}
    came: dict[str, set[str]] = {}
    for name in watch.edges.get(ChangeOperation.REMOVE, ()):
        _add(left, name)
    for name in watch.edges.get(ChangeOperation.CREATE, ()):
        _add(came, name)
        _add(now, name)
    for name in watch.kept_parents:
        _add(now, name)
    for concept in sorted(left.keys() | came.keys()):
        operation, before, after = watch.concepts.get(concept, (None, None, None))
        if operation in (ChangeOperation.CREATE, ChangeOperation.DEPRECATE, ChangeOperation.RESTORE):
            continue
        followed = {parent: watch.follow(parent) for parent in left.get(concept, ())}
        gone = sorted(parent for parent, after_it in followed.items() if not after_it & now.get(concept, set()))
        new = sorted(came.get(concept, set()).difference(*followed.values()))
        if gone or new:
            shown = after or before
            yield Moved(concept, label_of(shown) if shown else "", tuple(gone), tuple(new))


def _add(groups: dict[str, set[str]], name: str) -> None:
    kind, ends = split_edge(name)
    if kind == "BROADER":
        groups.setdefault(ends[0], set()).add(ends[1])


def _relations(watch: Watch) -> Iterable[RelationDiff]:
    by_type: dict[str, dict[ChangeOperation, list[str]]] = {}
    for operation, names in watch.edges.items():
        for name in names:
            by_type.setdefault(name.partition("|")[0], {}).setdefault(operation, []).append(name)
    for kind in sorted(by_type):
        found = {operation: tuple(sorted(names)) for operation, names in by_type[kind].items()}
        added = found.get(ChangeOperation.CREATE, ())
        removed = found.get(ChangeOperation.REMOVE, ())
        standing = frozenset(added) | watch.kept_parents
        renewed = sum(_renewed(watch, name, standing) for name in removed)
        changed = found.get(ChangeOperation.UPDATE, ())
        yield RelationDiff(kind, watch.before_relations[kind], added, removed, changed, renewed)


def _renewed(watch: Watch, name: str, standing: frozenset[str]) -> bool:
    """Whether a removed edge stands between what its ends have become."""
    kind, ends = split_edge(name)
    followed = [watch.follow(end) for end in ends]
    if any(len(after) != 1 for after in followed):
        return False
    now = [next(iter(after)) for after in followed]
    if kind == "RELATED":
        now.sort()
    middle = name.split("|", 3)[2:-1]
    return "|".join((kind, now[0], *middle, ",".join(sorted(now[1:])))) in standing


def _suggestions(harvest: Harvest, watch: Watch) -> tuple[Suggestion, ...]:
    vanished = {
        after["id"]: from_json(EntityType.CONCEPT, after)
        for _before, after in watch.with_operation(ChangeOperation.DEPRECATE)
        if not (after["replacement"] or {}).get("concepts")
    }
    if not 0 < len(vanished) <= _MOST_SUGGESTED:
        return ()
    before: dict[str, set[str]] = {}
    for name in watch.edges.get(ChangeOperation.REMOVE, ()):
        _kind, ends = split_edge(name)
        for end in ends:
            if end in vanished:
                others = (watch.follow(other) for other in ends if other != end)
                before.setdefault(end, set()).update(*others)
    concepts = (entity for entity in harvest.entities if isinstance(entity, Concept))
    gone = (concept for concept in vanished.values() if isinstance(concept, Concept))
    return suggest_replacements(gone, concepts, before, _neighbours(harvest))


def _neighbours(harvest: Harvest) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for entity in harvest.entities:
        if isinstance(entity, Concept | Course | Scheme):
            continue
        ends = entity.any_of if isinstance(entity, Requires) else (entity.to_id,)
        for end in ends:
            found.setdefault(entity.from_id, set()).add(end)
            found.setdefault(end, set()).add(entity.from_id)
    return found
