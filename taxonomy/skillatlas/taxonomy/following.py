"""Following replacements: from a deprecated concept to the active ones that came after it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .model import Concept


@dataclass(frozen=True, slots=True)
class Successors:
    """What came after a deprecated concept, chains followed.

    `concepts` are active, by id. `choice`: a person has to choose, since a split lies on the way and its parts do not
    all end in the same concept. `cycle`: a replacement leads back to a concept that it came from.
    """

    concepts: tuple[Concept, ...]
    choice: bool
    cycle: bool


def successors(concepts: Mapping[str, Concept], concept: Concept) -> Successors:
    """Follow what replaced `concept`, through any number of deprecated ones; foreign data may run in circles."""
    found: dict[str, Concept] = {}
    named = _named(concept)
    split, dead_end, cycle = len(named) > 1, not named, False
    path, done = {concept.id}, set[str]()
    stack: list[tuple[str, Iterator[str]]] = [(concept.id, iter(named))]
    while stack:
        current, rest = stack[-1]
        following = next(rest, None)
        if following is None:
            stack.pop()
            path.discard(current)
            done.add(current)
            continue
        target = concepts.get(following)
        if target is None:
            dead_end = True
        elif target.active:
            found[target.id] = target
        elif target.id in path:
            cycle = True
        elif target.id not in done:
            path.add(target.id)
            named = _named(target)
            split, dead_end = split or len(named) > 1, dead_end or not named
            stack.append((target.id, iter(named)))
    ends = tuple(found[concept_id] for concept_id in sorted(found))
    return Successors(ends, choice=split and (len(ends) > 1 or dead_end or cycle), cycle=cycle)


def _named(concept: Concept) -> tuple[str, ...]:
    return concept.replacement.concepts if concept.replacement else ()
