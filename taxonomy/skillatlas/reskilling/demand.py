"""Demand: how often a skill was read in documents. It stands apart from the release, with its size and its source."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Demand:
    """Counts over `documents` documents that were read in `scheme`; `seen` has, by skill, in how many it was read.

    `source` says in a few words which documents these are.
    """

    scheme: str
    documents: int
    seen: Mapping[str, int] = field(default_factory=dict)
    source: str = "ingested documents"

    def share(self, skill_id: str, scheme: str, *, least: int) -> float | None:
        """The share of the documents in which a skill of `scheme` was read, 0 to 1.

        None where that is not known: fewer than `least` documents, or documents that were read in another scheme.
        A skill that was read in none counts as half a document, (0 + 0.5) / (n + 1) as all others by the same rule:
        that it was not seen among n does not say that nobody asks for it.
        """
        if self.documents < least or scheme != self.scheme:
            return None
        return (self.seen.get(skill_id, 0) + 0.5) / (self.documents + 1)
