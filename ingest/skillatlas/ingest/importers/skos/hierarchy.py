"""Broader relations from all the ways in which SKOS states them, without cycles."""

from collections.abc import Collection, Iterable, Mapping, Set

from . import terms
from .statements import Place
from .vocabulary import Vocabulary

Pairs = dict[tuple[str, str], Place]
"""Child and parent, with the place of the first statement."""


def stated_parents(vocabulary: Vocabulary) -> Pairs:
    """Child and parent of every broader or narrower statement.

    The transitive forms say only that something is above, at any distance. They are read for children that have no
    other parent: of what is above these, what is above no other of it.
    """
    found: Pairs = {}
    for predicate in terms.BROADER:
        for child, parent, place in vocabulary.pairs(predicate):
            found.setdefault((child, parent), place)
    for predicate in terms.NARROWER:
        for parent, child, place in vocabulary.pairs(predicate):
            found.setdefault((child, parent), place)
    above: dict[str, dict[str, Place]] = {}
    for child, parent, place in vocabulary.pairs(terms.BROADER_TRANSITIVE):
        above.setdefault(child, {}).setdefault(parent, place)
    for parent, child, place in vocabulary.pairs(terms.NARROWER_TRANSITIVE):
        above.setdefault(child, {}).setdefault(parent, place)
    with_parent = {child for child, _ in found}
    for child in sorted(above.keys() - with_parent):
        farther = {far for near in above[child] if near != child for far in above.get(near, {}) if far != near}
        for parent, place in above[child].items():
            if parent not in farther:
                found[child, parent] = place
    return found


def closing_pairs(pairs: Iterable[tuple[str, str]], tops: Set[str]) -> dict[tuple[str, str], list[str]]:
    """The pairs (child, parent) to be left out so that no cycle remains, each with the cycle that it closes.

    The tree is walked from the top concepts and from those without a parent downwards, in the order of ids, so the
    pair that leads from a concept up to one below it is the one that goes, whatever the order of the file.
    """
    below: dict[str, list[str]] = {}
    children: set[str] = set()
    for child, parent in pairs:
        below.setdefault(parent, []).append(child)
        children.add(child)
    for names in below.values():
        names.sort()
    parents = below.keys()
    roots = [*sorted(parents & tops), *sorted(parents - children - tops), *sorted(parents & children - tops)]
    return _walk(below, roots)


def _walk(below: Mapping[str, Collection[str]], roots: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    """Depth first, without recursion; an edge back to a concept on the way here closes a cycle."""
    closing: dict[tuple[str, str], list[str]] = {}
    done: set[str] = set()
    for root in roots:
        if root in done:
            continue
        way, on_way = [root], {root: 0}
        waiting = [iter(below.get(root, ()))]
        while way:
            child = next(waiting[-1], None)
            if child is None:
                waiting.pop()
                last = way.pop()
                del on_way[last]
                done.add(last)
            elif child in on_way:
                # Each cycle is told as broader relations go: from the child up.
                closing[child, way[-1]] = [child, *reversed(way[on_way[child] :])]
            elif child not in done:
                on_way[child] = len(way)
                way.append(child)
                waiting.append(iter(below.get(child, ())))
    return closing
