"""The words of a text as the lanes compare them: stems of spaced scripts, characters of the others.

What a language adds (stop words, endings, irregular forms) is one TOML file in `words/`; `words/en.toml` explains it.
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# A tag or placeholder is passed over as a whole: its name is no word of the text.
_WORD = re.compile(rf"</?[a-z]{{1,20}}/?>|([^\W_{_UNSPACED}]+[+#]*|[{_UNSPACED}])")
# What keeps two words from being a pair: marks of lists and brackets, and the blanks that folding leaves of dashes
# between words and of empty lines.
_APART = re.compile(r"[,;:()/|•、。！？]|  |[.!?] ")
_LONGEST = 40  # no word is longer; what is, is compared by its beginning


class Word(NamedTuple):
    """A word that counts: its stem and its place in the text. `apart`: no pair with the word before."""

    stem: str
    start: int
    end: int
    apart: bool = False


@dataclass(frozen=True, slots=True)
class WordRules:
    """Stop words, endings and irregular forms of all languages together."""

    stop: frozenset[str]
    parting: frozenset[str]
    endings: tuple[tuple[str, str], ...]
    keep: tuple[str, ...]
    silent: str
    shortest: int
    irregular: Mapping[str, str]
    digest: str

    def stem(self, word: str) -> str:
        """The stem of a folded word."""
        word = self.irregular.get(word, word[:_LONGEST])
        if len(word) <= self.shortest:
            return word
        if not word.endswith(self.keep):
            for old, new in self.endings:
                if word.endswith(old) and len(word) - len(old) >= 3:
                    word = word[: -len(old)] + new
                    break
        return word[:-1] if self.silent and word.endswith(self.silent) else word

    def read(self, text: str) -> list[Word]:
        """The words of a folded text that are no stop words, in their order."""
        words: list[Word] = []
        done = 0
        for found in _WORD.finditer(text):
            word = found[1]
            if word and word not in self.stop:
                start, end = found.span()
                words.append(Word(self.stem(word), start, end, _APART.search(text, done, start) is not None))
                done = end
        return words


@cache
def load_rules() -> WordRules:
    """The rules of all files in `words/`."""
    stop: set[str] = set()
    parting: set[str] = set()
    endings: list[tuple[str, str]] = []
    keep: list[str] = []
    irregular: dict[str, str] = {}
    silent, shortest = "", 4
    digest = hashlib.sha256()
    folder = resources.files("skillatlas.ingest.extraction.linking") / "words"
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            raw = file.read_bytes()
            digest.update(raw)
            content = tomllib.loads(raw.decode("utf-8"))
            stop.update(content.get("stop", ()))
            parting.update(content.get("parting", ()))
            endings += [(old, new) for old, new in content.get("endings", ())]
            keep += content.get("keep", ())
            irregular |= content.get("irregular", {})
            silent, shortest = content.get("silent", silent), content.get("shortest", shortest)
    return WordRules(
        stop=frozenset(stop),
        parting=frozenset(parting),
        endings=tuple(endings),
        keep=tuple(keep),
        silent=silent,
        shortest=shortest,
        irregular=irregular,
        digest=digest.hexdigest()[:12],
    )
