"""Finding releases and schemes in a store; what is not there is said in words for a user."""

from .errors import NotFoundError
from .store.port import Release, SchemeState, Store


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
