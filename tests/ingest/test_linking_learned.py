"""The learned artefact: what it says of itself, and that it is made again to the same bytes."""

import subprocess
import sys
from importlib import resources
from pathlib import Path

import orjson
import pytest

from skillatlas.ingest.extraction.linking.learned import load_learned

FILE = resources.files("skillatlas.ingest.extraction.linking") / "learned.json"
ROOT = Path(__file__).resolve().parents[2]


def test_it_says_from_what_it_was_made() -> None:
    content = orjson.loads(FILE.read_bytes())
    about = content["about"]
    assert about["madeBy"] == "python -m benchmarks.learn_linking"
    assert all(one["data"] and one["licence"] and one["gives"] for one in about["from"])
    assert {"MIT, © 2024 Antoine Magron"} < {one["licence"] for one in about["from"]}
    assert len(FILE.read_bytes()) < 10_000_000


def test_it_holds_words_and_no_sentences() -> None:
    content = orjson.loads(FILE.read_bytes())
    assert all(" " not in word for word in content["words"])
    assert all(name.startswith("skill/") for name in content["skills"])
    learned = load_learned()
    assert learned.table.shape == (514, len(learned.words))


def test_sentences_that_ask_weigh_more() -> None:
    learned = load_learned()
    weight = {word: float(learned.asks[number]) for word, number in learned.words.items()}
    assert weight["knowledg"] > weight["salary"]


@pytest.mark.slow
def test_it_is_made_again_to_the_same_bytes(shared_data: Path, tmp_path: Path) -> None:
    out = tmp_path / "learned.json"
    subprocess.run(
        [sys.executable, "-m", "benchmarks.learn_linking", str(out)], cwd=ROOT, check=True, capture_output=True
    )
    assert out.read_bytes() == FILE.read_bytes()
