"""The smaller imports on SQLite, beside ESCO and our ontology: a crosswalk, 5,000 courses, 200 documents of six kinds.

Each stands beside what it cannot do without: reading the rows, the lines or the bytes with the standard library. The
time that a command takes that does nothing (a dry run without changes) is part of every figure.
"""

import csv
import importlib
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.processes import DATA, ROOT, esco_zips, run_command
from benchmarks.table import Row, row

COURSES, DOCUMENTS = 5_000, 200
_SAMPLES = ROOT / "ontologies" / "skillatlas" / "ontologies" / "samples"


def _write_courses(path: Path) -> None:
    """The sample courses, again and again under other ids; every fourth states no skills, so that they are read."""
    samples = [json.loads(line) for line in (_SAMPLES / "courses.jsonl").read_text(encoding="utf-8").splitlines()]
    with path.open("w", encoding="utf-8") as lines:
        for number in range(COURSES):
            course = {**samples[number % len(samples)], "id": f"c{number}"}
            if number % 4 == 0:
                del course["teaches"]
            lines.write(json.dumps(course, ensure_ascii=False) + "\n")


def _write_documents(folder: Path) -> None:
    """Adverts of ten to forty lines, as text, HTML, PDF, Word, OpenDocument and RTF in turn."""
    sys.path.insert(0, str(ROOT / "tests" / "plugins"))
    written = importlib.import_module("written_documents")
    kinds: Sequence[tuple[str, Callable[[object], bytes]]] = (
        ("txt", written.as_text), ("html", written.as_html), ("pdf", written.as_pdf),
        ("docx", written.as_docx), ("odt", written.as_odt), ("rtf", written.as_rtf),
    )  # fmt: skip
    chance = random.Random(5)
    head, items = written.ENGLISH[:1], [block for block in written.ENGLISH if block[0] == "item"]
    folder.mkdir()
    for number in range(DOCUMENTS):
        suffix, write = kinds[number % len(kinds)]
        body = [("heading", "Requirements"), *(chance.choice(items) for _ in range(chance.randint(8, 38)))]
        (folder / f"{number:03}.{suffix}").write_bytes(write([*head, *body]))


def _read_rows(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        for _ in csv.reader(lines):
            pass


def _read_lines(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        json.loads(line)


def _read_files(folder: Path) -> None:
    for path in folder.iterdir():
        path.read_bytes()


def _seconds(read: Callable[[Path], None], path: Path) -> float:
    started = time.perf_counter()
    read(path)
    return time.perf_counter() - started


def run() -> list[Row]:
    crosswalk = DATA / "crosswalk" / "esco_onet_crosswalk_MCC.csv"
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = ["--store", f"sqlite:///{folder / 'bench.db'}"]
        courses, documents = folder / "courses.jsonl", folder / "documents"
        _write_courses(courses)
        _write_documents(documents)
        run_command(["init", *store])
        run_command(["import", "esco", *esco_zips(), "--publish", "ESCO", *store])
        to_onet = ["--from", "esco", "--to", "onet", "--publish", "mapped"]
        for what, command, read, path in (
            ("crosswalk of 1,680 rows", ["import", "crosswalk", str(crosswalk), *to_onet], _read_rows, crosswalk),
            (
                f"{COURSES:,} courses, a quarter of them read from their texts",
                ["import", "courses", str(courses), "--catalogue", "many", "--publish", "many"],
                _read_lines,
                courses,
            ),
            (
                f"{DOCUMENTS} documents of six kinds",
                ["ingest", str(documents), "--collection", "d"],
                _read_files,
                documents,
            ),
        ):
            base = _seconds(read, path)
            cost = run_command([*command, *store])
            told = f"plain reading {base * 1000:.3g} ms"
            rows.append(row(f"{what}, SQLite", cost.seconds, "s", baseline=told, ratio=cost.seconds / base))
            rows.append(row(f"{what}, peak memory", cost.peak_mib, "MiB", goal="< 1536 MiB", met=cost.peak_mib < 1536))
    return rows
