"""Publishing a release with what is reckoned from it once and kept with it."""

from contextlib import suppress

from skillatlas.graphql import store_calibrations
from skillatlas.taxonomy import Published, Store, StoreError, publish


def publish_release(store: Store, *, note: str | None = None) -> Published:
    """Publish all unpublished edits, then keep the thresholds of role similarity of the new release.

    Raises what `publish` raises. Where the thresholds cannot be kept now, whoever first asks for them keeps them.
    """
    published = publish(store, note=note)
    if published.release is not None:
        with suppress(StoreError):
            store_calibrations(store, published.release.number)
    return published
