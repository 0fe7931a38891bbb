"""`skillatlas import onet` from the command line."""

import json
from pathlib import Path

from onet_package import tables, write
from service_process import run_skillatlas


def test_a_dry_run_counts_and_an_import_tells_the_licence(tmp_path: Path, own_store: str) -> None:
    path = str(write(tmp_path, tables()))
    listed = tmp_path / "warnings.jsonl"
    dry = run_skillatlas("import", "onet", path, "--dry-run", "--json", "--warnings", str(listed), "--store", own_store)
    assert dry.returncode == 0, dry.stderr
    assert "reading O*NET's occupations: 3 done" in dry.stderr
    counts = json.loads(dry.stdout)["counts"]
    done = run_skillatlas("import", "onet", path, "--publish", "O*NET", "--store", own_store)
    assert done.returncode == 0, done.stderr
    assert "licence of onet: CC BY 4.0" in done.stderr
    assert "attribution: This product includes information from the O*NET 29.2 Database" in done.stderr
    assert [json.loads(line)["rule"] for line in listed.read_text().splitlines()] == ["label-is-preferred"]
    assert counts["CONCEPT"]["created"] == 31
    found = run_skillatlas("search", "knead dough", "--scheme", "onet", "--json", "--store", own_store)
    hit = json.loads(found.stdout)["hits"][0]
    assert (hit["concept"]["id"], hit["matchedText"]) == ("onet:51-3011.00", "Knead the dough and let it rise.")
    gap = run_skillatlas("gap", "--role", "onet:51-3011.00", "--has", "onet:2.A.1.a=3", "--json", "--store", own_store)
    assert gap.returncode == 0, gap.stderr


def test_a_fault_names_file_line_and_column(tmp_path: Path, own_store: str) -> None:
    content = tables()
    content["skills"][1][5] = "9"
    path = str(write(tmp_path, content))
    refused = run_skillatlas("import", "onet", path, "--store", own_store)
    assert refused.returncode == 1
    assert (
        "db_29_2_text.zip/Skills.txt:2:6: fault: 51-3011.00: '9' is no rating on the scale IM, 1 to 5" in refused.stderr
    )
