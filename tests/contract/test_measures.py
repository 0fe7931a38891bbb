"""Figures reckoned from releases, on every store."""

from collections.abc import Callable

import pytest

from graphs import concept
from histories import put
from skillatlas.taxonomy import Store, dump_lines, open_store, publish


def published(store: Store, *names: str) -> int:
    with store.writer() as writer:
        writer.edit([put(concept(name)) for name in names])
    release = publish(store).release
    assert release is not None
    return release.number


def test_a_measure_is_kept_with_its_release(store: Store) -> None:
    first = published(store, "atlas:a")
    assert store.measure(first, "m") is None
    with store.writer() as writer:
        writer.put_measure(first, "m", b'{"x":1}')
        writer.put_measure(first, "n", "\u503c".encode())
    second = published(store, "atlas:b")
    assert store.measure(first, "m") == b'{"x":1}'
    assert store.measure(first, "n") == "\u503c".encode()
    assert store.measure(second, "m") is None
    assert store.measure(second + 1, "m") is None


def test_a_later_measure_of_the_name_takes_its_place(store: Store) -> None:
    release = published(store, "atlas:a")
    for body in (b"1", b"2"):
        with store.writer() as writer:
            writer.put_measure(release, "m", b"0")
            writer.put_measure(release, "m", body)
        assert store.measure(release, "m") == body


def test_what_a_writer_gave_up_is_not_kept(store: Store) -> None:
    release = published(store, "atlas:a")

    class GivenUpError(Exception):
        pass

    def give_up() -> None:
        with store.writer() as writer:
            writer.put_measure(release, "m", b"1")
            raise GivenUpError

    with pytest.raises(GivenUpError):
        give_up()
    assert store.measure(release, "m") is None


def test_measures_are_in_no_dump_and_are_found_again(empty_store_url: Callable[[], str]) -> None:
    url = empty_store_url()
    store = open_store(url)
    release = published(store, "atlas:a")
    before = list(dump_lines(store, release))
    with store.writer() as writer:
        writer.put_measure(release, "m", b"1")
    store.close()
    again = open_store(url)
    assert list(dump_lines(again, release)) == before
    assert again.measure(release, "m") == b"1"
    assert again.head() == again.release(release)
    again.close()
