"""Time grows with the text, whatever it is made of: only quadratic work breaks these limits."""

import time

import pytest

from extraction_forms import own_extractor

MARKS = [chr(code) for code in range(33, 127) if not chr(code).isalnum()]
PATTERNS = [
    "a ",
    "中",
    "C++ ",
    "\n- ",
    " ",
    "\n",
    "\r\n",
    "no ",
    "Go ",
    "Java, ",
    "5 years ",
    "熟悉",
    "e\u0301",
    "a:",
    "a@a.",
    "http://",
    "java.com/",
    "Word (expert), R ",
    "\ud800",
]


def seconds(pattern: str, size: int) -> float:
    """Processor time, which other processes do not lengthen."""
    text = (pattern * (size // len(pattern) + 1))[:size]
    own_extractor().extract("Java")  # what is made at the first text is no part of it
    begin = time.process_time()
    own_extractor().extract(text)
    return time.process_time() - begin


def check(pattern: str, large: int) -> None:
    # Quadratic would be a hundred times. Below 50 ms, noise is larger than what is measured.
    assert seconds(pattern, large) < 30 * max(seconds(pattern, large // 10), 0.05)


@pytest.mark.slow
@pytest.mark.parametrize("mark", MARKS)
def test_a_million_of_a_mark(mark: str) -> None:
    check(mark, 1_000_000)


@pytest.mark.slow
@pytest.mark.parametrize("pattern", PATTERNS, ids=ascii)
def test_many_of_a_pattern(pattern: str) -> None:
    check(pattern, 1_000_000 if len(pattern) == 1 else 300_000)


@pytest.mark.parametrize("pattern", ["(", "C++ ", "\n- ", "no a "], ids=ascii)
def test_some_of_a_pattern(pattern: str) -> None:
    check(pattern, 50_000)
