"""`skillatlas check` and the import of an ontology of 4,500 skills or a little more: wall time on the command line.

The ontology is ours, so many times over, each copy under names of its own.

The baseline is what rdflib alone takes to parse the same files, in a process of its own.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.processes import ROOT, run_command
from benchmarks.table import Row, row

SKILLS = 4_500
_ONTOLOGY = ROOT / "ontologies" / "skillatlas" / "ontologies"
_PARSE = """
import sys, rdflib
for path in sys.argv[1:]:
    rdflib.Graph(bind_namespaces="none").parse(path, format="turtle")
"""


def multiply(folder: Path, copies: int) -> None:
    """The domains so many times, each copy under names and labels of its own."""
    for name in ("scheme.ttl", "areas.ttl"):
        shutil.copy(_ONTOLOGY / name, folder / name)
    for path in sorted((_ONTOLOGY / "domains").glob("*.ttl")):
        text = path.read_text(encoding="utf-8")
        for copy in range(copies):
            named = re.sub(r"(?<![\w<])atlas:(?!area\.)([a-z0-9.-]*[a-z0-9])", rf"atlas:\1-{copy}", text)
            named = re.sub(r'"((?:[^"\\]|\\.)*)"(@(?:en|zh)\b)', rf'"\1 {copy}"\2', named)
            named = re.sub(r'sa:text "((?:[^"\\]|\\.)*)"', rf'sa:text "\1 {copy}"', named)
            (folder / f"{path.stem}-{copy}.ttl").write_text(named, encoding="utf-8")


def copies_for(skills: int) -> tuple[int, int]:
    """How many copies hold at least so many skills, and how many they hold."""
    texts = [path.read_text(encoding="utf-8") for path in (_ONTOLOGY / "domains").glob("*.ttl")]
    once = sum(len(re.findall(r"^atlas:\S+ a sa:Skill\b", text, re.MULTILINE)) for text in texts)
    copies = -(-skills // once)
    return copies, copies * once


def run() -> list[Row]:
    copies, skills = copies_for(SKILLS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "ontology"
        folder.mkdir()
        multiply(folder, copies)
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", _PARSE, *map(str, sorted(folder.glob("*.ttl")))], check=True)
        rdflib = time.perf_counter() - started
        check = run_command(["check", str(folder)])
        store = f"sqlite:///{Path(name) / 'bench.db'}"
        load = run_command(["import", "ontology", str(folder), "--publish", "first", "--store", store])
    return [
        row(
            f"{what}, ontology of {skills:,} skills",
            cost.seconds,
            "s",
            baseline=f"rdflib parsing the files {rdflib:.1f} s",
            ratio=cost.seconds / rdflib,
            goal="< 20 s",
            met=cost.seconds < 20,
        )
        for what, cost in (("check", check), ("import and publish", load))
    ]
