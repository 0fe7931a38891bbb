"""Web and mail addresses: what stands inside one names no skill ("https://java.com/sql", "me@python.com")."""

import re
from collections.abc import Sequence

from .folding import Folded
from .matcher import Candidate

# In lower case, for ASP.NET is no host, and only where no letter follows, for Node.js is none.
_TOP = r"\.(?:com|org|net|edu|gov|io|cn|dev|app|info|biz|eu|de|uk|fr|hk|tw|jp)(?![A-Za-z0-9_])"
_ANY_TOP = re.compile(_TOP)
_PATH = r"[^\s<>\"'|,;()\[\]\u0080-\U0010ffff]*"
# Each branch begins where no character of its first part stands before, so no run of characters is read twice.
_ADDRESS = re.compile(
    rf"(?i:https?|ftp)://{_PATH}"
    rf"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{{1,64}}@(?:[A-Za-z0-9-]{{1,63}}\.){{1,8}}[A-Za-z]{{2,24}}(?:[:/]\w{_PATH})?"
    rf"|(?<![A-Za-z0-9_.@/-])(?P<host>(?:[A-Za-z0-9_-]{{1,63}}\.){{0,8}}[A-Za-z0-9_-]{{1,63}}{_TOP})(?:[/:?]{_PATH})?"
)


def outside_addresses(text: str, folded: Folded, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates (in order) that lie in no address. A form may be a host as a whole: Monday.com."""
    if not candidates or not ("@" in text or "://" in text or _ANY_TOP.search(text)):
        return candidates
    places: list[tuple[int, int]] | None = None
    spans: frozenset[tuple[int, int]] = frozenset()
    kept: list[Candidate] = []
    number = 0
    for found in _ADDRESS.finditer(text):
        if places is None:
            places = [(folded.start(one.start), folded.end(one.end)) for one in candidates]
            spans = frozenset(places)
        if found["host"] and found.span("host") in spans:
            continue
        start, end = found.span()
        while number < len(places) and places[number][0] < start:
            kept.append(candidates[number])
            number += 1
        while number < len(places) and places[number][0] < end:
            if places[number][1] > end:
                kept.append(candidates[number])
            number += 1
    return [*kept, *candidates[number:]] if places is not None else candidates
