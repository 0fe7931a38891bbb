"""Components against networkx; money in minor units."""

from decimal import Decimal

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillatlas.reskilling.money import from_minor, minor_units
from skillatlas.reskilling.path_components import components


@given(st.dictionaries(st.integers(0, 12), st.lists(st.integers(0, 12), max_size=4), max_size=13))
def test_components_are_those_of_networkx(successors: dict[int, list[int]]) -> None:
    found = components(successors)
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(successors)
    graph.add_edges_from((start, end) for start, ends in successors.items() for end in ends)
    expected = {frozenset(group) for group in nx.strongly_connected_components(graph)}
    groups: dict[int, set[int]] = {}
    for node, number in found.items():
        groups.setdefault(number, set()).add(node)
    assert {frozenset(group) for group in groups.values()} == expected


def test_long_chains_do_not_exhaust_the_stack() -> None:
    assert len(set(components({n: [n + 1] for n in range(50_000)}).values())) == 50_001


@pytest.mark.parametrize(
    ("amount", "currency", "units", "text"),
    [(19.99, "EUR", 1999, "19.99"), (0.1, "USD", 10, "0.10"), (500, "JPY", 500, "500"), (1.5, "KWD", 1500, "1.500")],
)
def test_money_is_exact_at_the_minor_unit(amount: float, currency: str, units: int, text: str) -> None:
    assert minor_units(amount, currency) == units
    assert from_minor(units, currency) == Decimal(text)
    assert str(from_minor(units, currency)) == text


def test_halves_go_to_even_and_budgets_down() -> None:
    assert [minor_units(value, "JPY") for value in (0.5, 1.5, 2.5)] == [0, 2, 2]
    assert minor_units(9.999, "EUR", down=True) == 999
