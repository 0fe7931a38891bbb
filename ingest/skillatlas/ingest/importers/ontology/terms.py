"""The IRIs of ontology files, as text."""

from collections.abc import Mapping

from skillatlas.taxonomy import ATLAS_NAMESPACE, ConceptKind, Necessity, PrerequisiteKind, SkillType

from ..rdf import DCTERMS, MATCHES, OWL, RDFS, SKOS

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SA = "https://w3id.org/skillatlas/ns#"
ATLAS_SCHEME = "https://w3id.org/skillatlas/scheme/atlas"

PREF_LABEL = SKOS + "prefLabel"
ALT_LABEL = SKOS + "altLabel"
HIDDEN_LABEL = SKOS + "hiddenLabel"
DEFINITION = SKOS + "definition"
BROADER = SKOS + "broader"
RELATED = SKOS + "related"
IN_SCHEME = SKOS + "inScheme"
CONCEPT_SCHEME = SKOS + "ConceptScheme"
CONCEPT = SKOS + "Concept"
DEPRECATED = OWL + "deprecated"
ONTOLOGY = OWL + "Ontology"
VERSION_INFO = OWL + "versionInfo"
REPLACED_BY = DCTERMS + "isReplacedBy"
LICENCE = DCTERMS + "license"
SOURCE = DCTERMS + "source"

KEY = SA + "key"
NAMESPACE = SA + "namespace"
ATTRIBUTION = SA + "attribution"
PRIMARY_BROADER = SA + "primaryBroader"
SKILL_TYPE = SA + "skillType"
REQUIRES = SA + "requires"
ANY_OF = SA + "anyOf"
KIND = SA + "kind"
LEVEL = SA + "level"
EASES = SA + "eases"
SKILL = SA + "skill"
TRANSFER = SA + "transfer"
NEEDS = SA + "needs"
NECESSITY = SA + "necessity"
IMPORTANCE = SA + "importance"
MAPPING = SA + "mapping"
MAPPED_TO = SA + "mappedTo"
CONFIDENCE = SA + "confidence"
FORM = SA + "form"
TEXT = SA + "text"
MATCH_CASE = SA + "matchCase"
NEEDS_CONTEXT = SA + "needsContext"
CONTEXT = SA + "context"
EXCEPT = SA + "except"
REPLACEMENT_KIND = SA + "replacementKind"
REPLACEMENT_REASON = SA + "replacementReason"

KINDS: Mapping[str, ConceptKind] = {
    SA + "Area": ConceptKind.AREA,
    SA + "Domain": ConceptKind.DOMAIN,
    SA + "SkillGroup": ConceptKind.SKILL_GROUP,
    SA + "Skill": ConceptKind.SKILL,
    SA + "RoleGroup": ConceptKind.ROLE_GROUP,
    SA + "Role": ConceptKind.ROLE,
}
SKILL_TYPES: Mapping[str, SkillType] = {SA + kind.capitalize(): kind for kind in SkillType}
PREREQUISITE_KINDS: Mapping[str, PrerequisiteKind] = {SA + kind.capitalize(): kind for kind in PrerequisiteKind}
NECESSITIES: Mapping[str, Necessity] = {SA + kind.capitalize(): kind for kind in Necessity}

CONCEPT_PROPERTIES = frozenset(
    {
        RDF_TYPE, IN_SCHEME, PREF_LABEL, ALT_LABEL, HIDDEN_LABEL, DEFINITION, BROADER, RELATED, DEPRECATED, REPLACED_BY,
        PRIMARY_BROADER, SKILL_TYPE, REQUIRES, EASES, NEEDS, FORM, MAPPING, REPLACEMENT_KIND, REPLACEMENT_REASON,
        *MATCHES,
    }
)  # fmt: skip
"""What a concept may have."""

NODE_PROPERTIES: Mapping[str, frozenset[str]] = {
    REQUIRES: frozenset({ANY_OF, KIND, LEVEL}),
    EASES: frozenset({SKILL, TRANSFER}),
    NEEDS: frozenset({SKILL, NECESSITY, IMPORTANCE, LEVEL}),
    MAPPING: frozenset({MAPPED_TO, CONFIDENCE}),
    FORM: frozenset({TEXT, MATCH_CASE, NEEDS_CONTEXT, CONTEXT, EXCEPT}),
}
"""What the node that a property holds may have (and a type, which says nothing new)."""

NOTES = frozenset(
    {
        *(SKOS + name for name in ("note", "scopeNote", "editorialNote", "changeNote", "historyNote", "example")),
        *(DCTERMS + name for name in ("creator", "contributor", "created", "modified", "source")),
        RDFS + "comment",
        RDFS + "seeAlso",
    }
)
"""Notes for the authors of a file: allowed on every concept, and not imported."""


def short(iri: str) -> str:
    """A term as authors write it."""
    for prefix, namespace in (
        ("atlas", ATLAS_NAMESPACE),
        ("sa", SA),
        ("skos", SKOS),
        ("owl", OWL),
        ("dcterms", DCTERMS),
        ("rdfs", RDFS),
    ):
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return f"<{iri}>"
