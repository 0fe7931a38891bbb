"""Writing Markdown that shows any text as it is: headings, lists that are cut at a number, one table."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$])")
_AT_START = re.compile(r"^([#+=-]|\d+(?=[.)]))")


def escape(text: str) -> str:
    """`text` on one line, so that a reader of Markdown sees it and nothing else happens."""
    # Whatever else ends a line or hides: controls, line and paragraph separators.
    plain = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text)
    return _SPECIAL.sub(r"\\\1", " ".join(plain.split()))


def _escape_start(found: "re.Match[str]") -> str:
    sign = found[0]
    # A number would begin a list by the sign after it, which is escaped in its place.
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}"


def code(text: str) -> str:
    """An id between backticks; as other text where it holds what would end it."""
    return escape(text) if "`" in text or len(text.split()) != 1 else f"`{text}`"


def bullets(items: Iterable[str], total: int, more: str, *, most: int | None) -> list[str]:
    """The first `most` items as a list, then `more` as its last line if there are `total` > `most`."""
    lines = [f"- {_AT_START.sub(_escape_start, item)}" for item in items]
    return [*lines, f"- … {more}"] if most is not None and total > most else lines


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A table; numbers are set to the right."""
    body = [list(row) for row in rows]
    numeric = [all(isinstance(row[place], int) for row in body) for place in range(len(head))]
    marks = ["---:" if right else "---" for right in numeric]
    return [
        f"| {' | '.join(map(escape, head))} |",
        f"|{'|'.join(marks)}|",
        *(f"| {' | '.join(escape(str(cell)) for cell in row)} |" for row in body),
    ]
