"""What a scheme has a name for already."""

from collections import Counter
from dataclasses import dataclass

from skillatlas.taxonomy import Graph

from ..extraction import forms_of
from .model import group_key


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`keys` of all forms; `heads`: last words that several forms of several words share, such as "testing"."""

    keys: frozenset[str]
    heads: frozenset[str]

    @classmethod
    def of(cls, graph: Graph, scheme: str) -> "Vocabulary":
        """The vocabulary of a scheme's active skills."""
        keys = {group_key(form.text) for form in forms_of(graph, scheme)} - {""}
        heads = Counter(key.rsplit(" ", 1)[-1] for key in keys if " " in key)
        return cls(frozenset(keys), frozenset(word for word, forms in heads.items() if forms > 1))
