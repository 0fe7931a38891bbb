"""Which releases are held in memory, and that many threads share one load."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from graphs import concept
from histories import put
from skillatlas.taxonomy import (
    Graph,
    NotFoundError,
    Snapshots,
    Store,
    StoreError,
    StoreUnavailableError,
    dump_lines,
    load_graph,
    open_store,
    publish,
)
from skillatlas.taxonomy import snapshots as snapshots_module

THREADS = 8


def release(store: Store, name: str) -> None:
    with store.writer() as writer:
        writer.edit([put(concept(name))])
    publish(store)


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[int | None]:
    """The releases that were read from the store, in order; the reading itself is the real one."""
    seen: list[int | None] = []

    def counted(store: Store, number: int | None = None) -> Graph:
        seen.append(number)
        return load_graph(store, number)

    monkeypatch.setattr(snapshots_module, "load_graph", counted)
    return seen


def at_once(ask: Callable[[], Any]) -> list[Any]:
    """What `ask` gives to many threads that begin together."""
    barrier = threading.Barrier(THREADS)

    def one(_: int) -> Any:
        barrier.wait()
        return ask()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def test_before_the_first_release(sqlite_store: Store) -> None:
    snapshots = Snapshots(sqlite_store)
    assert snapshots.loaded is None
    for ask in (snapshots.newest, snapshots.refresh, lambda: snapshots.at(None), lambda: snapshots.at(1)):
        with pytest.raises(NotFoundError):
            ask()


def test_the_newest_is_loaded_once_and_kept(sqlite_store: Store, loads: list[int | None]) -> None:
    release(sqlite_store, "atlas:a")
    snapshots = Snapshots(sqlite_store)
    graph = snapshots.newest()
    assert snapshots.newest() is graph is snapshots.refresh() is snapshots.at(None) is snapshots.at(1)
    assert snapshots.loaded is graph
    assert loads == [1]


def test_a_new_release_is_seen_after_refresh_and_not_before(sqlite_store: Store) -> None:
    release(sqlite_store, "atlas:a")
    snapshots = Snapshots(sqlite_store)
    first = snapshots.newest()
    release(sqlite_store, "atlas:b")
    assert snapshots.newest() is first
    second = snapshots.refresh()
    assert snapshots.newest() is second is not first
    assert sorted(second.concepts) == ["atlas:a", "atlas:b"]
    assert sorted(first.concepts) == ["atlas:a"], "who holds the former release reads it unchanged"
    assert snapshots.at(1) is first


def test_only_so_many_older_releases_are_kept(sqlite_store: Store, loads: list[int | None]) -> None:
    for name in "abcd":
        release(sqlite_store, f"atlas:{name}")
    snapshots = Snapshots(sqlite_store, keep_older=2)
    for number in (4, 1, 2, 1, 3, 1, 2, None):
        assert snapshots.at(number).release.number == (number or 4)
    assert loads == [4, 1, 2, 3, 2], "the one that was not asked for the longest goes first"


def test_no_older_release_is_kept_where_none_is_wanted(sqlite_store: Store, loads: list[int | None]) -> None:
    release(sqlite_store, "atlas:a")
    release(sqlite_store, "atlas:b")
    snapshots = Snapshots(sqlite_store, keep_older=0)
    snapshots.at(1)
    snapshots.at(1)
    assert loads == [2, 1, 1]


@pytest.mark.parametrize("number", [0, 2, -1, 2**70])
def test_a_release_that_does_not_exist(sqlite_store: Store, number: int) -> None:
    release(sqlite_store, "atlas:a")
    with pytest.raises(NotFoundError, match=f"no release {number}"):
        Snapshots(sqlite_store).at(number)


def test_threads_that_ask_together_share_one_load(sqlite_store: Store, loads: list[int | None]) -> None:
    release(sqlite_store, "atlas:a")
    release(sqlite_store, "atlas:b")
    snapshots = Snapshots(sqlite_store, keep_older=2)
    assert len({id(graph) for graph in at_once(snapshots.newest)}) == 1
    assert len({id(graph) for graph in at_once(lambda: snapshots.at(1))}) == 1
    assert loads == [2, 1]


def test_who_waits_for_a_load_that_fails_hears_why_and_the_next_one_tries_again(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(sqlite_store, "atlas:a")
    snapshots = Snapshots(sqlite_store)

    def fails(store: Store, number: int | None = None) -> Graph:
        raise StoreUnavailableError("away")

    with monkeypatch.context() as patch:
        patch.setattr(snapshots_module, "load_graph", fails)

        def ask() -> str:
            with pytest.raises(StoreError) as caught:
                snapshots.newest()
            return str(caught.value)

        assert set(at_once(ask)) == {"away"}
    assert snapshots.newest().release.number == 1


def test_readers_never_see_a_mixture_while_releases_are_published(sqlite_store: Store) -> None:
    """Release n has n concepts; whatever a reader holds must agree with itself."""
    release(sqlite_store, "atlas:c0")
    snapshots = Snapshots(sqlite_store)
    done = threading.Event()
    seen: set[int] = set()

    def read() -> None:
        while not done.is_set():
            graph = snapshots.refresh()
            assert len(graph.concepts) == graph.release.number == graph.release.concept_count
            seen.add(graph.release.number)

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        for number in range(1, 15):
            release(sqlite_store, f"atlas:c{number}")
        done.set()
        for reader in readers:
            reader.result()
    assert snapshots.refresh().release.number == 15
    assert len(seen) > 1


def test_a_store_restored_from_a_copy_is_believed(tmp_path: Path) -> None:
    """Going back, and forward again to another release of the same number, nothing of the lost ones is answered."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store = open_store(url)
    release(store, "atlas:a")
    copy = sqlite3.connect(":memory:")
    source = sqlite3.connect(tmp_path / "store.db")
    source.backup(copy)
    release(store, "atlas:b")
    snapshots = Snapshots(store, keep_older=3)
    assert "atlas:b" in snapshots.newest().concepts
    copy.backup(source)
    assert list(snapshots.refresh().concepts) == ["atlas:a"]
    with pytest.raises(NotFoundError):
        snapshots.at(2)
    release(store, "atlas:c")
    assert list(snapshots.refresh().concepts) == ["atlas:a", "atlas:c"]
    copy.backup(source)
    release(store, "atlas:d")
    assert list(snapshots.refresh().concepts) == ["atlas:a", "atlas:d"], "the same number, other content"
    source.close()
    copy.close()
    store.close()


def test_a_loaded_graph_is_the_dump(sqlite_store: Store) -> None:
    release(sqlite_store, "atlas:a")
    release(sqlite_store, "atlas:b")
    graph = load_graph(sqlite_store)
    assert graph.release == sqlite_store.head()
    assert len(graph.concepts) == len(list(dump_lines(sqlite_store, 2)))
    assert list(load_graph(sqlite_store, 1).concepts) == ["atlas:a"]
    with pytest.raises(NotFoundError):
        load_graph(sqlite_store, 3)
