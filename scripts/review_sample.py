"""Draws what a second reader judges: skills, roles and clauses of prerequisites at random, with a seed that is printed.

    python scripts/review_sample.py --seed 1 [--skills 300] [--roles 60] [--clauses 150] [FOLDER]

Prints each with all that is to be judged (labels, definition, place, prerequisites, needs, mappings), numbered S1 …,
R1 …, C1 …, in the order of their ids. The same seed and files give the same text.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from skillatlas.ingest import read_ontology
from skillatlas.taxonomy import (
    Broader,
    Concept,
    ConceptKind,
    Eases,
    Edge,
    LabelType,
    MapsTo,
    Needs,
    Requires,
)

ONTOLOGY = Path(__file__).resolve().parent.parent / "ontologies" / "skillatlas" / "ontologies"
_Drawn = TypeVar("_Drawn")


class _Sheet:
    """The ontology, to be read by people."""

    def __init__(self, folder: Path) -> None:
        entities = read_ontology(folder).entities
        self.concepts = {item.id: item for item in entities if isinstance(item, Concept)}
        self._edges: dict[str, list[Edge]] = {}
        self.clauses: list[Requires] = []
        for item in entities:
            if isinstance(item, Concept) or not isinstance(item, Edge):
                continue
            self._edges.setdefault(item.from_id, []).append(item)
            if isinstance(item, Requires):
                self.clauses.append(item)

    def of(self, kind: ConceptKind) -> list[Concept]:
        """The active concepts of a kind, by id."""
        return sorted(
            (item for item in self.concepts.values() if item.kind is kind and item.active), key=lambda item: item.id
        )

    def name(self, identifier: str) -> str:
        """The English label, the id where there is none here."""
        concept = self.concepts.get(identifier)
        labels = concept.labels if concept else ()
        found = (label.value for label in labels if label.type is LabelType.PREFERRED and label.lang == "en")
        return next(found, identifier)

    def concept(self, concept: Concept) -> Iterator[str]:
        """A concept's lines."""
        for lang in ("en", "zh"):
            values = {
                kind: [one.value for one in concept.labels if one.type is kind and one.lang == lang]
                for kind in LabelType
            }
            others = values[LabelType.ALTERNATIVE] + values[LabelType.HIDDEN]
            yield f"   {lang}: {', '.join(values[LabelType.PREFERRED])} (aliases: {'; '.join(others) or 'none'})"
            if lang in concept.definitions:
                yield f"       {concept.definitions[lang]}"
        edges = self._edges.get(concept.id, [])
        yield f"   under {', '.join(self.name(edge.to_id) for edge in edges if isinstance(edge, Broader))}"
        for edge in edges:
            match edge:
                case Requires():
                    yield f"   {self.clause(edge)}"
                case Eases():
                    yield f"   eases {self.name(edge.to_id)} {edge.transfer:g}"
                case Needs():
                    importance = "" if edge.importance is None else f", {edge.importance:g}"
                    yield f"   {edge.necessity.lower()} {self.name(edge.to_id)} (level {edge.level}{importance})"
                case MapsTo():
                    yield f"   {edge.predicate.lower()} {edge.iri} ({edge.confidence:g})"
                case _:
                    pass

    def clause(self, clause: Requires) -> str:
        """A clause on one line."""
        options = " or ".join(self.name(option) for option in clause.any_of)
        return f"requires ({clause.kind.lower()}) {options} at level {clause.level}"


def _draw(chance: random.Random, items: Sequence[_Drawn], count: int) -> list[_Drawn]:
    places = sorted(chance.sample(range(len(items)), min(count, len(items))))
    return [items[place] for place in places]


def main() -> None:
    parser = argparse.ArgumentParser(description="Draw a sample for a second reader.")
    parser.add_argument("folder", nargs="?", type=Path, default=ONTOLOGY)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--skills", type=int, default=300)
    parser.add_argument("--roles", type=int, default=60)
    parser.add_argument("--clauses", type=int, default=150)
    wanted = parser.parse_args()
    sheet, chance = _Sheet(wanted.folder), random.Random(wanted.seed)
    print(f"seed {wanted.seed}: {wanted.skills} skills, {wanted.roles} roles, {wanted.clauses} clauses")
    for letter, kind, count in (("S", ConceptKind.SKILL, wanted.skills), ("R", ConceptKind.ROLE, wanted.roles)):
        for number, concept in enumerate(_draw(chance, sheet.of(kind), count), 1):
            print(f"\n{letter}{number} {concept.id}")
            print("\n".join(sheet.concept(concept)))
    print()
    for number, clause in enumerate(_draw(chance, sheet.clauses, wanted.clauses), 1):
        print(f"C{number} {clause.from_id} [{sheet.name(clause.from_id)}] {sheet.clause(clause)}")


if __name__ == "__main__":
    main()
