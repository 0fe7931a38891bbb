"""Where forms and cues stand in a text: one Aho-Corasick pass over the folded text for all languages.

Boundaries are of letters that are written with spaces between words: a Latin form may not touch a Latin letter, a
digit or an underscore, whatever stands around it in Chinese; and no match ends before a `+` or `#` of its own.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick

from .cue_files import Cue, CueSet, Readings
from .folding import Folded
from .heads import SharedHeads
from .lexicon import Entry, Sense, letters_of

_LATIN = frozenset(
    char
    for char in map(chr, range(0x1F00))
    if char == "_" or char.isdigit() or (char.isalpha() and "LATIN" in unicodedata.name(char, ""))
)
# Scripts without spaces between words: Chinese, Japanese, Thai, Lao.
_UNSPACED = ((0x2E80, 0x31FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x0E00, 0x0EFF), (0x20000, 0x3FFFF))
_JOINS = frozenset("&'.")  # between parts of a name: R&D, A.C., d'R
_AROUND = 24  # characters to either side that tell whether a text is all in capitals
_NONE, _LATIN_EDGE, _OTHER_EDGE = 0, 1, 2


# Tuples, not dataclasses: an advert has some hundred, and they are made four times as fast.
class Candidate(NamedTuple):
    """A form in the text, at folded places. `senses`: those whose case is right; `lowered`: only but for the case."""

    start: int
    end: int
    entry: Entry
    senses: tuple[Sense, ...]
    lowered: bool = False


class CueHit(NamedTuple):
    """A cue phrase in the text, at folded places, with all that it may say."""

    start: int
    end: int
    says: Readings


@dataclass(frozen=True, slots=True)
class _Word:
    entry: Entry | None
    cues: tuple[Readings | None, ...]  # by choice of languages
    cased: bool  # some sense depends on the case of the text
    hyphen: bool  # so short that a hyphen to another word decides


class Matcher:
    """The automaton of a scheme's forms and all cue phrases."""

    def __init__(
        self, entries: Mapping[str, Entry], sets: Mapping[str, CueSet], choices: Sequence[Sequence[str]]
    ) -> None:
        """`choices`: of which languages together cues may be asked for."""
        cues: dict[str, tuple[Cue, ...]] = {}
        for lang in sorted(sets):
            for phrase, readings in sets[lang].phrases.items():
                cues[phrase] = cues.get(phrase, ()) + readings
        self._endings = tuple(sorted({ending for one in sets.values() for ending in one.endings}))
        self._hyphen = frozenset().union(*(one.hyphen for one in sets.values()))
        self._automaton = ahocorasick.Automaton()
        for key in sorted(entries.keys() | cues.keys()):
            entry = entries.get(key)
            readings = cues.get(key, ())
            word = _Word(
                entry,
                tuple(_readings(readings, langs) for langs in choices) if readings else (),
                entry is not None and any(sense.letters is not None for sense in entry.senses),
                len(key) <= 2 and key.isalpha(),
            )
            self._automaton.add_word(key, (len(key), _edge(key[0]), _edge(key[-1]), word))
        self._automaton.make_automaton()
        self._heads = SharedHeads((word for one in sets.values() for word in one.series), self.entry)

    def find(self, text: str, folded: Folded, choice: int) -> tuple[list[Candidate], list[CueHit]]:
        """Candidates and cues (of a choice of languages) by start, then end; cues inside a longer cue are left out."""
        candidates: list[Candidate] = []
        hits: list[CueHit] = []
        padded = folded.text + "   "  # place -1 and the places after the end are blanks
        latin = _LATIN
        for last, (length, left, right, word) in self._automaton.iter(folded.text):
            start = last - length + 1
            if left and (padded[start - 1] in latin if left == _LATIN_EDGE else _touches(padded[start - 1])):
                continue
            end = last + 1
            after = padded[end]
            if after == "#" or (after == "+" and not padded[end + 1].isalnum()):  # "C++", not "3ds Max+V-Ray"
                continue
            if right and (after in latin if right == _LATIN_EDGE else _touches(after)):
                if word.entry is None or right != _LATIN_EDGE or length <= 2:
                    continue
                end = self._ending(padded, end)
                if end < 0:
                    continue
            if word.cues and end == last + 1:
                readings = word.cues[choice]
                if readings is not None:
                    hits.append(CueHit(start, end, readings))
            if word.entry is not None and not (word.hyphen and self._other_word(text, folded, start, end)):
                self._admit(candidates, text, folded, start, end, word)
        candidates.sort(key=lambda found: (found.start, found.end))
        return self._with_parts(folded.text, candidates), _outermost(hits)

    def _with_parts(self, text: str, candidates: list[Candidate]) -> list[Candidate]:
        """The candidates and the parts of lists that share a word with one of them, by start, then end."""
        whole = [(one.start, one.end, one.entry.key) for one in candidates if len(one.entry.key) > 3]
        made = self._heads.complete(text, whole) if whole else []
        if not made:
            return candidates
        # A part comes first of all at its place: the longer name is meant ("合同起草、谈判").
        parts = [Candidate(start, end, entry, entry.senses) for start, end, entry in made]
        return sorted((*parts, *candidates), key=lambda found: (found.start, found.end))

    def entry(self, key: str) -> Entry | None:
        """The entry of a folded form, if the scheme has it."""
        found = self._automaton.get(key, None) if key else None
        return found[3].entry if found is not None else None

    def _ending(self, padded: str, end: int) -> int:
        for ending in self._endings:
            after = end + len(ending)
            if padded.startswith(ending, end) and after < len(padded) and padded[after] not in _LATIN:
                return after
        return -1

    def _other_word(self, text: str, folded: Folded, start: int, end: int) -> bool:
        """Whether a form of one or two letters is part of a name or a hyphenated word: C-suite, R&D, A.C."""
        around = folded.text
        before = around[start - 1 : start]
        after = around[end : end + 1]
        if (after in _JOINS and around[end + 1 : end + 2] in _LATIN) or before in _JOINS:
            return not (before == "'" and after == "'")
        if after == " " and text[folded.start(end)] == "-":
            stop = end + 1
            while stop < end + 20 and around[stop : stop + 1] in _LATIN and stop < len(around):
                stop += 1
            return stop > end + 1 and around[end + 1 : stop] not in self._hyphen
        return before == " " and text[folded.start(start - 1)] == "-" and around[start - 2 : start - 1] in _LATIN

    def _admit(self, candidates: list[Candidate], text: str, folded: Folded, start: int, end: int, word: _Word) -> None:
        entry = word.entry
        assert entry is not None
        senses = entry.senses
        lowered = False
        if word.cased:
            written = letters_of(unicodedata.normalize("NFKC", text[folded.start(start) : folded.end(end)]))
            senses = tuple(sense for sense in entry.senses if sense.letters is None or _same(written, sense.letters))
            if not senses and len(written) > 2:
                if written.islower():
                    # Within Chinese, names are often written small: "用vue开发".
                    within = _unspaced(folded.text[start - 1 : start]) or _unspaced(folded.text[end : end + 1])
                    senses = tuple(one for one in entry.senses if not one.strict or (within and not one.common))
                    lowered = True
                elif len(written) > 3 and written.isupper() and _shouted(text, folded.start(start), folded.end(end)):
                    senses = tuple(one for one in entry.senses if not one.common)
        if senses:
            candidates.append(Candidate(start, end, entry, senses, lowered))


def _readings(cues: Sequence[Cue], langs: Sequence[str]) -> Readings | None:
    spoken = [cue for cue in cues if cue.lang in langs]
    return Readings.of(spoken) if spoken else None


def _edge(char: str) -> int:
    # A leading dot too: what .NET touches on the left belongs to another name (ASP.NET).
    if char in _LATIN or char == ".":
        return _LATIN_EDGE
    return _OTHER_EDGE if _touches(char) else _NONE


def _touches(char: str) -> bool:
    """Whether it is a letter of a script with spaces between words."""
    code = ord(char)
    return char.isalpha() and not any(first <= code <= last for first, last in _UNSPACED)


def _unspaced(char: str) -> bool:
    """Whether it is a character of a script without spaces between words; a blank or nothing is none."""
    return char.isalpha() and not _touches(char)


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether all around is in capitals too, so that those of the form say nothing."""
    around = text[max(0, start - _AROUND) : start] + " " + text[end : end + _AROUND]
    return around.isupper()


def _same(written: str, letters: str) -> bool:
    # The key has met without regard to case, so the letters stand side by side; an ending or a qualifier may follow.
    shorter = min(len(written), len(letters))
    return written[:shorter] == letters[:shorter]


def _outermost(hits: list[CueHit]) -> list[CueHit]:
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    kept: list[CueHit] = []
    reached = -1
    for hit in hits:
        if hit.end > reached:
            kept.append(hit)
            reached = hit.end
    return kept


def longest(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Of candidates (by start, end) that overlap the longest wins, then the earlier; what it overlaps is dropped."""
    kept: list[Candidate] = []
    cluster: list[Candidate] = []
    reached = -1
    for found in candidates:
        if found.start >= reached and cluster:
            kept += _settle(cluster)
            cluster = []
        cluster.append(found)
        reached = max(reached, found.end)
    return kept + _settle(cluster)


def _settle(cluster: list[Candidate]) -> list[Candidate]:
    if len(cluster) < 2:
        return cluster
    taken: list[Candidate] = []
    covered = bytearray(max(found.end for found in cluster) - cluster[0].start)
    base = cluster[0].start
    for found in sorted(cluster, key=lambda one: (one.start - one.end, one.start)):
        if not any(covered[found.start - base : found.end - base]):
            covered[found.start - base : found.end - base] = b"\x01" * (found.end - found.start)
            taken.append(found)
    return sorted(taken, key=lambda one: one.start)
