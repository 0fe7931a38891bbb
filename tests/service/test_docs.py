"""Documentation is part of the change: every command, setting and root field is described, examples run."""

import re
from pathlib import Path
from typing import Any

from graphql import build_schema

from service_process import Served, run_skillatlas
from skillatlas.service import Settings

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def all_docs() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))])


def test_every_setting_is_described_with_its_default() -> None:
    text = (DOCS / "operations.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        assert f"| `{name}` |" in text, name
        assert f"| {field.description} |" in text, name


def test_every_command_is_described() -> None:
    text = all_docs()
    listed = re.findall(r"^│ (\w+) ", run_skillatlas("--help").stdout, re.MULTILINE)
    assert {"init", "serve", "gap", "path"} <= set(listed)
    for command in listed:
        assert f"skillatlas {command}" in text or command == "help", command


def test_every_root_field_is_described() -> None:
    query = build_schema((ROOT / "schema.graphql").read_text(encoding="utf-8")).query_type
    assert query is not None
    text = (DOCS / "api.md").read_text(encoding="utf-8")
    for name in query.fields:
        assert f"`{name}`" in text, name


def test_links_between_pages_lead_somewhere() -> None:
    for page in sorted(DOCS.rglob("*.md")):
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert target.startswith("http") or (page.parent / target).exists(), f"{page}: {target}"


def test_the_mirror_of_the_platforms_page_works(shared_server: Served) -> None:
    text = (DOCS / "platforms.md").read_text(encoding="utf-8")
    code = text.split("```python\n", 1)[1].split("```", 1)[0]
    scope: dict[str, Any] = {}
    exec(code, scope)
    mirror: dict[tuple[str, str], Any] = {}
    assert scope["pull"](shared_server.url, mirror, 0) == 2
    assert scope["pull"](shared_server.url, mirror, 2) == 2
    assert ("CONCEPT", "atlas:python") in mirror


def test_the_query_of_the_providers_page_works(shared_server: Served) -> None:
    import json

    text = (DOCS / "providers.md").read_text(encoding="utf-8")
    query = text.split("```graphql\n", 1)[1].split("```", 1)[0]
    variables = json.loads(text.split("```json\n", 1)[1].split("```", 1)[0])
    answer = shared_server.graphql(query, variables)
    assert "errors" not in answer
    assert answer["data"]["learningPaths"]["plans"][0]["steps"]


def test_the_further_queries_of_the_providers_page_find_what_it_says(shared_server: Served) -> None:
    text = (DOCS / "providers.md").read_text(encoding="utf-8")
    answers: dict[str, Any] = {}
    for block in text.split("```graphql\n")[2:]:
        answer = shared_server.graphql(block.split("```", 1)[0])
        assert "errors" not in answer, answer["errors"]
        answers |= answer["data"]
    found = answers["curriculumCoverage"]
    labels = {part: {skill["label"] for skill in found[part]} for part in ("covered", "uncovered", "untargeted")}
    assert labels["covered"] >= {"SQL", "statistics", "pandas"}
    assert labels["uncovered"] >= {"Microsoft Excel", "Power BI"}
    assert "NumPy" in labels["untargeted"]
    rows = {edge["node"]["skill"]["id"]: edge["node"] for edge in answers["catalogueGaps"]["edges"]}
    assert (rows["atlas:snowflake"]["neededByRoles"], rows["atlas:snowflake"]["taughtByCourses"]) == (2, 0)


def test_the_examples_of_the_start_page_work(shared_server: Served) -> None:
    about = shared_server.get("/about.json").json()
    assert len(about["examples"]["queries"]) >= 8
    for example in about["examples"]["queries"]:
        answer = shared_server.graphql(example["query"], example["variables"])
        assert "errors" not in answer, (example["title"], answer["errors"])
    sample = about["examples"]["sample"]
    assert sample["advert"]
    assert sample["cv"]
