"""What a curator would object to, though it can be published: near-copies, empty transfers, thin roles. Warnings."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from skillatlas.taxonomy import (
    Broader,
    Concept,
    ConceptKind,
    Eases,
    Edge,
    LabelType,
    Necessity,
    Needs,
    PrerequisiteKind,
    Related,
    Requires,
)

from ...settings import OntologySettings
from .content import Content
from .labels import described_forms, folded

_LATIN_WORD = re.compile(r"[a-z0-9+#]+")
_FILLERS = frozenset(("a", "an", "the", "of", "for", "and", "in", "to", "with", "on"))
_AMERICAN = (("isation", "ization"), ("ising", "izing"), ("colour", "color"), ("centre", "center"))
_BINDING = (PrerequisiteKind.HARD, PrerequisiteKind.COREQUISITE)


def check_quality(content: Content, settings: OntologySettings) -> None:
    """Add the warnings. They are about what the files describe, and need the whole scheme beside it."""
    _near_copies(content)
    _transfers(content, settings)
    _clauses(content)
    _roles(content, settings)
    _groups(content, settings)


def _near_copies(content: Content) -> None:
    """Skills, and roles, whose preferred label another one carries in other spelling, order or number."""
    owners: dict[tuple[ConceptKind, str], dict[str, str]] = defaultdict(dict)
    for concept in _active(content):
        if concept.kind in (ConceptKind.SKILL, ConceptKind.ROLE):
            for label in concept.labels:
                if label.lang == "en" and label.type is not LabelType.HIDDEN:
                    for key in _spellings(label.value):
                        owners[concept.kind, key].setdefault(concept.id, label.value)
    for concept in _active(content):
        found: dict[str, str] = {}
        for label in concept.labels:
            if label.lang != "en" or label.type is not LabelType.PREFERRED:
                continue
            for key in _spellings(label.value):
                for other, text in owners.get((concept.kind, key), {}).items():
                    apart = folded(label.value) in described_forms(concept)
                    if other != concept.id and not apart and folded(text) != folded(label.value):
                        found.setdefault(other, text)
        for other, text in sorted(found.items()):
            content.warn(concept.id, "near-copy", f"its label is much like {text!r} of {other}: are they one skill?")


def _spellings(label: str) -> Iterable[str]:
    """Keys that labels share which differ in hyphens, spaces, British or American spelling, number, or turned by "of".

    Word order alone is no sign: strategy deployment and deployment strategies are two things.
    """
    words = _LATIN_WORD.findall(folded(label))
    for turned in (words, _turned(words)):
        plain = [_plain(word) for word in turned if word not in _FILLERS]
        if plain:
            yield "".join(plain)


def _turned(words: list[str]) -> list[str]:
    """`analysis of data` as `data analysis`; other words as they are."""
    for filler in ("of", "for"):
        if words.count(filler) == 1:
            place = words.index(filler)
            return [*words[place + 1 :], *words[:place]]
    return words


def _plain(word: str) -> str:
    """A word without plural, as Americans write it."""
    for ending, plain in (("ies", "y"), ("s", "")):
        if len(word) > len(ending) + 3 and word.endswith(ending) and not word.endswith("ss"):
            word = word.removesuffix(ending) + plain
            break
    for british, american in _AMERICAN:
        word = word.replace(british, american)
    return word


def _transfers(content: Content, settings: OntologySettings) -> None:
    """Transfer says nothing where the one builds on the other anyway, and cannot run against that."""
    builds_on = _builds_on(content.edges)
    eased = {frozenset((edge.from_id, edge.to_id)) for edge in content.edges if isinstance(edge, Eases)}
    for edge in content.edges:
        if isinstance(edge, Eases):
            if edge.from_id in builds_on.get(edge.to_id, ()):
                what = f"sa:eases {edge.to_id}, which requires it anyway: a prerequisite is no transfer"
                content.warn(edge.from_id, "transfer-doubled", what)
            elif edge.to_id in builds_on.get(edge.from_id, ()):
                what = f"sa:eases {edge.to_id}, which it requires: who has it has that already"
                content.warn(edge.from_id, "transfer-reversed", what)
            if not settings.least_transfer <= edge.transfer <= settings.most_transfer:
                limits = f"{settings.least_transfer} to {settings.most_transfer}"
                content.warn(
                    edge.from_id, "transfer", f"sa:transfer {edge.transfer} to {edge.to_id}: usual is {limits}"
                )
        elif isinstance(edge, Related):
            linked = edge.to_id in builds_on.get(edge.from_id, ()) or edge.from_id in builds_on.get(edge.to_id, ())
            if linked or frozenset((edge.from_id, edge.to_id)) in eased:
                what = f"is skos:related to {edge.to_id}, beside sa:eases or sa:requires between them"
                content.warn(edge.from_id, "related-doubled", what)


def _builds_on(edges: Iterable[Edge]) -> Mapping[str, set[str]]:
    """What each skill requires by clauses that bind and leave no choice."""
    required: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if isinstance(edge, Requires) and edge.kind in _BINDING and len(edge.any_of) == 1:
            required[edge.from_id].add(edge.any_of[0])
    return required


def _clauses(content: Content) -> None:
    """A clause that another one of the skill implies, itself or by what that one builds on, adds nothing."""
    clauses: dict[str, list[Requires]] = defaultdict(list)
    for edge in content.edges:
        if isinstance(edge, Requires):
            clauses[edge.from_id].append(edge)
    held = _Held(clauses)
    for skill, own in sorted(clauses.items()):
        for clause in own:
            for other in own:
                if _implies(other, clause) or held.implies(other, clause):
                    what = f"its clause {' or '.join(clause.any_of)} holds wherever {' or '.join(other.any_of)} does"
                    content.warn(skill, "clause-implied", what)


class _Held:
    """What who holds a skill holds too: what its hard clauses without a choice name, and so on."""

    def __init__(self, clauses: Mapping[str, list[Requires]]) -> None:
        self._clauses = clauses
        self._levels: dict[str, Mapping[str, int]] = {}

    def implies(self, one: Requires, other: Requires) -> bool:
        """Whether a clause without a choice brings another of the same skill with it."""
        if one is other or one.kind is not PrerequisiteKind.HARD or other.kind is not PrerequisiteKind.HARD:
            return False
        if len(one.any_of) != 1:
            return False
        levels = self._below(one.any_of[0], frozenset())
        return any(levels.get(option, 0) >= (other.level or 1) for option in other.any_of)

    def _below(self, skill: str, above: frozenset[str]) -> Mapping[str, int]:
        """The skills that are held with one, each with its highest level. Cycles, which are faults, end here."""
        if skill in self._levels:
            return self._levels[skill]
        found: dict[str, int] = {}
        for clause in self._clauses.get(skill, []):
            first = clause.any_of[0]
            if clause.kind is PrerequisiteKind.HARD and len(clause.any_of) == 1 and first not in above:
                further = self._below(first, above | {skill})
                for name, level in ((first, clause.level or 1), *further.items()):
                    found[name] = max(level, found.get(name, 0))
        if not above:
            self._levels[skill] = found
        return found


def _implies(one: Requires, other: Requires) -> bool:
    binding = one.kind in _BINDING and other.kind in _BINDING
    return binding and set(one.any_of) < set(other.any_of) and (one.level or 1) >= (other.level or 1)


def _roles(content: Content, settings: OntologySettings) -> None:
    """A role with few needs is easily met by anyone, and one without essential needs by no one in particular."""
    needs: dict[str, list[Needs]] = defaultdict(list)
    for edge in content.edges:
        if isinstance(edge, Needs):
            needs[edge.from_id].append(edge)
    for role in _active(content):
        if role.kind is not ConceptKind.ROLE:
            continue
        own = needs.get(role.id, [])
        if not settings.fewest_needs <= len(own) <= settings.most_needs:
            what = f"has {len(own)} needs: {settings.fewest_needs} to {settings.most_needs} describe a role"
            content.warn(role.id, "needs", what)
        if own and not any(need.necessity is Necessity.ESSENTIAL for need in own):
            content.warn(role.id, "needs", "has no essential need")


def _groups(content: Content, settings: OntologySettings) -> None:
    """A domain of very few skills is a group, one of very many two domains."""
    parents = {edge.from_id: edge.to_id for edge in content.edges if isinstance(edge, Broader) and edge.primary}
    counts: dict[str, int] = defaultdict(int)
    for skill in _active(content):
        if skill.kind is ConceptKind.SKILL:
            counts[parents.get(parents.get(skill.id, ""), "")] += 1
    for domain in _active(content):
        if domain.kind is ConceptKind.DOMAIN:
            found = counts[domain.id]
            if not settings.fewest_skills <= found <= settings.most_skills:
                limits = f"{settings.fewest_skills} to {settings.most_skills}"
                content.warn(domain.id, "domain-size", f"has {found} skills: {limits} make a domain")


def _active(content: Content) -> Iterable[Concept]:
    concepts = content.concepts
    return (concepts[identifier] for identifier in sorted(concepts) if concepts[identifier].active)
