"""The surface forms of a scheme, read from a release."""

from collections.abc import Iterable, Mapping
from typing import Any

from skillatlas.taxonomy import Concept, ConceptKind, Graph

from .model import Form


def forms_of(graph: Graph, scheme: str) -> list[Form]:
    """The labels of a scheme's active skills in all languages, each with its description if `Concept.data` has one.

    A description (`data["forms"]`) is of the labels whose text it repeats letter for letter, in its language if it
    names one; one that meets no label is an alternative label of its own, in English unless it says else. Sorted by
    skill id, label type, language and text.
    """
    forms: list[Form] = []
    for concept in graph.of_kind(ConceptKind.SKILL, scheme=scheme):
        domain = _domain(graph, concept)
        described = list(_descriptions(concept))
        forms += [
            _form(concept, label.value, label.lang, str(label.type), described, domain) for label in concept.labels
        ]
        known = {label.value for label in concept.labels}
        for row in described:
            if row["text"] not in known:
                known.add(row["text"])
                forms.append(_form(concept, row["text"], row.get("lang") or "en", "ALTERNATIVE", described, domain))
    return forms


def _descriptions(concept: Concept) -> Iterable[Mapping[str, Any]]:
    for row in (concept.data or {}).get("forms") or ():
        if isinstance(row, Mapping) and isinstance(row.get("text"), str):
            yield row


def _form(
    concept: Concept, text: str, lang: str, label_type: str, described: Iterable[Mapping[str, Any]], domain: str | None
) -> Form:
    row = next((row for row in described if row["text"] == text and row.get("lang") in (None, lang)), {})
    match_case = row.get("matchCase")
    return Form(
        text=text,
        lang=lang,
        skill_id=concept.id,
        label_type=label_type,
        match_case=None if match_case is None else bool(match_case),
        needs_context=bool(row.get("needsContext")),
        context=tuple(row.get("context") or ()),
        excluded=tuple(row.get("except") or ()),
        domain=domain,
    )


def _domain(graph: Graph, concept: Concept) -> str | None:
    """The domain above a skill, else the topmost skill group, else the topmost concept."""
    above = graph.ancestors(concept.id)
    for kind in (ConceptKind.DOMAIN, ConceptKind.SKILL_GROUP):
        for ancestor in above:
            if ancestor.kind is kind:
                return ancestor.id
    return above[0].id if above else None
