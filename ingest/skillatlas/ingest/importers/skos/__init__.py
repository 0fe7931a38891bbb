"""Any SKOS vocabulary, from Turtle, RDF/XML, JSON-LD or N-Triples."""

from .reading import read_skos
from .scheme import SkosOptions

__all__ = ["SkosOptions", "read_skos"]
