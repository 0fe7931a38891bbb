"""Sort keys: the order of the index is the order of dumps, whatever the length of the ids."""

from hypothesis import given
from hypothesis import strategies as st

from skillatlas.taxonomy import EntityType
from skillatlas.taxonomy.store.neo4j.rows import batches, in_order, sort_key, type_range

letters = st.characters(exclude_categories=["Cs"])
ids = st.text(letters, min_size=1, max_size=8)
# Around the limit of 4,000 bytes, with characters of 1 to 4 bytes across it.
long_ids = st.builds(
    lambda lead, tail: "x" * (3990 + lead) + tail, st.integers(0, 10), st.text(st.sampled_from("aé你😀"), max_size=6)
)


@given(st.sets(ids | long_ids, min_size=2, max_size=30))
def test_reading_by_sort_keys_gives_the_order_of_ids(names: set[str]) -> None:
    as_the_index_has_them = sorted(names, key=lambda name: sort_key(EntityType.EDGE, name).encode())
    assert list(in_order(as_the_index_has_them, str)) == sorted(names)


@given(st.sets(ids | long_ids, min_size=2, max_size=30))
def test_sort_keys_are_unique_and_fit_the_index(names: set[str]) -> None:
    keys = {sort_key(EntityType.EDGE, name) for name in names}
    assert len(keys) == len(names)
    assert all(len(key.encode()) < 4100 for key in keys)


@given(st.sampled_from(EntityType), ids | long_ids)
def test_a_sort_key_lies_in_the_range_of_its_type(entity_type: EntityType, name: str) -> None:
    start, end = type_range(entity_type)
    assert start < sort_key(entity_type, name) < end


@given(st.lists(st.integers(0, 10)), st.integers(1, 5), st.integers(1, 20))
def test_batches_hold_everything_within_their_limits(items: list[int], size: int, limit: int) -> None:
    found = list(batches(items, size, limit, lambda item: item))
    assert [item for batch in found for item in batch] == items
    assert all(0 < len(batch) <= size and (len(batch) == 1 or sum(batch) <= limit) for batch in found)
