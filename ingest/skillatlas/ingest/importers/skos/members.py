"""Which resources of a vocabulary are concepts, in which concept schemes they are, and their ids."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from skillatlas.taxonomy import compact, is_iri

from ...findings import Finding, fault, warning
from . import terms
from .vocabulary import Vocabulary


@dataclass(slots=True)
class Members:
    """The concepts of the files by IRI, and in which concept schemes each is."""

    schemes: dict[str, set[str]] = field(default_factory=dict)
    tops: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def sizes(self) -> dict[str, int]:
        """How many concepts each concept scheme has."""
        found: dict[str, int] = {}
        for schemes in self.schemes.values():
            for iri in schemes:
                found[iri] = found.get(iri, 0) + 1
        return found


def find_members(vocabulary: Vocabulary) -> Members:
    """Every concept: stated as one, or with a relation that only concepts have and a label."""
    found = Members()
    others = vocabulary.of_type(terms.CONCEPT_SCHEME, terms.LABEL, *terms.COLLECTIONS)
    concepts = vocabulary.of_type(terms.CONCEPT)
    labelled: set[str] = set()
    for name in terms.LABELS:
        labelled |= vocabulary.texts.get(name, {}).keys() | vocabulary.links.get(name, {}).keys()
    for predicate in terms.RELATIONS:
        concepts |= (vocabulary.links.get(predicate, {}).keys() & labelled) - others
    for iri in concepts:
        if iri.startswith("_:"):
            place = vocabulary.places[iri]
            text = "a concept without an IRI cannot be referred to; left out"
            found.findings.append(warning(place.file, place.line, text, rule="no-iri"))
        else:
            found.schemes[iri] = set()
    for predicate in (terms.IN_SCHEME, terms.TOP_CONCEPT_OF):
        for iri, scheme, _place in vocabulary.pairs(predicate):
            if iri in found.schemes and not scheme.startswith("_:"):
                found.schemes[iri].add(scheme)
                if predicate == terms.TOP_CONCEPT_OF:
                    found.tops.add(iri)
    for scheme, iri, place in vocabulary.pairs(terms.HAS_TOP_CONCEPT):
        if iri not in found.schemes:
            text = f"skos:hasTopConcept names {iri}, which is not described; left out"
            found.findings.append(warning(place.file, place.line, text, rule="missing-end"))
        else:
            found.tops.add(iri)
            if not scheme.startswith("_:"):
                found.schemes[iri].add(scheme)
    return found


def assign_ids(
    iris: Iterable[str], key: str, namespace: str, vocabulary: Vocabulary
) -> tuple[dict[str, str], list[Finding]]:
    """The id of each IRI; two that differ only in how they are encoded, or an IRI that can be no id, are faults."""
    ids: dict[str, str] = {}
    owners: dict[str, str] = {}
    findings = []
    for iri in sorted(iris):
        identifier = compact(iri, key, namespace)
        place = vocabulary.places[iri]
        if not (is_iri(identifier) or identifier.startswith(f"{key}:")) or not iri.isprintable() or " " in iri:
            text = f"{iri!r} lies outside the namespace {namespace} and begins with none of http://, https://, urn:"
            findings.append(fault(place.file, place.line, text, rule="iri"))
        elif identifier in owners:
            text = f"{iri} is the same id as {owners[identifier]}: {identifier}"
            findings.append(fault(place.file, place.line, text, rule="iri"))
        else:
            owners[identifier] = iri
            ids[iri] = identifier
    return ids, findings
