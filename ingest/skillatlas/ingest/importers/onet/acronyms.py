"""Acronyms that stand in a name beside what they stand for: "Structured query language SQL", "… Engine (GCE)".

Capitals in a name are an acronym only where the words before them spell it, so that a product's own name
("Safe Software FME") is never taken apart.
"""

import re
from dataclasses import dataclass

_ACRONYM = re.compile(r"\(?([A-Z][A-Z0-9&/]*)\)?")
_PARTS = re.compile(r"[A-Za-z0-9]+")
_COUNTED = re.compile(r"([a-z])([2-9])")
_SMALL = frozenset(("a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with"))
_LONGEST = 10  # words an acronym may stand for


@dataclass(frozen=True, slots=True)
class Acronym:
    """A name taken apart: what stands before and after, the words in full, and the acronym."""

    before: str
    words: str
    acronym: str
    after: str

    @property
    def full(self) -> str:
        """The name without the acronym."""
        return " ".join(part for part in (self.before, self.words, self.after) if part)

    @property
    def short(self) -> str:
        """The name with the acronym alone."""
        return " ".join(part for part in (self.before, self.acronym, self.after) if part)


def find_acronym(name: str) -> Acronym | None:
    """The first acronym in a name that the words before it spell: of several spans the one with most first letters."""
    words = name.split()
    for place, word in enumerate(words):
        met = _ACRONYM.fullmatch(word)
        if not place or not met or word.startswith("(") is not word.endswith(")"):
            continue
        best, begin = 0, place
        for start in range(place - 1, max(place - 1 - _LONGEST, -1), -1):
            first = _first_letters(met[1].lower(), words[start:place])
            if first > best:
                best, begin = first, start
        if best:
            return Acronym(" ".join(words[:begin]), " ".join(words[begin:place]), met[1], " ".join(words[place + 1 :]))
    return None


def _first_letters(acronym: str, words: list[str]) -> int:
    """How many words give their first letter where they spell the acronym; 0 where they do not, or hardly do."""
    parts = [part.lower() for word in words for part in _PARTS.findall(word)]
    if not parts or parts[0] in _SMALL or acronym in parts:
        return 0
    # A digit counts the letter before it (S3: Simple Storage Service), or says nothing (J2EE).
    readings = {_COUNTED.sub(lambda met: met[1] * int(met[2]), acronym), acronym}
    best = 0
    for reading in sorted(readings):
        letters = "".join(char for char in reading if char.isalpha())
        first = _spell(letters, parts, 1 if len(letters) > 2 else 0) if len(letters) > 1 else 0
        if first >= 2 and 2 * first >= len(letters):
            best = max(best, first)
    return best


def _spell(letters: str, parts: list[str], spare: int) -> int:
    """How many parts begin with their letter; 0 where they do not spell the letters in order.

    Small words and numbers need not give a letter, nor need `spare` other words; a word may give more from within.
    """
    if not parts:
        return 0
    word, rest = parts[0], parts[1:]
    best = 0
    if letters and (word[0] == letters[0] or (letters[0] == "x" and word.startswith("ex"))):
        at, taken = 0, 1
        while at >= 0:
            best = max(best, _and_then(letters[taken:], rest, spare, 1))
            if taken == len(letters):
                break
            at = word.find(letters[taken], at + 1)
            taken += 1
    if word in _SMALL or word.isdigit():
        best = max(best, _and_then(letters, rest, spare, 0))
    elif spare:
        best = max(best, _and_then(letters, rest, spare - 1, 0))
    return best


def _and_then(letters: str, rest: list[str], spare: int, first: int) -> int:
    if not rest:
        return 0 if letters else first
    more = _spell(letters, rest, spare)
    # What follows may give no letter of its own only where it is small or spare: nothing is then left to spell.
    idle = not letters and _idle(rest, spare)
    return first + more if more else first if idle else 0


def _idle(rest: list[str], spare: int) -> bool:
    return sum(word not in _SMALL and not word.isdigit() for word in rest) <= spare
