"""How texts are compared when they are searched: normalised, and as words."""

import re
import unicodedata
from collections.abc import Iterator

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+[+#]*")
_ASCII_RUNS = re.compile(r"[a-z0-9]+[+#]*")
_IS_CJK = re.compile(rf"[{_CJK}]")
_SPACE = re.compile(r"\s+")


def normalise(text: str) -> str:
    """NFKC, case-folded, white space joined to single spaces."""
    if text.isascii():  # nearly all English labels; the same answer in a third of the time
        return " ".join(text.lower().split())
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def words(normalised: str) -> Iterator[str]:
    """The words of a normalised label; of a run without spaces, its characters and pairs of neighbours."""
    if normalised.isascii():
        yield from _ASCII_RUNS.findall(normalised)
        return
    for run in _RUNS.findall(normalised):
        if _IS_CJK.match(run):
            yield from run
            yield from (run[at : at + 2] for at in range(len(run) - 1))
        else:
            yield run


def asked_words(normalised: str, most: int) -> list[str]:
    """The words that a text asks for: those before the last, each once, and the last, which is still being typed."""
    found: list[str] = []
    for match in _RUNS.finditer(normalised):
        run = match.group()
        if _IS_CJK.match(run) and len(run) > 1:
            found.extend(run[at : at + 2] for at in range(len(run) - 1))
        else:
            found.append(run)
        if len(found) > most:
            break
    del found[most:]
    return [*dict.fromkeys(found[:-1]), *found[-1:]]
