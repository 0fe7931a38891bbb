"""A store of 200 releases of 1,000 changes each, against one of 2 such releases: neither may cost more to read."""

import dataclasses
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.table import Row, row
from skillatlas.taxonomy import (
    Concept,
    ConceptKind,
    Edit,
    Label,
    LabelType,
    Store,
    load_graph,
    open_store,
    publish,
    record,
)

CONCEPTS, CHANGES, RELEASES = 2_000, 1_000, 200


def _put(concept: Concept) -> Edit:
    item = record(concept, concept.scheme)
    return Edit(item.entity_type, item.entity_id, item.scheme, item.body)


def _concept(number: int, word: str) -> Concept:
    local = f"skill-{number:05}"
    labels = (Label(LabelType.PREFERRED, "en", f"{word} {number}"),)
    return Concept(f"atlas:{local}", f"https://example.org/{local}", "atlas", ConceptKind.SKILL, labels)


def fill(url: str, releases: int) -> Store:
    """A store with that many releases: the first of all concepts, each later one renames half of them."""
    store = open_store(url)
    for release in range(releases):
        start = 0 if release == 0 else release * CHANGES % CONCEPTS
        count = CONCEPTS if release == 0 else CHANGES
        named = (_concept(start + number, f"release {release}") for number in range(count))
        if release == 0:
            named = (dataclasses.replace(one, definitions={"en": "text " * 40}) for one in named)
        with store.writer() as writer:
            writer.edit(map(_put, named))
        publish(store)
    return store


def compare(what: str, many: Callable[[], object], few: Callable[[], object], baseline: str) -> Row:
    """The medians of both in turn, in milliseconds."""
    ours: list[float] = []
    base: list[float] = []
    for _ in range(15):
        for work, times in ((many, ours), (few, base)):
            started = time.perf_counter()
            work()
            times.append(time.perf_counter() - started)
    value, plain = statistics.median(ours) * 1000, statistics.median(base) * 1000
    return row(
        what,
        value,
        "ms",
        baseline=f"{baseline} {plain:.2f} ms",
        ratio=value / plain,
        goal="ratio < 1.5",
        met=value / plain < 1.5,
    )


def neighbours(store: Store, end: int) -> Callable[[], object]:
    def read() -> None:
        assert store.count_changes(end - 1, end).count == CHANGES
        assert sum(1 for _ in store.changes(end - 1, end)) == CHANGES

    return read


def many_releases(folder: Path) -> list[Row]:
    many = fill(f"sqlite:///{folder / 'many.db'}", RELEASES)
    few = fill(f"sqlite:///{folder / 'few.db'}", 3)
    try:
        base = "a store with 2 such releases"
        rows = [
            compare(
                f"changes between neighbours, newest of {RELEASES} releases",
                neighbours(many, RELEASES),
                neighbours(few, 3),
                base,
            ),
            compare(
                f"changes between neighbours, in the midst of {RELEASES}",
                neighbours(many, 100),
                neighbours(few, 3),
                base,
            ),
            compare(f"opening the newest of {RELEASES}", lambda: load_graph(many), lambda: load_graph(few), base),
            compare(
                f"the table of {RELEASES} releases, each",
                lambda: [many.count_operations(one - 1, one) for one in range(RELEASES, RELEASES - 2, -1)],
                lambda: [few.count_operations(one - 1, one) for one in (3, 2)],
                base,
            ),
        ]
    finally:
        many.close()
        few.close()
    return rows
