"""The server: ready when, how large, how many small queries a second beside a bare route, and the analyses' times."""

import statistics
import sys
import tempfile
from pathlib import Path

import orjson

from benchmarks.load import load, request_bytes
from benchmarks.processes import DATA, SKILLATLAS, esco_zips, free_port, run_command, server
from benchmarks.table import Row, row
from skillatlas.taxonomy import ConceptKind, load_graph, open_store

SMALL = "query($id: ID!) { concept(id: $id) { id label status scheme { key } } }"
SUGGEST = 'query { suggest(prefix: "pyt", scheme: "*") { concept { id label } matchedLabel { value } score } }'
GAP = """query($input: SkillGapInput!) { skillGap(input: $input) {
  readiness readinessStrict readinessLow readinessHigh essential { coverage }
  skills { skill { id label } status contribution evidence { source } } explanation } }"""
EXTRACT = """query($text: String!) { extractSkills(input: {text: $text}) {
  mentions { text start end confidence requirement skill { id label } } } }"""


def _post(query: str, variables: dict[str, object]) -> bytes:
    return request_bytes("/graphql", orjson.dumps({"query": query, "variables": variables}))


def _advert() -> str:
    """An advert of about 4 kB of the real ones."""
    import gzip

    by_advert: dict[object, list[str]] = {}
    with gzip.open(DATA / "job_ads" / "skillspan_train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            item = orjson.loads(line)
            by_advert.setdefault(item["idx"], []).append(" ".join(item["tokens"]))
    return min(("\n".join(rows) for rows in by_advert.values()), key=lambda text: abs(len(text) - 4000))


def _role_of_60_needs(store_url: str) -> tuple[str, list[str]]:
    store = open_store(store_url)
    graph = load_graph(store)
    store.close()
    roles = graph.of_kind(ConceptKind.ROLE, scheme="esco")
    role = min(roles, key=lambda role: (abs(len(graph.needs(role.id)) - 60), role.id))
    return role.id, [need.to_id for need in graph.needs(role.id)][::3]


def run() -> list[Row]:
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        run_command(["init", "--store", url])
        port = free_port()
        command = [SKILLATLAS, "serve", "--port", str(port), "--store", url]
        with server(command, port, "/readyz") as ours:
            rows.append(row("ready with our ontology", ours.ready_after, "s", goal="< 5 s", met=ours.ready_after < 5))
        run_command(["import", "esco", *esco_zips(), "--store", url, "--publish", "ESCO"])
        role, held = _role_of_60_needs(url)
        with server(command, port, "/readyz") as ours:
            rows.append(row("ready with ESCO too", ours.ready_after, "s", goal="< 15 s", met=ours.ready_after < 15))
            rows.extend(_small_queries(ours.port))
            profile = {"skills": [{"skillId": skill} for skill in held]}
            timed = (
                ("suggest over all schemes", _post(SUGGEST, {}), 10),
                (
                    "skillGap, role of about 60 needs",
                    _post(GAP, {"input": {"profile": profile, "target": {"roleId": role}, "scheme": "esco"}}),
                    50,
                ),
                ("extractSkills, advert of about 4 kB", _post(EXTRACT, {"text": _advert()}), 50),
            )
            for what, request, goal in timed:
                load(port, request, connections=1, seconds=1)
                _, times = load(port, request, connections=1, seconds=4)
                median = statistics.median(times) * 1000
                rows.append(
                    row(f"{what}, median of {len(times)}", median, "ms", goal=f"< {goal} ms", met=median < goal)
                )
            size = ours.resident_mib()
            rows.append(row("resident memory with both", size, "MiB", goal="< 700 MiB", met=size < 700))
    return rows


def _small_queries(port: int) -> list[Row]:
    """Ours and the bare route in turn, so that a change of the machine's speed meets both."""
    request = _post(SMALL, {"id": "atlas:python"})
    bare_port = free_port()
    bare = [sys.executable, "-m", "uvicorn", "benchmarks.bare:app", "--port", str(bare_port), "--no-access-log"]
    ours_rates, bare_rates = [], []
    with server(bare, bare_port, "/readyz"):
        for _ in range(5):
            ours_rates.append(load(port, request, connections=32, seconds=2)[0])
            bare_rates.append(load(bare_port, request, connections=32, seconds=2)[0])
    ratio = statistics.median(a / b for a, b in zip(ours_rates, bare_rates, strict=True))
    ours, base = statistics.median(ours_rates), statistics.median(bare_rates)
    return [
        row(
            "small query, 32 connections",
            ours,
            "requests/s",
            baseline=f"bare Starlette JSON route {base:.0f} requests/s",
            ratio=ratio,
            goal="≥ 0.2, aim 0.3",
            met=ratio >= 0.2,
        )
    ]
