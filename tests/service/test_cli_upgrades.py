"""Upgrades as a user types them: the diff, its page, stale mappings and replacements to decide."""

import json
from pathlib import Path

import pytest

from esco_package import tables, uri, write
from service_process import run_skillatlas

OVERLAY = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<{skill}> skos:prefLabel "计数"@zh .
"""
MAPPING = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/skillatlas/id/{name}> skos:closeMatch <{skill}> .
"""


@pytest.fixture
def store(own_store: str, tmp_path: Path) -> str:
    """The shipped ontology, an older ESCO, a Chinese label in it and mappings to it."""
    older = write(tmp_path / "one", tables(), "1.1.0")
    run(own_store, "import", "esco", *map(str, older), "--publish", "older")
    for name, text in (
        ("zh.ttl", OVERLAY.format(skill=uri("skill/c"))),
        ("python.ttl", MAPPING.format(name="python", skill=uri("skill/a"))),
        ("sql.ttl", MAPPING.format(name="sql", skill=uri("skill/b"))),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        run(own_store, "import", "overlay", str(tmp_path / name), "--publish", name)
    return own_store


def run(store: str, *arguments: str, status: int = 0) -> tuple[str, str]:
    done = run_skillatlas(*arguments, "--store", store)
    assert done.returncode == status, done.stderr
    return done.stdout, done.stderr


def newer(folder: Path) -> list[str]:
    """Skill a has another label, b is called something near under another id, c has another label."""
    content = tables()
    skills = content["skills"]
    skills[1][3], skills[3][3] = "add and subtract", "count things"
    skills[2][0], skills[2][3] = uri("skill/d"), "numbers of all sorts"
    moved = {uri("skill/b"): uri("skill/d")}
    for name, rows in content.items():
        content[name] = [[moved.get(cell, cell) for cell in row] for row in rows]
    return [str(path) for path in write(folder, content)]


def test_an_upgrade_from_the_diff_to_the_last_decision(store: str, tmp_path: Path) -> None:
    paths = newer(tmp_path / "two")
    page = tmp_path / "diff.md"
    shown, _ = run(store, "import", "esco", *paths, "--dry-run", "--allow-removal", "--diff", str(page))
    assert shown.index("in-use") < shown.index("may follow") < shown.index("relabelled: 2") < shown.rindex("relations")
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# esco 1.1.0 → 1.1.1\n\n## Suspicious (")
    assert "`esco:skill/a` (en): add, subtract → add and subtract" in text
    report, _ = run(store, "import", "esco", *paths, "--dry-run", "--allow-removal", "--json")
    diff = json.loads(report)["diff"]
    assert [row["concept"] for row in diff["suggestions"]] == ["esco:skill/b"]
    assert len(diff["turningStale"]) == 2

    run(store, "import", "esco", *paths, "--allow-removal", "--publish", "newer")
    listed, _ = run(store, "mappings", "stale", "--scheme", "esco", "--json")
    found = {row["source"]["id"]: row["id"] for row in json.loads(listed)}
    assert set(found) == {"atlas:python", "atlas:sql"}
    table, _ = run(store, "mappings", "stale")
    assert table.startswith("2 stale mappings")
    run(store, "mappings", "confirm", status=2)
    run(store, "mappings", "confirm", "--scheme", "esco", found["atlas:python"], status=2)
    run(store, "mappings", "confirm", found["atlas:sql"], status=1)
    _, told = run(store, "mappings", "confirm", "--all")
    assert "1 mapping(s) confirmed" in told
    assert "esco:skill/b is deprecated" in told
    run(store, "mappings", "move", found["atlas:sql"], "--to", "esco:skill/d", "--publish", "looked through")
    assert run(store, "mappings", "stale")[0].startswith("0 stale mappings")
    moved = f"MAPS_TO|atlas:sql|CLOSE|{uri('skill/d')}"
    run(store, "mappings", "remove", moved, "--reason", "no", "--publish", "removed")

    suggested, _ = run(store, "replacements", "suggest", "--scheme", "esco", "--json")
    (row,) = json.loads(suggested)
    assert row["concept"] == "esco:skill/b"
    assert "1 deprecated concepts that nothing follows" in run(store, "replacements", "suggest", "--scheme", "esco")[0]
    run(store, "replacements", "apply", "esco:skill/b", "--reason", "x", status=2)
    run(store, "replacements", "apply", "esco:skill/b=esco:skill/d", "--reason", "the same", "--publish", "decided")
    shown, _ = run(store, "search", "计数", "--scheme", "esco", "--lang", "zh")
    assert "esco:skill/c" in shown
    again, _ = run(store, "import", "esco", *paths)
    assert again.startswith("esco: no change")


def test_a_diff_of_what_is_new_or_the_same(own_store: str, tmp_path: Path) -> None:
    paths = [str(path) for path in write(tmp_path / "one", tables())]
    page = tmp_path / "diff.md"
    run(own_store, "import", "esco", *paths, "--diff", str(page))
    assert "all of it is new" in page.read_text(encoding="utf-8")
    run(own_store, "import", "esco", *paths, "--diff", str(page))
    assert "Nothing changes" in page.read_text(encoding="utf-8")
