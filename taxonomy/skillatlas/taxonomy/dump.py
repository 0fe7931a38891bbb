"""Dumps of a release: `dump.jsonl`, one entity a line, canonical and ordered."""

from collections.abc import Iterator

from .errors import NotFoundError
from .store.port import Release, SchemeState, Store


def dump_lines(store: Store, release: int, *, scheme: str | None = None) -> Iterator[bytes]:
    """The lines of `dump.jsonl`, each with its newline, streamed.

    Raises NotFoundError for a release, or a scheme or catalogue in it, that does not exist.
    """
    found = find_release(store, release)
    if scheme is not None:
        find_scheme_state(store, found.number, scheme)
    return (row.line() for row in store.records(found.number, scheme=scheme))


def find_release(store: Store, number: int | None = None) -> Release:
    """The release of a number, or the newest. Raises NotFoundError."""
    found = store.head() if number is None else store.release(number)
    if found is None:
        if number is None:
            raise NotFoundError("nothing is published yet; run `skillatlas init`")
        raise NotFoundError(f"there is no release {number}")
    return found


def find_scheme_state(store: Store, release: int, key: str) -> SchemeState:
    """A scheme or catalogue as of a release. Raises NotFoundError."""
    for state in store.scheme_states(release):
        if state.key == key:
            return state
    raise NotFoundError(f"release {release} has no scheme or catalogue {key!r}")
