"""Finding what arguments name; what does not exist is answered as the contract says, wherever it stands."""

from skillatlas.taxonomy import Concept, ConceptKind, Graph

from .errors import AbsentError, BadInputError

ANY_SCHEME = "*"


def shown(text: str) -> str:
    """A client's word as it may stand in a message: short, on one line."""
    return repr(text if len(text) <= 100 else f"{text[:100]}…")


def find_scheme(graph: Graph, key: str, *, argument: str = "scheme") -> str:
    """A scheme's key, checked. Raises AbsentError."""
    if key not in graph.schemes:
        raise AbsentError(f"{argument}: release {graph.release.number} has no scheme {shown(key)}")
    return key


def find_scheme_or_any(graph: Graph, key: str) -> str | None:
    """A scheme's key, None for `*`. Raises AbsentError."""
    return None if key == ANY_SCHEME else find_scheme(graph, key)


def find_catalogue(graph: Graph, key: str) -> str:
    """A catalogue's key, checked. Raises AbsentError."""
    if key not in graph.catalogues:
        raise AbsentError(f"catalogue: release {graph.release.number} has no catalogue {shown(key)}")
    return key


def find_under(graph: Graph, id_or_iri: str) -> Concept:
    """The concept that `under` names. Raises AbsentError."""
    concept = graph.find(id_or_iri)
    if concept is None:
        raise AbsentError(f"under: release {graph.release.number} has no concept {shown(id_or_iri)}")
    return concept


def find_role(graph: Graph, id_or_iri: str, *, argument: str = "roleId") -> Concept:
    """The role of an id. Raises AbsentError, BadInputError for another kind of concept."""
    concept = graph.find(id_or_iri)
    if concept is None:
        raise AbsentError(f"{argument}: release {graph.release.number} has no role {shown(id_or_iri)}")
    if concept.kind is not ConceptKind.ROLE:
        raise BadInputError(f"{argument}: {shown(concept.id)} is a {concept.kind}, not a role")
    return concept


def find_skill(graph: Graph, id_or_iri: str, *, argument: str) -> Concept:
    """The skill of an id. Raises BadInputError where there is none."""
    concept = graph.find(id_or_iri)
    if concept is None or concept.kind is not ConceptKind.SKILL:
        raise BadInputError(f"{argument}: release {graph.release.number} has no skill {shown(id_or_iri)}")
    return concept
