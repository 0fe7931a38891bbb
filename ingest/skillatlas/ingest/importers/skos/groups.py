"""Collections of SKOS: which concept is in which, by name."""

from skillatlas.taxonomy import choose

from ...findings import Finding, warning
from . import terms
from .statements import Place
from .vocabulary import Vocabulary


def memberships(vocabulary: Vocabulary, concepts: frozenset[str]) -> tuple[dict[str, set[str]], list[Finding]]:
    """The names of the collections that each concept is in, also by a collection within another.

    A collection is named by its label (in English if it has one), else by its IRI. Members that are no concept of
    the files are listed.
    """
    stated = vocabulary.links.get(terms.MEMBER, {}).keys() | vocabulary.links.get(terms.MEMBER_LIST, {}).keys()
    inside = {one: _members(vocabulary, one) for one in vocabulary.of_type(*terms.COLLECTIONS) | stated}
    found: dict[str, set[str]] = {}
    findings = []
    for one, members in inside.items():
        name = _name(vocabulary, one)
        seen, waiting = {one}, list(members)
        while waiting:
            target, place = waiting.pop()
            if target in seen:
                continue
            seen.add(target)
            if target in inside:
                waiting += inside[target]
            elif target in concepts:
                found.setdefault(target, set()).add(name)
            else:
                shown = "a node" if target.startswith("_:") else target
                text = f"the collection {name!r} has {shown}, which is not among the concepts; left out"
                findings.append(warning(place.file, place.line, text, rule="missing-member"))
    return found, findings


def _members(vocabulary: Vocabulary, collection: str) -> list[tuple[str, Place]]:
    found = [(link.target, link.place) for link in vocabulary.all_links(terms.MEMBER, collection)]
    for link in vocabulary.all_links(terms.MEMBER_LIST, collection):
        node, seen = link.target, set[str]()
        while node != terms.NIL and node not in seen:
            seen.add(node)
            found += [(member.target, link.place) for member in vocabulary.all_links(terms.FIRST, node)]
            rest = vocabulary.all_links(terms.REST, node)
            node = rest[0].target if rest else terms.NIL
    return found


def _name(vocabulary: Vocabulary, collection: str) -> str:
    for predicate in (*terms.LABELS, terms.RDFS_LABEL):
        rows = [*vocabulary.all_texts(predicate, collection)]
        for link in vocabulary.all_links(predicate, collection):
            rows += vocabulary.all_texts(terms.LITERAL_FORM, link.target)
        labels = {row.lang: row.value.strip() for row in reversed(rows) if row.value.strip()}
        lang = choose("en", labels)
        if lang is not None:
            return labels[lang]
    return "unnamed collection" if collection.startswith("_:") else collection
