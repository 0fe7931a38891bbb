"""Canonical JSON: byte for byte the reference implementation's, over values of every sort."""

import math
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import orjson
import pytest
import rfc8785
from hypothesis import example, given, settings
from hypothesis import strategies as st

from skillatlas.taxonomy import InvalidEntityError, canonical_json

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
keys = texts | st.sampled_from(["\uff5e", "\U0001f600", "\ud7ff", "", "a\u0000"])
numbers = (
    st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from([0.0, -0.0, 1e16, 1e21, 1e-7, 5e-324, 1.7976931348623157e308, 2.0**53, 1e-4, 0.1 + 0.2])
)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(values)
@example({"\uff5e": 1, "\U0001f600": 2})
@example([2.0**53, -(2.0**53), 2.0**60, 9007199254740993.0])
@example({"a": {"\U0001f600": 1e22, "": [1.0]}})
def test_equals_the_reference_implementation(value: Any) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)


@settings(deadline=None)
@given(values)
def test_is_a_fixed_point(value: Any) -> None:
    written = canonical_json(value)
    assert canonical_json(orjson.loads(written)) == written


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_keep_their_value(value: float) -> None:
    assert float(orjson.loads(canonical_json(value))) == value


class Colour(StrEnum):
    RED = "RED"


def test_takes_what_entities_are_made_of() -> None:
    assert canonical_json({"b": (1, 2.0), "a": Colour.RED, "c": MappingProxyType({"x": None})}) == (
        b'{"a":"RED","b":[1,2],"c":{"x":null}}'
    )


@pytest.mark.parametrize("key", ["plain", "\U0001f600"], ids=["by-orjson", "by-reference"])
@pytest.mark.parametrize(
    "value",
    [math.nan, math.inf, -math.inf, 2**53 + 1, 2**70, -(2**53) - 1, "\ud800", {"\udfff": 1}, {1, 2}, b"x", Ellipsis],
    ids=repr,
)
def test_refuses_what_json_cannot_hold(key: str, value: object) -> None:
    with pytest.raises(InvalidEntityError):
        canonical_json({key: value})


@pytest.mark.parametrize("key", [1, None])
def test_refuses_keys_that_are_no_strings(key: object) -> None:
    with pytest.raises(InvalidEntityError):
        canonical_json({key: 1})
