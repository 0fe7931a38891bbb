"""A foreign vocabulary of 100,000 concepts, imported and published: time and peak memory, on SQLite.

The vocabulary is made here: three languages, alternative labels and definitions, a polyhierarchy, related concepts,
collections and mappings. The baseline is what the parser alone takes for the same Turtle file, in a process of its own;
for the choice of the parser, rdflib reads a tenth of it.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.processes import run_command
from benchmarks.table import Row, row

CONCEPTS = 100_000
_PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix v: <https://vocabulary.example/c/> .
<https://vocabulary.example/> a skos:ConceptScheme ; dcterms:title "Large"@en ; dcterms:license "CC0 1.0" .
"""
_PARSE = """
import sys
if sys.argv[1] == "rdflib":
    import rdflib
    print(len(rdflib.Graph(bind_namespaces="none").parse(sys.argv[2], format="turtle")))
else:
    import pyoxigraph
    print(sum(1 for _ in pyoxigraph.parse(path=sys.argv[2], format=pyoxigraph.RdfFormat.TURTLE)))
"""


def blocks(count: int) -> Iterator[str]:
    """The concepts in Turtle; the same text at every call."""
    chance = random.Random(7)
    yield _PREFIXES
    for number in range(count):
        lines = [f"v:c{number} a skos:Concept", "skos:inScheme <https://vocabulary.example/>"]
        lines.append(f'skos:notation "{number:06}"')
        for lang, word in (("en", "craft"), ("de", "Handwerk"), ("zh", "手艺")):
            lines.append(f'skos:prefLabel "{word} {number}"@{lang}')
            lines.append(f'skos:altLabel "{word} no. {number}"@{lang}')
        lines.append(f'skos:definition "What number {number} does, and how, in a sentence of usual length."@en')
        if number:
            parents = {chance.randrange(max(1, number // 10), max(2, number // 5)) % number for _ in range(2)}
            lines += [f"skos:broader v:c{parent}" for parent in sorted(parents)]
            if number % 5 == 0:
                lines.append(f"skos:related v:c{chance.randrange(number)}")
            if number % 20 == 0:
                lines.append(f"skos:exactMatch <https://other.example/{number}>")
        yield " ;\n    ".join(lines) + " .\n"
    yield "v:even a skos:Collection ; skos:prefLabel 'even'@en ; skos:member "
    yield ", ".join(f"v:c{number}" for number in range(0, count, 50)) + " .\n"


def _parse_seconds(library: str, path: Path) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", _PARSE, library, str(path)], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def _write(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(blocks(count))
    return path


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        path = _write(Path(folder) / "large.ttl", CONCEPTS)
        tenth = _write(Path(folder) / "tenth.ttl", CONCEPTS // 10)
        parsing = _parse_seconds("pyoxigraph", path)
        rdflib, oxigraph = (_parse_seconds(library, tenth) for library in ("rdflib", "pyoxigraph"))
        store = f"sqlite:///{Path(folder) / 'bench.db'}"
        arguments = ["import", "skos", str(path), "--scheme", "large", "--store", store]
        cost = run_command([*arguments, "--publish", "first"])
        again = run_command(arguments)
    base = f"parsing the file {parsing:.1f} s"
    return [
        row(
            f"SKOS of {CONCEPTS:,} concepts, import and publish, SQLite",
            cost.seconds,
            "s",
            baseline=base,
            ratio=cost.seconds / parsing,
            goal="< 300 s",
            met=cost.seconds < 300,
        ),
        row("peak memory", cost.peak_mib, "MiB", goal="< 2048 MiB", met=cost.peak_mib < 2048),
        row("the same again, nothing to change", again.seconds, "s", baseline=base, ratio=again.seconds / parsing),
        row("peak memory", again.peak_mib, "MiB", goal="< 2048 MiB", met=again.peak_mib < 2048),
        row(
            "pyoxigraph parsing a tenth of the file",
            oxigraph,
            "s",
            baseline=f"rdflib {rdflib:.1f} s",
            ratio=oxigraph / rdflib,
        ),
    ]
