"""Skills whose last word stands only once for several: "photo and video editing", "平面及网页设计".

In Chinese the first word may be shared too: "合同起草、审查与谈判". What a list leaves out is set in from the form that
is whole, and only where that gives a form of the scheme again.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from .lexicon import Entry

Made = tuple[int, int, Entry]
_REACH = 60  # folded characters to either side of the whole form
_MOST = 4  # parts of one list
_PART = (4, 3, 2)  # characters of a part in Chinese


class SharedHeads:
    """Completes the parts of lists by the conjunctions of some languages; linear, since it looks a fixed way."""

    def __init__(self, series: Iterable[str], entry: Callable[[str], Entry | None]) -> None:
        words = sorted({word for word in series if word.isalpha()}, key=lambda word: (-len(word), word))
        spaced = "|".join(re.escape(word) for word in words if word.isascii()) or "(?!)"
        other = "|".join(re.escape(word) for word in words if not word.isascii()) or "(?!)"
        self._before = re.compile(
            rf"(?<![^\W_])([a-z][a-z0-9]*(?: [a-z][a-z0-9]*)?)\s*(?:[,/&]\s*)?(?:[,/&]|(?<= )(?:{spaced})(?= ))\s*$"
        )
        self._joint = re.compile(rf"(?:[、/]|{other})")
        self._joint_before = re.compile(rf"(?:[、/]|{other})$")
        self._entry = entry

    def complete(self, text: str, whole: Sequence[tuple[int, int, str]]) -> list[Made]:
        """Places of parts and the forms that they stand for. `whole`: places and keys of the forms met."""
        made: dict[tuple[int, int], Made] = {}
        for start, end, key in whole:
            found: Iterable[Made]
            if key.isascii():
                found = self._spaced(text, start, key) if " " in key and text[start - 1 : start] in (" ", "/") else ()
            elif len(key) >= 2 * _PART[-1] and not any(char.isascii() for char in key):
                found = (*self._leading(text, start, key), *self._trailing(text, end, key))
            else:
                continue
            for one in found:
                made.setdefault(one[:2], one)
        return sorted(made.values(), key=lambda one: one[:2])

    def _spaced(self, text: str, start: int, key: str) -> Iterator[Made]:
        words = key.split(" ")
        heads = [" ".join(words[number:]) for number in range(1, len(words))]
        place = start
        for _ in range(_MOST):
            found = self._before.search(text, max(0, start - _REACH), place)
            if found is None:
                return
            begin, stop = found.span(1)
            for first in (begin, text.find(" ", begin, stop) + 1):
                part = text[first:stop]
                made = self._first(f"{part} {head}" for head in heads) if first >= begin and part else None
                if made is not None:
                    yield first, stop, made
                    break
            else:
                return
            place = first

    def _leading(self, text: str, start: int, key: str) -> Iterator[Made]:
        place = start
        for _ in range(_MOST):
            joint = self._joint_before.search(text, max(0, place - 2), place)
            if joint is None:
                return
            stop = joint.start()
            for size in _PART:
                part = text[max(0, stop - size) : stop]
                made = self._first(part + head for head in (key[-3:], key[-2:])) if len(part) == size else None
                if made is not None:
                    yield stop - size, stop, made
                    place = stop - size
                    break
            else:
                return

    def _trailing(self, text: str, end: int, key: str) -> Iterator[Made]:
        place = end
        for _ in range(_MOST):
            joint = self._joint.match(text, place, place + 2)
            if joint is None:
                return
            begin = joint.end()
            for size in _PART:
                part = text[begin : begin + size]
                last = not text[begin + size : begin + size + 1].isalnum()
                joined = self._joint.match(text, begin + size, begin + size + 2) is not None
                made = self._first([key[:2] + part]) if len(part) == size and (last or joined) else None
                if made is not None:
                    yield begin, begin + size, made
                    place = begin + size
                    break
            else:
                return

    def _first(self, keys: Iterable[str]) -> Entry | None:
        for key in keys:
            entry = self._entry(key)
            # Only whole names: what depends on case or context is not guessed at.
            if entry is not None and not any(one.letters is not None or one.needs_context for one in entry.senses):
                return entry
        return None
