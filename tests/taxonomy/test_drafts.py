"""The draft: published entities and unpublished edits, merged in the order of dumps."""

from hypothesis import given
from hypothesis import strategies as st

from graphs import concept
from histories import put, removal
from skillatlas.taxonomy import ConceptKind, Course, Edit, EntityType, Record, Scheme, Store, draft_records, publish
from skillatlas.taxonomy.drafts import merge

keys = st.tuples(st.sampled_from(EntityType), st.sampled_from("abcdef"))


@given(st.sets(keys), st.dictionaries(keys, st.none() | st.just(b"{}")))
def test_merge_pairs_what_belongs_together(
    published: set[tuple[EntityType, str]], edited: dict[tuple[EntityType, str], bytes | None]
) -> None:
    rank = list(EntityType).index
    ordered = sorted(published, key=lambda key: (rank(key[0]), key[1]))
    records = [Record(kind, entity_id, "s", b"[]") for kind, entity_id in ordered]
    edits = sorted((Edit(*key, "s", body) for key, body in edited.items()), key=lambda edit: edit.order)
    pairs = list(merge(records, edits))
    orders = [pair[0].order if pair[0] else pair[1].order for pair in pairs if pair[0] or pair[1]]  # type: ignore[union-attr]
    assert orders == sorted({record.order for record in records} | {edit.order for edit in edits})
    assert [record for record, _ in pairs if record] == records
    assert [edit for _, edit in pairs if edit] == edits
    assert all(record.order == edit.order for record, edit in pairs if record and edit)


def test_the_draft_is_what_would_be_published(sqlite_store: Store) -> None:
    course = Course("moocs:1", "moocs", "t", 1.0)
    with sqlite_store.writer() as writer:
        writer.edit([put(concept("atlas:b")), put(course)])
    assert [row.entity_id for row in draft_records(sqlite_store)] == ["atlas:b", "moocs:1"]
    publish(sqlite_store)
    with sqlite_store.writer() as writer:
        writer.edit([put(Scheme("atlas", "n", "t")), put(concept("atlas:b", ConceptKind.AREA)), removal(course)])
        writer.edit([put(concept("atlas:a"))])
    draft = list(draft_records(sqlite_store))
    assert [row.entity_id for row in draft] == ["atlas", "atlas:a", "atlas:b"]
    assert b'"AREA"' in draft[2].body
    assert list(draft_records(sqlite_store, scheme="moocs")) == []
    assert list(draft_records(sqlite_store, scheme="atlas")) == draft
    done = publish(sqlite_store)
    assert done.release is not None
    assert list(sqlite_store.records(done.release.number)) == draft
