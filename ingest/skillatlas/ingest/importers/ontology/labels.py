"""Rules of labels, definitions and forms across concepts."""

import re
import unicodedata

from skillatlas.taxonomy import Concept, ConceptKind, LabelType, SkillType

from .content import Content

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORDS = re.compile(r"\w+")
_SAYS_NOTHING = frozenset(
    {
        *("a", "an", "the", "of", "to", "and", "or", "in", "on", "for", "with", "by", "at", "is", "are", "be", "being"),
        *(
            "skill",
            "skills",
            "knowledge",
            "ability",
            "able",
            "use",
            "using",
            "used",
            "work",
            "working",
            "area",
            "domain",
        ),
        *("group", "field", "role", "person", "people", "who", "which", "that", "this"),
    }
)
"""Words that add nothing to a label when a definition is made of the two."""

_NAMED = frozenset({SkillType.TOOL, SkillType.CERTIFICATION})


def folded(text: str) -> str:
    """A label as it is compared with others: width, case and spaces do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def check_labels(content: Content) -> None:
    """A preferred label in English, Chinese in Chinese script, definitions that say something."""
    for concept in content.concepts.values():
        preferred = {label.lang: label.value for label in concept.labels if label.type is LabelType.PREFERRED}
        if "en" not in preferred:
            content.fault(concept.id, "english-label", "has no skos:prefLabel in English (@en)")
        for label in concept.labels:
            if (
                label.lang.partition("-")[0] == "zh"
                and not _HAN.search(label.value)
                and not _is_name(label.value, concept)
            ):
                content.fault(
                    concept.id, "chinese-label", f"the label {label.value!r}@{label.lang} is not in Chinese script"
                )
        for lang, definition in concept.definitions.items():
            if _repeats(definition, [label.value for label in concept.labels if label.lang == lang]):
                content.fault(concept.id, "definition", f"the definition {definition!r} only repeats the label")


def _is_name(value: str, concept: Concept) -> bool:
    """Whether a label in Latin script is a name, which Chinese texts write in Latin script too."""
    return concept.skill_type in _NAMED or any(not char.islower() and not char.isspace() for char in value)


def _repeats(definition: str, labels: list[str]) -> bool:
    """Whether a definition has no word that is not in one of the labels or says nothing."""
    words = {word for word in _WORDS.findall(folded(definition)) if word not in _SAYS_NOTHING}
    for label in labels:
        if folded(definition).rstrip(".。 ") == folded(label):
            return True
        if words <= set(_WORDS.findall(folded(label))):
            return True
    return False


def check_shared_labels(content: Content) -> None:
    """A label that is another concept's preferred label, of the same kind, needs a form on both."""
    owners: dict[tuple[ConceptKind, str], set[str]] = {}
    for concept in content.concepts.values():
        if concept.active:
            for label in concept.labels:
                if label.type is LabelType.PREFERRED:
                    owners.setdefault((concept.kind, folded(label.value)), set()).add(concept.id)
    for concept in content.concepts.values():
        if not concept.active:
            continue
        shared: dict[tuple[str, str], str] = {}
        for label in concept.labels:
            for other in owners.get((concept.kind, folded(label.value)), set()) - {concept.id}:
                described = all(
                    folded(label.value) in described_forms(content.concepts[one]) for one in (concept.id, other)
                )
                if not described:
                    shared[other, folded(label.value)] = label.value
        for (other, _), value in sorted(shared.items()):
            text = f"the label {value!r} is the preferred label of {other}: drop it, or describe it by sa:form on both"
            content.fault(concept.id, "shared-label", text)
            if concept.id not in content.places:
                content.fault(other, "shared-label", f"its preferred label {value!r} is a label of {concept.id} too")


def described_forms(concept: Concept) -> set[str]:
    """The labels of a concept that a form describes, folded."""
    return {folded(form["text"]) for form in (concept.data or {}).get("forms", ())}


def check_forms(content: Content) -> None:
    """A form describes a label of its concept, letter for letter, once."""
    for concept in content.concepts.values():
        seen: set[tuple[str, str | None]] = set()
        for form in (concept.data or {}).get("forms", ()):
            text, lang = form["text"], form["lang"]
            if not any(label.value == text and lang in (None, label.lang) for label in concept.labels):
                tag = f"@{lang}" if lang else ""
                content.fault(concept.id, "form", f"the form {text!r}{tag} is none of its labels")
            if (text, lang) in seen:
                content.fault(concept.id, "form", f"the form {text!r} is described twice")
            seen.add((text, lang))
