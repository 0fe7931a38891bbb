"""What people said themselves of a concept of a foreign scheme, kept apart from what its source says.

It stands twice: among the concept's labels and definitions, where everybody finds it, and under `local` in its data,
by which it is told from what the source says and laid over the source's next version.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .model import Concept, Label, LabelType, Replacement, ReplacementKind

LOCAL = "local"
"""The key of a concept's data under which the local part stands."""


@dataclass(frozen=True, slots=True)
class LocalPart:
    """Labels and definitions beside the source's own, and what follows a concept of which the source says nothing."""

    labels: tuple[Label, ...] = ()
    definitions: Mapping[str, str] = field(default_factory=dict)
    replacement: Replacement | None = None

    def __bool__(self) -> bool:
        return bool(self.labels or self.definitions or self.replacement)


@dataclass(frozen=True, slots=True, order=True)
class LocalConflict:
    """What is local and what the source says do not go together; the text says which of them stands now.

    `entity_id` is the concept's or the edge's. `rule` is a short fixed name: `same` (the source says it itself now),
    `preferred`, `definition`, `replacement`, `restored`, `deprecated`, `relation`.
    """

    entity_id: str
    rule: str
    text: str


def local_part(concept: Concept) -> LocalPart:
    """The local part of a concept; an empty one is false."""
    held = (concept.data or {}).get(LOCAL)
    if not held:
        return LocalPart()
    follows = held.get("replacement")
    return LocalPart(
        tuple(Label(LabelType(row["type"]), row["lang"], row["value"]) for row in held.get("labels", ())),
        dict(held.get("definitions", {})),
        follows and Replacement(ReplacementKind(follows["kind"]), tuple(follows["concepts"]), follows["reason"]),
    )


def without_local(concept: Concept) -> Concept:
    """The concept as its source has it; of one whose replacement is local, nothing follows."""
    part = local_part(concept)
    if not part:
        return concept
    data = {name: value for name, value in (concept.data or {}).items() if name != LOCAL}
    local = set(part.labels)
    return replace(
        concept,
        labels=tuple(label for label in concept.labels if label not in local),
        definitions={tag: text for tag, text in concept.definitions.items() if tag not in part.definitions},
        replacement=Replacement(ReplacementKind.RETIRED) if part.replacement else concept.replacement,
        data=data or None,
    )


def with_local(concept: Concept, part: LocalPart) -> tuple[Concept, tuple[LocalConflict, ...]]:
    """Lay a local part over what the source says; where both speak, the source stands.

    A label that the source has itself is local no more. A local preferred label beside the source's own, in the same
    language, becomes an alternative one, so that it is still found. Laying over twice changes nothing more.
    """
    conflicts: list[LocalConflict] = []

    def conflict(rule: str, text: str) -> None:
        conflicts.append(LocalConflict(concept.id, rule, text))

    labels = _labels(concept, part, conflict)
    definitions: dict[str, str] = {}
    for tag, text in sorted(part.definitions.items()):
        stated = concept.definitions.get(tag)
        if stated is None:
            definitions[tag] = text
        elif stated == text:
            conflict("same", f"the definition ({tag}) is the source's own now")
        else:
            conflict("definition", f"the source has a definition ({tag}) of its own, which stands; local was: {text}")
    follows = _follows(concept, part, conflict)
    held: dict[str, Any] = {}
    if labels:
        held["labels"] = [{"type": label.type, "lang": label.lang, "value": label.value} for label in labels]
    if definitions:
        held["definitions"] = definitions
    if follows:
        held["replacement"] = {
            "kind": follows.kind,
            "concepts": sorted(set(follows.concepts)),
            "reason": follows.reason,
        }
    if not held:
        return concept, tuple(conflicts)
    laid = replace(
        concept,
        labels=tuple(sorted({*concept.labels, *labels})),
        definitions={**concept.definitions, **definitions},
        replacement=follows or concept.replacement,
        data={**(concept.data or {}), LOCAL: held},
    )
    return laid, tuple(conflicts)


def _labels(concept: Concept, part: LocalPart, conflict: Any) -> list[Label]:
    stated = {(label.lang, label.value) for label in concept.labels}
    preferred = {label.lang: label.value for label in concept.labels if label.type is LabelType.PREFERRED}
    found: set[Label] = set()
    for label in sorted(part.labels):
        if (label.lang, label.value) in stated:
            conflict("same", f"the label {label.value!r} ({label.lang}) is the source's own now")
        elif label.type is LabelType.PREFERRED and label.lang in preferred:
            found.add(Label(LabelType.ALTERNATIVE, label.lang, label.value))
            conflict(
                "preferred",
                f"the source's preferred label ({label.lang}) is {preferred[label.lang]!r}; "
                f"{label.value!r}, which was ours, is an alternative label now",
            )
        else:
            found.add(label)
    return sorted(found)


def _follows(concept: Concept, part: LocalPart, conflict: Any) -> Replacement | None:
    """The local replacement where it still stands."""
    if part.replacement is None:
        return None
    named = ", ".join(part.replacement.concepts)
    if concept.active:
        conflict("restored", f"the source has it again; that {named} follows it holds no more")
        return None
    stated = concept.replacement.concepts if concept.replacement else ()
    if not stated:
        return part.replacement
    if set(stated) != set(part.replacement.concepts):
        conflict("replacement", f"the source says that {', '.join(stated)} follows it, which stands; ours was {named}")
    return None
