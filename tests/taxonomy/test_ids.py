"""Compact IRIs: keys, locals, expanding and compacting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillatlas.taxonomy import (
    ATLAS_NAMESPACE,
    ESCO_NAMESPACE,
    InvalidIdError,
    TaxonomyError,
    check_key,
    compact,
    decode_local,
    encode_local,
    expand,
    is_iri,
    make_id,
)

texts = st.text(st.characters(exclude_categories=["Cs"]))
NAMESPACES = {"atlas": ATLAS_NAMESPACE, "esco": ESCO_NAMESPACE}


@pytest.mark.parametrize("key", ["ab", "atlas", "a1-b", "a" * 24, "https2", "a-"])
def test_keys_that_may_be(key: str) -> None:
    assert check_key(key) == key


@pytest.mark.parametrize(
    "key", ["", "a", "a" * 25, "Atlas", "1a", "-a", "a_b", "a.b", "a:b", "http", "https", "urn", "ab\n", " ab", "数据"]
)
def test_keys_that_may_not_be(key: str) -> None:
    with pytest.raises(InvalidIdError, match="is no key"):
        check_key(key)


@pytest.mark.parametrize(
    ("local", "encoded"),
    [
        ("python", "python"),
        ("group.data-wrangling", "group.data-wrangling"),
        ("skill/5c5a-1_x~", "skill/5c5a-1_x~"),
        ("C++", "C%2B%2B"),
        ("a b|c,d:e%", "a%20b%7Cc%2Cd%3Ae%25"),
        ("会计", "%E4%BC%9A%E8%AE%A1"),
    ],
)
def test_only_what_the_contract_keeps_is_kept(local: str, encoded: str) -> None:
    assert encode_local(local) == encoded
    assert make_id("onet", local) == f"onet:{encoded}"
    assert decode_local(encoded) == local


@given(texts)
def test_encoding_is_reversible_and_safe(local: str) -> None:
    encoded = encode_local(local)
    assert decode_local(encoded) == local
    assert encoded.isascii()
    # The marks that ids of edges are built with never stand in an encoded local.
    assert not set(encoded) & set("|,: ")


def test_an_id_has_a_local_part() -> None:
    with pytest.raises(InvalidIdError, match="local part"):
        make_id("atlas", "")


@given(texts.filter(bool))
def test_compact_and_expand_are_inverse(local: str) -> None:
    concept_id = make_id("atlas", local)
    iri = expand(concept_id, NAMESPACES)
    assert iri.startswith(ATLAS_NAMESPACE)
    assert compact(iri, "atlas", ATLAS_NAMESPACE) == concept_id


def test_one_iri_has_one_id_however_it_is_encoded() -> None:
    plain = compact(ATLAS_NAMESPACE + "会计", "atlas", ATLAS_NAMESPACE)
    encoded = compact(ATLAS_NAMESPACE + "%E4%BC%9A%e8%ae%a1", "atlas", ATLAS_NAMESPACE)
    assert plain == encoded == "atlas:%E4%BC%9A%E8%AE%A1"


@pytest.mark.parametrize("iri", ["https://example.org/x", ATLAS_NAMESPACE, "urn:isbn:1", "http://data.europa.eu/esco"])
def test_an_iri_outside_the_namespace_is_its_own_id(iri: str) -> None:
    assert compact(iri, "atlas", ATLAS_NAMESPACE) == iri
    assert is_iri(iri)
    assert expand(iri, NAMESPACES) == iri


@pytest.mark.parametrize("wrong", ["python", "atlas:", ":python", "other:python", "", "Atlas:python"])
def test_ids_that_cannot_be_expanded(wrong: str) -> None:
    assert not is_iri(wrong)
    with pytest.raises(InvalidIdError, match="KEY:LOCAL"):
        expand(wrong, NAMESPACES)


def test_the_errors_are_of_the_package_tree() -> None:
    assert issubclass(InvalidIdError, TaxonomyError)
    assert issubclass(InvalidIdError, ValueError)
