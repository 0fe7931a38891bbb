"""`skillatlas override` and `skillatlas candidates`, as a curator uses them."""

import json
from pathlib import Path

import pytest

from service_process import run_skillatlas

TEXT = "Requirements:\n- Experience with Foo lakes, BazQux and Python\n"


def extracted(store: str, path: Path, *options: str) -> dict[str, list[str]]:
    done = run_skillatlas("extract", str(path), "--lang", "en", "--store", store, *options)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return {
        "skills": [row["skill"]["id"] for row in found["mentions"]],
        "unlinked": [row["text"] for row in found["unlinked"]],
    }


def listed(store: str) -> list[dict[str, object]]:
    done = run_skillatlas("override", "list", "--json", "--store", store)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert isinstance(rows, list)
    return rows


def test_overrides_from_command_to_extraction_and_back(own_store: str, tmp_path: Path) -> None:
    path = tmp_path / "advert.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert extracted(own_store, path)["skills"] == ["atlas:python"]
    for arguments in (
        ("means", "Foo lakes", "atlas:sql", "--reason", "house word"),
        ("never", "Python", "--collection", "ads"),
    ):
        done = run_skillatlas("override", *arguments, "--store", own_store)
        assert done.returncode == 0, done.stderr
        assert "from now on" in done.stderr
    assert extracted(own_store, path)["skills"] == ["atlas:sql", "atlas:python"]
    assert extracted(own_store, path, "--collection", "ads")["skills"] == ["atlas:sql"]
    rows = listed(own_store)
    assert [(row["form"], row["verdict"], row["currentSkill"], row["reason"]) for row in rows] == [
        ("Foo lakes", "MEANS", "atlas:sql", "house word"),
        ("Python", "NEVER", None, None),
    ]
    table = run_skillatlas("override", "list", "--store", own_store).stdout
    assert "collection ads" in table
    out = tmp_path / "overrides.jsonl"
    assert run_skillatlas("override", "export", "--out", str(out), "--store", own_store).returncode == 0
    assert run_skillatlas("override", "export", "--store", own_store).stdout == out.read_text("utf-8")
    gone = run_skillatlas("override", "remove", "python", "--collection", "ads", "--store", own_store)
    assert gone.returncode == 0, gone.stderr
    assert extracted(own_store, path, "--collection", "ads")["skills"] == ["atlas:sql", "atlas:python"]
    done = run_skillatlas("override", "import", str(out), "--store", own_store)
    assert "1 overrides written, 1 unchanged" in done.stderr
    assert listed(own_store) == rows


@pytest.mark.parametrize(
    ("arguments", "status", "word"),
    [
        (["override", "never", "--"], 2, ""),
        (["override", "never", "…"], 1, "empty"),
        (["override", "means", "x", "atlas:none"], 1, "no skill"),
        (["override", "remove", "x"], 1, "nothing was said"),
        (["override", "import", "no-such-file.jsonl"], 1, "no-such-file"),
        (["candidates", "--scheme", "nowhere"], 1, "nowhere"),
        (["candidates", "--kind", "novel"], 2, "novel"),
        (["candidates", "--file", "x.txt", "--collection", "ads"], 2, "--collection"),
    ],
)
def test_what_cannot_be_is_said(ready_store: str, arguments: list[str], status: int, word: str) -> None:
    done = run_skillatlas(*arguments, "--store", ready_store)
    assert done.returncode == status
    assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_candidates_are_listed_and_decided_on(own_store: str, tmp_path: Path) -> None:
    lines = [{"id": str(number), "text": TEXT, "lang": "en"} for number in range(3)]
    lines.append({"id": "cv", "text": "Skills:\n- Experience with PrivateThing\n", "kind": "cv", "lang": "en"})
    path = tmp_path / "adverts.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")

    def candidates(*options: str) -> dict[str, dict[str, object]]:
        done = run_skillatlas("candidates", "--json", "--store", own_store, *options)
        assert done.returncode == 0, done.stderr
        return {row["phrase"]: row for row in json.loads(done.stdout)}

    of_files = candidates("--file", str(path))
    assert run_skillatlas("ingest", str(path), "--collection", "ads", "--store", own_store).returncode == 0
    stored = candidates("--collection", "ads")
    assert set(stored) == set(of_files) == {"BazQux", "Foo lakes"}
    assert stored["BazQux"]["documents"] == of_files["BazQux"]["documents"] == 3
    examples = stored["BazQux"]["examples"]
    assert isinstance(examples, list)
    assert [row["document"] for row in examples] == ["0", "1", "2"]
    assert "Foo lakes, BazQux and Python" in examples[0]["context"]
    assert set(candidates("--collection", "ads", "--kind", "cv")) == {"PrivateThing"}
    assert set(candidates("--collection", "ads", "--lang", "zh")) == set()
    assert "BazQux" in run_skillatlas("candidates", "--collection", "ads", "--store", own_store).stdout
    accepted = run_skillatlas("candidates", "accept", "foo-lakes", "atlas:sql", "--store", own_store)
    assert accepted.returncode == 0, accepted.stderr
    rejected = run_skillatlas("candidates", "reject", "BazQux", "--collection", "ads", "--store", own_store)
    assert rejected.returncode == 0, rejected.stderr
    assert candidates("--collection", "ads") == {}
    again = run_skillatlas("candidates", "reject", "foo lakes", "--store", own_store)
    assert again.returncode == 1
    assert "means atlas:sql" in again.stderr
