"""The server's sync routes, as the client needs them."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from types import TracebackType
from typing import Any, Self

import httpx

from .errors import ServerError

_BATCH = 100_000  # ids in one request: some 6 MB, which servers take
_TIMEOUT = httpx.Timeout(30.0, read=120.0)


@dataclass(frozen=True, slots=True)
class Head:
    """The newest release, or with a scheme the last release that changed it."""

    release: int
    content_hash: str
    published_at: str


@dataclass(frozen=True, slots=True)
class ChangeFeed:
    """An open stream of changes: `count` lines are to come, up to `last_seq`; then the mirror has `content_hash`."""

    count: int
    last_seq: int
    content_hash: str
    chunks: Iterator[bytes]


class Server:
    """One server; close it, or use it in a `with` block. All methods raise ServerError."""

    def __init__(self, url: str, *, transport: httpx.BaseTransport | None = None) -> None:
        """`url`: where the server is, such as `https://skills.example.org`. `transport`: another way to reach it."""
        self.url = url.rstrip("/")
        self._client = httpx.Client(timeout=_TIMEOUT, transport=transport, follow_redirects=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def head(self, scheme: str | None = None) -> Head:
        """The cheap question whether anything changed."""
        try:
            answer = self._client.get(f"{self.url}/sync/head", params=_given(scheme=scheme))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ServerError(f"{self.url}: cannot be reached ({error}); is the server running?") from None
        _check(answer)
        try:
            found = answer.json()
            return Head(int(found["release"]), str(found["contentHash"]), str(found["publishedAt"]))
        except (ValueError, KeyError, TypeError):
            raise ServerError(f"{self.url}: is no skillatlas server: its answer to /sync/head has no release") from None

    @contextmanager
    def dump(self, release: int, scheme: str | None = None) -> Iterator[Iterator[bytes]]:
        """The bytes of a release's dump, as they arrive."""
        with self._stream("GET", f"/releases/{release}/dump.jsonl", _given(scheme=scheme)) as answer:
            yield _bytes(answer)

    @contextmanager
    def changes(self, start: int, end: int, after: int, scheme: str | None = None) -> Iterator[ChangeFeed]:
        """The changes of the releases in (`start`, `end`] with a seq after `after`."""
        params = _given(**{"from": start, "to": end, "after": after, "scheme": scheme})
        with self._stream("GET", "/sync/changes", params) as answer:
            try:
                count = int(answer.headers["Skillatlas-Changes"])
                last = int(answer.headers["Skillatlas-Last-Seq"])
                content_hash = answer.headers["Skillatlas-Content-Hash"]
            except (KeyError, ValueError):
                raise ServerError(f"{self.url}: its answer to /sync/changes lacks the headers to check it by") from None
            yield ChangeFeed(count, last, content_hash, _bytes(answer))

    def impact(self, ids: Iterable[str], start: int, end: int) -> list[dict[str, Any]]:
        """What became of ids between two releases: those that are not UNCHANGED, in the order given."""
        waiting, rows = iter(ids), list[dict[str, Any]]()
        while batch := list(islice(waiting, _BATCH)):
            rows += self._impact(batch, start, end)
        return rows

    def _impact(self, ids: list[str], start: int, end: int) -> list[dict[str, Any]]:
        try:
            # As JSON, not a line each: an id that is none may hold an end of line.
            answer = self._client.post(
                f"{self.url}/sync/impact", params=_given(**{"from": start, "to": end}), content=json.dumps(ids)
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ServerError(f"{self.url}: cannot be reached ({error})") from None
        _check(answer)
        try:
            # By the one end of a line that counts: texts hold others, such as U+2028.
            lines = [json.loads(line) for line in answer.content.split(b"\n") if line]
        except ValueError:
            raise ServerError(f"{self.url}: its answer to /sync/impact is cut; ask again") from None
        if answer.headers.get("Skillatlas-Lines") != str(len(lines)):
            raise ServerError(f"{self.url}: its answer to /sync/impact is cut; ask again")
        return lines

    @contextmanager
    def _stream(self, method: str, path: str, params: dict[str, str]) -> Iterator[httpx.Response]:
        try:
            with self._client.stream(method, self.url + path, params=params) as answer:
                if answer.status_code != 200:
                    answer.read()
                    _check(answer)
                yield answer
        except httpx.HTTPError as error:
            raise ServerError(f"{self.url}{path}: the connection broke ({error})") from None


def _given(**params: str | int | None) -> dict[str, str]:
    return {name: str(value) for name, value in params.items() if value is not None}


def _check(answer: httpx.Response) -> None:
    if answer.status_code == 200:
        return
    try:
        text = answer.json()["error"]["message"]
    except (ValueError, KeyError, TypeError):
        text = answer.reason_phrase
    raise ServerError(f"{answer.request.url.copy_with(query=None)}: {answer.status_code} {text}")


def _bytes(answer: httpx.Response) -> Iterator[bytes]:
    try:
        yield from answer.iter_bytes()
    except httpx.HTTPError as error:
        raise ServerError(f"{answer.request.url.copy_with(query=None)}: the connection broke ({error})") from None
