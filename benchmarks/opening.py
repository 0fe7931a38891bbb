"""Opening a release of ESCO's size: the graph in memory. Baseline: reading and parsing the same rows, kept nowhere."""

import resource
import statistics
import tempfile
import time
from pathlib import Path

import orjson

from benchmarks.processes import esco_zips, run_command
from benchmarks.table import Row, row
from skillatlas.taxonomy import Store, load_graph, open_store


def _read_rows(store: Store) -> None:
    for record in store.records(1):
        orjson.loads(record.body)


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        run_command(["import", "esco", *esco_zips(), "--store", url, "--publish", "ESCO"])
        store = open_store(url)
        ours, base = [], []
        size = (0, 0)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in range(5):
            started = time.perf_counter()
            _read_rows(store)
            base.append(time.perf_counter() - started)
            started = time.perf_counter()
            graph = load_graph(store)
            ours.append(time.perf_counter() - started)
            size = (len(graph.concepts), graph.edges.count)
            del graph
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        store.close()
    median, median_base = statistics.median(ours), statistics.median(base)
    return [
        row(
            f"opening {size[0]} concepts, {size[1]} edges",
            median,
            "s",
            baseline=f"reading and parsing the rows {median_base:.2f} s",
            ratio=median / median_base,
            goal="< 3 s",
            met=median < 3,
        ),
        row("memory that it adds, at most", grown, "MiB"),
    ]
