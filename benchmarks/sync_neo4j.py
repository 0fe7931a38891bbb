"""Sync on a real Neo4j beside SQLite: ESCO 1.1.0 to 1.1.1, both stores asked in turn; their hashes must be the same."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from benchmarks.neo4j_store import neo4j_store
from benchmarks.processes import SKILLATLAS, esco_zips, free_port, run_command, server
from benchmarks.sync import DIFF, RESOLVE, ask, fetch, probe, timed, wait_for
from benchmarks.table import Row, row
from skillatlas.sync import Mirror
from skillatlas.sync import Server as Remote


def _compare(what: str, work: Callable[[str], float], urls: tuple[str, str], goal: float, unit: str) -> Row:
    """One figure of the Neo4j server, with SQLite's as its baseline."""
    plain, value = work(urls[0]), work(urls[1])
    return row(
        what,
        value,
        unit,
        baseline=f"SQLite {plain:.3f} {unit}",
        ratio=value / plain,
        goal=f"< {goal:g} {unit}",
        met=value < goal,
    )


def _pull(folder: Path, urls: tuple[str, str], stores: tuple[str, str]) -> tuple[list[float], list[str]]:
    """How long it takes to pull the upgrade from each server, and what the mirrors' hashes are then."""
    mirrors = []
    for number, url in enumerate(urls):
        with Remote(url) as remote:
            mirrors.append(Mirror.create(folder / f"mirror-{number}", remote))
    for store in stores:
        run_command(["import", "esco", *esco_zips("1.1.1"), "--store", store, "--publish", "ESCO 1.1.1"])
    times, hashes = [], []
    for url, mirror in zip(urls, mirrors, strict=True):
        with Remote(url) as remote:
            wait_for(remote, 3)
            fetch(f"{url}/sync/changes?from=2&to=3")
            times.append(timed(lambda: mirror.pull(remote)))  # noqa: B023
            mirror.verify(remote)
            hashes.append(mirror.state.content_hash)
    return times, hashes


def run() -> list[Row]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stores = f"sqlite:///{folder / 'bench.db'}", stack.enter_context(neo4j_store())
        ports = free_port(), free_port()
        for store in stores:
            run_command(["init", "--store", store])
        for store, port in zip(stores, ports, strict=True):
            run_command(["import", "esco", *esco_zips("1.1.0"), "--store", store, "--publish", "ESCO 1.1.0"])
            command = [SKILLATLAS, "serve", "--port", str(port), "--store", store]
            stack.enter_context(server(command, port, "/readyz"))
        urls = f"http://127.0.0.1:{ports[0]}", f"http://127.0.0.1:{ports[1]}"
        (plain, value), hashes = _pull(folder, urls, stores)
        assert hashes[0] == hashes[1], hashes
        with Remote(urls[1]) as remote:
            tag = f'"{remote.head().release}-{remote.head().content_hash.removeprefix("sha256:")}"'
        ids = [line.split('"entityId":"', 1)[1].split('"', 1)[0] for line in _lines(urls[0])][:: 18000 // 500][:500]
        return [
            row(
                "client pull, verified, Neo4j",
                value,
                "s",
                baseline=f"SQLite {plain:.3f} s",
                ratio=value / plain,
                goal="< 10 s",
                met=value < 10,
            ),
            _compare(
                "releaseDiff, Neo4j", lambda url: timed(lambda: ask(url, DIFF, **{"from": 2, "to": 3})), urls, 2, "s"
            ),
            _compare(
                "all changes streamed, Neo4j",
                lambda url: timed(lambda: fetch(f"{url}/sync/changes?from=2&to=3")),
                urls,
                3,
                "s",
            ),
            _compare(
                "probe that finds nothing new (304), Neo4j",
                lambda url: probe(url, "/sync/head", {"If-None-Match": tag}, 304),
                urls,
                5,
                "ms",
            ),
            _compare(
                "resolve of 500 ids, Neo4j",
                lambda url: min(timed(lambda: ask(url, RESOLVE, ids=ids, **{"from": 2})) for _ in range(5)) * 1000,
                urls,
                100,
                "ms",
            ),
            *(
                _compare(
                    f"dump.{extension}, Neo4j",
                    lambda url: timed(lambda: fetch(f"{url}/releases/3/dump.{extension}")),  # noqa: B023
                    urls,
                    10,
                    "s",
                )
                for extension in ("jsonl", "csv.zip", "ttl")
            ),
        ]


def _lines(url: str) -> list[str]:
    """The concepts of the first ESCO release that the server has, as lines of the feed."""
    return fetch(f"{url}/sync/changes?from=1&to=2&types=CONCEPT&scheme=esco").decode().splitlines()
