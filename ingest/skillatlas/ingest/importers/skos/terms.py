"""The IRIs of foreign SKOS files, and what the reader makes of each."""

from collections.abc import Mapping

from skillatlas.taxonomy import LabelType

from ..rdf import DCTERMS, MATCHES, OWL, RDFS, SKOS

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XL = "http://www.w3.org/2008/05/skos-xl#"
ISO_THES = "http://purl.org/iso25964/skos-thes#"
DC = "http://purl.org/dc/elements/1.1/"
CC = "http://creativecommons.org/ns#"
FOAF = "http://xmlns.com/foaf/0.1/"
SCHEMA = ("http://schema.org/", "https://schema.org/")
SA = "https://w3id.org/skillatlas/ns#"

TYPE = RDF + "type"
FIRST, REST, NIL, VALUE = RDF + "first", RDF + "rest", RDF + "nil", RDF + "value"

CONCEPT = SKOS + "Concept"
CONCEPT_SCHEME = SKOS + "ConceptScheme"
COLLECTIONS = frozenset({SKOS + "Collection", SKOS + "OrderedCollection"})
LABEL = XL + "Label"

LABELS: Mapping[str, LabelType] = {
    base + name: kind
    for base in (SKOS, XL)
    for name, kind in (
        ("prefLabel", LabelType.PREFERRED),
        ("altLabel", LabelType.ALTERNATIVE),
        ("hiddenLabel", LabelType.HIDDEN),
    )
}
LITERAL_FORM = XL + "literalForm"
RDFS_LABEL = RDFS + "label"

DEFINITION = SKOS + "definition"
NOTES: Mapping[str, str] = {
    SKOS + name: name for name in ("note", "scopeNote", "example", "historyNote", "editorialNote", "changeNote")
}
NOTATION = SKOS + "notation"

BROADER = (SKOS + "broader", *(ISO_THES + f"broader{kind}" for kind in ("Generic", "Instantial", "Partitive")))
NARROWER = (SKOS + "narrower", *(ISO_THES + f"narrower{kind}" for kind in ("Generic", "Instantial", "Partitive")))
BROADER_TRANSITIVE = SKOS + "broaderTransitive"
NARROWER_TRANSITIVE = SKOS + "narrowerTransitive"
RELATED = SKOS + "related"

IN_SCHEME = SKOS + "inScheme"
TOP_CONCEPT_OF = SKOS + "topConceptOf"
HAS_TOP_CONCEPT = SKOS + "hasTopConcept"
MEMBER = SKOS + "member"
MEMBER_LIST = SKOS + "memberList"

DEPRECATED = OWL + "deprecated"
REPLACED_BY = DCTERMS + "isReplacedBy"
REPLACES = DCTERMS + "replaces"

TITLES = (DCTERMS + "title", DC + "title", SKOS + "prefLabel", RDFS_LABEL, *(base + "name" for base in SCHEMA))
VERSIONS = (OWL + "versionInfo", *(base + "version" for base in SCHEMA), "http://purl.org/pav/version")
LICENCES = (
    DCTERMS + "license",
    CC + "license",
    *(base + "license" for base in SCHEMA),
    DCTERMS + "rights",
    DC + "rights",
)
ATTRIBUTIONS = (
    CC + "attributionName", SA + "attribution", DCTERMS + "rights", DC + "rights", DCTERMS + "rightsHolder",
    DCTERMS + "publisher", DC + "publisher", DCTERMS + "creator", DC + "creator",
)  # fmt: skip
SOURCES = (DCTERMS + "source", DC + "source", FOAF + "homepage", *(base + "url" for base in SCHEMA))

ABOUT_SCHEMES = frozenset({*TITLES, *VERSIONS, *LICENCES, *ATTRIBUTIONS, *SOURCES})
"""What is read of a concept scheme; of anything else it is not kept."""

STRUCTURE = frozenset(
    {
        TYPE, FIRST, REST, VALUE, LITERAL_FORM, RDFS_LABEL, DEFINITION, NOTATION, *LABELS, *NOTES,
        *BROADER, *NARROWER, BROADER_TRANSITIVE, NARROWER_TRANSITIVE, RELATED, *MATCHES,
        IN_SCHEME, TOP_CONCEPT_OF, HAS_TOP_CONCEPT, MEMBER, MEMBER_LIST, DEPRECATED, REPLACED_BY, REPLACES,
    }
)  # fmt: skip
"""What is read of any subject."""

RELATIONS = frozenset(
    {*BROADER, *NARROWER, BROADER_TRANSITIVE, NARROWER_TRANSITIVE, RELATED, IN_SCHEME, TOP_CONCEPT_OF, *MATCHES}
)
"""Statements whose subject is a concept, even where its class is not stated."""

_PREFIXES = (
    ("skos", SKOS), ("skosxl", XL), ("rdf", RDF), ("rdfs", RDFS), ("owl", OWL), ("dcterms", DCTERMS), ("dc", DC),
    ("iso-thes", ISO_THES), ("sa", SA),
)  # fmt: skip


def short(iri: str) -> str:
    """A term as people write it."""
    for prefix, namespace in _PREFIXES:
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return f"<{iri}>"
