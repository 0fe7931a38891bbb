"""Circles of prerequisites: found, broken at the weakest inferred one, or named."""

from hypothesis import given, settings
from hypothesis import strategies as st

from skillatlas.ingest.importers.prerequisites import untangle
from skillatlas.taxonomy import PrerequisiteKind, Requires

HARD, INFERRED, RECOMMENDED = PrerequisiteKind.HARD, PrerequisiteKind.INFERRED, PrerequisiteKind.RECOMMENDED


def edge(start: str, *ends: str, kind: PrerequisiteKind = INFERRED, confidence: float = 1.0) -> Requires:
    return Requires(from_id=start, any_of=tuple(sorted(ends)), kind=kind, confidence=confidence)


def test_the_weakest_inferred_one_goes() -> None:
    strong, weak, hard = (
        edge("x:a", "x:b", confidence=0.9),
        edge("x:b", "x:c", confidence=0.2),
        edge("x:c", "x:a", kind=HARD),
    )
    found = untangle([strong, weak, hard])
    assert (found.edges, found.broken, found.circles) == ((strong, hard), ((weak, ("x:a", "x:b", "x:c")),), ())


def test_what_is_not_inferred_is_only_named() -> None:
    edges = (edge("x:a", "x:b", kind=HARD), edge("x:b", "x:a", "x:z", kind=HARD), edge("x:z", "x:z", kind=HARD))
    found = untangle(edges)
    assert (found.edges, found.broken, found.circles) == (edges, (), (("x:a", "x:b"), ("x:z",)))


def test_recommended_ones_close_no_circle() -> None:
    edges = (edge("x:a", "x:b"), edge("x:b", "x:a", kind=RECOMMENDED))
    assert untangle(edges).edges == edges


NAMES = [f"x:{letter}" for letter in "abcdef"]
EDGES = st.builds(
    lambda start, ends, kind, confidence: edge(start, *ends, kind=kind, confidence=confidence),
    st.sampled_from(NAMES),
    st.sets(st.sampled_from(NAMES), min_size=1, max_size=2),
    st.sampled_from([INFERRED, INFERRED, HARD]),
    st.sampled_from([0.1, 0.5, 0.9]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(EDGES, max_size=12, unique_by=lambda item: (item.from_id, item.kind, item.any_of)))
def test_no_inferred_one_closes_a_circle_afterwards(edges: list[Requires]) -> None:
    found = untangle(edges)
    assert {*found.edges, *(broken for broken, _ in found.broken)} == set(edges)
    assert all(broken.kind is INFERRED for broken, _ in found.broken)
    after: dict[str, set[str]] = {name: set() for name in NAMES}
    for item in found.edges:
        after[item.from_id] |= set(item.any_of)

    def reaches(start: str, end: str) -> bool:
        seen, stack = set[str](), [start]
        while stack:
            current = stack.pop()
            if current == end:
                return True
            if current not in seen:
                seen.add(current)
                stack += after[current]
        return False

    for item in found.edges:
        if item.kind is INFERRED:
            assert not any(reaches(option, item.from_id) for option in item.any_of)
    assert untangle(edges) == found
