"""Noting what an import changes while it is compared with the store."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from skillatlas.taxonomy import ChangeOperation, choose

Body = Mapping[str, Any]


@dataclass(slots=True)
class Watch:
    """The changes of one comparison, as bodies; `before_kinds` and `before_relations` count what there was.

    `kept_parents` are the ids of BROADER edges that stay as they are.
    """

    concepts: dict[str, tuple[ChangeOperation, Body | None, Body]] = field(default_factory=dict)
    edges: dict[ChangeOperation, list[str]] = field(default_factory=dict)
    before_kinds: Counter[str] = field(default_factory=Counter)
    before_relations: Counter[str] = field(default_factory=Counter)
    kept_parents: set[str] = field(default_factory=set)
    version: tuple[str | None, str | None] | None = None
    """Of the scheme before and after, where its entity differs."""

    def concept(self, operation: ChangeOperation, before: Body | None, after: Body) -> None:
        """A concept that is created, or differs."""
        self.concepts[after["id"]] = operation, before, after

    def edge(self, operation: ChangeOperation, name: str) -> None:
        """An edge that is created, differs or is removed."""
        self.edges.setdefault(operation, []).append(name)

    def with_operation(self, operation: ChangeOperation) -> list[tuple[Body | None, Body]]:
        """The concepts with an operation, by id."""
        return [
            (before, after) for _name, (found, before, after) in sorted(self.concepts.items()) if found is operation
        ]

    def follow(self, concept_id: str) -> frozenset[str]:
        """What a concept has become by this import: itself where it is not deprecated by it."""
        found: set[str] = set()
        waiting, seen = [concept_id], set[str]()
        while waiting:
            current = waiting.pop()
            if current in seen:
                continue
            seen.add(current)
            operation, _before, after = self.concepts.get(current, (None, None, {}))
            if operation is ChangeOperation.DEPRECATE:
                waiting += (after["replacement"] or {}).get("concepts", ())
            else:
                found.add(current)
        return frozenset(found)


def label_of(body: Body) -> str:
    """The preferred label in English, else in the smallest language; the id where there is none."""
    found = preferred(body)
    tag = choose("en", found)
    return found[tag] if tag is not None else str(body["id"])


def preferred(body: Body) -> dict[str, str]:
    """Preferred labels by language."""
    return {label["lang"]: label["value"] for label in body["labels"] if label["type"] == "PREFERRED"}


def split_edge(name: str) -> tuple[str, tuple[str, ...]]:
    """The type of an edge id, and the concepts that it names in their order."""
    kind, start, *rest = name.split("|", 3)
    return kind, (start, *rest[-1].split(","))
