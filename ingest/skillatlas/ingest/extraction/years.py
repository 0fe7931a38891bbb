"""Numbers of years before a unit: "3+ years", "3-5 years" (the least), "five years", "五年以上"."""

import re
from collections.abc import Iterable

from .cue_files import CueSet

_LONGEST = 40  # characters before the unit in which the number is looked for
_MOST_YEARS = 50  # above, it is a calendar year or the age of a company


class YearReader:
    """Reads the number that stands before a unit, by the words of some languages."""

    def __init__(self, sets: Iterable[CueSet]) -> None:
        sets = list(sets)
        self._numbers = {word: value for one in sets for word, value in one.numbers.items()}
        self._not_before = tuple(sorted({word for one in sets for word in one.not_before}))
        number = rf"(?<![a-z0-9.,$€£¥])(?:\d{{1,2}}(?:\.\d)?|{_either(self._numbers)})(?![a-z0-9])"
        ranges = _either(word for one in sets for word in one.ranges)
        plus = _either(word for one in sets for word in one.plus)
        halves = _either(word for one in sets for word in one.halves)
        self._pattern = re.compile(
            rf"(?:(?P<least>{number})(?:\s{{1,3}}|\s{{0,3}}(?:{ranges})\s{{0,3}}))?"
            rf"(?P<last>{number.replace('(?<![a-z0-9.,$€£¥])', '(?<![a-z0-9.$€£¥])')})"
            rf"(?P<half>\s?(?:{halves}))?\s?(?:\(\d+\))?\s?(?:{plus})?\s?$"
        )

    def read(self, text: str, unit: int, start: int, parts: int = 1) -> tuple[float, int] | None:
        """The least number of years before the unit at a folded place, and where it begins; None if there is none.

        Nothing before `start` is read. `parts`: so many of the unit are a year.
        """
        begin = max(start, unit - _LONGEST)
        window = text[begin:unit]
        found = self._pattern.search(window)
        if found is None:
            return None
        before = window[: found.start()].rstrip()
        if any(_ends_with(before, word) for word in self._not_before):
            return None
        half = 0.5 if found["half"] else 0
        upper = (self._value(found["last"]) + half) / parts
        value = self._value(found["least"]) / parts if found["least"] else upper
        if value > _MOST_YEARS or upper > _MOST_YEARS:
            return None
        return round(min(value, upper), 2), begin + found.start()

    def _value(self, word: str) -> float:
        known = self._numbers.get(word)
        return float(word) if known is None else known


def _ends_with(text: str, word: str) -> bool:
    if not text.endswith(word):
        return False
    left = text[-len(word) - 1 : -len(word)]
    return not (word[0].isascii() and left.isascii() and left.isalnum())


def _either(words: Iterable[str]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in ordered) or "(?!)"
