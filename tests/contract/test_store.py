"""What the port promises, one test a promise, on every store. Histories at random: test_replay.py."""

import dataclasses
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from graphs import concept
from histories import put, removal
from skillatlas.taxonomy import (
    ChangeCount,
    ChangeOperation,
    Concept,
    Document,
    Edit,
    EntityType,
    MentionCount,
    NewChange,
    Observation,
    ObservedSkill,
    Record,
    Release,
    Requires,
    SchemeState,
    Store,
    StoreBusyError,
    StoreError,
    dump_lines,
    open_store,
    publish,
    record,
)


def edit(store: Store, *edits: Edit, wait: float = 10.0) -> None:
    with store.writer(wait=wait) as writer:
        writer.edit(edits)


def published(store: Store, *edits: Edit) -> Release:
    edit(store, *edits)
    release = publish(store, note="a note").release
    assert release is not None
    return release


def renamed(name: str, label: str) -> Edit:
    return put(concept(name, label=label))


def ids(rows: Iterable[Edit] | Iterable[Record]) -> list[str]:
    return [row.entity_id for row in rows]


# -- nothing yet -----------------------------------------------------------------------------------------------


def test_an_empty_store_has_nothing(store: Store) -> None:
    assert store.head() is None
    assert store.releases() == []
    assert store.release(1) is None
    assert store.scheme_states(1) == []
    assert list(store.records(1)) == []
    assert store.record(1, EntityType.CONCEPT, "atlas:a") is None
    assert list(store.edits()) == []
    assert list(store.changes(0, 1)) == []
    assert store.count_changes(0, 1) == ChangeCount(0, None)
    assert store.history(EntityType.CONCEPT, "atlas:a") == []
    assert store.edge_history("atlas:a") == []
    assert store.count_operations(0, 1) == []
    assert store.fingerprint("c", "d", "atlas") is None
    assert store.observed(scheme="atlas") == Observation(0, ())


def test_a_store_is_found_again(empty_store_url: Callable[[], str]) -> None:
    url = empty_store_url()
    store = open_store(url)
    release = published(store, put(concept("atlas:a")))
    edit(store, put(concept("atlas:b")))
    store.close()
    again = open_store(url)
    assert again.head() == release
    assert ids(again.edits()) == ["atlas:b"]
    again.close()


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.head()


# -- edits -----------------------------------------------------------------------------------------------------


def test_the_latest_edit_of_an_entity_counts(store: Store) -> None:
    edit(store, renamed("atlas:b", "one"), put(concept("atlas:a")), renamed("atlas:b", "two"))
    edit(store, renamed("atlas:c", "one"))
    edit(store, renamed("atlas:c", "three"), removal(concept("atlas:a"), "a reason"))
    assert list(store.edits()) == [
        removal(concept("atlas:a"), "a reason"),
        renamed("atlas:b", "two"),
        renamed("atlas:c", "three"),
    ]
    assert list(store.edits(scheme="atlas")) == list(store.edits())
    assert list(store.edits(scheme="esco")) == []


def test_edits_come_by_type_and_id(store: Store) -> None:
    names = ["atlas:b", "atlas:B", "atlas:\uff5e", "atlas:\U0001f600", "atlas:é", "atlas:a/b"]
    clauses = [Requires(from_id="atlas:a", any_of=("atlas:b", "atlas:c")), Requires(from_id="atlas:B", any_of=("x:y",))]
    edit(store, *(_clause(clause) for clause in clauses), *(put(concept(name)) for name in names))
    assert ids(store.edits()) == [*sorted(names), "REQUIRES|atlas:B|HARD|x:y", "REQUIRES|atlas:a|HARD|atlas:b,atlas:c"]


def _clause(clause: Requires) -> Edit:
    row = record(clause, "atlas")
    return Edit(row.entity_type, row.entity_id, row.scheme, row.body)


def test_discarded_edits_are_gone_and_later_ones_stay(store: Store) -> None:
    edit(store, put(concept("atlas:a")))
    with store.writer() as writer:
        writer.edit([put(concept("atlas:b"))])
        writer.discard_edits()
        assert writer.edit(iter([put(concept("atlas:c")), put(concept("atlas:c"))])) == 2
    assert ids(store.edits()) == ["atlas:c"]


def test_a_block_that_writes_nothing_changes_nothing(store: Store) -> None:
    release = published(store, put(concept("atlas:a")))
    with store.writer():
        pass
    with store.writer() as writer:
        assert writer.edit([]) == 0
        assert writer.add_documents([]) == 0
    assert store.head() == release


# -- releases --------------------------------------------------------------------------------------------------


def test_a_release_is_kept_whole(store: Store) -> None:
    first = published(store, put(concept("atlas:a")), put(concept("esco:x")))
    second = published(store, renamed("atlas:a", "changed"), put(concept("atlas:b")))
    assert store.head() == second
    assert store.releases() == [second, first]
    assert (store.release(1), store.release(2), store.release(3)) == (first, second, None)
    assert store.release(0) is store.release(-1) is store.release(2**70) is None
    assert (first.note, first.concept_count, second.concept_count, second.last_seq) == ("a note", 2, 3, 4)
    assert [(state.key, state.changed_in) for state in store.scheme_states(2)] == [("atlas", 2), ("esco", 1)]
    assert ids(store.records(1)) == ["atlas:a", "esco:x"]
    assert ids(store.records(2)) == ["atlas:a", "atlas:b", "esco:x"]
    assert ids(store.records(2, scheme="esco")) == ["esco:x"]
    assert ids(store.records(2, types=[])) == []
    assert ids(store.records(0)) == []
    found = store.record(1, EntityType.CONCEPT, "atlas:a")
    assert found is not None
    assert b"changed" not in found.body
    assert store.record(1, EntityType.CONCEPT, "atlas:b") is None
    assert store.record(2, EntityType.EDGE, "atlas:b") is None


def test_changes_are_cut_by_release_seq_and_number(store: Store) -> None:
    published(store, put(concept("atlas:a")), put(concept("esco:x")))
    published(store, renamed("atlas:a", "two"), put(concept("atlas:b")))
    published(store, renamed("atlas:a", "three"))

    def seqs(first: int, last: int, **cut: Any) -> list[int]:
        return [change.seq for change in store.changes(first, last, **cut)]

    assert seqs(0, 3) == [1, 2, 3, 4, 5]
    assert seqs(1, 2) == [3, 4]
    assert seqs(0, 99) == [1, 2, 3, 4, 5]
    assert seqs(3, 99) == seqs(99, 100) == seqs(2, 1) == seqs(0, 0) == seqs(-1, -1) == []
    assert seqs(0, 3, after_seq=3) == [4, 5]
    assert seqs(0, 3, limit=2) == [1, 2]
    assert seqs(0, 3, limit=0) == []
    assert seqs(0, 3, scheme="esco") == [2]
    assert seqs(0, 3, types=[EntityType.EDGE]) == []
    assert store.count_changes(1, 3) == ChangeCount(3, 5)
    assert store.count_changes(99, 100) == store.count_changes(0, 0) == ChangeCount(0, None)
    history = store.history(EntityType.CONCEPT, "atlas:a")
    assert [(change.seq, change.release, change.operation) for change in history] == [
        (1, 1, ChangeOperation.CREATE),
        (3, 2, ChangeOperation.UPDATE),
        (5, 3, ChangeOperation.UPDATE),
    ]
    assert [change.before for change in history] == [None, *(change.after for change in history[:-1])]
    release = store.release(2)
    assert release is not None
    assert history[1].at == release.published_at


def test_what_was_removed_may_come_back(store: Store) -> None:
    course = Edit(EntityType.COURSE, "moocs:1", "moocs", b'{"assumes":[],' + COURSE)
    gone = dataclasses.replace(course, body=None, reason="withdrawn")
    published(store, course)
    published(store, gone)
    published(store, course)
    assert [ids(store.records(number)) for number in (1, 2, 3)] == [["moocs:1"], [], ["moocs:1"]]
    history = store.history(EntityType.COURSE, "moocs:1")
    assert [change.operation.value for change in history] == ["CREATE", "REMOVE", "CREATE"]
    assert [change.before for change in history] == [None, course.body, None]
    assert history[1].reason == "withdrawn"
    assert store.record(2, EntityType.COURSE, "moocs:1") is None


COURSE = (
    b'"catalogue":"moocs","description":null,"hours":1,"id":"moocs:1","lang":null,"outcomes":[],"price":null,'
    b'"provider":null,"teaches":[],"title":"x","url":null}'
)


def created(edits: Iterable[Edit]) -> Iterator[NewChange]:
    for item in edits:
        yield NewChange(
            ChangeOperation.CREATE, item.entity_type, item.entity_id, item.scheme, None, item.body, item.reason
        )


def numbered(number: int, changes: int, last_seq: int) -> Release:
    return Release(number, "2026-01-01T00:00:00Z", None, f"sha256:{number}", changes, 0, changes, last_seq)


def test_a_release_whose_number_is_taken_is_refused(store: Store) -> None:
    published(store, put(concept("atlas:a")))
    edit(store, put(concept("atlas:b")))
    with pytest.raises(StoreBusyError), store.writer() as writer:
        writer.publish(numbered(1, 1, 1), [], created([put(concept("atlas:b"))]))
    with pytest.raises(StoreBusyError), store.writer() as writer:
        writer.publish(numbered(3, 1, 2), [], created([put(concept("atlas:b"))]))
    assert [release.number for release in store.releases()] == [1]
    assert ids(store.edits()) == ["atlas:b"]


def test_a_release_that_announces_other_counts_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="seq"), store.writer() as writer:
        writer.publish(numbered(1, 2, 2), [], created([put(concept("atlas:a"))]))
    assert store.head() is None
    assert published(store, put(concept("atlas:a"))).number == 1


def test_edits_releases_and_documents_of_one_block_count_together(store: Store) -> None:
    edits = [put(concept("atlas:a"))]
    with store.writer() as writer:
        writer.edit([put(concept("atlas:lost"))])
        writer.publish(numbered(1, 1, 1), [SchemeState("atlas", "sha256:1", 1, 1)], created(edits))
        writer.publish(numbered(2, 1, 2), [SchemeState("atlas", "sha256:2", 2, 2)], created([put(concept("atlas:b"))]))
        writer.edit([put(concept("atlas:c"))])
        writer.add_documents([document("d")])
        assert store.head() is None
        assert store.fingerprint("samples", "d", "atlas") is None
    assert [release.number for release in store.releases()] == [2, 1]
    assert (ids(store.records(1)), ids(store.records(2))) == (["atlas:a"], ["atlas:a", "atlas:b"])
    assert ids(store.edits()) == ["atlas:c"]
    assert store.fingerprint("samples", "d", "atlas") == "f"


def test_very_long_ids_keep_their_order(store: Store) -> None:
    """A clause of many skills has an id beyond what an index takes; they differ only past its limit."""
    stem = tuple(f"atlas:{'x' * 60}{number:03}" for number in range(58))
    tails = [("atlas:~b",), ("atlas:~a", "atlas:~c"), ("atlas:~\U0001f600",), ("atlas:~\uff5e",), ("atlas:~a",)]
    clauses = [Requires(from_id="atlas:s", any_of=(*stem, *tail)) for tail in tails]
    clauses.append(Requires(from_id="atlas:s", any_of=stem))
    edits = [_clause(clause) for clause in clauses]
    edit(store, *edits)
    assert ids(store.edits()) == sorted(item.entity_id for item in edits)
    with store.writer() as writer:
        in_order = sorted(edits, key=lambda item: item.entity_id)
        writer.publish(numbered(1, len(edits), len(edits)), [], created(in_order))
    assert ids(store.records(1)) == sorted(item.entity_id for item in edits)
    for item in edits:
        found = store.record(1, EntityType.EDGE, item.entity_id)
        assert found is not None
        assert found.body == item.body
        assert [change.entity_id for change in store.history(EntityType.EDGE, item.entity_id)] == [item.entity_id]


# -- documents -------------------------------------------------------------------------------------------------


def document(
    name: str,
    *counts: tuple[str, int, int, int],
    collection: str = "samples",
    kind: str = "JOB",
    scheme: str = "atlas",
    fingerprint: str = "f",
) -> Document:
    return Document(
        collection=collection,
        id=name,
        kind=kind,
        scheme=scheme,
        lang="en",
        title=None,
        url=None,
        text="a text with \u0000 and \U0001f600",
        fingerprint=fingerprint,
        release=1,
        mentions=b"[]",
        counts=tuple(MentionCount(*count) for count in counts),
    )


def test_documents_are_aggregated_by_selection(store: Store) -> None:
    with store.writer() as writer:
        assert (
            writer.add_documents(
                [
                    document("1", ("atlas:a", 3, 1, 0), ("atlas:b", 1, 0, 0)),
                    document("2", ("atlas:b", 2, 0, 2), kind="CV"),
                    document("3", ("atlas:c", 1, 1, 1), collection="others"),
                    document("4"),
                    document("1", ("esco:x", 1, 0, 0), scheme="esco"),
                ]
            )
            == 5
        )
    assert store.observed(scheme="atlas") == Observation(
        4,
        (
            ObservedSkill("atlas:b", 2, 3, 0, 1),
            ObservedSkill("atlas:a", 1, 3, 1, 0),
            ObservedSkill("atlas:c", 1, 1, 1, 1),
        ),
    )
    assert store.observed(scheme="atlas", collection="others").skills == (ObservedSkill("atlas:c", 1, 1, 1, 1),)
    assert store.observed(scheme="atlas", kind="CV") == Observation(1, (ObservedSkill("atlas:b", 1, 2, 0, 1),))
    assert store.observed(scheme="atlas", collection="others", kind="CV") == Observation(0, ())
    assert store.observed(scheme="esco").documents == 1


def test_a_document_read_again_is_replaced(store: Store) -> None:
    with store.writer() as writer:
        writer.add_documents([document("1", ("atlas:a", 1, 0, 0)), document("2", ("atlas:a", 1, 0, 0))])
    with store.writer() as writer:
        writer.add_documents([document("1", ("atlas:b", 1, 0, 0), fingerprint="g")])
        writer.add_documents([document("1", ("atlas:c", 7, 0, 0), fingerprint="h")])
        assert store.fingerprint("samples", "1", "atlas") == "f"
    assert store.fingerprint("samples", "1", "atlas") == "h"
    assert store.fingerprint("samples", "2", "atlas") == "f"
    assert store.fingerprint("samples", "1", "esco") is None
    assert store.observed(scheme="atlas") == Observation(
        2, (ObservedSkill("atlas:a", 1, 1, 0, 0), ObservedSkill("atlas:c", 1, 7, 0, 0))
    )


def test_an_exception_undoes_documents_too(store: Store) -> None:
    with store.writer() as writer:
        writer.add_documents([document("1", ("atlas:a", 1, 0, 0))])

    def fails_midway() -> Iterator[Document]:
        yield from (document("1", ("atlas:b", 1, 0, 0), fingerprint="g"), document("2"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), store.writer() as writer:
        writer.add_documents(fails_midway())
    assert store.fingerprint("samples", "1", "atlas") == "f"
    assert store.observed(scheme="atlas") == Observation(1, (ObservedSkill("atlas:a", 1, 1, 0, 0),))


# -- one writer, many readers ----------------------------------------------------------------------------------


def test_an_exception_inside_the_block_undoes_all_of_it(store: Store) -> None:
    published(store, put(concept("atlas:a")))
    edit(store, put(concept("atlas:b")))

    def fails_midway() -> Iterator[NewChange]:
        yield from created([put(concept("atlas:b"))])
        raise ZeroDivisionError

    def write() -> None:
        with store.writer() as writer:
            writer.edit([put(concept("atlas:c"))])
            writer.discard_edits()
            writer.publish(numbered(2, 1, 2), [], fails_midway())

    with pytest.raises(ZeroDivisionError):
        write()
    assert ids(store.edits()) == ["atlas:b"]
    assert [release.number for release in store.releases()] == [1]
    assert published(store, put(concept("atlas:d"))).last_seq == 3


def test_a_second_writer_is_told_within_its_wait(empty_store_url: Callable[[], str]) -> None:
    url = empty_store_url()
    store, other = open_store(url), open_store(url)
    with store.writer() as writer:
        writer.edit([put(concept("atlas:a"))])
        started = time.monotonic()
        with pytest.raises(StoreBusyError, match="another process is writing"):
            edit(other, put(concept("atlas:b")), wait=0.3)
        assert 0.2 < time.monotonic() - started < 5
    assert ids(other.edits()) == ["atlas:a"]
    store.close()
    other.close()


def test_writers_that_wait_lose_nothing(empty_store_url: Callable[[], str]) -> None:
    url = empty_store_url()
    store = open_store(url)
    failures: list[BaseException] = []

    def write(name: str) -> None:
        try:
            for number in range(4):
                edit(store, put(concept(f"atlas:{name}{number}")), wait=60)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in "xyz"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert ids(store.edits()) == [f"atlas:{name}{number}" for name in "xyz" for number in range(4)]
    store.close()


def test_readers_do_not_wait_for_a_writer_and_see_nothing_of_it(store: Store) -> None:
    published(store, put(concept("atlas:a")))
    before = [*dump_lines(store, 1)]
    with store.writer() as writer:
        writer.edit([put(concept("atlas:b"))])
        writer.publish(numbered(2, 1, 2), [SchemeState("atlas", "sha256:2", 2, 2)], created([put(concept("atlas:b"))]))
        started = time.monotonic()
        assert list(store.edits()) == []
        assert [*dump_lines(store, 1)] == before
        assert ids(store.records(2)) == ["atlas:a"], "beyond the head is the head"
        assert store.release(2) is None
        assert store.scheme_states(2) == []
        assert store.count_changes(0, 2) == ChangeCount(1, 1)
        assert store.history(EntityType.CONCEPT, "atlas:b") == []
        assert store.record(2, EntityType.CONCEPT, "atlas:b") is None
        assert time.monotonic() - started < 5
    assert ids(store.records(2)) == ["atlas:a", "atlas:b"]


def many() -> list[Concept]:
    return [concept(f"atlas:{number:05}") for number in range(9000)]


@pytest.mark.slow
def test_a_reader_keeps_its_view_while_releases_are_published(store: Store) -> None:
    published(store, *map(put, many()))
    edit(store, *(put(concept(f"atlas:{number:05}", label="two")) for number in range(9000)))
    before = list(store.records(1))
    rows, waiting, changes = store.records(1), store.edits(), store.changes(0, 1)
    first, first_edit, first_change = next(rows), next(waiting), next(changes)
    published(store, put(concept("atlas:00001x")))
    assert [first, *rows] == before
    assert len([first_edit, *waiting]) == 9000, "edits that were published meanwhile are still read"
    assert [change.seq for change in (first_change, *changes)] == list(range(1, 9001))
    assert list(store.records(1)) == before


@pytest.mark.slow
def test_a_reader_that_stops_early_holds_nothing_up(store: Store) -> None:
    published(store, *map(put, many()))
    lines = iter(dump_lines(store, 1))
    next(lines)
    lines.close()  # type: ignore[attr-defined]
    edit(store, put(concept("atlas:x")), wait=2)
