"""Relay connections over sorted sequences, with opaque keyset cursors that only their own query takes."""

import base64
import binascii
import hashlib
import json
import math
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from .errors import BadInputError

T = TypeVar("T")
Key = tuple[Any, ...]

_MOST_RELEASES = 2**31


def page_size(first: int, most: int) -> int:
    """`first`, checked: 0 to `most`. Raises BadInputError."""
    if not 0 <= first <= most:
        raise BadInputError(f"first: must be 0 to {most}, not {first}")
    return first


@dataclass(frozen=True, slots=True)
class Cursor:
    """What an opaque cursor holds: the field, a digest of its arguments, the release, and the key it stands at."""

    field: str
    digest: str
    release: int | None
    key: Key

    def encode(self) -> str:
        """URL-safe base64 of JSON."""
        text = json.dumps([self.field, self.digest, self.release, list(self.key)], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> "Cursor":
        """Raises BadInputError for anything that `encode` did not make."""
        try:
            padded = text.encode("ascii") + b"=" * (-len(text) % 4)
            field, digest, release, key = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        except (ValueError, TypeError, binascii.Error, RecursionError):
            raise BadInputError("after: is no cursor of this API") from None
        finite = isinstance(key, list) and all(math.isfinite(part) for part in key if isinstance(part, float))
        numbered = release is None or (isinstance(release, int) and 0 <= release < _MOST_RELEASES)
        if not (numbered and isinstance(field, str) and isinstance(digest, str) and finite):
            raise BadInputError("after: is no cursor of this API")
        return cls(field, digest, release, tuple(key))


def cursor_release(release: int | None, after: str | None) -> int | None:
    """The release to read: the one asked for, else the cursor's, so that pages of one list fit together."""
    return Cursor.decode(after).release if release is None and after is not None else release


@dataclass(frozen=True, slots=True)
class Scope:
    """Which query a cursor belongs to: the field, all its arguments but `first` and `after`, and the release."""

    field: str
    arguments: Mapping[str, Any]
    release: int | None

    def digest(self) -> str:
        """Sixteen hex digits of SHA-256 over the arguments, in which null and absent are the same."""
        given = {name: value for name, value in self.arguments.items() if value is not None}
        text = json.dumps(given, sort_keys=True, default=sorted)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def cursor(self, key: Key) -> str:
        """The cursor at a key."""
        return Cursor(self.field, self.digest(), self.release, key).encode()

    def key_of(self, after: str) -> Key:
        """The key of a cursor of this scope. Raises BadInputError for another query's."""
        cursor = Cursor.decode(after)
        if cursor.field != self.field or cursor.digest != self.digest():
            raise BadInputError(f"after: the cursor belongs to another query than this {self.field}")
        if cursor.release != self.release:
            if cursor.release is None:
                raise BadInputError("after: is no cursor of this API")
            raise BadInputError(
                f"after: the cursor was made at release {cursor.release}; ask with release: {cursor.release}"
            )
        return cursor.key


@dataclass(frozen=True, slots=True)
class PageEdge(Generic[T]):
    """A node and where it stands; the cursor is only made when asked for."""

    node: T
    key: Key
    scope: Scope

    @property
    def cursor(self) -> str:
        """The opaque cursor."""
        return self.scope.cursor(self.key)


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Relay's page information."""

    has_next_page: bool
    has_previous_page: bool
    first_edge: PageEdge[Any] | None
    last_edge: PageEdge[Any] | None

    @property
    def start_cursor(self) -> str | None:
        """Of the first edge; None on an empty page."""
        return self.first_edge.cursor if self.first_edge else None

    @property
    def end_cursor(self) -> str | None:
        """Of the last edge; None on an empty page."""
        return self.last_edge.cursor if self.last_edge else None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a connection."""

    edges: tuple[PageEdge[T], ...]
    page_info: PageInfo
    total_count: int
    release: int | None


def make_page(edges: Sequence[PageEdge[T]], scope: Scope, *, total: int, has_next: bool, has_previous: bool) -> Page[T]:
    """A page of edges that were selected elsewhere."""
    first, last = (edges[0], edges[-1]) if edges else (None, None)
    return Page(tuple(edges), PageInfo(has_next, has_previous, first, last), total, scope.release)


S = TypeVar("S")


def paginate(
    items: Sequence[S],
    key: Callable[[S], Key],
    node: Callable[[S], T],
    scope: Scope,
    *,
    first: int,
    after: str | None,
) -> Page[T]:
    """The page of `items`, which are sorted by `key`, that follows `after`. `first` must have been checked."""
    start = 0
    if after is not None:
        wanted = scope.key_of(after)
        try:
            start = bisect_right(items, wanted, key=key)
        except TypeError:
            raise BadInputError("after: is no cursor of this API") from None
    chosen = items[start : start + first]
    edges = [PageEdge(node(item), key(item), scope) for item in chosen]
    return make_page(edges, scope, total=len(items), has_next=start + len(chosen) < len(items), has_previous=start > 0)
