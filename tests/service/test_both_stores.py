"""The whole journey on SQLite and on a real Neo4j, by commands: the same releases, the same answers, byte for byte."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from service_process import ROOT, SAMPLES, run_skillatlas

pytestmark = [pytest.mark.neo4j, pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def adverts(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("adverts") / "adverts.jsonl"
    script = ROOT / "scripts" / "adverts_to_jsonl.py"
    subprocess.run([sys.executable, str(script), str(shared_data / "job_ads"), str(out)], check=True, timeout=120)
    return out


def journey(store: str, adverts: Path) -> dict[str, Any]:
    """What each step prints that must not depend on the store."""
    printed: dict[str, Any] = {}

    def run(name: str, *arguments: str) -> None:
        done = run_skillatlas(*arguments, "--store", store, timeout=300)
        assert done.returncode == 0, done.stderr
        printed[name] = done.stdout

    run("init", "init")
    catalogue = str(SAMPLES / "courses.jsonl")
    run("courses", "import", "courses", catalogue, "--catalogue", "samples", "--publish", "Sample courses")
    run("again", "import", "courses", catalogue, "--catalogue", "samples", "--json")
    run("ingest", "ingest", str(adverts), "--collection", "adverts")
    run("dump 1", "export", "--release", "1", "--out", "-")
    run("dump 2", "export", "--release", "2", "--out", "-")
    cv = str(SAMPLES / "documents" / "cv" / "bookkeeper-to-data-analyst.txt")
    run("gap", "gap", "--role", "atlas:role.data-analyst", "--cv", cv, "--json")
    posts = sorted(str(path) for path in (SAMPLES / "documents" / "job").glob("*.md"))
    run("adverts together", "gap", *(word for post in posts for word in ("--advert", post)), "--cv", cv, "--json")
    roles = ("--role", "atlas:role.data-analyst", "--role", "atlas:role.bi-developer")
    run("roles side by side", "gap", *roles, "--cv", cv, "--json")
    run("demand", "gap", *roles[:2], "--cv", cv, "--demand", "adverts", "--json")
    role = "atlas:role.data-analyst"
    run("transitions", "transitions", "--held-role", role, "--json")
    run("transitions of a cv", "transitions", "--cv", cv, "--min-coverage", "0.1", "--json")
    run("what-if", "what-if", "--cv", cv, "--json")
    run("what-if with", "what-if", "--held-role", role, "--with", "atlas:python", "--json")
    run("path", "path", "--role", "atlas:role.data-analyst", "--cv", cv, "--start", "2027-01-04", "--json")
    return printed


OBSERVED = """{
  observedSkills(collection: "adverts", first: 50) { skill { id label } documents mentions required preferred share }
}"""


def most_asked_for(store: str) -> list[Any]:
    from skillatlas.graphql import execute
    from skillatlas.service import Settings
    from skillatlas.service.runtime import open_runtime

    runtime = open_runtime(Settings(store=store))
    try:
        answer = execute(runtime.context, OBSERVED)
    finally:
        runtime.close()
    assert "errors" not in answer
    rows = answer["data"]["observedSkills"]
    assert isinstance(rows, list)
    return rows


def test_both_stores_give_the_same(tmp_path: Path, neo4j_url: str, adverts: Path) -> None:
    sqlite_url = f"sqlite:///{tmp_path / 'store.db'}"
    on_sqlite, on_neo4j = journey(sqlite_url, adverts), journey(neo4j_url, adverts)
    for name, printed in on_sqlite.items():
        assert on_neo4j[name] == printed, name
    counts = json.loads(on_sqlite["again"])["counts"]["COURSE"]
    assert (counts["created"], counts["updated"], counts["removed"]) == (0, 0, 0)
    observed = most_asked_for(sqlite_url)
    assert most_asked_for(neo4j_url) == observed
    assert len(observed) == 50
    documents = [row["documents"] for row in observed]
    assert documents == sorted(documents, reverse=True)
    for row in observed[:10]:
        print(f"{row['documents']:4d} of 198 adverts: {row['skill']['label']} ({row['skill']['id']})")
