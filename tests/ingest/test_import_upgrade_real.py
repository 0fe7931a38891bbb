"""The real ESCO, 1.1.0 to 1.1.1, with a Chinese label, an alias and mappings of our own added in between."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from skillatlas.ingest import Harvest, ImportReport, read_esco, read_overlay, run_import
from skillatlas.service.http.sync import change_line
from skillatlas.sync.applying import apply_changes
from skillatlas.taxonomy import (
    Concept,
    ConceptKind,
    Label,
    LabelType,
    Scheme,
    Store,
    dump_lines,
    explain_stale,
    find_release,
    find_scheme_state,
    load_graph,
    open_store,
    publish,
    stale_mappings,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

BASE = "http://data.europa.eu/esco/"
RENAMED = "skill/cd50d616-1f8b-481e-983f-68d2674ff82d"
CORRECTED = "skill/572c49a1-d974-46c1-a937-8358dcc97048"
GONE = "occupation/a9e54177-a185-404d-b6e6-15663d31137e"
PREFIX = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
OVERLAY = f"""{PREFIX}
<{BASE}{RENAMED}> skos:prefLabel "促进研究中的包容"@zh ; skos:altLabel "gender in research"@en .
<{BASE}{GONE}> skos:prefLabel "放射治疗师"@zh .
<{BASE}{CORRECTED}> skos:altLabel "use waterway traffic control systems"@en .
"""
MAPPINGS = f"""{PREFIX}
<https://example.org/own/a> skos:closeMatch <{BASE}{RENAMED}> , <{BASE}{GONE}> , <{BASE}{CORRECTED}> .
"""


class Journey(NamedTuple):
    """The store after the upgrade, what the upgrade told, and what importing everything again did."""

    store: Store
    upgrade: ImportReport
    again: list[ImportReport]


@pytest.fixture(scope="module")
def journey(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    folder = tmp_path_factory.mktemp("journey")
    with closing(open_store(f"sqlite:///{folder / 's.db'}")) as store:
        run_import(store, read_esco((shared_data / "esco").glob("*v1.1.0*.zip")))
        own = Concept("own:a", "https://example.org/own/a", "own", ConceptKind.SKILL, (label("a", "en"),))
        run_import(store, Harvest("own", (own,), scheme=Scheme("own", "https://example.org/own/", "Own")))
        publish(store)
        for name, text in (("overlay.ttl", OVERLAY), ("mappings.ttl", MAPPINGS)):
            (folder / name).write_text(text, encoding="utf-8")
            run_import(store, read_overlay(folder / name, store))
        publish(store)
        newer = read_esco((shared_data / "esco").glob("*v1.1.1*.zip"))
        upgrade = run_import(store, newer)
        assert publish(store).left_out == ()
        again = [run_import(store, newer)]
        again += (run_import(store, read_overlay(folder / name, store)) for name in ("overlay.ttl", "mappings.ttl"))
        yield Journey(store, upgrade, again)


def label(value: str, lang: str, kind: LabelType = LabelType.PREFERRED) -> Label:
    return Label(kind, lang, value)


def test_the_diff_is_that_of_the_files(journey: Journey) -> None:
    diff = journey.upgrade.diff
    assert diff is not None
    assert (diff.version_before, diff.version_after) == ("1.1.0", "1.1.1")
    assert (len(diff.created), len(diff.deprecated), len(diff.altered)) == (420, 419, 1439)
    assert [(row.id, row.before, row.after) for row in diff.relabelled] == [
        (f"esco:{CORRECTED}", "use waterway traffic control systems;", "use waterway traffic control systems"),
        (f"esco:{RENAMED}", "promote inclusion in research", "integrate gender dimension in research"),
    ]
    assert {row.type: (len(row.added), len(row.removed), len(row.changed)) for row in diff.relations} == {
        "BROADER": (10912, 11035, 118),
        "NEEDS": (305, 369, 0),
    }
    assert [item.rule for item in diff.suspicious] == [
        *["label-taken"] * 2, "in-use", *["kind-changed"] * 5, "many-deprecated",
    ]  # fmt: skip
    assert "406 of them followed by another" in diff.suspicious[-1].text
    suggested = {item.concept.id: item.candidates for item in diff.suggestions}
    assert len(suggested) == 9
    best = suggested[f"esco:{GONE}"][0]
    assert label("radiation therapist", "en") in best.concept.labels
    assert best.score == 0.8125


def test_what_is_ours_survives_or_is_listed(journey: Journey) -> None:
    diff = journey.upgrade.diff
    assert diff is not None
    assert [(one.entity_id, one.rule) for one in diff.conflicts] == [
        (f"esco:{GONE}", "deprecated"),
        (f"esco:{CORRECTED}", "same"),
    ]
    concepts = load_graph(journey.store).concepts
    renamed = concepts[f"esco:{RENAMED}"].labels
    assert label("促进研究中的包容", "zh") in renamed
    assert label("gender in research", "en", LabelType.ALTERNATIVE) in renamed
    assert label("放射治疗师", "zh") in concepts[f"esco:{GONE}"].labels
    assert "local" not in (concepts[f"esco:{CORRECTED}"].data or {})


def test_mappings_to_what_changed_are_stale_and_listed(journey: Journey) -> None:
    diff = journey.upgrade.diff
    assert diff is not None
    graph = load_graph(journey.store)
    told = [explain_stale(journey.store, graph, edge) for edge in stale_mappings(graph, "esco")]
    assert tuple(one.id for one in told) == diff.turning_stale
    by_end = {one.edge.to_id: one for one in told}
    assert set(by_end) == {f"esco:{name}" for name in (RENAMED, GONE, CORRECTED)}
    assert [one.field for one in by_end[f"esco:{RENAMED}"].changes] == ["label", "definition"]
    assert [one.field for one in by_end[f"esco:{GONE}"].changes] == ["status"]


@pytest.mark.parametrize("scheme", [None, "esco", "own"])
def test_the_upgrade_is_replayed_by_the_client(journey: Journey, tmp_path: Path, scheme: str | None) -> None:
    store = journey.store
    for first, last in ((1, 2), (2, 3), (1, 3)):
        old, feed, new = (tmp_path / name for name in ("old", "feed", "new"))
        old.write_bytes(b"".join(dump_lines(store, first, scheme=scheme)))
        feed.write_bytes(b"".join(map(change_line, store.changes(first, last, scheme=scheme))))
        release = find_release(store, last) if scheme is None else find_scheme_state(store, last, scheme)
        assert apply_changes(old, feed, new) == release.content_hash
        assert new.read_bytes() == b"".join(dump_lines(store, last, scheme=scheme))


def test_importing_everything_again_changes_nothing(journey: Journey) -> None:
    assert [report.changed for report in journey.again] == [0, 0, 0]
