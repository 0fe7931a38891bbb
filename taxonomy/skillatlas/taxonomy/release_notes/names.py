"""What ids are called: the labels that concepts have at a release."""

from collections.abc import Iterable, Iterator, Mapping

import orjson

from ..entities import from_json
from ..following import successors
from ..labels import preferred_label
from ..model import Concept, EntityType
from ..store.port import Store


class Names(Mapping[str, Concept]):
    """Concepts by id, at the first of `releases` that has them.

    They are looked up one by one and kept: notes show some hundreds, a release has thousands.
    """

    def __init__(self, store: Store, releases: Iterable[int], lang: str) -> None:
        self._store = store
        self._releases = [number for number in releases if number]
        self._lang = lang
        self._found: dict[str, Concept | None] = {}

    def __getitem__(self, concept_id: str) -> Concept:
        """The concept. Raises KeyError where neither release has it."""
        if concept_id not in self._found:
            self._found[concept_id] = self._look_up(concept_id)
        found = self._found[concept_id]
        if found is None:
            raise KeyError(concept_id)
        return found

    def __iter__(self) -> Iterator[str]:
        return (one for one, concept in self._found.items() if concept is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def label(self, concept_id: str) -> str:
        """The preferred label; the id itself where there is no such concept."""
        concept = self.get(concept_id)
        return concept_id if concept is None else preferred_label(concept, self._lang)

    def followed(self, concept: Concept) -> list[str]:
        """The ids of the active concepts that came after a deprecated one, chains followed."""
        return [one.id for one in successors(self, concept).concepts]

    def _look_up(self, concept_id: str) -> Concept | None:
        for number in self._releases:
            row = self._store.record(number, EntityType.CONCEPT, concept_id)
            if row is not None:
                concept = from_json(EntityType.CONCEPT, orjson.loads(row.body))
                assert isinstance(concept, Concept)
                return concept
        return None
