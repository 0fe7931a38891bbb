"""Overrides as JSON Lines: `{"form", "verdict", "skill"?, "scheme"?, "collection"?, "document"?, "reason"?}` each."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from skillatlas.taxonomy import Override, Verdict

from ..errors import ImportFaultsError
from ..extraction import override_json
from ..findings import Finding, fault
from ..importers.files import decode, read_bytes
from .saying import Wish

_TEXTS = ("form", "skill", "scheme", "collection", "document", "reason")
_KNOWN = frozenset((*_TEXTS, "verdict", "release"))


def write_overrides(overrides: Iterable[Override]) -> Iterator[bytes]:
    """The lines of a file, in the order given; what is not said is left out, and the release."""
    for one in overrides:
        given = {name: value for name, value in override_json(one).items() if value is not None and name != "release"}
        yield orjson.dumps(given, option=orjson.OPT_APPEND_NEWLINE)


def read_overrides(path: Path) -> list[Wish]:
    """What a file says, in its order. Raises ImportFaultsError with every line that cannot be read."""
    findings: list[Finding] = []
    wishes: list[Wish] = []
    for number, line in enumerate(decode(read_bytes(path), str(path)).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            wishes.append(_wish(orjson.loads(line), str(path), number))
        except ValueError as error:  # orjson's is one
            findings.append(fault(str(path), number, str(error)))
    if findings:
        raise ImportFaultsError(findings)
    return wishes


def _wish(row: object, file: str, line: int) -> Wish:
    if not isinstance(row, dict):
        raise ValueError("is no JSON object")
    if unknown := sorted(row.keys() - _KNOWN):
        raise ValueError(f"has unknown fields: {', '.join(unknown)}")
    wrong = [name for name in _TEXTS if row.get(name) is not None and not isinstance(row[name], str)]
    if wrong:
        raise ValueError(f"{wrong[0]} is no text")
    verdict = row.get("verdict")
    if not isinstance(verdict, str) or verdict not in Verdict.__members__:
        raise ValueError(f"verdict must be {', '.join(Verdict.__members__)}, not {verdict!r}")
    given = {name: row[name] for name in _TEXTS if row.get(name) is not None}
    given.setdefault("form", "")
    return Wish(**given, verdict=Verdict[verdict], file=file, line=line)
