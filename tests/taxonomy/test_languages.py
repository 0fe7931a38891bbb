"""RFC 4647 look-up, and what is taken where it finds nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillatlas.taxonomy import choose, lookup

tags = st.sampled_from(["en", "en-GB", "EN-gb", "zh", "zh-Hant", "zh-Hant-TW", "zh-hans", "de", "de-x-a", "x-y", ""])


@pytest.mark.parametrize(
    ("wanted", "available", "found"),
    [
        ("zh-CN", ["en", "zh"], "zh"),
        ("zh-Hant-CN", ["zh", "zh-Hant"], "zh-Hant"),
        ("zh-Hant-CN-x-private1-private2", ["zh-Hant-CN"], "zh-Hant-CN"),  # the example of RFC 4647, 3.4
        ("zh-Hant-CN-x-private1", ["zh-Hant-CN-x"], None),  # a singleton goes with what follows it
        ("EN-us", ["en"], "en"),
        ("en", ["en-GB"], None),
        ("e", ["en"], None),
        ("en", [], None),
        ("", ["en"], None),
        ("en-gb", ["en-gb", "en-GB"], "en-GB"),
    ],
)
def test_lookup(wanted: str, available: list[str], found: str | None) -> None:
    assert lookup(wanted, available) == found


@pytest.mark.parametrize(
    ("wanted", "available", "found"),
    [
        ("zh-CN", ["en", "zh"], "zh"),
        ("fr", ["zh", "en"], "en"),
        ("fr", ["zh", "de"], "de"),
        ("fr", ["EN", "de"], "EN"),
        ("fr", [], None),
    ],
)
def test_choose(wanted: str, available: list[str], found: str | None) -> None:
    assert choose(wanted, available) == found


@given(tags, st.lists(tags))
def test_choose_takes_something_wherever_there_is_something(wanted: str, available: list[str]) -> None:
    chosen = choose(wanted, available)
    assert (chosen in available) if available else chosen is None
    assert chosen == choose(wanted.swapcase(), reversed(available))


@given(tags, st.lists(tags))
def test_lookup_finds_a_prefix_of_what_was_wanted(wanted: str, available: list[str]) -> None:
    found = lookup(wanted, available)
    if found is not None:
        assert f"{wanted.lower()}-".startswith(f"{found.lower()}-")
    else:
        assert wanted.lower() not in {tag.lower() for tag in available}
