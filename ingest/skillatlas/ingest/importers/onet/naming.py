"""What technologies and elements are called besides their names, and which of their forms are ambiguous in a text.

A form is described in `Concept.data["forms"]`, which extraction reads: one that needs context is met only where
something near speaks for it, one that matches case only as it is written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .acronyms import find_acronym
from .gathering import LANG

# Makers whose name people leave out: "Excel", "Photoshop", "Java".
_MAKERS = (
    "Adobe", "Amazon", "Apache", "Apple", "Atlassian", "Autodesk", "Cisco", "Dassault Systemes", "ESRI", "Google",
    "IBM", "Intuit", "Microsoft", "Mozilla", "Oracle", "Red Hat", "The MathWorks",
)  # fmt: skip
_MAKER = re.compile(rf"(?:{'|'.join(map(re.escape, _MAKERS))}) (.+)")
_GENERIC = frozenset(("database", "databases", "software", "system", "systems", "tool", "tools"))
# What is left of a name without its maker and says nothing any more: "Oracle Cloud software", "Microsoft Project".
_EVERYDAY = _GENERIC | {
    "analytics", "cloud", "docs", "dynamics", "edge", "project", "sheets", "teams", "workspace",
}  # fmt: skip
_TAIL = " software"

_SHORT = 3  # characters: no word of a language is safe to be met by so few (C, Go, xv, Git)
_CAPITALS = 6  # letters: longer ones in capitals are no words of a heading
_SHARED = 2  # technologies that may have one short form: with more it says nothing
_OUTWEIGHS = 5  # times as many occupations: then the short form is meant as that technology's
_VOWELS = frozenset("AEIOUY")
_NAMED = re.compile(r"[a-z][A-Z]|[A-Z]{2}|[+#&/@._0-9]")
_SYMBOLS = frozenset("+#&/@._0123456789")
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]|^[A-Z][a-z]+-[A-Z]")


@dataclass(slots=True)
class Use:
    """How many occupations use a technology, and whether job posts often name it."""

    occupations: int = 0
    hot: bool = False


@dataclass(slots=True)
class Naming:
    """Alternative labels, and the descriptions of forms as they stand in `data`."""

    labels: set[str] = field(default_factory=set)
    forms: list[dict[str, Any]] = field(default_factory=list)


def element_forms(name: str) -> list[dict[str, Any]]:
    """How an element's name is met: those of one word ("Writing", "Design") are words of every text."""
    return [] if " " in name else [_form(name, match_case=None)]


def name_technologies(uses: Mapping[str, Use]) -> Mapping[str, Naming]:
    """The other labels of technologies, and the forms of theirs that are ambiguous, by name.

    A short form of several goes to the one that far more occupations use, else to both of two, else to none. What is
    said for short of technologies that job posts often name is a form and no label.
    """
    taken = {name.casefold() for name in uses}
    found = {name: Naming() for name in uses}
    for label, names in _owners(uses, taken, {name: acronym_labels(name) for name in uses}).items():
        for name in names:
            found[name].labels.add(label)
            # Three letters mean many things; of a technology that job posts name often, that technology.
            short = len(label) <= _SHORT and not uses[name].hot
            if len(names) > 1 or short or _ambiguous(label):
                found[name].forms.append(_form(label))
    taken |= {label.casefold() for naming in found.values() for label in naming.labels}
    for form, names in _owners(uses, taken, {name: _spoken(name) for name in uses if uses[name].hot}).items():
        if len(names) == 1:
            ambiguous = _ambiguous(form) if " " not in form else not _NAMED.search(form)
            found[names[0]].forms.append(_form(form, needs_context=ambiguous))
    for name, naming in found.items():
        if _ambiguous(name):
            naming.forms.append(_form(name))
        naming.forms.sort(key=lambda form: str(form["text"]))
    return found


def _owners(uses: Mapping[str, Use], taken: set[str], wanted: Mapping[str, set[str]]) -> dict[str, list[str]]:
    """Who gets each of the wanted names that no technology has already."""
    sharing: dict[str, list[str]] = {}
    for name in sorted(wanted):
        for label in wanted[name]:
            if label.casefold() not in taken:
                sharing.setdefault(label, []).append(name)
    owners: dict[str, list[str]] = {}
    for label in sorted(sharing):
        names = sorted(sharing[label], key=lambda name: (-uses[name].occupations, name))
        first, *others = (uses[name].occupations for name in names)
        if others and first >= _OUTWEIGHS * others[0]:
            owners[label] = names[:1]
        elif len(names) <= _SHARED:
            owners[label] = names
    return owners


def acronym_labels(name: str) -> set[str]:
    """Of a name that holds an acronym beside its words: the name with the one, with the other, and the acronym."""
    acronym = find_acronym(name)
    if acronym is None:
        return set()
    labels = {acronym.full, acronym.short}
    if not acronym.after or acronym.after.lower() in _GENERIC:
        labels.add(acronym.acronym)
    return labels - {name}


def _spoken(name: str) -> set[str]:
    """How people say a name: without its maker, and without the word software."""
    made = _MAKER.fullmatch(name)
    longer = [name, *(made.groups() if made else ())]
    spoken = {form.removesuffix(_TAIL) for form in longer} | set(longer)
    return {form for form in spoken if form.lower() not in _EVERYDAY} - {name, *_MAKERS}


def _ambiguous(text: str) -> bool:
    """Whether it may be an ordinary word, a letter, or an abbreviation of something else."""
    if " " in text or not _SYMBOLS.isdisjoint(text):
        return False
    if len(text) <= _SHORT:
        return not (text.isupper() and len(text) == _SHORT and _VOWELS.isdisjoint(text))
    if text.isupper():
        return len(text) <= _CAPITALS and not _VOWELS.isdisjoint(text)
    return _INNER_CAPITAL.search(text) is None


def _form(text: str, *, needs_context: bool = True, match_case: bool | None = True) -> dict[str, Any]:
    return {
        "text": text,
        "lang": LANG,
        "matchCase": match_case,
        "needsContext": needs_context,
        "context": [],
        "except": [],
    }
