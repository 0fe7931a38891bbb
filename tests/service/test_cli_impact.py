"""`skillatlas impact` and `courses affected`: what a platform's script sees, and its exit status."""

import json
from pathlib import Path

import pytest

from api_graphs import concept, publish_entities, small_graph
from service_process import run_skillatlas
from skillatlas.taxonomy import ConceptKind, ConceptStatus, Replacement, ReplacementKind, open_store


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of two releases; the second renames SQL and retires C++."""
    url = f"sqlite:///{tmp_path_factory.mktemp('impact') / 'store.db'}"
    store = open_store(url)
    publish_entities(store, small_graph(), "first")
    gone = Replacement(ReplacementKind.RETIRED, (), "no one asks")
    publish_entities(
        store,
        [
            concept("atlas:cpp", ConceptKind.SKILL, "C++", status=ConceptStatus.DEPRECATED, replacement=gone),
            concept("atlas:sql", ConceptKind.SKILL, "SQL and more", "结构化查询语言"),
        ],
        "second",
    )
    store.close()
    return url


def test_saved_answers_lists_and_catalogues_from_the_command_line(url: str, tmp_path: Path) -> None:
    store = ("--store", url)
    asked = ("--has", "atlas:sql=3", "--role", "atlas:role.data-analyst", "--release", "1", "--json", *store)
    for command in ("gap", "path"):
        (tmp_path / f"{command}.json").write_text(run_skillatlas(command, *asked).stdout)
    (tmp_path / "ids.txt").write_text("atlas:cpp\natlas:python\n")
    (tmp_path / "own.csv").write_text("id,title,hours,teaches\n1,T,2,atlas:sql=2\n")
    files = [str(tmp_path / name) for name in ("gap.json", "path.json", "ids.txt", "own.csv")]
    done = run_skillatlas("impact", *files, "--since", "1", "--json", *store)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["toRelease"], found["records"]) == (2, 5)
    rows = {(Path(row["file"]).name, row["record"], row["outcome"]) for row in found["affected"]}
    assert rows == {
        ("gap.json", "", "NAMES"),
        ("ids.txt", "line 1", "CHOOSE"),
        ("own.csv", "line 2", "AUTOMATIC"),
    }
    (sql,) = next(row["ids"] for row in found["affected"] if row["kind"] == "COURSE")
    assert (sql["id"], sql["status"], sql["at"]) == ("atlas:sql", "RELABELLED", ["teaches"])
    for options, status in ((["--since", "1"], 4), (["--since", "2"], 4), (["--since", "1", "--to", "1"], 0)):
        # cpp stays to be decided on however late it was stored.
        done = run_skillatlas("impact", files[2], *options, "--exit-code", *store)
        assert done.returncode == status, (options, done.stdout)
    (tmp_path / "ids.txt").write_text("atlas:python\nnot an id\n")
    done = run_skillatlas("impact", files[2], "--since", "1", *store)
    assert done.returncode == 1
    assert "ids.txt line 2 (ids, release 1): faulty\n  not an id: UNKNOWN_ID" in done.stdout
    nameless = run_skillatlas("impact", files[2], *store)
    assert (nameless.returncode, nameless.stdout) == (2, "")
    assert "--since" in nameless.stderr
    (tmp_path / "gap.json").write_text("{")
    assert "gap.json: is no JSON" in run_skillatlas("impact", files[0], "--since", "1", *store).stderr


def test_courses_that_a_release_affects(url: str) -> None:
    done = run_skillatlas("courses", "affected", "--since", "1", "--store", url)
    assert done.returncode == 0, done.stderr
    assert "demo:sql-1" in done.stdout
    assert "RELABELLED" in done.stdout
    found = json.loads(run_skillatlas("courses", "affected", "--since", "1", "--json", "--store", url).stdout)
    assert found["catalogues"] == [{"catalogue": "demo", "courses": 4, "affected": 1, "automatic": 1}]
    assert [course["course"]["id"] for course in found["courses"]] == ["demo:sql-1"]
    none = run_skillatlas("courses", "affected", "--since", "1", "--choices", "--json", "--store", url)
    assert json.loads(none.stdout)["courses"] == []
    late = run_skillatlas("courses", "affected", "--since", "3", "--store", url)
    assert late.returncode == 1
    assert "no release 3" in late.stderr
