"""Statements gathered by what they say: labels, notes and links of each resource."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from sys import intern
from typing import NamedTuple

from ...findings import Finding, warning
from . import terms
from .statements import Place, Statement, Text


class Literal(NamedTuple):
    """A text, its language ("" for none) and where it stands."""

    value: str
    lang: str
    place: Place


class Link(NamedTuple):
    """Another resource, and where the statement stands."""

    target: str
    place: Place


@dataclass(slots=True)
class Vocabulary:
    """What the files say, by predicate and subject; a statement that stands twice is there once.

    `places` has the first place of each subject; `types` the classes of each.
    """

    texts: dict[str, dict[str, list[Literal]]] = field(default_factory=dict)
    links: dict[str, dict[str, list[Link]]] = field(default_factory=dict)
    types: dict[str, set[str]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    unread: dict[tuple[str, str], tuple[int, Place]] = field(default_factory=dict)

    def add(self, items: Iterable[Statement]) -> None:
        """Take statements in."""
        for stated_of, predicate, value, place in items:
            subject = intern(stated_of)
            self.places.setdefault(subject, place)
            if predicate not in terms.STRUCTURE and predicate not in terms.ABOUT_SCHEMES:
                number, first = self.unread.get((place.file, predicate), (0, place))
                self.unread[place.file, predicate] = (number + 1, first)
            elif isinstance(value, Text):
                rows = self.texts.setdefault(predicate, {}).setdefault(subject, [])
                rows.append(Literal(value.value, intern(value.lang), place))
            elif predicate == terms.TYPE:
                self.types.setdefault(subject, set()).add(intern(value))
            else:
                self.links.setdefault(predicate, {}).setdefault(subject, []).append(Link(intern(value), place))

    def all_texts(self, predicate: str, subject: str) -> list[Literal]:
        """The literals of a property, each once, sorted by text and language."""
        rows = self.texts.get(predicate, {}).get(subject, ())
        once: dict[tuple[str, str], Literal] = {}
        for row in rows:
            once.setdefault((row.value, row.lang), row)
        return [once[key] for key in sorted(once)]

    def all_links(self, predicate: str, subject: str) -> list[Link]:
        """What a property leads to, each once, sorted."""
        rows = self.links.get(predicate, {}).get(subject, ())
        once: dict[str, Link] = {}
        for row in rows:
            once.setdefault(row.target, row)
        return [once[key] for key in sorted(once)]

    def pairs(self, predicate: str) -> Iterator[tuple[str, str, Place]]:
        """Subject, target and place of every link of a property, in the order of the files."""
        for subject, rows in self.links.get(predicate, {}).items():
            for target, place in rows:
                yield subject, target, place

    def of_type(self, *classes: str) -> set[str]:
        """The resources of one of these classes."""
        wanted = frozenset(classes)
        return {subject for subject, types in self.types.items() if types & wanted}

    def notes(self, predicate: str, subject: str) -> list[Literal]:
        """The texts of a note, also where the note is a resource with `rdf:value`."""
        found = self.all_texts(predicate, subject)
        for target, place in self.all_links(predicate, subject):
            inner = self.all_texts(terms.VALUE, target)
            found += [row._replace(place=place) for row in inner]
            if not inner and not target.startswith("_:"):
                found.append(Literal(target, "", place))
        return found

    def not_kept(self) -> list[Finding]:
        """One warning for each property and file that nothing here has a place for, with how often it stands."""
        return [
            warning(
                file, first.line, f"{terms.short(predicate)} has no place here: {count:,} not kept", rule="not-kept"
            )
            for (file, predicate), (count, first) in self.unread.items()
        ]
