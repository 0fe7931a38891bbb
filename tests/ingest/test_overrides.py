"""What people say of forms: where it holds, how texts are read then, and what cannot be said."""

from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from api_graphs import concept, publish_entities, small_graph
from skillatlas.ingest import (
    DocumentKind,
    Extraction,
    Extractor,
    Extractors,
    ImportFaultsError,
    LinkPolicy,
    OverrideError,
    SourceDocument,
    Wish,
    ingest_documents,
    read_overrides,
    said_at,
    say_overrides,
    take_back,
    write_overrides,
)
from skillatlas.taxonomy import (
    ConceptKind,
    ConceptStatus,
    Graph,
    NotFoundError,
    Override,
    Replacement,
    ReplacementKind,
    Store,
    Verdict,
    load_graph,
)

TEXT = "Requirements:\n- Python and SQL\n- Experience with cobra charming, FooBar and BazQux\n"


@pytest.fixture
def atlas(sqlite_store: Store) -> Store:
    """A store with the small graph."""
    publish_entities(sqlite_store, small_graph(), "first")
    return sqlite_store


def never(form: str, **where: str) -> Wish:
    return Wish(form, Verdict.NEVER, **where)  # type: ignore[arg-type]


def means(form: str, skill: str, **where: str) -> Wish:
    return Wish(form, Verdict.MEANS, skill, **where)  # type: ignore[arg-type]


def laid(store: Store, collection: str | None = None, document: str | None = None) -> Extractor:
    """The extractor of the newest release with what holds at a place."""
    graph = load_graph(store)
    return Extractors().get(graph, "atlas", said_at(graph, store.overrides(), "atlas", collection, document))


def read(store: Store, text: str = TEXT, collection: str | None = None, document: str | None = None) -> Extraction:
    return laid(store, collection, document).extract(text, lang="en")


def skills(found: Extraction) -> list[str]:
    return [one.skill_id for one in found.mentions]


def test_never_here(atlas: Store) -> None:
    assert skills(read(atlas)) == ["atlas:python", "atlas:sql"]
    say_overrides(atlas, [never("python")])
    found = read(atlas)
    assert skills(found) == ["atlas:sql"]
    assert "Python" not in [one.text for one in found.unlinked]
    take_back(atlas, "PYTHON")
    assert skills(read(atlas)) == ["atlas:python", "atlas:sql"]


def test_this_form_is_that_skill_and_the_evidence_says_who_said_so(atlas: Store) -> None:
    say_overrides(atlas, [means("Cobra-charming", "atlas:python", reason="house name")])
    found = read(atlas)
    assert skills(found) == ["atlas:python", "atlas:sql", "atlas:python"]
    mention = found.mentions[-1]
    assert TEXT[mention.start : mention.end] == mention.text == "cobra charming"
    assert mention.evidence["rule"] == "override"
    assert mention.evidence["ruleDetail"] == "scheme atlas"
    assert mention.evidence["override"] == {
        "form": "Cobra-charming",
        "verdict": "MEANS",
        "skill": "atlas:python",
        "scheme": "atlas",
        "collection": None,
        "document": None,
        "release": 1,
        "reason": "house name",
    }
    assert mention.requirement == "REQUIRED"
    precise = laid(atlas).extract(TEXT, lang="en", policy=LinkPolicy.PRECISE)
    assert mention.skill_id in skills(precise)
    assert all("override" not in one.evidence for one in found.mentions[:-1])


def test_a_form_of_another_skill_gives_way(atlas: Store) -> None:
    say_overrides(atlas, [means("SQL", "atlas:pandas")])
    assert skills(read(atlas)) == ["atlas:python", "atlas:pandas"]


def test_a_rejected_phrase_is_no_candidate_but_stays_what_it_is(atlas: Store) -> None:
    assert "FooBar" in [one.text for one in read(atlas).unlinked]
    say_overrides(atlas, [Wish("foobar", Verdict.REJECTED), Wish("SQL", Verdict.REJECTED)])
    found = read(atlas)
    assert "FooBar" not in [one.text for one in found.unlinked]
    assert skills(found) == ["atlas:python", "atlas:sql"]


def test_the_nearest_word_counts(atlas: Store) -> None:
    say_overrides(
        atlas,
        [
            never("SQL"),
            means("SQL", "atlas:pandas", collection="ads"),
            means("SQL", "atlas:python", collection="ads", document="7"),
            never("Python", collection="other"),
        ],
    )
    assert skills(read(atlas)) == ["atlas:python"]
    assert skills(read(atlas, collection="ads")) == ["atlas:python", "atlas:pandas"]
    assert skills(read(atlas, collection="ads", document="7")) == ["atlas:python", "atlas:python"]
    assert skills(read(atlas, collection="ads", document="8")) == ["atlas:python", "atlas:pandas"]
    assert skills(read(atlas, collection="other", document="7")) == []


def test_the_version_names_what_was_said_here(atlas: Store) -> None:
    plain = laid(atlas).version
    say_overrides(atlas, [never("SQL", collection="ads")])
    assert laid(atlas).version == plain
    here = laid(atlas, "ads").version
    assert here.startswith(f"{plain}.overrides.")
    assert read(atlas, collection="ads").extractor_version == here
    say_overrides(atlas, [means("SQL", "atlas:pandas", collection="ads")], replace=True)
    assert laid(atlas, "ads").version not in (plain, here)
    take_back(atlas, "SQL", collection="ads")
    assert laid(atlas, "ads").version == plain


def test_what_is_said_twice_over_is_laid_once(atlas: Store) -> None:
    say_overrides(atlas, [never("SQL")])
    graph, pool = load_graph(atlas), Extractors()
    said = said_at(graph, atlas.overrides(), "atlas")
    assert pool.get(graph, "atlas", said) is pool.get(graph, "atlas", said)
    assert pool.get(graph, "atlas", said).overridden(()) is pool.get(graph, "atlas")


def follow(store: Store, *after: str) -> None:
    """Deprecate a skill in favour of others."""
    kind = {0: ReplacementKind.RETIRED, 1: ReplacementKind.REPLACED}.get(len(after), ReplacementKind.SPLIT)
    gone = concept(
        "atlas:house",
        ConceptKind.SKILL,
        "House skill",
        status=ConceptStatus.DEPRECATED,
        replacement=Replacement(kind, after, "no more"),
    )
    publish_entities(store, [gone], "next")


def test_a_deprecated_skill_is_followed(atlas: Store) -> None:
    publish_entities(atlas, [concept("atlas:house", ConceptKind.SKILL, "House skill")], "with it")
    say_overrides(atlas, [means("cobra charming", "atlas:house")])
    assert skills(read(atlas))[-1] == "atlas:house"
    follow(atlas, "atlas:python")
    assert skills(read(atlas))[-1] == "atlas:python"
    say_overrides(atlas, [means("FooBar", "atlas:house")])
    assert skills(read(atlas))[-2:] == ["atlas:python", "atlas:python"]


@pytest.mark.parametrize("after", [(), ("atlas:python", "atlas:sql")])
def test_where_nothing_can_be_followed_the_form_means_nothing_new(atlas: Store, after: tuple[str, ...]) -> None:
    publish_entities(atlas, [concept("atlas:house", ConceptKind.SKILL, "House skill")], "with it")
    say_overrides(atlas, [means("cobra charming", "atlas:house")])
    follow(atlas, *after)
    assert skills(read(atlas)) == ["atlas:python", "atlas:sql"]
    with pytest.raises(OverrideError, match="deprecated; " + ("choose among atlas:python" if after else "nothing")):
        say_overrides(atlas, [means("FooBar", "atlas:house")])


def test_a_release_without_the_skill_is_read_as_it_was(atlas: Store) -> None:
    publish_entities(atlas, [concept("atlas:new", ConceptKind.SKILL, "New thing")], "second")
    say_overrides(atlas, [means("cobra charming", "atlas:new")])
    assert "atlas:new" in skills(read(atlas))
    older = load_graph(atlas, 1)
    extractor = Extractors().get(older, "atlas", said_at(older, atlas.overrides(), "atlas"))
    assert skills(extractor.extract(TEXT, lang="en")) == ["atlas:python", "atlas:sql"]


@pytest.mark.parametrize(
    ("wish", "word"),
    [
        (never(""), "empty"),
        (never(" - \u2028"), "empty"),
        (never("x" * 121), "at most 120"),
        (means("x", ""), "no skill ''"),
        (means("x", "atlas:nothing"), "no skill 'atlas:nothing'"),
        (means("x", "onet:tech.Python"), "of the scheme 'onet'"),
        (never("x", scheme="nowhere"), "no scheme 'nowhere'"),
        (never("x", document="7"), "name that too"),
        (Wish("x", Verdict.NEVER, "atlas:sql"), "only MEANS"),
    ],
)
def test_what_cannot_be_said(atlas: Store, wish: Wish, word: str) -> None:
    with pytest.raises(OverrideError, match=word):
        say_overrides(atlas, [wish])
    assert atlas.overrides() == []


def test_a_contradiction_is_named_and_may_be_meant(atlas: Store) -> None:
    say_overrides(atlas, [never("SQL")])
    assert say_overrides(atlas, [never("sql")]).unchanged == tuple(atlas.overrides())
    with pytest.raises(OverrideError, match=r"scheme atlas.*'SQL' never.*--replace"):
        say_overrides(atlas, [means("sql", "atlas:sql")])
    with pytest.raises(OverrideError, match="said already"):
        say_overrides(atlas, [never("Kotlin"), means("kotlin", "atlas:sql")], replace=True)
    say_overrides(atlas, [means("sql", "atlas:sql")], replace=True)
    assert [(one.form, one.verdict) for one in atlas.overrides()] == [("sql", Verdict.MEANS)]
    with pytest.raises(NotFoundError, match="scheme atlas"):
        take_back(atlas, "Kotlin")


def test_a_file_carries_them_to_another_store(atlas: Store, tmp_path: Path) -> None:
    wishes = [never("SQL", reason="why"), means("语言\u2028x", "atlas:python", collection="ads", document="7")]
    say_overrides(atlas, wishes)
    before = atlas.overrides()
    path = tmp_path / "overrides.jsonl"
    path.write_bytes(b"".join(write_overrides(before)))
    assert len(say_overrides(atlas, read_overrides(path)).unchanged) == 2
    for one in before:
        take_back(atlas, one.form, collection=one.collection, document=one.document)
    assert say_overrides(atlas, read_overrides(path)).written != ()
    assert atlas.overrides() == before


def test_every_line_that_cannot_hold_is_named_and_nothing_is_written(atlas: Store, tmp_path: Path) -> None:
    path = tmp_path / "overrides.jsonl"
    lines = ('{"form":"a","verdict":"NEVER"}', "", "[]", '{"form":1,"verdict":"NEVER"}', '{"x":1}', '{"form":"b"}', "{")
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(ImportFaultsError) as error:
        read_overrides(path)
    assert [one.line for one in error.value.findings] == [3, 4, 5, 6, 7]
    rows = [
        {"form": "a", "verdict": "NEVER"},
        {"verdict": "NEVER"},
        {"form": "A", "verdict": "MEANS", "skill": "atlas:sql"},
        {"form": "b", "verdict": "MEANS", "skill": "atlas:none"},
    ]
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    with pytest.raises(ImportFaultsError) as error:
        say_overrides(atlas, read_overrides(path))
    assert [one.line for one in error.value.findings] == [2, 3, 4]
    assert atlas.overrides() == []


def test_ingest_heeds_them_and_reads_anew_only_what_they_touch(atlas: Store) -> None:
    graph = load_graph(atlas)

    def ingest(store: Store, current: Graph) -> int:
        documents = [SourceDocument(name, TEXT, DocumentKind.JOB, lang="en", file="x", line=1) for name in ("1", "2")]
        plain = Extractors().get(current, "atlas")
        return ingest_documents(store, current, plain, documents, collection="ads").stored

    def counted() -> dict[str, int]:
        return {one.skill: one.documents for one in atlas.observed(scheme="atlas").skills}

    assert ingest(atlas, graph) == 2
    assert counted() == {"atlas:python": 2, "atlas:sql": 2}
    say_overrides(atlas, [never("SQL", collection="ads", document="2"), never("Python", collection="other")])
    assert ingest(atlas, graph) == 1
    assert ingest(atlas, graph) == 0
    assert counted() == {"atlas:python": 2, "atlas:sql": 1}
    say_overrides(atlas, [never("Python", collection="ads")])
    assert ingest(atlas, graph) == 2
    assert counted() == {"atlas:sql": 1}
    publish_entities(atlas, [concept("atlas:more", ConceptKind.SKILL, "More")], "second")
    assert ingest(atlas, load_graph(atlas)) == 2
    assert counted() == {"atlas:sql": 1}


def test_other_schemes_and_other_forms_are_left_alone(atlas: Store) -> None:
    say_overrides(atlas, [never("Python", scheme="onet"), never("pythons")])
    assert skills(read(atlas)) == ["atlas:python", "atlas:sql"]
    one = atlas.overrides(scheme="onet")[0]
    assert one == Override("onet", None, None, "python", "Python", Verdict.NEVER, None, 1)
    assert said_at(load_graph(atlas), [replace(one, scheme="onet")], "atlas") == ()
