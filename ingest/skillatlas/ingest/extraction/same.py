"""Which skills of a scheme are skills of ESCO, from which linking has learned."""

from collections.abc import Mapping

from skillatlas.taxonomy import ConceptKind, Graph, MappingPredicate

_ESCO = "http://data.europa.eu/esco/"
_ESCO_ID = "esco:"


def same_as_esco(graph: Graph, scheme: str) -> Mapping[str, str]:
    """By skill id the end of the IRI ("skill/" and a UUID) of the ESCO skill that it is, or is mapped to exactly."""
    found: dict[str, str] = {}
    for concept in graph.of_kind(ConceptKind.SKILL, scheme=scheme):
        if concept.uri.startswith(_ESCO):
            found[concept.id] = concept.uri.removeprefix(_ESCO)
            continue
        for edge in graph.mappings(concept.id):
            target = edge.to_id if edge.to_id.startswith((_ESCO, _ESCO_ID)) else edge.iri
            if edge.predicate is MappingPredicate.EXACT and not edge.stale and target.startswith((_ESCO, _ESCO_ID)):
                found.setdefault(concept.id, target.removeprefix(_ESCO).removeprefix(_ESCO_ID))
    return found
