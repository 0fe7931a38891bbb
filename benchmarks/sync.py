"""Sync: ESCO 1.1.0 to 1.1.1 by a server and the client, and a store of many releases beside one of two.

Baselines: the same rows read by plain SQLite, the same bytes from a plain file server, the same request to a bare
Starlette route, each in the same run.
"""

import gc
import http.client
import sqlite3
import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson

from benchmarks.many_releases import many_releases
from benchmarks.processes import SKILLATLAS, Server, esco_zips, free_port, run_command, server
from benchmarks.table import Row, row
from skillatlas.sync import Mirror
from skillatlas.sync import Server as Remote

IDS = 100_000
_READ = "SELECT entity_id, scheme, body FROM change WHERE release <= ? AND (until IS NULL OR until > ?) ORDER BY seq"
DIFF = """query($from: Int!, $to: Int!) { releaseDiff(from: $from, to: $to) {
  created updated deprecated restored removed counts { scheme entityType operation count }
  changes(first: 50) { totalCount edges { node { entityId before after } } } } }"""
_PAGE = "query($from: Int!, $to: Int!) { releaseDiff(from: $from, to: $to) { markdown } }"
RESOLVE = """query($ids: [ID!]!, $from: Int!) { resolve(ids: $ids, fromRelease: $from) {
  id status automatic candidates { id label } } }"""


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def fetch(url: str, body: bytes | None = None) -> bytes:
    headers = {"Content-Type": "application/json"} if body is not None else {}
    with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=300) as answer:
        content: bytes = answer.read()
    return content


def ask(url: str, query: str, **variables: object) -> bytes:
    answer = fetch(f"{url}/graphql", orjson.dumps({"query": query, "variables": variables}))
    assert b'"errors"' not in answer[:200], answer[:500]
    return answer


def seconds(what: str, value: float, base: float, baseline: str, goal: float) -> Row:
    return row(
        what,
        value,
        "s",
        baseline=f"{baseline} {base:.3f} s",
        ratio=value / base,
        goal=f"< {goal:g} s",
        met=value < goal,
    )


@contextmanager
def files(folder: Path) -> Iterator[str]:
    """A plain file server of the standard library."""
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(folder)]
    with server(command, port, "/"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def bare() -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "benchmarks.bare:app", "--port", str(port), "--no-access-log"]
    with server(command, port, "/readyz"):
        yield f"http://127.0.0.1:{port}"


def probe(url: str, path: str, headers: dict[str, str], status: int) -> float:
    """The median milliseconds of a request over one kept connection."""
    connection = http.client.HTTPConnection(url.removeprefix("http://"))
    times = []
    for _ in range(300):
        started = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        times.append(time.perf_counter() - started)
        assert answer.status == status
    connection.close()
    return statistics.median(times) * 1000


def wait_for(remote: Remote, release: int) -> None:
    while remote.head().release < release:
        time.sleep(0.05)


def _esco(folder: Path) -> list[Row]:
    path = folder / "bench.db"
    store = f"sqlite:///{path}"
    run_command(["init", "--store", store])
    run_command(["import", "esco", *esco_zips("1.1.0"), "--store", store, "--publish", "ESCO 1.1.0"])
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [SKILLATLAS, "serve", "--port", str(port), "--store", store]
    with server(command, port, "/readyz") as ours, Remote(url) as remote:
        mirror = Mirror.create(folder / "mirror", remote)
        Mirror.create(folder / "second", remote)
        run_command(["import", "esco", *esco_zips("1.1.1"), "--store", store, "--publish", "ESCO 1.1.1"])
        wait_for(remote, 3)
        with sqlite3.connect(path) as connection, bare() as bare_url, files(folder) as file_url:
            # Loaded by now: the graph of the newest release is swapped in some seconds after it is published.
            while b'"number":3' not in ask(url, "{ release { number } }").replace(b" ", b""):
                time.sleep(0.1)
            return [
                *_changes(url, file_url, folder, connection, mirror, remote),
                *_questions(url, bare_url, connection),
                *_dumps(url, ours, connection),
            ]


def _changes(
    url: str, file_url: str, folder: Path, connection: sqlite3.Connection, mirror: Mirror, remote: Remote
) -> list[Row]:
    def read() -> None:
        for _ in connection.execute("SELECT * FROM change WHERE release = 3 ORDER BY seq"):
            pass

    plain = timed(read)
    diff = timed(lambda: ask(url, DIFF, **{"from": 2, "to": 3}))
    long = timed(lambda: ask(url, DIFF, **{"from": 1, "to": 3}))
    page = timed(lambda: ask(url, _PAGE, **{"from": 2, "to": 3}))
    address = f"{url}/sync/changes?from=2&to=3"
    (folder / "changes").write_bytes(fetch(address))
    streamed = timed(lambda: fetch(address))
    size = (folder / "changes").stat().st_size / 2**20
    downloaded = timed(lambda: fetch(f"{file_url}/changes"))
    pulled = timed(lambda: mirror.pull(remote))
    mirror.verify(remote)
    command = run_command(["sync", "pull", "--dir", str(folder / "second")])
    return [
        seconds("releaseDiff, ESCO 1.1.0 to 1.1.1, counts and 50 changes", diff, plain, "reading the rows", 2),
        row("the same over two releases, net of 172,000 changes", long, "s"),
        row("the same as a page of Markdown", page, "s"),
        seconds(f"all changes streamed, {size:.1f} MiB", streamed, downloaded, "the same file", 3),
        seconds("client pull, verified", pulled, downloaded, "the same file", 10),
        row("the command's largest memory", command.peak_mib, "MiB"),
    ]


def _questions(url: str, bare_url: str, connection: sqlite3.Connection) -> list[Row]:
    with urllib.request.urlopen(f"{url}/sync/head") as answer:
        tag = answer.headers["etag"]
    nothing = probe(url, "/sync/head", {"If-None-Match": tag}, 304)
    bare_route = probe(bare_url, "/readyz", {}, 200)
    found = connection.execute(
        "SELECT entity_id FROM change WHERE release <= 2 AND type_rank = 1 AND scheme = 'esco' ORDER BY seq"
    ).fetchall()
    ids = [concept_id for (concept_id,) in found]
    some = ids[:: len(ids) // 500][:500]

    def look_up() -> None:
        for one in some:
            connection.execute("SELECT body FROM change WHERE type_rank = 1 AND entity_id = ?", (one,)).fetchall()

    looked_up = timed(look_up) * 1000
    # The server prepares the pair of a new release and the one before; another pair is compared when it is asked for.
    first = timed(lambda: ask(url, RESOLVE, ids=some, **{"from": 2})) * 1000
    far = timed(lambda: ask(url, RESOLVE, ids=some, **{"from": 1})) * 1000
    again = statistics.median(timed(lambda: ask(url, RESOLVE, ids=some, **{"from": 2})) for _ in range(20)) * 1000
    body = "\n".join((ids * (IDS // len(ids) + 1))[:IDS]).encode()
    posted = timed(lambda: fetch(f"{bare_url}/graphql", body))
    impact = timed(lambda: fetch(f"{url}/sync/impact?from=2", body))
    return [
        row(
            "probe that finds nothing new (304), median",
            nothing,
            "ms",
            baseline=f"bare Starlette route {bare_route:.2f} ms",
            ratio=nothing / bare_route,
            goal="< 5 ms",
            met=nothing < 5,
        ),
        *(
            row(
                f"resolve of 500 ids, {which}",
                value,
                "ms",
                baseline=f"reading 500 concepts {looked_up:.1f} ms",
                ratio=value / looked_up,
                goal="< 100 ms",
                met=value < 100,
            )
            for which, value in (("first", first), ("repeated, median of 20", again))
        ),
        row("the same over two releases, of which nobody asked before", far, "ms"),
        seconds("impact of 100,000 ids", impact, posted, "posting them to a bare route", 5),
    ]


def _dumps(url: str, ours: Server, connection: sqlite3.Connection) -> list[Row]:
    def read() -> None:
        for _ in connection.execute(_READ, (3, 3)):
            pass

    plain = timed(read)
    rows = []
    for extension in ("jsonl", "json", "csv.zip", "ttl"):
        before = ours.resident_mib()
        ours.forget_peak()
        took = timed(lambda: fetch(f"{url}/releases/3/dump.{extension}"))  # noqa: B023
        grown = ours.peak_mib() - before
        rows += [
            seconds(f"dump.{extension} with ESCO", took, plain, "reading the rows", 10),
            row(f"dump.{extension}, memory added", grown, "MiB", goal="< 300 MiB", met=grown < 300),
        ]
    return rows


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        rows = _esco(Path(folder))
    gc.collect()
    with tempfile.TemporaryDirectory() as folder:
        return [*rows, *many_releases(Path(folder))]
