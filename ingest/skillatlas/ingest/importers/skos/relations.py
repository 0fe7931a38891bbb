"""Broader and related concepts as edges."""

from collections.abc import Iterator, Mapping, Set

from skillatlas.taxonomy import Broader, Concept, Related

from ...findings import Finding, warning
from . import terms
from .hierarchy import Pairs, closing_pairs, stated_parents
from .statements import Place
from .vocabulary import Vocabulary

SOURCE = "SKOS"
"""The source of all edges of vocabularies; the version stands at the scheme, or an upgrade would change every edge."""

_CYCLE_SHOWN = 10  # members of a cycle that a warning names


class Relations:
    """The relations between the concepts of `ids`; what is left out is listed in `findings`."""

    def __init__(self, vocabulary: Vocabulary, ids: Mapping[str, str], tops: Set[str]) -> None:
        self._vocabulary = vocabulary
        self._ids = ids
        self.findings: list[Finding] = []
        self._parents = self._hierarchy(tops)

    @property
    def parents(self) -> frozenset[str]:
        """The IRIs of concepts with something narrower."""
        return frozenset(parent for _, parent in self._parents)

    def _hierarchy(self, tops: Set[str]) -> Pairs:
        kept: Pairs = {}
        for (child, parent), place in sorted(stated_parents(self._vocabulary).items()):
            if self._good_ends(child, parent, "is below", place):
                kept[child, parent] = place
        by_id = {(self._ids[child], self._ids[parent]): (child, parent) for child, parent in kept}
        top_ids = {self._ids[iri] for iri in tops if iri in self._ids}
        for pair, cycle in closing_pairs(by_id, top_ids).items():
            place = kept.pop(by_id[pair])
            shown = cycle if len(cycle) <= _CYCLE_SHOWN else [*cycle[:_CYCLE_SHOWN], "…", cycle[-1]]
            self._warn(place, f"{pair[0]} is below {pair[1]} closes the cycle {' → '.join(shown)}", "cycle")
        return kept

    def broader(self, concepts: Mapping[str, Concept]) -> Iterator[Broader]:
        """The hierarchy; the primary parent is that with the smallest notation, else id."""
        parents: dict[str, list[str]] = {}
        for (child, parent), place in self._parents.items():
            if self._both_active(concepts, child, parent, "is below", place):
                parents.setdefault(child, []).append(parent)

        def rank(parent: str) -> tuple[bool, str, str]:
            notations = (concepts[parent].data or {}).get("notations", ())
            return not notations, notations[0] if notations else "", self._ids[parent]

        for child, above in parents.items():
            primary = min(above, key=rank)
            for parent in above:
                yield Broader(
                    from_id=self._ids[child], to_id=self._ids[parent], primary=parent == primary, source=SOURCE
                )

    def related(self, concepts: Mapping[str, Concept]) -> Iterator[Related]:
        """Related concepts, each pair once."""
        seen: set[tuple[str, str]] = set()
        for start, end, place in self._vocabulary.pairs(terms.RELATED):
            if not self._good_ends(start, end, "is related to", place):
                continue
            first, second = sorted((self._ids[start], self._ids[end]))
            if (first, second) in seen:
                continue
            seen.add((first, second))
            active = concepts[start].active, concepts[end].active
            if active[0] != active[1]:
                # Whichever side states it: the active one must not lead to the deprecated one.
                pair = (start, end) if active[0] else (end, start)
                self._both_active(concepts, *pair, "is related to", place)
                continue
            yield Related(from_id=first, to_id=second, source=SOURCE)

    def _good_ends(self, start: str, end: str, relation: str, place: Place) -> bool:
        """Whether both ends are there, and two; it is listed if not."""
        missing = [iri for iri in (start, end) if iri not in self._ids]
        names = [self._ids.get(iri, "a node" if iri.startswith("_:") else iri) for iri in (start, end)]
        text = f"{names[0]} {relation} {names[1]}"
        if missing:
            gone = names[0] if start in missing else names[1]
            self._warn(place, f"{text}, but {gone} is not among the concepts", "missing-end")
        elif self._ids[start] == self._ids[end]:
            self._warn(place, f"{names[0]} {relation} itself", "self")
        return not missing and start != end

    def _both_active(self, concepts: Mapping[str, Concept], start: str, end: str, relation: str, place: Place) -> bool:
        if concepts[start].active and not concepts[end].active:
            text = f"{self._ids[start]} {relation} {self._ids[end]}, which is deprecated"
            self._warn(place, text, "deprecated-end")
            return False
        return True

    def _warn(self, place: Place, text: str, rule: str) -> None:
        self.findings.append(warning(place.file, place.line, f"{text}; left out", rule=rule))
