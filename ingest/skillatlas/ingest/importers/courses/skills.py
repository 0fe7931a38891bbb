"""Finding the skill that a catalogue names by id, IRI or exact preferred label, in the store's draft."""

from dataclasses import dataclass, field

from skillatlas.taxonomy import Concept, ConceptKind, EntityType, LabelType, Store, from_record

from ..draft import open_draft


class SkillNameError(ValueError):
    """Raised when a name names no skill, or more than one; the text says which and what to do."""


@dataclass(frozen=True, slots=True)
class _Known:
    id: str
    scheme: str
    is_skill: bool
    successors: tuple[str, ...] | None  # None: active


@dataclass(slots=True)
class SkillNames:
    """All names of skills; `preferred_scheme` wins where a label is that of skills of several schemes."""

    preferred_scheme: str
    _by_id: dict[str, _Known] = field(default_factory=dict)
    _by_uri: dict[str, str] = field(default_factory=dict)
    _by_label: dict[str, set[str]] = field(default_factory=dict)

    def find(self, name: str) -> str:
        """The id of the active skill of this name. Raises SkillNameError."""
        known = self._by_id.get(name) or self._by_id.get(self._by_uri.get(name, ""))
        if known is None:
            known = self._labelled(name)
        if not known.is_skill:
            raise SkillNameError(f"{name!r} is no skill ({known.id})")
        if known.successors is not None:
            instead = ", ".join(known.successors) or "nothing"
            raise SkillNameError(f"the skill {name!r} is deprecated; it is replaced by: {instead}")
        return known.id

    def __contains__(self, name: str) -> bool:
        try:
            self.find(name)
        except SkillNameError:
            return False
        return True

    def _labelled(self, name: str) -> _Known:
        ids = self._by_label.get(name, set())
        own = {identifier for identifier in ids if self._by_id[identifier].scheme == self.preferred_scheme}
        found = sorted(own or ids)
        if not found:
            raise SkillNameError(f"the skill {name!r} is not known (by id, IRI or exact preferred label)")
        if len(found) > 1:
            raise SkillNameError(f"{name!r} is the preferred label of {', '.join(found)}; name one by its id")
        return self._by_id[found[0]]

    def add(self, concept: Concept) -> None:
        """Know a concept."""
        is_skill = concept.kind is ConceptKind.SKILL
        replaced = concept.replacement.concepts if concept.replacement else ()
        self._by_id[concept.id] = _Known(concept.id, concept.scheme, is_skill, None if concept.active else replaced)
        self._by_uri[concept.uri] = concept.id
        if is_skill and concept.active:
            for label in concept.labels:
                if label.type is LabelType.PREFERRED:
                    self._by_label.setdefault(label.value, set()).add(concept.id)


def skill_names(store: Store, *, preferred_scheme: str = "atlas") -> SkillNames:
    """The names of all concepts of the draft."""
    names = SkillNames(preferred_scheme)
    with open_draft(store) as rows:
        for row in rows:
            if row.entity_type is EntityType.CONCEPT:
                concept = from_record(row)
                assert isinstance(concept, Concept)
                names.add(concept)
            elif row.entity_type is EntityType.EDGE:
                break
    return names
