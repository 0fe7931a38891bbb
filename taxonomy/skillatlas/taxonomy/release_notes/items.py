"""One line of release notes for one change: a concept, an edge, a course or a scheme."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from ..entities import from_json
from ..labels import preferred_label
from ..model import Concept, EdgeType, EntityType
from ..store.port import ChangeOperation
from .markdown import code, escape
from .names import Names
from .net import NetChange
from .wording import field_words, relabelled_words, replacement_words
from .words import Words

_SHOWN_OF_EDGES = ("necessity", "kind", "level", "transfer", "predicate")


class ConceptItems:
    """The concepts that differ, sorted into what happened to them; one that was renamed and moved is in both lists."""

    def __init__(self, concepts: Iterable[NetChange], edges: Iterable[NetChange], names: Names, words: Words) -> None:
        self._names = names
        self._words = words
        self.created: list[NetChange] = []
        self.relabelled: list[NetChange] = []
        self.deprecated: list[NetChange] = []
        self.restored: list[NetChange] = []
        self.updated: list[NetChange] = []
        self._parents = _parents(edges)
        unmoved = set()
        for change in concepts:
            if change.operation is ChangeOperation.CREATE:
                self.created.append(change)
                unmoved.add(change.entity_id)
            elif change.operation is ChangeOperation.DEPRECATE:
                self.deprecated.append(change)
                unmoved.add(change.entity_id)
            elif change.operation is ChangeOperation.RESTORE:
                self.restored.append(change)
            else:
                before, after = _bodies(change)
                relabelled = relabelled_words(before, after, words)
                if relabelled:
                    self.relabelled.append(change)
                if len(self._differences(change)) > len(relabelled):
                    self.updated.append(change)
        self._moves = {one: move for one in sorted(self._parents) if one not in unmoved and (move := self._move(one))}
        self.moved = list(self._moves)

    def create_item(self, change: NetChange) -> str:
        """A new concept, its kind and parents."""
        words = self._words
        body = orjson.loads(change.after or b"{}")
        said = [words.say(body["kind"])]
        parents = self._parents.get(change.entity_id, ((), ()))[1]
        if parents:
            said.append(words.say("under", parents=words.join(map(self._names.label, parents))))
        if body["status"] == "DEPRECATED":
            said.append(words.say("DEPRECATE"))
        return self._item(change, said)

    def relabel_item(self, change: NetChange) -> str:
        """A renamed concept: its id, old and new labels."""
        phrases = relabelled_words(*_bodies(change), self._words)
        return f"{code(change.entity_id)} {escape(self._words.say('semicolon').join(phrases))}"

    def move_item(self, concept_id: str) -> str:
        """A concept under another parent."""
        left, came = self._moves[concept_id]
        words = self._words
        old, new = (words.join(map(self._names.label, ids)) for ids in (left, came))
        if old == new:  # other concepts of the same name
            old, new = (words.join(f"{self._names.label(one)} {one}" for one in ids) for ids in (left, came))
        return self._line(self._names.label(concept_id), concept_id, [words.say("moved", old=old, new=new)])

    def deprecate_item(self, change: NetChange) -> str:
        """A deprecated concept, and what follows it."""
        body = orjson.loads(change.after or b"{}")
        said = [replacement_words(body["replacement"], self._words, self._names.label)]
        concept = _concept(body)
        named = concept.replacement.concepts if concept.replacement else ()
        followed = self._names.followed(concept)
        if followed and followed != sorted(named):
            said.append(self._words.say("followed", names=self._words.join(map(self._names.label, followed))))
        return self._item(change, said)

    def restore_item(self, change: NetChange) -> str:
        """A concept that is active again, and what else changed."""
        return self._item(change, self._differences(change))

    def update_item(self, change: NetChange) -> str:
        """What changed of a concept besides its labels and parents."""
        relabelled = set(relabelled_words(*_bodies(change), self._words))
        return self._item(change, [said for said in self._differences(change) if said not in relabelled])

    def _move(self, concept_id: str) -> tuple[list[str], list[str]] | None:
        """The parents that a concept left and came under; a parent that was replaced by a new one is the same."""
        left, came = self._parents[concept_id]
        followed: dict[str, set[str]] = {one: set() for one in left}
        for one in left:
            parent = self._names.get(one)
            if parent is not None and not parent.active:
                followed[one] = set(self._names.followed(parent))
        old = [one for one in left if not followed[one] & set(came)]
        new = [one for one in came if not any(one in ids for ids in followed.values())]
        return (old, new) if old or new else None

    def _differences(self, change: NetChange) -> list[str]:
        before, after = _bodies(change)
        said = field_words(EntityType.CONCEPT, before, after, self._words, self._names.label)
        if before["status"] == after["status"] and before["replacement"] != after["replacement"]:
            said.append(replacement_words(after["replacement"], self._words, self._names.label))
        return said

    def _item(self, change: NetChange, said: list[str]) -> str:
        concept = _concept(orjson.loads(change.after or change.before or b"{}"))
        return self._line(preferred_label(concept, self._words.lang), change.entity_id, said)

    def _line(self, label: str, concept_id: str, said: list[str]) -> str:
        phrases = escape(self._words.say("semicolon").join(said))
        return f"{escape(label)} {code(concept_id)}{self._words.say('colon') if phrases else ''}{phrases}"


def edge_type_of(change: NetChange) -> EdgeType:
    """The type of an edge's change, which its id begins with."""
    return EdgeType(change.entity_id.partition("|")[0])


def edge_item(change: NetChange, names: Names, words: Words) -> str:
    """An edge: both ends by label, and what it says or what of it changed."""
    body = orjson.loads(change.after or change.before or b"{}")
    ends = f"{escape(names.label(body['from']))} → {escape(words.join(map(names.label, body['to'])))}"
    if change.before and change.after:
        said = field_words(EntityType.EDGE, *_bodies(change), words, names.label)
        return f"{ends}{words.say('colon')}{escape(words.say('semicolon').join(said))}"
    shown = [words.value(body[key]) if key != "level" else f"{words.say(key)} {body[key]}" for key in _shown(body)]
    return f"{ends}{words.say('opening')}{escape(words.join(shown))}{words.say('closing')}" if shown else ends


def course_item(change: NetChange, names: Names, words: Words) -> str:
    """A course: its title, and what of it changed."""
    body = orjson.loads(change.after or change.before or b"{}")
    line = f"{escape(body['title'])} {code(change.entity_id)}"
    if change.before and change.after:
        said = field_words(EntityType.COURSE, *_bodies(change), words, names.label)
        return f"{line}{words.say('colon')}{escape(words.say('semicolon').join(said))}"
    return line


def scheme_item(change: NetChange, words: Words) -> str:
    """A scheme: new, or what of it changed."""
    body = orjson.loads(change.after or change.before or b"{}")
    said = [words.say(change.operation)]
    if change.before and change.after:
        said = field_words(EntityType.SCHEME, *_bodies(change), words, str)
    phrases = escape(words.say("semicolon").join(said))
    return f"{escape(body['title'])} {code(change.entity_id)}{words.say('colon')}{phrases}"


def _shown(body: Mapping[str, Any]) -> list[str]:
    return [key for key in _SHOWN_OF_EDGES if body.get(key) is not None]


def _parents(edges: Iterable[NetChange]) -> dict[str, tuple[list[str], list[str]]]:
    """By concept: the parents that it left, and those that it came under."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for change in edges:
        if edge_type_of(change) is EdgeType.BROADER and change.operation is not ChangeOperation.UPDATE:
            body = orjson.loads(change.after or change.before or b"{}")
            came = change.operation is ChangeOperation.CREATE
            found.setdefault(body["from"], ([], []))[came].extend(body["to"])
    return found


def _bodies(change: NetChange) -> tuple[Any, Any]:
    return orjson.loads(change.before or b"{}"), orjson.loads(change.after or b"{}")


def _concept(body: Mapping[str, Any]) -> Concept:
    concept = from_json(EntityType.CONCEPT, body)
    assert isinstance(concept, Concept)
    return concept
