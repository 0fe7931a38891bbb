"""Finding concepts by text and by prefix."""

import gc
import random
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from skillatlas.taxonomy import (
    Broader,
    Concept,
    ConceptKind,
    ConceptStatus,
    Graph,
    Label,
    LabelType,
    Release,
    Scheme,
    SchemeState,
    SearchIndex,
    SearchIndexes,
)
from skillatlas.taxonomy.search_words import normalise, words

PREFERRED, ALTERNATIVE, HIDDEN = LabelType.PREFERRED, LabelType.ALTERNATIVE, LabelType.HIDDEN


def make(*concepts: Concept, broader: tuple[Broader, ...] = ()) -> Graph:
    keys = sorted({concept.scheme for concept in concepts})
    return Graph(
        Release(1, "2026-01-01T00:00:00Z", None, "x", len(concepts), len(broader), 0, 0),
        [SchemeState(key, "x", 0, 1) for key in keys],
        [Scheme(key, f"https://example.org/{key}/", key) for key in keys],
        concepts,
        broader,
        [],
    )


def concept(
    concept_id: str,
    *labels: tuple[LabelType, str, str],
    kind: ConceptKind = ConceptKind.SKILL,
    status: ConceptStatus = ConceptStatus.ACTIVE,
) -> Concept:
    scheme = concept_id.partition(":")[0]
    return Concept(
        concept_id,
        f"https://example.org/{concept_id}",
        scheme,
        kind,
        tuple(sorted(Label(*label) for label in labels)),
        status=status,
    )


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return SearchIndex(
        make(
            concept("a:python", (PREFERRED, "en", "Python"), (ALTERNATIVE, "en", "Python 3"), (HIDDEN, "en", "pyhton")),
            concept("a:pypi", (PREFERRED, "en", "package index"), (ALTERNATIVE, "en", "Python")),
            concept("a:cpp", (PREFERRED, "en", "C++")),
            concept("a:c", (PREFERRED, "en", "C")),
            concept("a:net", (PREFERRED, "en", ".NET"), (ALTERNATIVE, "en", "dot net")),
            concept("a:analysis", (PREFERRED, "en", "data analysis"), (PREFERRED, "zh", "数据分析")),
            concept("a:analyst", (PREFERRED, "en", "data analyst"), kind=ConceptKind.ROLE),
            concept("a:warehouse", (PREFERRED, "en", "analysis of warehouse data"), (PREFERRED, "de", "Lagerdaten")),
            concept("a:old", (PREFERRED, "en", "Python 2"), status=ConceptStatus.DEPRECATED),
            concept("b:python", (PREFERRED, "en", "Python")),
            concept("a:group", (PREFERRED, "en", "languages"), kind=ConceptKind.SKILL_GROUP),
            broader=(Broader(from_id="a:python", to_id="a:group"),),
        )
    )


def ids(index: SearchIndex, text: str, **options: object) -> list[str]:
    return [hit.concept.id for hit in index.search(text, first=100, **options).hits]  # type: ignore[arg-type]


def test_classes_of_match_rank_one_below_the_other(index: SearchIndex) -> None:
    found = index.search("python", scheme="a")
    assert [(hit.concept.id, hit.label.value, hit.score) for hit in found.hits] == [
        ("a:python", "Python", 1.0),
        ("a:pypi", "Python", 0.95),
    ]
    scores = {hit.concept.id: hit.score for hit in index.search("data analysis").hits}
    assert scores["a:analysis"] == 1.0
    assert 0.55 <= scores["a:warehouse"] <= 0.7  # all words, in another order
    assert 0.05 <= scores["a:analyst"] <= 0.45  # one of two
    assert index.search("pyth").hits[0].score == pytest.approx(0.75 + 0.15 * 4 / 6)


def test_hidden_labels_match_lower(index: SearchIndex) -> None:
    hit = index.search("pyhton").hits[0]
    assert (hit.concept.id, hit.label.type, hit.score) == ("a:python", HIDDEN, 0.76)


def test_ties_are_broken_at_the_id(index: SearchIndex) -> None:
    assert ids(index, "python")[:2] == ["a:python", "b:python"]


def test_deprecated_concepts_are_not_found(index: SearchIndex) -> None:
    assert "a:old" not in ids(index, "python 2")
    assert "a:old" not in {hit.concept.id for hit in index.suggest("python")}


def test_filters(index: SearchIndex) -> None:
    assert ids(index, "python", scheme="b") == ["b:python"]
    assert ids(index, "data", kinds=[ConceptKind.ROLE]) == ["a:analyst"]
    assert ids(index, "python", within={"a:python", "a:group"}) == ["a:python"]
    assert ids(index, "data", kinds=[]) == []
    assert ids(index, "data", scheme="none") == []


def test_chinese_by_part_of_a_label(index: SearchIndex) -> None:
    assert ids(index, "数据分析") == ["a:analysis"]
    assert ids(index, "据分") == ["a:analysis"]
    assert ids(index, "分") == ["a:analysis"]
    assert ids(index, "分数") == []
    assert [hit.concept.id for hit in index.suggest("数")] == ["a:analysis"]
    assert [hit.concept.id for hit in index.suggest("分析")] == ["a:analysis"]


def test_symbols_and_width(index: SearchIndex) -> None:
    assert ids(index, "c++")[0] == "a:cpp"
    assert ids(index, "Ｃ＋＋")[0] == "a:cpp"
    assert ids(index, "c")[0] == "a:c"
    assert ids(index, ".net")[0] == "a:net"
    assert ids(index, "  Data\u00a0 ANALYSIS ")[0] == "a:analysis"


def test_language_asked_for_comes_first(index: SearchIndex) -> None:
    german = index.search("lagerdaten", lang="de-AT").hits[0]
    assert (german.label.lang, german.score) == ("de", 1.0)
    assert index.search("lagerdaten", lang="en").hits[0].score == 0.9
    assert index.search("lagerdaten", lang="tlh").hits[0].score == 0.9


def test_suggest_meets_beginnings_of_words(index: SearchIndex) -> None:
    found = [hit.concept.id for hit in index.suggest("ana")]
    assert found == ["a:warehouse", "a:analyst", "a:analysis"]  # its label begins so; then by share of the label
    assert [hit.concept.id for hit in index.suggest("data ana", first=1)] == ["a:analyst"]
    assert index.suggest("python", first=0) == ()


@pytest.mark.parametrize(
    "text", ["", "   ", "\0", "—", "\ud800", "!!!", "x" * 100_000, "word " * 20_000, "数" * 50_000]
)
def test_odd_texts_find_nothing(index: SearchIndex, text: str) -> None:
    assert index.search(text).total == 0
    assert index.suggest(text) == ()


def test_pages_by_key_join_to_the_whole(index: SearchIndex) -> None:
    whole = index.search("data python analysis", first=100)
    assert whole.total == len(whole.hits) > 4
    joined: list[str] = []
    after = None
    while True:
        page = index.search("data python analysis", first=2, after=after)
        assert page.start == len(joined)
        assert page.total == whole.total
        if not page.hits:
            break
        joined += [hit.concept.id for hit in page.hits]
        after = (page.hits[-1].score, page.hits[-1].concept.id)
    assert joined == [hit.concept.id for hit in whole.hits]


_VOCABULARY = ["data", "analysis", "web", "数据", "design", "c++", "de", "of"]
_label = st.lists(st.sampled_from(_VOCABULARY), min_size=1, max_size=4).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(LabelType)), _label), min_size=1, max_size=12), _label)
@example([(PREFERRED, "design")], "de de")
def test_agrees_with_a_plain_search(labels: list[tuple[LabelType, str]], text: str) -> None:
    graph = make(*(concept(f"a:{at}", (kind, "en", value)) for at, (kind, value) in enumerate(labels)))
    found = SearchIndex(graph).search(text, first=100)
    asked = set(words(text))
    met = {f"a:{at}" for at, (_, value) in enumerate(labels) if asked & set(words(value)) or value.startswith(text)}
    # A word of the text may also begin a word of the label, if it is the last.
    last = text.rsplit(maxsplit=1)[-1]
    begun = {
        f"a:{at}"
        for at, (_, value) in enumerate(labels)
        if any(word.startswith(last) for word in value.split())
        and set(words(" ".join(text.split()[:-1]))) <= set(words(value))
    }
    assert {hit.concept.id for hit in found.hits} == met | begun
    assert found.total == len(found.hits)
    assert [(-hit.score, hit.concept.id) for hit in found.hits] == sorted(
        (-hit.score, hit.concept.id) for hit in found.hits
    )
    for hit in found.hits:
        assert 0 < hit.score <= 1
        if normalise(hit.label.value) == text and hit.label.type is PREFERRED:
            assert hit.score == 1.0


def test_suggest_is_the_ranking_whatever_the_page_size() -> None:
    chance = random.Random(7)
    graph = make(
        *(
            concept(
                f"a:{at}",
                (
                    chance.choice(list(LabelType)),
                    chance.choice(["en", "zh"]),
                    " ".join(chance.choices(_VOCABULARY, k=3)),
                ),
            )
            for at in range(300)
        )
    )
    index = SearchIndex(graph)
    for prefix in ("d", "de", "data", "data d", "数", "c"):
        whole = index.suggest(prefix, lang="en", first=1000)
        for first in (1, 5, 40):
            assert index.suggest(prefix, lang="en", first=first) == whole[:first]


def test_an_index_is_made_once_and_forgotten_with_its_graph() -> None:
    indexes = SearchIndexes()
    graphs = [make(concept("a:one", (PREFERRED, "en", "one")))]
    with ThreadPoolExecutor(8) as pool:
        made = {id(index) for index in pool.map(indexes.get, graphs * 16)}
    assert len(made) == 1
    held = weakref.ref(indexes.get(graphs[0]))
    graphs.clear()
    gc.collect()
    assert held() is None


def test_an_empty_graph_finds_nothing() -> None:
    assert SearchIndex(make()).search("x").total == 0
    assert SearchIndex(make()).suggest("x") == ()


# -- longer texts ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tasks() -> SearchIndex:
    def role(name: str, label: str, *texts: str, lang: str = "en") -> Concept:
        made = concept(name, (PREFERRED, lang, label), kind=ConceptKind.ROLE)
        return replace(made, data={"tasks": [{"id": str(at), "text": text} for at, text in enumerate(texts)]})

    return SearchIndex(
        make(
            role("a:baker", "Bakers", "Knead the dough and let it rise.", "Bake bread, knead dough."),
            role("a:potter", "Potters", "Knead the clay, not the dough."),
            role("a:other", "knead dough by machine"),
            role("a:odd", "Odd"),
            concept("a:none", (PREFERRED, "en", "dough"), (HIDDEN, "en", "knead")),
            replace(concept("a:strange", (PREFERRED, "en", "x")), data={"tasks": ["no mapping", {"text": 3}]}),
        )
    )


def test_a_phrase_of_a_task_finds_its_role_below_labels_that_have_all_words(tasks: SearchIndex) -> None:
    found = tasks.search("knead dough")
    assert [(hit.concept.id, hit.label.value, hit.text) for hit in found.hits[:3]] == [
        ("a:other", "knead dough by machine", None),
        ("a:baker", "Bakers", "Bake bread, knead dough."),  # the shorter of the two tasks
        ("a:potter", "Potters", "Knead the clay, not the dough."),
    ]
    assert 0.46 <= found.hits[2].score < found.hits[1].score <= 0.54
    assert found.hits[3].concept.id == "a:none"
    assert found.hits[3].score <= 0.45


def test_tasks_are_met_by_two_words_or_more_all_of_them_and_never_suggested(tasks: SearchIndex) -> None:
    assert {hit.concept.id for hit in tasks.search("dough").hits} == {"a:other", "a:none"}
    assert all(hit.text is None for hit in tasks.search("knead iron dough").hits)
    assert [hit.concept.id for hit in tasks.suggest("knead dough")] == ["a:other"]
    assert [hit.concept.id for hit in tasks.search("knead clay", kinds=[ConceptKind.SKILL]).hits] == ["a:none"]
    page = tasks.search("knead dough", first=1)
    after = (page.hits[0].score, page.hits[0].concept.id)
    assert tasks.search("knead dough", first=1, after=after).hits[0].text == "Bake bread, knead dough."


def test_a_task_in_another_language_than_asked_still_says_which(tasks: SearchIndex) -> None:
    hit = next(hit for hit in tasks.search("knead clay", lang="zh").hits if hit.concept.id == "a:potter")
    assert hit.text == "Knead the clay, not the dough."
