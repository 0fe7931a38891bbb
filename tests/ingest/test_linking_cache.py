"""Indexes on disk: the same as made, whatever lies there and whoever asks at the same time."""

import os
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from extraction_forms import FORMS
from skillatlas.ingest.extraction import Extractor, Form
from skillatlas.ingest.extraction.linking import load_rules
from skillatlas.ingest.extraction.linking.cache import cached, index_key
from skillatlas.ingest.extraction.linking.index import LinkIndex, build_index

MEANINGS = {"atlas:bookkeeping": "recording what a firm earns and spends", "atlas:none": "of no skill"}
TEXT = "keeps the books of small firms, 做过数据的分析"


def build() -> LinkIndex:
    return build_index(FORMS, MEANINGS, load_rules())


def refuse() -> LinkIndex:
    raise AssertionError("made again")


def same(one: LinkIndex, other: LinkIndex) -> bool:
    tables = ((getattr(one, name), getattr(other, name)) for name in ("by_form", "by_meaning", "by_label"))
    return (
        (one.skills, one.forms, dict(one.words), dict(one.grams))
        == (other.skills, other.forms, dict(other.words), dict(other.grams))
        and all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("owners", "pairs", "named"))
        and all(
            np.array_equal(a.idf, b.idf) and np.array_equal(a.norms, b.norms) and (a.table != b.table).nnz == 0
            for a, b in tables
        )
    )


def test_what_is_read_is_what_was_made(tmp_path: Path) -> None:
    made = cached(tmp_path, "k", build)
    assert same(cached(tmp_path, "k", refuse), made)
    assert same(cached(None, "k", build), made)


def test_the_order_of_forms_does_not_matter() -> None:
    shuffled = list(FORMS)
    random.Random(3).shuffle(shuffled)
    assert same(build_index(shuffled, MEANINGS, load_rules()), build())
    assert index_key(shuffled, MEANINGS, "") == index_key(FORMS, MEANINGS, "")


def test_the_key_is_of_the_content() -> None:
    key = index_key(FORMS, MEANINGS, "a")
    assert key != index_key(FORMS[1:], MEANINGS, "a")
    assert key != index_key(FORMS, {}, "a")
    assert key != index_key(FORMS, MEANINGS, "b")
    assert index_key([Form("\ud800", "en", "x:a", "HIDDEN")], {}, "a")


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "other"])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: str) -> None:
    cached(tmp_path, "k", build)
    (path,) = tmp_path.glob("*.npz")
    content = path.read_bytes()
    half = len(content) // 2
    flipped = content[:half] + bytes([content[half] ^ 255]) + content[half + 1 :]
    path.write_bytes({"empty": b"", "cut": content[:half], "flipped": flipped, "other": b"x" * 500}[damage])
    assert same(cached(tmp_path, "k", build), build())
    assert same(cached(tmp_path, "k", refuse), build())


def test_many_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: cached(tmp_path, "k", build), range(16)))
    assert all(same(one, found[0]) for one in found)
    assert [file.name for file in tmp_path.iterdir()] == ["linking-k.npz"]


def test_old_files_go(tmp_path: Path) -> None:
    for number in range(12):
        cached(tmp_path, str(number), build)
        os.utime(tmp_path / f"linking-{number}.npz", (number, number))
    assert {file.name for file in tmp_path.iterdir()} >= {"linking-11.npz"}
    assert len(list(tmp_path.iterdir())) <= 9


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    assert same(cached(tmp_path / "file", "k", build), build())


def test_answers_do_not_depend_on_the_cache(tmp_path: Path) -> None:
    plain, first, second = (
        Extractor.build(scheme="atlas", forms=FORMS, definitions=MEANINGS, cache=cache)
        for cache in (None, tmp_path, tmp_path)
    )
    answers = [(one.extract(TEXT).mentions, one.rank(TEXT), one.version) for one in (plain, first, second)]
    assert answers[0] == answers[1] == answers[2]
