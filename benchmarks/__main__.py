"""`python -m benchmarks`: every benchmark beside its baseline; prints tables, writes var/bench.json.

With names as arguments (`python -m benchmarks extraction serve`) only these are run.
"""

import importlib
import os
import platform
import sys
from pathlib import Path

import orjson

from benchmarks.table import print_rows

NAMES = (
    "importing",
    "skos",
    "sources",
    "checking",
    "opening",
    "extraction",
    "cases",
    "linking",
    "candidates",
    "paths",
    "serve",
)


def machine() -> dict[str, object]:
    """The size of the machine that the figures come from."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cores": os.cpu_count(),
        "memoryGiB": round(memory / 2**30, 1),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "load": round(os.getloadavg()[0], 2),
    }


def main() -> None:
    wanted = sys.argv[1:] or NAMES
    results: dict[str, object] = {"machine": machine()}
    print(f"machine: {results['machine']}")
    for name in wanted:
        rows = importlib.import_module(f"benchmarks.{name}").run()
        results[name] = rows
        print_rows(name, rows)
    out = Path(os.environ.get("SKILLATLAS_BENCH_OUT", "var/bench.json"))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(orjson.dumps(results, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    print(f"written to {out}")


if __name__ == "__main__":
    main()
