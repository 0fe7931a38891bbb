"""The concepts that a vocabulary's resources become."""

from collections.abc import Mapping, Set

from skillatlas.taxonomy import Concept, ConceptKind, ConceptStatus, LabelType, expand

from ...findings import Finding, warning
from .groups import memberships
from .labels import LabelReader
from .replacements import replacements
from .statements import Place
from .vocabulary import Vocabulary


def build_concepts(
    vocabulary: Vocabulary, ids: Mapping[str, str], key: str, namespace: str, *, parents: Set[str], lang: str
) -> tuple[dict[str, Concept], list[Finding]]:
    """The concepts by IRI, in the order of IRIs; `parents` have something narrower, `lang` is for texts without one."""
    collections, in_none = memberships(vocabulary, frozenset(ids))
    replaced, not_replaced = replacements(vocabulary, ids)
    reader = LabelReader(vocabulary, lang)
    found: dict[str, Concept] = {}
    for iri in sorted(ids):
        identifier = ids[iri]
        data = reader.data(iri)
        if iri in collections:
            data["collections"] = sorted(collections[iri])
        replacement = replaced.get(iri)
        found[iri] = Concept(
            id=identifier,
            uri=expand(identifier, {key: namespace}),
            scheme=key,
            kind=ConceptKind.SKILL_GROUP if iri in parents else ConceptKind.SKILL,
            labels=reader.labels(iri, identifier),
            status=ConceptStatus.DEPRECATED if replacement else ConceptStatus.ACTIVE,
            definitions=reader.definitions(iri),
            replacement=replacement,
            data=data or None,
        )
    return found, [*reader.findings, *in_none, *not_replaced]


def shared_labels(concepts: Mapping[str, Concept], places: Mapping[str, Place]) -> list[Finding]:
    """List preferred labels that two active concepts have in one language; both keep it, as the source has it."""
    owners: dict[tuple[str, str], list[str]] = {}
    for iri, concept in concepts.items():
        if concept.active:
            for label in concept.labels:
                if label.type is LabelType.PREFERRED:
                    owners.setdefault((label.value, label.lang), []).append(iri)
    findings = []
    for (value, lang), iris in owners.items():
        if len(iris) > 1:
            first = min(iris)
            ids = sorted(concepts[iri].id for iri in iris)
            text = f"the preferred label {value!r}@{lang} is that of {', '.join(ids)}; kept"
            findings.append(warning(places[first].file, places[first].line, text, rule="preferred-label-twice"))
    return findings
