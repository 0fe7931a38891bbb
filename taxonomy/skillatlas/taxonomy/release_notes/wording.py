"""Any change of an entity in words: plain text, a phrase for each thing that differs."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from ..model import EntityType
from ..store.port import Change, ChangeOperation, Store
from .names import Names
from .words import Words

Name = Callable[[str], str]
"""From an id to what the concept is called."""

_FIXED = frozenset({"id", "type", "from", "to", "key", "scheme", "catalogue", "status", "replacement"})
_LONG = frozenset({"description", "outcomes", "assumes"})
_SKILLS = "teaches"


def describe_change(store: Store, change: Change, *, lang: str = "en") -> list[str]:
    """What a change did, a phrase each: the operation first where it is not a mere update, of an edge its ends.

    Plain text in English or Chinese, by `lang`; concepts are called as at the change's release.
    """
    words, names = Words(lang), Names(store, (change.release, change.release - 1), lang)
    before: Any
    after: Any
    before, after = (None if body is None else orjson.loads(body) for body in (change.before, change.after))
    phrases = [] if change.operation is ChangeOperation.UPDATE else [words.say(change.operation)]
    if change.entity_type is EntityType.EDGE:
        body = after or before
        ends = f"{names.label(body['from'])} → {words.join(map(names.label, body['to']))}"
        phrases.append(f"{words.say(body['type'])}{words.say('colon')}{ends}")
    if change.operation is ChangeOperation.DEPRECATE:
        phrases.append(replacement_words(after["replacement"], words, names.label))
    if before is not None and after is not None:
        phrases += field_words(change.entity_type, before, after, words, names.label)
    return phrases


def replacement_words(replacement: Mapping[str, Any] | None, words: Words, name: Name) -> str:
    """What became of a deprecated concept, as the concept itself says it."""
    if replacement is None:
        return words.say("RETIRED")
    said = words.say(replacement["kind"], names=words.join([name(one) for one in replacement["concepts"]]))
    return (
        f"{said}{words.say('semicolon')}{words.say('reason', text=reason)}"
        if (reason := replacement["reason"])
        else said
    )


def field_words(
    entity_type: EntityType, before: Mapping[str, Any], after: Mapping[str, Any], words: Words, name: Name
) -> list[str]:
    """What differs between two bodies of one entity, field by field; what became of it (its status) not included."""
    phrases: list[str] = []
    if entity_type is EntityType.CONCEPT:
        phrases += relabelled_words(before, after, words)
    for key in sorted(after.keys() | before.keys()):
        old, new = before.get(key), after.get(key)
        if old == new or key in _FIXED:
            continue
        if key == "labels":
            phrases += _other_labels(old or [], new or [], words)
        elif key == "definitions":
            phrases += _definitions(old or {}, new or {}, words)
        elif key == _SKILLS:
            phrases += _taught(old or [], new or [], words, name)
        else:
            phrases.append(_field(key, old, new, words))
    return phrases


def relabelled_words(before: Mapping[str, Any], after: Mapping[str, Any], words: Words) -> list[str]:
    """Which preferred labels of a concept differ, by language."""
    was, are = _by_language(before["labels"], "PREFERRED"), _by_language(after["labels"], "PREFERRED")
    return [
        words.say(
            "differs",
            field=words.say("in", field=words.say("PREFERRED"), lang=lang),
            old=words.join(was.get(lang, [])),
            new=words.join(are.get(lang, [])),
        )
        for lang in sorted(was.keys() | are.keys())
        if was.get(lang) != are.get(lang)
    ]


def _other_labels(old: list[Any], new: list[Any], words: Words) -> list[str]:
    phrases = []
    for kind in ("ALTERNATIVE", "HIDDEN"):
        was, are = _by_language(old, kind), _by_language(new, kind)
        for lang in sorted(was.keys() | are.keys()):
            field = words.say("in", field=words.say(kind), lang=lang)
            for verb, left, right in (("added", are, was), ("dropped", was, are)):
                values = sorted(set(left.get(lang, [])) - set(right.get(lang, [])))
                if values:
                    phrases.append(words.say(verb, field=field, values=words.join(values)))
    return phrases


def _by_language(labels: list[Any], kind: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for label in labels:
        if label["type"] == kind:
            found.setdefault(label["lang"], []).append(label["value"])
    return found


def _definitions(old: Mapping[str, str], new: Mapping[str, str], words: Words) -> list[str]:
    phrases = []
    for lang in sorted(old.keys() | new.keys()):
        if old.get(lang) != new.get(lang):
            field = words.say("in", field=words.say("definitions"), lang=lang)
            phrases.append(words.say("altered", field=field))
    return phrases


def _taught(old: list[Any], new: list[Any], words: Words, name: Name) -> list[str]:
    was, are = ({row["skill"]: row for row in rows} for rows in (old, new))
    field = words.say(_SKILLS)
    phrases = []
    for verb, ids in (
        ("added", are.keys() - was.keys()),
        ("dropped", was.keys() - are.keys()),
        ("altered.keys", {one for one in are.keys() & was.keys() if are[one] != was[one]}),
    ):
        if ids:
            phrases.append(words.say(verb, field=field, values=words.join([name(one) for one in sorted(ids)])))
    # The same skill may be taught at two levels; then the lists differ and no skill does.
    return phrases or [words.say("altered", field=field)]


def _field(key: str, old: Any, new: Any, words: Words) -> str:
    field = words.say("title.field" if key == "title" else key)
    if key in _LONG:
        return words.say("altered", field=field)
    if key == "data":
        was, are = old or {}, new or {}
        keys = sorted(one for one in was.keys() | are.keys() if was.get(one) != are.get(one))
        return words.say("altered.keys", field=field, values=words.join(keys))
    if key == "price":
        old, new = (price and f"{words.value(float(price['amount']))} {price['currency']}" for price in (old, new))
    return words.say("differs", field=field, old=words.value(old), new=words.value(new))
