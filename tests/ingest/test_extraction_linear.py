"""Time grows with the text, whatever it is made of: only quadratic work breaks these limits."""

import time

import pytest
from extraction_forms import own_extractor

SMALL, LARGE = 100_000, 1_000_000
MARKS = [chr(code) for code in range(33, 127) if not chr(code).isalnum()]
PATTERNS = ["a ", "中", "C++ ", "\n- ", " ", "\n", "\r\n", "no ", "Go ", "Java, ", "5 years ", "熟悉", "e\u0301", "a:", "\ud800"]


def seconds(text: str) -> float:
    begin = time.perf_counter()
    own_extractor().extract(text)
    return time.perf_counter() - begin


@pytest.mark.slow
@pytest.mark.parametrize("pattern", [*MARKS, *PATTERNS], ids=ascii)
def test_a_million_code_points(pattern: str) -> None:
    small, large = ((pattern * (size // len(pattern) + 1))[:size] for size in (SMALL, LARGE))
    # Quadratic would be a hundred times. Below 50 ms the noise of a busy machine is larger than what is measured.
    assert seconds(large) < 30 * max(seconds(small), 0.05)


def test_a_hundred_thousand_code_points_take_seconds_at_most() -> None:
    for pattern in ("(", "C++ ", "a ", "\n- "):
        assert seconds((pattern * SMALL)[:SMALL]) < 15
