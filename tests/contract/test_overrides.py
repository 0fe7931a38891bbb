"""What people said of forms, and what was read in documents, on every store."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from graphs import concept
from histories import put
from skillatlas.taxonomy import (
    Document,
    Override,
    Reading,
    Store,
    Verdict,
    dump_lines,
    open_store,
    publish,
)

NEVER = Override("atlas", None, None, "go", "Go", Verdict.NEVER, None, 1, "a word here")
MEANS = Override("atlas", "adverts", None, "k8s", "K8s", Verdict.MEANS, "atlas:kubernetes", 1)
REJECTED = Override("esco", "adverts", "one", "\U00020000 语", "\U00020000 语", Verdict.REJECTED, None, 2)


def said(store: Store, *overrides: Override) -> None:
    with store.writer() as writer:
        assert writer.put_overrides(overrides) == len(overrides)


def test_they_are_kept_as_they_were_said_by_place(store: Store) -> None:
    assert store.overrides() == []
    said(store, REJECTED, MEANS, NEVER)
    assert store.overrides() == [NEVER, MEANS, REJECTED]
    assert store.overrides(scheme="atlas") == [NEVER, MEANS]
    assert store.overrides(scheme="onet") == []


def test_a_later_word_at_the_same_place_takes_the_place_of_the_earlier(store: Store) -> None:
    said(store, NEVER)
    later = replace(NEVER, form="GO", verdict=Verdict.MEANS, skill="atlas:go", reason=None)
    elsewhere = replace(NEVER, collection="adverts")
    said(store, later, elsewhere)
    assert store.overrides() == [later, elsewhere]


def test_what_is_taken_back_is_gone(store: Store) -> None:
    said(store, NEVER, MEANS)
    with store.writer() as writer:
        assert writer.remove_overrides([MEANS, REJECTED]) == 2
    assert store.overrides() == [NEVER]
    with store.writer() as writer:
        writer.put_overrides([MEANS])
        writer.remove_overrides([MEANS, NEVER])
        writer.put_overrides([REJECTED])
        assert writer.put_overrides([]) == 0
    assert store.overrides() == [REJECTED]


def test_what_a_writer_gave_up_was_never_said(store: Store) -> None:
    class GivenUpError(Exception):
        pass

    said(store, NEVER)

    def give_up() -> None:
        with store.writer() as writer:
            writer.put_overrides([MEANS])
            writer.remove_overrides([NEVER])
            raise GivenUpError

    with pytest.raises(GivenUpError):
        give_up()
    assert store.overrides() == [NEVER]


def test_they_stand_through_releases_and_are_in_no_dump(empty_store_url: Callable[[], str]) -> None:
    url = empty_store_url()
    store = open_store(url)
    with store.writer() as writer:
        writer.edit([put(concept("atlas:a"))])
    publish(store)
    before = list(dump_lines(store, 1))
    said(store, NEVER, MEANS)
    assert list(dump_lines(store, 1)) == before
    with store.writer() as writer:
        writer.edit([put(concept("atlas:b"))])
    publish(store)
    store.close()
    again = open_store(url)
    assert again.overrides() == [NEVER, MEANS]
    again.close()


def test_readings_are_streamed_by_place_and_texts_are_found(store: Store) -> None:
    documents = [
        Document(collection, f"{number}", kind, scheme, "en", None, None, f"text {number}", "f", 1, b'{"x":1}', ())
        for collection, number, kind, scheme in (
            ("b", 1, "JOB", "atlas"),
            ("a", 2, "JOB", "atlas"),
            ("a", 1, "CV", "atlas"),
            ("a", 1, "JOB", "esco"),
        )
    ]
    with store.writer() as writer:
        writer.add_documents(documents)
    whole = [(one.collection, one.id) for one in store.readings(scheme="atlas")]
    assert whole == [("a", "1"), ("a", "2"), ("b", "1")]
    assert list(store.readings(scheme="atlas", collection="a", kind="CV")) == [
        Reading("a", "1", "CV", "en", b'{"x":1}')
    ]
    assert list(store.readings(scheme="onet")) == []
    with store.writer() as writer:
        writer.add_documents([replace(documents[2], text="later", mentions=b"{}")])
    assert [one.mentions for one in store.readings(scheme="atlas", collection="a")] == [b"{}", b'{"x":1}']
    assert store.text_of("a", "1", "atlas") == "later"
    assert store.text_of("a", "3", "atlas") is None
