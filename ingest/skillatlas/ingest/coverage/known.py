"""What a scheme knows: the concepts of other schemes that it is mapped to, its labels, and its forms in a text."""

from skillatlas.taxonomy import ConceptKind, Graph

from ..extraction.cue_files import load_languages
from ..extraction.folding import fold, fold_form
from ..extraction.forms import forms_of
from ..extraction.lexicon import build_entries
from ..extraction.matcher import Matcher, longest
from ..extraction.settings import ExtractionSettings


def mapped_iris(graph: Graph, scheme: str) -> frozenset[str]:
    """The IRIs that the scheme's active concepts are mapped to, by whatever predicate."""
    return frozenset(
        edge.iri
        for start, edges in graph.edges.mappings.items()
        if (concept := graph.concepts.get(start)) is not None and concept.active and concept.scheme == scheme
        for edge in edges
    )


def known_labels(graph: Graph, scheme: str) -> frozenset[str]:
    """The labels of the scheme's active skills in all languages, folded as texts are."""
    return frozenset(
        fold_form(label.value)
        for concept in graph.of_kind(ConceptKind.SKILL, scheme=scheme)
        for label in concept.labels
    )


class FormFinder:
    """The skills whose forms stand in a short text, by extraction's boundaries, endings and case.

    What an ambiguous form needs around it is not asked for: a phrase cut out of an advert has nothing around it.
    """

    def __init__(self, graph: Graph, scheme: str) -> None:
        """Build it from the scheme's labels."""
        languages = load_languages()
        entries = build_entries(forms_of(graph, scheme), languages.sets, ExtractionSettings())
        self._matcher = Matcher(entries, languages.sets, [languages.read_with("en")])

    def find(self, text: str) -> tuple[str, ...]:
        """Ids of the skills, in the order of the text, each once; of forms that overlap the longest."""
        folded = fold(text)
        candidates, _ = self._matcher.find(text, folded, 0)
        met = [
            found._replace(senses=senses)
            for found in candidates
            if (senses := tuple(one for one in found.senses if not any(no in folded.text for no in one.excluded)))
        ]
        return tuple(dict.fromkeys(found.senses[0].skill_id for found in longest(met)))
