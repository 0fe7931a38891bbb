"""What became of ids: against a plain reading of the two dumps, and the hard cases one by one."""

import dataclasses
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import event, given, settings

from graphs import concept
from histories import History, histories, populated, put, removal
from skillatlas.taxonomy import (
    Broader,
    Concept,
    ConceptKind,
    ConceptStatus,
    Entity,
    Graph,
    Label,
    LabelType,
    PublishFaultsError,
    Replacement,
    ReplacementKind,
    Requires,
    Resolution,
    ResolutionStatus,
    Resolver,
    Store,
    dump_lines,
    find_differences,
    load_graph,
    open_store,
    publish,
)

A, B, C, D = (concept(f"atlas:{name}") for name in "abcd")
GROUP, OTHER = (concept(f"atlas:group.{name}", ConceptKind.SKILL_GROUP) for name in ("one", "two"))


@contextmanager
def fresh_store() -> Iterator[Store]:
    with TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'store.db'}")
        try:
            yield store
        finally:
            store.close()


def release(store: Store, *entities: Entity, gone: tuple[Entity, ...] = ()) -> None:
    with store.writer() as writer:
        writer.edit([*map(put, entities), *map(removal, gone)])
    assert publish(store).release is not None


def deprecated(item: Concept, *instead: Concept, reason: str | None = None) -> Concept:
    kind = (ReplacementKind.RETIRED, ReplacementKind.REPLACED, ReplacementKind.SPLIT)[min(len(instead), 2)]
    replacement = Replacement(kind, tuple(sorted(other.id for other in instead)), reason)
    return dataclasses.replace(item, status=ConceptStatus.DEPRECATED, replacement=replacement)


def resolver(store: Store, start: int, end: int) -> tuple[Graph, Resolver]:
    graph = load_graph(store, end)
    return graph, Resolver(graph, find_differences(store, start, end))


def became(store: Store, asked: str, start: int = 1, end: int = 2) -> Resolution:
    return resolver(store, start, end)[1].resolve(asked)


# -- the contract's table, read plainly from two dumps ----------------------------------------------------


def state(store: Store, number: int) -> dict[tuple[str, str], Any]:
    rows: list[dict[str, Any]] = [json.loads(line) for line in dump_lines(store, number)] if number else []
    return {(row["entityType"], row["entityId"]): row["entity"] for row in rows}


def ends(now: dict[tuple[str, str], Any], asked: str, above: tuple[str, ...] = ()) -> tuple[set[str], bool]:
    """Active concepts that an id ends in, and whether any way ends in nothing; by plain recursion."""
    entity = now.get(("CONCEPT", asked))
    if entity is None or asked in above:
        return set(), True
    if entity["status"] == "ACTIVE":
        return {asked}, False
    following = (entity["replacement"] or {}).get("concepts", [])
    found = [ends(now, one, (*above, asked)) for one in following]
    return set().union(*(reached for reached, _ in found)), not found or any(dead for _, dead in found)


def splits(now: dict[tuple[str, str], Any], asked: str, above: tuple[str, ...] = ()) -> bool:
    entity = now.get(("CONCEPT", asked))
    if entity is None or entity["status"] == "ACTIVE" or asked in above:
        return False
    following = (entity["replacement"] or {}).get("concepts", [])
    return len(following) > 1 or any(splits(now, one, (*above, asked)) for one in following)


def expected(was: dict[tuple[str, str], Any], now: dict[tuple[str, str], Any], asked: str) -> tuple[str, set[str]]:
    before, after = was.get(("CONCEPT", asked)), now.get(("CONCEPT", asked))
    if before is None or after is None:
        return "UNKNOWN_ID", set()
    if after["status"] == "DEPRECATED":
        reached, dead = ends(now, asked)
        if not reached:
            return "RETIRED", set()
        choose = splits(now, asked) and (len(reached) > 1 or dead)
        return ("SPLIT_CHOOSE" if choose else "REPLACED"), reached

    def parents(side: dict[tuple[str, str], Any]) -> set[str]:
        return {
            edge["to"][0]
            for (kind, _), edge in side.items()
            if kind == "EDGE" and edge["type"] == "BROADER" and edge["from"] == asked
        }

    def edges(side: dict[tuple[str, str], Any]) -> dict[str, Any]:
        return {key: edge for (kind, key), edge in side.items() if kind == "EDGE" and edge["from"] == asked}

    def preferred(entity: Any) -> dict[str, str]:
        return {row["lang"]: row["value"] for row in entity["labels"] if row["type"] == "PREFERRED"}

    followed = [ends(now, parent)[0] for parent in parents(was)]
    if any(not reached & parents(now) for reached in followed) or parents(now) - set().union(*followed):
        return "MOVED", {asked}
    if preferred(before) != preferred(after):
        return "RELABELLED", {asked}
    return ("UNCHANGED" if before == after and edges(was) == edges(now) else "UPDATED"), {asked}


@settings(max_examples=60, deadline=None)
@given(histories(populated()))
def test_every_id_over_every_pair_of_releases(history: History) -> None:
    with fresh_store() as store:
        for batch in history:
            with store.writer() as writer:
                writer.edit(batch)
            try:
                publish(store)
            except PublishFaultsError:
                with store.writer() as writer:
                    writer.discard_edits()
        head = store.head()
        assert head is not None
        states = [state(store, number) for number in range(head.number + 1)]
        for start in range(head.number + 1):
            for end in range(max(start, 1), head.number + 1):
                _graph, answers = resolver(store, start, end)
                ids = {key for side in states for kind, key in side if kind == "CONCEPT"} | {"atlas:never", ""}
                for asked in sorted(ids):
                    found = answers.resolve(asked)
                    event(found.status)
                    assert found.id == asked
                    reached = {candidate.id for candidate in found.candidates}
                    assert (str(found.status), reached) == expected(states[start], states[end], asked)
                    assert all(candidate.active for candidate in found.candidates)
                    if found.automatic:
                        assert len(found.candidates) == 1
                        assert (
                            found.status is ResolutionStatus.MOVED
                            or not found.kind_changed
                            or (found.status is ResolutionStatus.RELABELLED)
                        )


# -- cases ------------------------------------------------------------------------------------------------


def test_a_chain_of_replacements_is_followed_to_its_end() -> None:
    with fresh_store() as store:
        release(store, A, B, C)
        release(store, deprecated(A, B, reason="the same"))
        release(store, deprecated(B, C))
        found = became(store, A.id, 1, 3)
        assert (found.status, found.automatic) == (ResolutionStatus.REPLACED, True)
        assert [candidate.id for candidate in found.candidates] == [C.id]
        assert "the same" in found.detail
        assert became(store, A.uri, 1, 3).candidates == found.candidates, "a full IRI is an id too"


def test_a_split_is_to_be_chosen_unless_its_parts_meet_again() -> None:
    with fresh_store() as store:
        release(store, A, B, C, D)
        release(store, deprecated(A, B, C))
        found = became(store, A.id)
        assert (found.status, found.automatic) == (ResolutionStatus.SPLIT_CHOOSE, False)
        assert [candidate.id for candidate in found.candidates] == [B.id, C.id]
        release(store, deprecated(B, D), deprecated(C, D))
        met = became(store, A.id, 1, 3)
        assert (met.status, met.automatic) == (ResolutionStatus.REPLACED, True)
        assert [candidate.id for candidate in met.candidates] == [D.id]


def test_a_split_with_a_dead_part_still_needs_a_person() -> None:
    with fresh_store() as store:
        release(store, A, B, C)
        release(store, deprecated(A, B, C))
        release(store, deprecated(C))
        found = became(store, A.id, 1, 3)
        assert (found.status, found.automatic) == (ResolutionStatus.SPLIT_CHOOSE, False)
        assert [candidate.id for candidate in found.candidates] == [B.id]


def test_a_circle_in_foreign_data_ends() -> None:
    with fresh_store() as store:
        release(store, A, B)
        release(store, deprecated(A, B), deprecated(B, A))
        found = became(store, A.id)
        assert (found.status, found.candidates) == (ResolutionStatus.RETIRED, ())
        assert "circle" in found.detail


def test_a_long_chain_does_not_overflow() -> None:
    chain = [concept(f"atlas:c{number:05}") for number in range(3000)]
    with fresh_store() as store:
        release(store, *chain)
        release(store, *(deprecated(one, chain[place + 1]) for place, one in enumerate(chain[:-1])))
        assert [candidate.id for candidate in became(store, chain[0].id).candidates] == [chain[-1].id]


def test_another_kind_is_never_taken_over_by_itself() -> None:
    with fresh_store() as store:
        release(store, A, B, OTHER)
        release(store, deprecated(A, OTHER), dataclasses.replace(B, kind=ConceptKind.SKILL_GROUP))
        replaced, turned = became(store, A.id), became(store, B.id)
        assert (replaced.status, replaced.automatic, replaced.kind_changed) == (ResolutionStatus.REPLACED, False, True)
        assert (turned.status, turned.automatic, turned.kind_changed) == (ResolutionStatus.UPDATED, False, True)


def test_a_parent_that_was_replaced_is_no_move() -> None:
    with fresh_store() as store:
        old, new = Broader(from_id=A.id, to_id=GROUP.id), Broader(from_id=A.id, to_id=OTHER.id)
        release(store, A, GROUP, OTHER, old)
        release(store, deprecated(GROUP, OTHER), new, gone=(old,))
        found = became(store, A.id)
        assert found.status is ResolutionStatus.UPDATED
        assert found.automatic


def test_a_move_a_relabelling_and_an_update_are_told_apart() -> None:
    renamed = dataclasses.replace(B, labels=(Label(LabelType.PREFERRED, "en", "other"),))
    old, new = Broader(from_id=A.id, to_id=GROUP.id), Broader(from_id=A.id, to_id=OTHER.id)
    with fresh_store() as store:
        release(store, A, B, C, D, GROUP, OTHER, old)
        release(store, renamed, new, Requires(from_id=C.id, any_of=(D.id,)), gone=(old,))
        assert became(store, A.id).status is ResolutionStatus.MOVED
        assert "atlas:group.one" in became(store, A.id).detail
        assert became(store, B.id).status is ResolutionStatus.RELABELLED
        assert "'atlas:b' to 'other' (en)" in became(store, B.id).detail
        assert became(store, C.id).status is ResolutionStatus.UPDATED
        assert became(store, D.id).status is ResolutionStatus.UNCHANGED, "an edge counts where it begins"


@pytest.mark.parametrize("asked", ["", "atlas:", "not an id", "http://", "atlas:a\n", "x" * 10_000])
def test_what_is_no_id_is_unknown(asked: str) -> None:
    with fresh_store() as store:
        release(store, A)
        found = became(store, asked, 1, 1)
        assert (found.status, found.candidates, found.automatic) == (ResolutionStatus.UNKNOWN_ID, (), False)


def test_nothing_was_in_the_empty_release() -> None:
    with fresh_store() as store:
        release(store, A)
        assert became(store, A.id, 0, 1).status is ResolutionStatus.UNKNOWN_ID
