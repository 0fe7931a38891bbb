"""Choosing among language tags: RFC 4647 look-up, then English, then the smallest tag there is."""

from collections.abc import Iterable

DEFAULT_LANGUAGE = "en"


def lookup(wanted: str, available: Iterable[str]) -> str | None:
    """The tag of `available` that RFC 4647 look-up finds for the range `wanted` (zh-CN finds zh), or None.

    Case does not matter; of tags that differ only in case the smallest is taken.
    """
    tags = {tag.lower(): tag for tag in sorted(available, reverse=True)}
    parts = wanted.lower().split("-")
    while parts:
        found = tags.get("-".join(parts))
        if found is not None:
            return found
        parts.pop()
        if parts and len(parts[-1]) == 1:  # a singleton never ends a tag (RFC 4647, 3.4)
            parts.pop()
    return None


def choose(wanted: str, available: Iterable[str]) -> str | None:
    """The tag to answer with: by look-up, else English, else the smallest; None if there is none at all."""
    tags = sorted(available)
    if not tags:
        return None
    return lookup(wanted, tags) or lookup(DEFAULT_LANGUAGE, tags) or tags[0]
