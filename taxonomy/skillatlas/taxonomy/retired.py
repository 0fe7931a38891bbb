"""Suggestions for the concepts of a store that nothing follows, from the draft and the log."""

from collections.abc import Iterable

import orjson

from .drafts import draft_records
from .entities import Record, from_record
from .following import successors
from .model import Concept, EntityType
from .store.port import ChangeOperation, Store
from .suggesting import Suggestion, suggest_replacements

_RELATIONS = frozenset({"BROADER", "RELATED", "REQUIRES", "EASES", "NEEDS"})


def suggest_for_retired(store: Store, scheme: str | None = None) -> tuple[Suggestion, ...]:
    """Candidates for each deprecated concept of the draft that no replacement leads on from, by id.

    Candidates are of its scheme and kind. Its relations are those of the release before it was deprecated.
    """
    concepts: dict[str, Concept] = {}
    after: dict[str, set[str]] = {}
    for row in draft_records(store, scheme=scheme):
        if row.entity_type is EntityType.CONCEPT:
            concept = from_record(row)
            assert isinstance(concept, Concept)
            concepts[concept.id] = concept
        elif row.entity_type is EntityType.EDGE:
            _link(after, row)
    gone = [
        concept
        for concept in concepts.values()
        if not concept.active and not (concept.replacement and concept.replacement.concepts)
    ]
    before = _before(store, concepts, gone)
    found: list[Suggestion] = []
    for key in sorted({concept.scheme for concept in gone}):
        candidates = [concept for concept in concepts.values() if concept.scheme == key]
        found += suggest_replacements((one for one in gone if one.scheme == key), candidates, before, after)
    return tuple(sorted(found, key=lambda item: item.concept.id))


def _before(store: Store, concepts: dict[str, Concept], gone: Iterable[Concept]) -> dict[str, set[str]]:
    """The neighbours that vanished concepts had, followed to what they have become."""
    by_release: dict[int, set[str]] = {}
    head = store.head()
    for concept in gone:
        last = head.number if head else 0
        for change in store.history(EntityType.CONCEPT, concept.id):
            if change.operation is ChangeOperation.DEPRECATE:
                last = change.release - 1
        by_release.setdefault(last, set()).add(concept.id)
    found: dict[str, set[str]] = {}
    for release, ids in sorted(by_release.items()):
        links: dict[str, set[str]] = {}
        schemes = {concepts[name].scheme for name in ids}
        for key in sorted(schemes) if release else ():
            for row in store.records(release, types=(EntityType.EDGE,), scheme=key):
                _link(links, row)
        for name in ids:
            found[name] = {now for other in links.get(name, ()) for now in _followed(concepts, other)}
    return found


def _followed(concepts: dict[str, Concept], name: str) -> Iterable[str]:
    concept = concepts.get(name)
    if concept is None or concept.active:
        return (name,)
    return [follower.id for follower in successors(concepts, concept).concepts]


def _link(links: dict[str, set[str]], row: Record) -> None:
    kind, start, rest = row.entity_id.split("|", 2)
    if kind not in _RELATIONS:
        return
    ends = orjson.loads(row.body)["to"] if kind == "REQUIRES" else (rest,)
    for end in ends:
        links.setdefault(start, set()).add(end)
        links.setdefault(end, set()).add(start)
