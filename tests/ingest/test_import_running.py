"""The frame of imports: only differences are written, all of them or none."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillatlas.ingest import (
    Finding,
    Harvest,
    ImportFaultsError,
    KeyInUseError,
    RemovalLimitError,
    Severity,
    run_import,
)
from skillatlas.taxonomy import (
    Broader,
    Concept,
    ConceptKind,
    ConceptStatus,
    Course,
    Edge,
    EntityType,
    Label,
    LabelType,
    ReplacementKind,
    Scheme,
    Store,
    draft_records,
    from_record,
    load_graph,
    open_store,
    publish,
)

NAMESPACE = "https://example.org/s/"
SCHEME = Scheme("test", NAMESPACE, "Test")


def skill(name: str, label: str | None = None) -> Concept:
    return Concept(
        id=f"test:{name}",
        uri=NAMESPACE + name,
        scheme="test",
        kind=ConceptKind.SKILL,
        labels=(Label(LabelType.PREFERRED, "en", label or name),),
    )


def below(child: str, parent: str, source: str = "curated") -> Broader:
    return Broader(from_id=f"test:{child}", to_id=f"test:{parent}", source=source)


def harvest(concepts: Sequence[Concept], edges: Sequence[Edge] = (), **changes: object) -> Harvest:
    return replace(Harvest("test", (*concepts, *edges), scheme=SCHEME), **changes)  # type: ignore[arg-type]


def many(count: int) -> list[Concept]:
    return [skill(f"s{number:02}") for number in range(count)]


def draft(store: Store) -> list[bytes]:
    return [row.line() for row in draft_records(store)]


def test_creates_then_changes_nothing(sqlite_store: Store) -> None:
    wanted = harvest(many(3), [below("s01", "s00")])
    report = run_import(sqlite_store, wanted)
    assert report.counts[EntityType.CONCEPT].created == 3
    assert report.counts[EntityType.EDGE].created == 1
    assert report.changed == 5
    before = draft(sqlite_store)
    again = run_import(sqlite_store, harvest(list(reversed(many(3))), [below("s01", "s00")]))
    assert again.changed == 0
    assert draft(sqlite_store) == before
    assert publish(sqlite_store).release is not None
    assert run_import(sqlite_store, wanted).changed == 0
    assert list(sqlite_store.edits()) == []


def test_a_dry_run_counts_the_same_and_writes_nothing(sqlite_store: Store) -> None:
    run_import(sqlite_store, harvest(many(20)))
    before = draft(sqlite_store)
    changed = harvest([skill("s00", "other"), *many(20)[2:]], [below("s03", "s02")])
    dry = run_import(sqlite_store, changed, dry_run=True)
    assert draft(sqlite_store) == before
    wet = run_import(sqlite_store, changed)
    assert dry.counts == wet.counts
    assert dry.samples == wet.samples
    assert dry.dry_run
    assert wet.counts[EntityType.CONCEPT].deprecated == 1
    assert wet.counts[EntityType.CONCEPT].updated == 1


def test_what_vanished_is_deprecated_and_what_comes_back_restored(sqlite_store: Store) -> None:
    run_import(
        sqlite_store, harvest(many(20), [below("s19", "s18"), *(below(f"s{n:02}", "s00") for n in range(1, 15))])
    )
    publish(sqlite_store)
    report = run_import(sqlite_store, harvest(many(19), [below(f"s{n:02}", "s00") for n in range(1, 15)]))
    assert report.counts[EntityType.CONCEPT].deprecated == 1
    assert report.counts[EntityType.EDGE].removed == 1
    publish(sqlite_store)
    gone = load_graph(sqlite_store).concepts["test:s19"]
    assert gone.status is ConceptStatus.DEPRECATED
    assert gone.replacement is not None
    assert gone.replacement.kind is ReplacementKind.RETIRED
    assert gone.replacement.reason
    assert run_import(sqlite_store, harvest(many(19), [below(f"s{n:02}", "s00") for n in range(1, 15)])).changed == 0
    report = run_import(sqlite_store, harvest(many(20)), allow_removal=True)
    assert report.counts[EntityType.CONCEPT].restored == 1
    publish(sqlite_store)
    assert load_graph(sqlite_store).concepts["test:s19"] == skill("s19")


@pytest.mark.parametrize("kind", [EntityType.CONCEPT, EntityType.EDGE])
def test_removing_more_than_a_tenth_must_be_allowed(sqlite_store: Store, kind: EntityType) -> None:
    edges = [below(f"s{number:02}", "s00") for number in range(1, 21)]
    run_import(sqlite_store, harvest(many(30), edges))
    before = draft(sqlite_store)
    less = harvest(many(26), edges) if kind is EntityType.CONCEPT else harvest(many(30), edges[:17])
    with pytest.raises(RemovalLimitError, match="--allow-removal"):
        run_import(sqlite_store, less)
    assert draft(sqlite_store) == before
    assert [fault.rule for fault in run_import(sqlite_store, less, dry_run=True).faults] == ["removal-limit"]
    assert run_import(sqlite_store, less, allow_removal=True).changed in (3, 4)


def test_a_tenth_exactly_needs_no_permission(sqlite_store: Store) -> None:
    run_import(sqlite_store, harvest(many(20)))
    assert run_import(sqlite_store, harvest(many(18))).counts[EntityType.CONCEPT].deprecated == 2


def test_faults_keep_everything_out_unless_skipped(sqlite_store: Store) -> None:
    run_import(sqlite_store, harvest(many(3), [below("s02", "s00")]))
    before = draft(sqlite_store)
    finding = Finding(Severity.FAULT, "x.ttl", 7, None, "wrong")
    # s02 is faulty in the file: it stays as it is, its edges too; s08 is faulty and new, so an edge to it is lost.
    faulty = harvest(
        [*many(2), skill("s07")],
        [below("s01", "s02"), below("s07", "s08")],
        findings=(finding,),
        left_out=frozenset({"test:s02", "test:s08"}),
    )
    with pytest.raises(ImportFaultsError, match=r"x\.ttl:7: fault: wrong") as caught:
        run_import(sqlite_store, faulty)
    assert caught.value.findings == (finding,)
    assert draft(sqlite_store) == before
    assert run_import(sqlite_store, faulty, dry_run=True).faults == (finding,)
    report = run_import(sqlite_store, faulty, skip_faulty=True)
    assert report.left_out == ("test:s02", "test:s08")
    assert [warning.rule for warning in report.warnings] == ["lost-end"]
    ids = {row.entity_id for row in draft_records(sqlite_store)}
    assert {"test:s02", "BROADER|test:s02|test:s00", "BROADER|test:s01|test:s02", "test:s07"} <= ids
    assert "BROADER|test:s07|test:s08" not in ids


def test_edges_of_another_source_stay(sqlite_store: Store) -> None:
    from skillatlas.ingest.importers.harvest import covers_source

    run_import(sqlite_store, harvest(many(3), [below("s01", "s00"), below("s02", "s00", "someone else")]))
    report = run_import(sqlite_store, harvest(many(3), covers=covers_source("curated")), allow_removal=True)
    assert report.counts[EntityType.EDGE].removed == 1
    assert report.counts[EntityType.EDGE].kept == 1


def course(name: str, catalogue: str = "test") -> Course:
    return Course(id=f"{catalogue}:{name}", catalogue=catalogue, title=name, hours=3)


def test_schemes_and_catalogues_share_their_keys(sqlite_store: Store) -> None:
    run_import(sqlite_store, harvest(many(1)))
    with pytest.raises(KeyInUseError, match="scheme already"):
        run_import(sqlite_store, Harvest("test", (course("a"),), catalogue=True))
    run_import(sqlite_store, Harvest("shop", (course("a", "shop"),), catalogue=True))
    shop = Harvest("shop", (), scheme=Scheme("shop", "https://example.org/shop/", "Shop"))
    with pytest.raises(KeyInUseError, match="course catalogue already"):
        run_import(sqlite_store, shop)
    publish(sqlite_store)
    run_import(sqlite_store, Harvest("shop", (), catalogue=True), allow_removal=True)
    publish(sqlite_store)
    with pytest.raises(KeyInUseError, match="course catalogue already"):
        run_import(sqlite_store, shop)


def test_a_namespace_belongs_to_one_scheme_for_ever(sqlite_store: Store) -> None:
    run_import(sqlite_store, harvest(many(1)))
    with pytest.raises(KeyInUseError, match="has the namespace"):
        run_import(sqlite_store, Harvest("test", (), scheme=replace(SCHEME, namespace="https://example.org/t/")))
    with pytest.raises(KeyInUseError, match="belongs to the scheme 'test'"):
        run_import(sqlite_store, Harvest("other", (), scheme=replace(SCHEME, key="other")))


def test_courses_that_vanished_are_removed(sqlite_store: Store) -> None:
    run_import(sqlite_store, Harvest("shop", tuple(course(f"c{n}", "shop") for n in range(20)), catalogue=True))
    publish(sqlite_store)
    report = run_import(
        sqlite_store, Harvest("shop", tuple(course(f"c{n}", "shop") for n in range(19)), catalogue=True)
    )
    assert report.counts[EntityType.COURSE].removed == 1
    publish(sqlite_store)
    assert len(load_graph(sqlite_store).courses) == 19


def test_nothing_of_a_failed_write_stays(sqlite_store: Store) -> None:
    """The import fails while its edits are being written."""

    class StoppedError(Exception):
        pass

    from collections.abc import Iterator
    from contextlib import contextmanager

    from skillatlas.ingest.progress import Step

    class Failing:
        @contextmanager
        def task(self, title: str, total: int | None = None) -> Iterator[Step]:
            def step(_count: int) -> None:
                if title.startswith("writing"):
                    raise StoppedError

            yield step

    with pytest.raises(StoppedError):
        run_import(sqlite_store, harvest(many(5)), progress=Failing())
    assert draft(sqlite_store) == []


names = st.integers(0, 14).map(lambda number: f"s{number:02}")
states = st.tuples(
    st.dictionaries(names, st.sampled_from(["a", "b"]), max_size=10), st.lists(st.tuples(names, names), max_size=8)
)


@given(history=st.lists(states, min_size=1, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_draft_becomes_the_harvest_whatever_was_there(
    history: list[tuple[dict[str, str], list[tuple[str, str]]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('store') / 's.db'}")
    try:
        for number, (labels, pairs) in enumerate(history):
            concepts = [skill(name, label) for name, label in labels.items()]
            edges = [below(*pair) for pair in sorted(set(pairs))]
            run_import(store, harvest(concepts, edges), allow_removal=True)
            found = [from_record(row) for row in draft_records(store)]
            assert {entity for entity in found if isinstance(entity, Broader)} == set(edges)
            active = {entity.id: entity for entity in found if isinstance(entity, Concept) and entity.active}
            assert active == {concept.id: concept for concept in concepts}
            assert run_import(store, harvest(concepts, edges), allow_removal=True).changed == 0
            if number % 2 and all(f"test:{end}" in active for pair in pairs for end in pair):
                publish(store)
    finally:
        store.close()
