"""ESCO 1.1.1, imported and published: time and peak memory, on SQLite and on a real Neo4j.

The baseline is what no importer can do without: reading every cell of the same zips with the standard library.
"""

import csv
import io
import tempfile
import time
import zipfile
from pathlib import Path

from benchmarks.neo4j_store import neo4j_store
from benchmarks.processes import Cost, esco_zips, run_command
from benchmarks.table import Row, row


def _read_all_cells() -> float:
    started = time.perf_counter()
    csv.field_size_limit(2**31 - 1)
    for path in esco_zips():
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".csv"):
                    with archive.open(name) as raw:
                        for _ in csv.reader(io.TextIOWrapper(raw, "utf-8", newline="")):
                            pass
    return time.perf_counter() - started


def _rows(store: str, cost: Cost, base: float, goal: float) -> list[Row]:
    return [
        row(
            f"ESCO 1.1.1 import and publish, {store}",
            cost.seconds,
            "s",
            baseline=f"reading the cells {base:.2f} s",
            ratio=cost.seconds / base,
            goal=f"< {goal:g} s",
            met=cost.seconds < goal,
        ),
        row(f"peak memory, {store}", cost.peak_mib, "MiB", goal="< 1536 MiB", met=cost.peak_mib < 1536),
    ]


def run() -> list[Row]:
    base = _read_all_cells()
    rows: list[Row] = []
    arguments = ["import", "esco", *esco_zips(), "--publish", "ESCO 1.1.1"]
    with tempfile.TemporaryDirectory() as folder:
        cost = run_command([*arguments, "--store", f"sqlite:///{Path(folder) / 'bench.db'}"])
        rows.extend(_rows("SQLite", cost, base, 60))
    with neo4j_store() as url:
        rows.extend(_rows("Neo4j 5.26", run_command([*arguments, "--store", url]), base, 180))
    return rows
