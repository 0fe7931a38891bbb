"""The rules of publishing. That releases replay on every store is the contract suite's business."""

import dataclasses
import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest

from graphs import concept
from histories import put, removal, scheme_of
from skillatlas.taxonomy import (
    Broader,
    ChangeOperation,
    Concept,
    ConceptKind,
    ConceptStatus,
    Course,
    Edit,
    Entity,
    EntityType,
    Label,
    LabelType,
    MappingPredicate,
    MapsTo,
    Published,
    PublishFaultsError,
    Related,
    Replacement,
    ReplacementKind,
    Requires,
    Scheme,
    Store,
    dump_lines,
    publish,
    record,
)

A, B, C = (concept(f"atlas:{name}") for name in "abc")
ATLAS = Scheme("atlas", "https://example.org/", "title")


def edge(low: Concept, high: Concept, source: str = "curated") -> Broader:
    return Broader(from_id=low.id, to_id=high.id, source=source)


def retired(item: Concept, *instead: Concept) -> Concept:
    kind = (ReplacementKind.RETIRED, ReplacementKind.REPLACED, ReplacementKind.SPLIT)[min(len(instead), 2)]
    replacement = Replacement(kind, tuple(other.id for other in instead))
    return dataclasses.replace(item, status=ConceptStatus.DEPRECATED, replacement=replacement)


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def release(store: Store, *edits: Entity | Edit, note: str | None = None) -> Published:
    with store.writer() as writer:
        writer.edit([edit if isinstance(edit, Edit) else put(edit) for edit in edits])
    return publish(store, note=note)


def faults(store: Store, *edits: Entity | Edit) -> tuple[str, ...]:
    """The faults that publishing these finds; nothing is published, the edits are kept, then forgotten."""
    head = store.head()
    with pytest.raises(PublishFaultsError) as caught:
        release(store, *edits)
    assert store.head() == head
    assert list(store.edits()), "the edits are kept for mending"
    with store.writer() as writer:
        writer.discard_edits()
    assert all(fault in str(caught.value) for fault in caught.value.faults[:50])
    return caught.value.faults


def operations(store: Store, number: int) -> list[tuple[str, str]]:
    return [(change.operation, change.entity_id) for change in store.changes(number - 1, number)]


def stands(store: Store, entities: Iterable[Entity]) -> None:
    head = store.head()
    assert head is not None
    assert set(dump_lines(store, head.number)) == {record(entity, scheme_of(entity)).line() for entity in entities}


def test_nothing_to_publish(sqlite_store: Store) -> None:
    assert publish(sqlite_store) == Published(None)
    assert sqlite_store.head() is None


def test_a_first_release(sqlite_store: Store) -> None:
    done = release(sqlite_store, A, B, edge(A, B), ATLAS, note="first")
    assert done.release == sqlite_store.head()
    assert done.release is not None
    assert (done.release.number, done.release.note) == (1, "first")
    assert (done.release.concept_count, done.release.edge_count) == (2, 1)
    assert (done.release.change_count, done.release.last_seq) == (4, 4)
    dump = b"".join(dump_lines(sqlite_store, 1))
    assert done.release.content_hash == "sha256:" + hashlib.sha256(dump).hexdigest()


def test_edits_that_change_nothing_make_no_release_and_are_dropped(sqlite_store: Store) -> None:
    release(sqlite_store, A, B)
    assert release(sqlite_store, A, removal(edge(A, B))) == Published(None)
    assert list(sqlite_store.edits()) == []
    done = release(sqlite_store, A, C)
    assert done.release is not None
    assert operations(sqlite_store, 2) == [("CREATE", "atlas:c")]


def test_a_later_edit_of_an_entity_replaces_the_earlier(sqlite_store: Store) -> None:
    release(sqlite_store, A)
    done = release(sqlite_store, dataclasses.replace(A, kind=ConceptKind.AREA), A)
    assert done.release is None


def test_order_within_a_release(sqlite_store: Store) -> None:
    course = Course("moocs:1", "moocs", "t", 1.0)
    gone = Course("moocs:0", "moocs", "t", 1.0)
    release(sqlite_store, A, B, C, edge(A, B), edge(B, C), gone)
    release(
        sqlite_store, course, removal(gone), edge(A, C), removal(edge(A, B)), removal(edge(B, C)), ATLAS, retired(B)
    )
    assert operations(sqlite_store, 2) == [
        ("REMOVE", "BROADER|atlas:a|atlas:b"),
        ("REMOVE", "BROADER|atlas:b|atlas:c"),
        ("CREATE", "atlas"),
        ("DEPRECATE", "atlas:b"),
        ("CREATE", "BROADER|atlas:a|atlas:c"),
        ("REMOVE", "moocs:0"),
        ("CREATE", "moocs:1"),
    ]


def test_operations_tell_the_net_effect(sqlite_store: Store) -> None:
    release(sqlite_store, A, B)
    release(sqlite_store, retired(A))
    release(sqlite_store, dataclasses.replace(retired(A), kind=ConceptKind.AREA))
    release(sqlite_store, A)
    history = sqlite_store.history(EntityType.CONCEPT, "atlas:a")
    assert [change.operation for change in history] == [
        ChangeOperation.CREATE,
        ChangeOperation.DEPRECATE,
        ChangeOperation.UPDATE,
        ChangeOperation.RESTORE,
    ]
    for before, after in pairwise(history):
        assert after.before == before.after


def test_the_reason_of_an_edit_is_kept(sqlite_store: Store) -> None:
    release(sqlite_store, put(A, "same code"))
    assert sqlite_store.history(EntityType.CONCEPT, "atlas:a")[0].reason == "same code"


# -- edges and deprecated concepts ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("instead", "named"), [((), "nothing"), ((B,), "atlas:b"), ((B, C), "atlas:b, atlas:c")], ids=["none", "one", "two"]
)
def test_an_own_edge_to_a_deprecated_concept_is_a_fault_with_the_replacements(
    sqlite_store: Store, instead: tuple[Concept, ...], named: str
) -> None:
    old = concept("atlas:old")
    release(sqlite_store, A, B, C, old, edge(A, old))
    expected = f"BROADER|atlas:a|atlas:old: ends at atlas:old, which is deprecated (replaced by: {named})"
    # Deprecated under an edge that is published, and an edge drawn to what is deprecated.
    assert faults(sqlite_store, retired(old, *instead)) == (expected,)
    assert faults(sqlite_store, removal(edge(A, old)), retired(old, *instead), edge(A, old)) == (expected,)
    assert release(sqlite_store, removal(edge(A, old)), retired(old, *instead)).release is not None


def test_all_faults_are_listed_at_once(sqlite_store: Store) -> None:
    release(sqlite_store, A, B, C, edge(A, C), edge(B, C))
    found = faults(sqlite_store, retired(C), edge(A, concept("atlas:none")))
    assert [fault.split(": ")[0] for fault in found] == [
        "BROADER|atlas:a|atlas:c",
        "BROADER|atlas:a|atlas:none",
        "BROADER|atlas:b|atlas:c",
    ]


def test_many_faults_are_shown_in_part() -> None:
    error = PublishFaultsError([f"fault {number}" for number in range(60)])
    assert "60 fault(s)" in str(error)
    assert "and 10 more" in str(error)
    assert len(error.faults) == 60


def test_an_imported_edge_to_a_deprecated_concept_is_left_out(sqlite_store: Store) -> None:
    release(sqlite_store, A, B, edge(A, B, "esco"))
    done = release(sqlite_store, retired(B))
    assert done.left_out == ("BROADER|atlas:a|atlas:b: ends at atlas:b, which is deprecated (replaced by: nothing)",)
    assert operations(sqlite_store, 2) == [("REMOVE", "BROADER|atlas:a|atlas:b"), ("DEPRECATE", "atlas:b")]
    stands(sqlite_store, [A, retired(B)])


def test_a_new_imported_edge_to_a_deprecated_concept_is_left_out(sqlite_store: Store) -> None:
    release(sqlite_store, A, retired(B))
    done = release(sqlite_store, edge(A, B, "esco"))
    assert done.release is None
    assert len(done.left_out) == 1
    stands(sqlite_store, [A, retired(B)])


@pytest.mark.parametrize("source", ["curated", "esco"])
def test_edges_of_deprecated_concepts_may_stay(sqlite_store: Store, source: str) -> None:
    release(sqlite_store, A, B, edge(A, B, source))
    release(sqlite_store, retired(A))
    assert release(sqlite_store, retired(B)).left_out == ()
    stands(sqlite_store, [retired(A), retired(B), edge(A, B, source)])


def test_a_restored_concept_has_its_edges_checked_again(sqlite_store: Store) -> None:
    release(sqlite_store, A, B, C, edge(A, B, "esco"), edge(A, C))
    release(sqlite_store, retired(A))
    release(sqlite_store, retired(B), retired(C, B))
    assert faults(sqlite_store, A) == (
        "BROADER|atlas:a|atlas:c: ends at atlas:c, which is deprecated (replaced by: atlas:b)",
    )
    done = release(sqlite_store, A, removal(edge(A, C)))
    assert [text.split(": ")[0] for text in done.left_out] == ["BROADER|atlas:a|atlas:b"]
    stands(sqlite_store, [A, retired(B), retired(C, B)])


def test_any_alternative_of_a_clause_may_be_at_fault(sqlite_store: Store) -> None:
    clause = Requires(from_id=A.id, any_of=(B.id, C.id))
    release(sqlite_store, A, B, C, clause)
    assert len(faults(sqlite_store, retired(C, B))) == 1


def test_an_own_related_edge_counts_whichever_end_is_deprecated(sqlite_store: Store) -> None:
    release(sqlite_store, A, B, Related(from_id=A.id, to_id=B.id))
    assert len(faults(sqlite_store, retired(B))) == 1


@pytest.mark.parametrize("source", ["curated", "esco"])
def test_ends_that_do_not_exist(sqlite_store: Store, source: str) -> None:
    release(sqlite_store, A)
    nothing = concept("atlas:none")
    for dangling, text in ((edge(A, nothing, source), "ends at"), (edge(nothing, A, source), "begins at")):
        if source == "curated":
            (fault,) = faults(sqlite_store, dangling)
        else:
            (fault,) = release(sqlite_store, dangling).left_out
        assert f"{text} atlas:none, which does not exist" in fault


def test_a_mapping_may_lead_to_a_concept_that_is_not_loaded(sqlite_store: Store) -> None:
    mapping = MapsTo(from_id=A.id, to_id="esco:skill/1", predicate=MappingPredicate.EXACT, iri="https://example.org/1")
    assert release(sqlite_store, A, mapping).release is not None
    stands(sqlite_store, [A, mapping])


ABROAD = concept("esco:skill/1", label="abroad")


def mapping(*, stale: bool = False, source: str = "curated") -> MapsTo:
    return MapsTo(
        from_id=A.id,
        to_id=ABROAD.id,
        predicate=MappingPredicate.CLOSE,
        iri=ABROAD.uri,
        stale=stale,
        source=source,
    )


@pytest.mark.parametrize(
    "altered",
    [
        dataclasses.replace(ABROAD, labels=(Label(LabelType.PREFERRED, "en", "elsewhere"),)),
        dataclasses.replace(ABROAD, definitions={"en": "Another."}),
        dataclasses.replace(ABROAD, kind=ConceptKind.SKILL_GROUP),
        retired(ABROAD),
    ],
    ids=["relabelled", "redefined", "another kind", "deprecated"],
)
def test_a_mapping_turns_stale_when_its_other_end_changes(sqlite_store: Store, altered: Concept) -> None:
    release(sqlite_store, A, ABROAD, mapping())
    assert release(sqlite_store, altered).left_out == ()
    stands(sqlite_store, [A, altered, mapping(stale=True)])
    assert operations(sqlite_store, 2)[-1] == ("UPDATE", f"MAPS_TO|atlas:a|CLOSE|{ABROAD.uri}")
    # It stays until somebody has looked, and blocks nothing.
    assert release(sqlite_store, B).left_out == ()
    stands(sqlite_store, [A, B, altered, mapping(stale=True)])


def test_other_labels_leave_a_mapping_as_it_is(sqlite_store: Store) -> None:
    release(sqlite_store, A, ABROAD, mapping())
    more = dataclasses.replace(ABROAD, labels=(*ABROAD.labels, Label(LabelType.HIDDEN, "en", "abroda")))
    release(sqlite_store, more)
    stands(sqlite_store, [A, more, mapping()])


def test_a_mapping_made_in_the_same_release_is_not_stale(sqlite_store: Store) -> None:
    release(sqlite_store, A, ABROAD, mapping(stale=True))
    altered = dataclasses.replace(ABROAD, definitions={"en": "Another."})
    release(sqlite_store, altered, mapping())
    stands(sqlite_store, [A, altered, mapping()])


def test_an_own_mapping_to_what_is_deprecated_already_is_a_fault(sqlite_store: Store) -> None:
    release(sqlite_store, A, retired(ABROAD))
    assert len(faults(sqlite_store, mapping())) == 1


def test_an_imported_mapping_to_what_is_deprecated_is_left_out(sqlite_store: Store) -> None:
    release(sqlite_store, A, ABROAD, mapping(source="crosswalk"))
    assert len(release(sqlite_store, retired(ABROAD)).left_out) == 1
    stands(sqlite_store, [A, retired(ABROAD)])


def test_edges_and_their_ends_may_come_in_one_release(sqlite_store: Store) -> None:
    assert release(sqlite_store, edge(A, B), B, A).left_out == ()


# -- what is never allowed -----------------------------------------------------------------------------------


@pytest.mark.parametrize("entity", [A, ATLAS], ids=["concept", "scheme"])
def test_concepts_and_schemes_are_never_removed(sqlite_store: Store, entity: Entity) -> None:
    release(sqlite_store, A, B, ATLAS)
    (fault,) = faults(sqlite_store, removal(entity))
    assert fault.endswith("is never removed; deprecate it instead")


def test_an_entity_stays_in_its_scheme(sqlite_store: Store) -> None:
    """Else the changes of the scheme that it left would not tell a reader that it has gone."""
    shared = concept("https://example.org/shared")
    release(sqlite_store, dataclasses.replace(shared, scheme="atlas"))
    (fault,) = faults(sqlite_store, dataclasses.replace(shared, scheme="other"))
    assert fault == "https://example.org/shared: belongs to atlas, and cannot come into other too"


# -- times and states ----------------------------------------------------------------------------------------


def test_time_is_utc_in_whole_seconds_and_never_runs_back(sqlite_store: Store) -> None:
    noon = datetime(2026, 5, 1, 14, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=2)))
    times = []
    for step, item in ((0, A), (-3600, B), (60, C)):
        with sqlite_store.writer() as writer:
            writer.edit([put(item)])
        done = publish(sqlite_store, clock=at(noon + timedelta(seconds=step)))
        assert done.release is not None
        times.append(done.release.published_at)
    assert times == ["2026-05-01T12:00:00Z", "2026-05-01T12:00:00Z", "2026-05-01T12:01:00Z"]
    assert [change.at for change in sqlite_store.changes(0, 3)] == times


def test_the_clock_is_that_of_the_machine_by_default(sqlite_store: Store) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    done = release(sqlite_store, A)
    assert done.release is not None
    assert before <= datetime.fromisoformat(done.release.published_at) <= datetime.now(UTC)


def test_the_content_hash_knows_no_time_and_no_path(sqlite_store: Store) -> None:
    """The same content has the same hash, however it came about."""
    first = release(sqlite_store, A, B, edge(A, B)).release
    release(sqlite_store, removal(edge(A, B)), C)
    release(sqlite_store, edge(A, B), retired(C))
    again = release(sqlite_store, C).release
    other = release(sqlite_store, retired(C)).release
    assert first is not None
    assert again is not None
    assert other is not None
    assert again.content_hash != first.content_hash != other.content_hash
    third = sqlite_store.release(3)
    assert third is not None
    assert other.content_hash == third.content_hash


def test_states_of_schemes_and_catalogues(sqlite_store: Store) -> None:
    course = Course("moocs:1", "moocs", "t", 1.0)
    release(sqlite_store, ATLAS, A, B, course)
    release(sqlite_store, concept("esco:x"))
    release(sqlite_store, removal(course), retired(A))
    states = {state.key: state for state in sqlite_store.scheme_states(3)}
    assert {key: (state.concept_count, state.changed_in) for key, state in states.items()} == {
        "atlas": (2, 3),
        "esco": (1, 2),
        "moocs": (0, 3),
    }
    empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert states["moocs"].content_hash == empty
    assert [state.key for state in sqlite_store.scheme_states(1)] == ["atlas", "moocs"]
    dump = b"".join(dump_lines(sqlite_store, 3, scheme="atlas"))
    assert states["atlas"].content_hash == "sha256:" + hashlib.sha256(dump).hexdigest()
    release(sqlite_store, ATLAS, dataclasses.replace(B, kind=ConceptKind.AREA))
    assert next(s for s in sqlite_store.scheme_states(4) if s.key == "moocs").changed_in == 3
