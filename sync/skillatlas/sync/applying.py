"""Applying changes to a dump: both are ordered files, so a merge needs little memory, whatever their size."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from .errors import IntegrityError

_RANK = {"SCHEME": 0, "CONCEPT": 1, "EDGE": 2, "COURSE": 3}
_DECODER = json.JSONDecoder()
_MARK = b',"entityId":"'
_AFTER = '{"after":'

Key = tuple[int, str]


def apply_changes(dump: Path, changes: Path, target: Path) -> str:
    """Write `target`: the entities of `dump` after `changes`, in the order of dumps. Returns its content hash.

    `after` replaces, a null `after` removes (the replay rule). Raises IntegrityError for lines that are none of ours.
    """
    digest = hashlib.sha256()
    with dump.open("rb") as old, changes.open("rb") as feed, target.open("wb") as new:
        wanted = _last_change_of_each(feed)
        waiting = iter(sorted(wanted))
        following = next(waiting, None)

        def put(line: bytes) -> None:
            digest.update(line)
            new.write(line)

        for key, line in _entities(old):
            while following is not None and following < key:
                _put_change(feed, wanted[following], put)
                following = next(waiting, None)
            if following == key:
                _put_change(feed, wanted[key], put)
                following = next(waiting, None)
            else:
                put(line)
        while following is not None:
            _put_change(feed, wanted[following], put)
            following = next(waiting, None)
        new.flush()
        os.fsync(new.fileno())
    return f"sha256:{digest.hexdigest()}"


def file_hash(path: Path) -> str:
    """The content hash of a dump."""
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def _entities(dump: IO[bytes]) -> Iterator[tuple[Key, bytes]]:
    for line in dump:
        row = _parse_end(line)
        yield (_RANK[row["entityType"]], row["entityId"]), line


def _last_change_of_each(feed: IO[bytes]) -> dict[Key, int]:
    """Where in the file the last change of each entity stands: the changes themselves stay on the disk."""
    found: dict[Key, int] = {}
    place = 0
    for line in feed:
        row = _parse_end(line)
        found[_RANK[row["entityType"]], row["entityId"]] = place
        place += len(line)
    return found


def _put_change(feed: IO[bytes], place: int, put: Any) -> None:
    feed.seek(place)
    text = feed.readline().decode()
    row = _parse(text)
    if not text.startswith(_AFTER):
        raise IntegrityError("a change is not in canonical form; nothing was kept")
    if row["after"] is None:
        return
    # The entity as it was sent, not as this program would write its numbers.
    _value, end = _DECODER.raw_decode(text, len(_AFTER))
    names = (json.dumps(row[name], ensure_ascii=False) for name in ("entityId", "entityType", "scheme"))
    entity_id, entity_type, scheme = names
    line = (
        f'{{"entity":{text[len(_AFTER) : end]},"entityId":{entity_id},"entityType":{entity_type},"scheme":{scheme}}}\n'
    )
    put(line.encode())


def _parse_end(line: bytes) -> dict[str, Any]:
    """The type and id of a line, read from its end: all before them, the entity, is most of it and not needed here.

    In text between quotes the mark cannot stand, since there a quote has a backslash before it.
    """
    place = line.rfind(_MARK)
    return _parse(line if place < 0 else b"{" + line[place + 1 :])


def _parse(line: bytes | str) -> dict[str, Any]:
    try:
        row = json.loads(line)
        if row["entityType"] in _RANK and isinstance(row["entityId"], str):
            return dict(row)
    except (ValueError, KeyError, TypeError):
        pass
    raise IntegrityError("a line is no entity and no change; nothing was kept")
