"""Strongly connected components: what could wait for each other in a circle."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

_N = TypeVar("_N", bound=Hashable)


def components(successors: Mapping[_N, Sequence[_N]]) -> dict[_N, int]:
    """The number of each node's component (Tarjan, without recursion, since chains may be long)."""
    index: dict[_N, int] = {}
    low: dict[_N, int] = {}
    found: dict[_N, int] = {}
    stack: list[_N] = []
    count = 0
    for root in successors:
        if root in index:
            continue
        work = [(root, iter(successors.get(root, ())))]
        index[root] = low[root] = len(index)
        stack.append(root)
        while work:
            node, following = work[-1]
            for next_node in following:
                if next_node not in index:
                    index[next_node] = low[next_node] = len(index)
                    stack.append(next_node)
                    work.append((next_node, iter(successors.get(next_node, ()))))
                    break
                if next_node not in found:
                    low[node] = min(low[node], index[next_node])
            else:
                work.pop()
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[node])
                if low[node] == index[node]:
                    while True:
                        member = stack.pop()
                        found[member] = count
                        if member == node:
                            break
                    count += 1
    return found
