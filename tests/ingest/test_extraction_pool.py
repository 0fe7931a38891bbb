"""One extractor a scheme and content, made once, whatever the number of threads that ask."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from skillatlas.ingest.extraction import Extractors
from skillatlas.taxonomy import (
    ATLAS_NAMESPACE,
    Concept,
    ConceptKind,
    Graph,
    Label,
    LabelType,
    NotFoundError,
    Release,
    Scheme,
    SchemeState,
)


def graph(number: int, content_hash: str) -> Graph:
    label = Label(LabelType.PREFERRED, "en", "Python")
    python = Concept("atlas:python", f"{ATLAS_NAMESPACE}python", "atlas", ConceptKind.SKILL, (label,))
    release = Release(number, "2026-01-01T00:00:00Z", None, f"sha256:{number}", 1, 0, 1, number)
    state = SchemeState("atlas", content_hash, 1, number)
    return Graph(release, [state], [Scheme("atlas", ATLAS_NAMESPACE, "skillatlas")], [python], [], [])


def test_many_threads_share_one_build() -> None:
    pool, snapshot = Extractors(), graph(1, "sha256:a")
    with ThreadPoolExecutor(8) as threads:
        made = set(threads.map(lambda _: id(pool.get(snapshot, "atlas")), range(32)))
    assert len(made) == 1
    assert made == {id(pool.get(snapshot, "atlas"))}


def test_a_release_that_leaves_the_scheme_keeps_the_extractor() -> None:
    pool = Extractors()
    first = pool.get(graph(1, "sha256:a"), "atlas")
    assert pool.get(graph(2, "sha256:a"), "atlas") is first
    assert pool.get(graph(3, "sha256:b"), "atlas") is not first


def test_the_least_recently_used_is_let_go() -> None:
    pool = Extractors(keep=1)
    snapshot = graph(1, "sha256:a")
    first = pool.get(snapshot, "atlas")
    pool.get(graph(2, "sha256:b"), "atlas")
    assert pool.get(snapshot, "atlas") is not first


def test_an_unknown_scheme_is_said() -> None:
    with pytest.raises(NotFoundError, match="esco"):
        Extractors().get(replace_schemes(graph(1, "sha256:a")), "esco")


def replace_schemes(snapshot: Graph) -> Graph:
    release = replace(snapshot.release, number=9)
    return Graph(release, snapshot.scheme_states.values(), snapshot.schemes.values(), (), (), ())
