"""Own ontologies: SKOS in Turtle with the project's vocabulary."""

from .formatting import format_ontology
from .reading import check_ontology, read_ontology, shipped_ontology

__all__ = ["check_ontology", "format_ontology", "read_ontology", "shipped_ontology"]
