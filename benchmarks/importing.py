"""ESCO 1.1.1 and O*NET 29.2, imported and published: time and peak memory, on SQLite and on a real Neo4j.

The baseline is what no importer can do without: reading every cell of the same zips with the standard library.
"""

import csv
import io
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.neo4j_store import neo4j_store
from benchmarks.processes import DATA, Cost, esco_zips, run_command
from benchmarks.table import Row, row


def _read_all_cells(paths: Sequence[str]) -> float:
    started = time.perf_counter()
    csv.field_size_limit(2**31 - 1)
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                with archive.open(name) as raw:
                    lines = io.TextIOWrapper(raw, "utf-8", newline="")
                    tabs = name.endswith(".txt")
                    reader = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if tabs else csv.reader(lines)
                    for _ in reader:
                        pass
    return time.perf_counter() - started


def _rows(what: str, store: str, cost: Cost, base: float, goal: float) -> list[Row]:
    return [
        row(
            f"{what} import and publish, {store}",
            cost.seconds,
            "s",
            baseline=f"reading the cells {base:.2f} s",
            ratio=cost.seconds / base,
            goal=f"< {goal:g} s",
            met=cost.seconds < goal,
        ),
        row(f"{what}, peak memory, {store}", cost.peak_mib, "MiB", goal="< 1536 MiB", met=cost.peak_mib < 1536),
    ]


def _import(command: str, what: str, paths: Sequence[str]) -> list[Row]:
    base = _read_all_cells(paths)
    rows: list[Row] = []
    arguments = ["import", command, *paths, "--publish", what]
    with tempfile.TemporaryDirectory() as folder:
        cost = run_command([*arguments, "--store", f"sqlite:///{Path(folder) / 'bench.db'}"])
        rows.extend(_rows(what, "SQLite", cost, base, 60))
    with neo4j_store() as url:
        rows.extend(_rows(what, "Neo4j 5.26", run_command([*arguments, "--store", url]), base, 180))
    return rows


def run() -> list[Row]:
    onet = sorted(str(path) for path in (DATA / "onet").glob("*.zip"))
    return [*_import("esco", "ESCO 1.1.1", esco_zips()), *_import("onet", "O*NET 29.2", onet)]
