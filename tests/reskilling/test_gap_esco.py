"""Gaps between pairs of real roles, figure by figure against a second working-out from the dump."""

from pathlib import Path

import pytest

from gap_figures import differences, figures, held_after_role, near_pairs, pairs, read_dump
from service_process import run_skillatlas
from skillatlas.reskilling import Profile, Target, skill_gap
from skillatlas.taxonomy import load_graph, open_store

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

PAIRS = 500


def test_pairs_of_occupations_are_exact(esco_store: str, tmp_path: Path) -> None:
    dumped = tmp_path / "dump.jsonl"
    done = run_skillatlas("export", "--release", "3", "--format", "jsonl", "--out", str(dumped), "--store", esco_store)
    assert done.returncode == 0, done.stderr
    with dumped.open("rb") as lines:
        dump = read_dump(lines)
    store = open_store(esco_store)
    graph = load_graph(store)
    store.close()
    asked = [*pairs(dump, "esco", PAIRS, seed=7), *near_pairs(dump, "esco", PAIRS, seed=7)]
    seen: set[str] = set()
    for held, target in [*asked, *pairs(dump, "atlas", PAIRS, seed=7)]:
        gap = skill_gap(graph, Profile(role_ids=(held,)), Target(role_id=target))
        assert list(differences(gap, figures(dump, held_after_role(dump, held), target))) == [], (held, target)
        seen |= {entry.status for entry in gap.entries}
        if target.startswith("esco:"):  # no levels: the counts are those of sets
            has = {need["to"][0] for need in dump.needs[held] if need["necessity"] == "ESSENTIAL"}
            for share, necessity in ((gap.essential, "ESSENTIAL"), (gap.optional, "OPTIONAL")):
                wanted = {need["to"][0] for need in dump.needs[target] if need["necessity"] == necessity}
                assert (share.met, share.required) == (len(wanted & has), len(wanted))
    assert seen >= {"MET", "LEVEL_GAP", "TRANSFERABLE", "UNKNOWN"}
