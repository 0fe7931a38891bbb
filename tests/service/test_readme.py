"""The README's tour and the stories of the docs on ESCO, line by line: what they show is what a newcomer gets."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from service_process import Served
from store_fixtures import copied

ROOT = Path(__file__).resolve().parents[2]


def tour() -> ModuleType:
    spec = importlib.util.spec_from_file_location("readme_outputs", ROOT / "scripts" / "readme_outputs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_tour_gives_what_the_readme_shows(
    shared_server: Served, ready_store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SKILLATLAS_STORE", ready_store)
    (ROOT / "var").mkdir(exist_ok=True)  # the folder of the tour's store, where its report is written too
    module = tour()
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = 0

    def run(line: str) -> str:
        nonlocal commands
        commands += 1
        return str(module.run_line(line, shared_server.url))

    assert module.rewrite(text, run) == text
    assert commands >= 14


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_stories_on_esco_give_what_the_docs_show(
    esco_store: str, tmp_path: Path, start: Callable[..., Served], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = copied(esco_store, tmp_path)
    served = start(store)
    monkeypatch.setenv("SKILLATLAS_STORE", store)
    (ROOT / "var").mkdir(exist_ok=True)
    module = tour()
    for page in ("advisers.md", "providers.md"):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        assert "\n## The same on ESCO\n" in text
        assert module.rewrite(text, lambda line: module.run_line(line, served.url)) == text, page


def test_the_pages_that_the_readme_names_exist() -> None:
    import re

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert target.startswith("http") or (ROOT / target).exists(), target
