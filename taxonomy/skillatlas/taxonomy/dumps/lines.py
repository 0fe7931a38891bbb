"""`dump.jsonl`, one entity a line, canonical and ordered; and `dump.json`, the same as one document."""

from collections.abc import Iterator

import orjson

from ..finding import find_release, find_scheme_state
from ..store.port import Store


def dump_lines(store: Store, release: int, *, scheme: str | None = None) -> Iterator[bytes]:
    """The lines of `dump.jsonl`, each with its newline, streamed.

    Raises NotFoundError for a release, or a scheme or catalogue in it, that does not exist.
    """
    found = find_release(store, release)
    if scheme is not None:
        find_scheme_state(store, found.number, scheme)
    return (row.line() for row in store.records(found.number, scheme=scheme))


def dump_document(store: Store, release: int, *, scheme: str | None = None) -> Iterator[bytes]:
    """`dump.json`: `{"entities": […], "release": N, "scheme": KEY or null}`, streamed; a line each.

    Raises NotFoundError as `dump_lines` does.
    """
    lines = dump_lines(store, release, scheme=scheme)

    def written() -> Iterator[bytes]:
        yield b'{"entities":['
        before = b"\n"
        for line in lines:
            yield before + line[:-1]
            before = b",\n"
        yield b'\n],"release":%d,"scheme":%b}\n' % (release, orjson.dumps(scheme))

    return written()
