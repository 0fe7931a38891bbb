"""Reading the store's draft: what importers compare with and find skills in."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager

from skillatlas.taxonomy import EntityType, Record, Scheme, Store, draft_records, from_record

from ..errors import KeyInUseError
from .harvest import Harvest


@contextmanager
def open_draft(store: Store, *, scheme: str | None = None) -> Iterator[Iterator[Record]]:
    """The draft's records in the order of dumps; the store's cursor is closed at the end, however much was read."""
    rows = draft_records(store, scheme=scheme)
    try:
        yield rows
    finally:
        if isinstance(rows, Generator):
            rows.close()


def draft_schemes(store: Store) -> dict[str, Scheme]:
    """The schemes of the draft by key."""
    found: dict[str, Scheme] = {}
    with open_draft(store) as rows:
        for row in rows:
            if row.entity_type is not EntityType.SCHEME:
                break
            entity = from_record(row)
            assert isinstance(entity, Scheme)
            found[entity.key] = entity
    return found


def check_key(store: Store, harvest: Harvest) -> None:
    """Raise KeyInUseError where the harvest's key or namespace belongs to something else.

    Schemes and catalogues share one name space of keys; a namespace belongs to one scheme and never changes,
    since the IRIs of its concepts would.
    """
    schemes = draft_schemes(store)
    held = schemes.get(harvest.key)
    if harvest.catalogue:
        if held is not None:
            raise KeyInUseError(f"{harvest.key!r} is a scheme already; choose another key for the catalogue")
        return
    head = store.head()
    if held is None and head and any(state.key == harvest.key for state in store.scheme_states(head.number)):
        raise KeyInUseError(f"{harvest.key!r} is a course catalogue already; choose another key for the scheme")
    wanted = harvest.scheme
    if wanted is None:
        return
    if held is not None and held.namespace != wanted.namespace:
        raise KeyInUseError(
            f"the scheme {harvest.key!r} has the namespace {held.namespace}, not {wanted.namespace}; choose another key"
        )
    for other in schemes.values():
        if other.key != wanted.key and other.namespace == wanted.namespace:
            raise KeyInUseError(f"the namespace {wanted.namespace} belongs to the scheme {other.key!r}")
