"""ESCO's concepts: skills, skill groups, occupations and ISCO groups with all their labels."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from sys import intern

from skillatlas.taxonomy import (
    ESCO_NAMESPACE,
    Concept,
    ConceptKind,
    Label,
    LabelType,
    SkillType,
    compact,
    expand,
)

from ...findings import Finding, fault, warning
from .package import EscoPackage

KEY = "esco"

_SKILL_TYPES = {"skill/competence": SkillType.COMPETENCE, "knowledge": SkillType.KNOWLEDGE, "": None}


def concept_id(uri: str) -> str:
    """The id of an ESCO URI; one object for equal ids, since relations repeat them."""
    return intern(compact(uri.strip(), KEY, ESCO_NAMESPACE))


@dataclass(slots=True)
class EscoConcepts:
    """The concepts read, by id, and what was found on the way.

    `left_out` are concepts with faults, as far as they could be read: relations may name them, since the store may
    have them from an earlier version.
    """

    lang: str
    by_id: dict[str, Concept] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    left_out: dict[str, Concept] = field(default_factory=dict)

    def add(self, place: str, line: int, concept: Concept) -> None:
        """Keep a concept; a second row of the same one is left out, as a fault if the two differ."""
        earlier = self.by_id.get(concept.id)
        if earlier is None:
            self.by_id[concept.id] = concept
            return
        text = f"{concept.id} stands here again"
        if earlier == concept:
            self.findings.append(warning(place, line, f"{text}; the repetition is left out", rule="repeated-row"))
        else:
            self.findings.append(fault(place, line, f"{text}, and differently", rule="repeated-concept"))
            self.left_out[concept.id] = earlier

    def labels(
        self, place: str, line: int, name: str, preferred: str, others: Iterable[tuple[LabelType, str]]
    ) -> tuple[Label, ...]:
        """The labels of one row; cells of alternatives are separated by newlines."""
        found = {Label(LabelType.PREFERRED, self.lang, preferred)}
        for kind, cell in others:
            for part in cell.split("\n"):
                value = part.strip()
                if not value:
                    continue
                if value == preferred:
                    text = f"{name}: the {kind.lower()} label {value!r} is its preferred label too; left out"
                    self.findings.append(warning(place, line, text, rule="label-is-preferred"))
                    continue
                label = Label(kind, self.lang, value)
                if label in found:
                    text = f"{name}: the {kind.lower()} label {value!r} is repeated; left out"
                    self.findings.append(warning(place, line, text, rule="repeated-label"))
                found.add(label)
        return tuple(sorted(found))


def read_concepts(package: EscoPackage) -> EscoConcepts:
    """All concepts of the classification. Raises UnreadableError."""
    found = EscoConcepts(package.lang)
    pillars = {
        concept_id(row[0])
        for _line, row in package.rows("skillsHierarchy", ("Level 0 URI",), ragged=True)
        if row[0].strip()
    }
    for table, rows in (
        ("skillGroups", _skill_groups(package, pillars)),
        ("ISCOGroups", _isco_groups(package)),
        ("skills", _skills(package)),
        ("occupations", _occupations(package)),
    ):
        for row in rows:
            _take(found, package, table, row)
    _collections(found, package)
    _shared_labels(found, package)
    for gone in found.left_out:
        found.by_id.pop(gone, None)
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    uri: str
    kind: ConceptKind
    preferred: str
    alternative: str
    hidden: str
    description: str
    data: dict[str, str]
    skill_type: str = ""


def _take(found: EscoConcepts, package: EscoPackage, table: str, row: _Row) -> None:
    """Make a concept of a row; a row without URI or preferred label, or of an unknown type, is a fault."""
    place = package.place(table)
    identifier, preferred = concept_id(row.uri) if row.uri.strip() else "", row.preferred.strip()
    if not identifier.startswith(("http://", "https://", f"{KEY}:")):
        column = package.column(table, "conceptUri")
        text = f"{row.uri!r} is no URI of a concept"
        found.findings.append(fault(place, row.line, text, rule="uri", column=column))
        return
    others = ((LabelType.ALTERNATIVE, row.alternative), (LabelType.HIDDEN, row.hidden))
    description = row.description.strip()
    data = {key: value.strip() for key, value in row.data.items() if value.strip()}
    concept = Concept(
        id=identifier,
        uri=expand(identifier, {KEY: ESCO_NAMESPACE}),
        scheme=KEY,
        kind=row.kind,
        labels=found.labels(place, row.line, identifier, preferred, others),
        skill_type=_SKILL_TYPES.get(row.skill_type),
        definitions={found.lang: description} if description else {},
        data=data or None,
    )
    if not preferred or row.skill_type not in _SKILL_TYPES:
        what = f"the skill type {row.skill_type!r} is not known" if preferred else "has no preferred label"
        column = package.column(table, "skillType" if preferred else "preferredLabel")
        found.findings.append(fault(place, row.line, f"{identifier}: {what}", rule="row", column=column))
        found.left_out[identifier] = concept
        return
    found.add(place, row.line, concept)


def _skill_groups(package: EscoPackage, pillars: set[str]) -> Iterator[_Row]:
    required, optional = (
        ("conceptUri", "code", "preferredLabel"),
        ("altLabels", "hiddenLabels", "description", "scopeNote"),
    )
    for line, (uri, code, preferred, alt, hidden, text, note) in package.rows("skillGroups", required, optional):
        kind = ConceptKind.AREA if concept_id(uri) in pillars else ConceptKind.SKILL_GROUP
        yield _Row(line, uri, kind, preferred, alt, hidden, text, {"code": code, "scopeNote": note})


def _isco_groups(package: EscoPackage) -> Iterator[_Row]:
    required, optional = ("conceptUri", "code", "preferredLabel"), ("altLabels", "description")
    for line, (uri, code, preferred, alt, text) in package.rows("ISCOGroups", required, optional):
        yield _Row(line, uri, ConceptKind.ROLE_GROUP, preferred, alt, "", text, {"code": code})


def _skills(package: EscoPackage) -> Iterator[_Row]:
    required = ("conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels", "hiddenLabels", "description")
    optional = ("definition", "scopeNote")
    for line, cells in package.rows("skills", required, optional):
        uri, skill_type, reuse, preferred, alt, hidden, text, definition, note = cells
        data = {"reuseLevel": reuse, "definition": definition, "scopeNote": note}
        yield _Row(line, uri, ConceptKind.SKILL, preferred, alt, hidden, text, data, skill_type.strip())


def _occupations(package: EscoPackage) -> Iterator[_Row]:
    required = ("conceptUri", "iscoGroup", "code", "preferredLabel", "altLabels", "description")
    optional = ("hiddenLabels", "regulatedProfessionNote", "definition", "scopeNote")
    for line, cells in package.rows("occupations", required, optional):
        uri, isco, code, preferred, alt, text, hidden, regulated, definition, note = cells
        data = {
            "code": code,
            "iscoGroup": isco,
            "regulatedProfessionNote": regulated,
            "definition": definition,
            "scopeNote": note,
        }
        yield _Row(line, uri, ConceptKind.ROLE, preferred, alt, hidden, text, data)


def _collections(found: EscoConcepts, package: EscoPackage) -> None:
    """Note at each concept the collections that it is in: `data.collections`, sorted."""
    memberships: dict[str, set[str]] = {}
    for collection in package.collections:
        place = package.collection_place(collection)
        for line, uri in package.members(collection):
            identifier = concept_id(uri)
            if identifier not in found.by_id and identifier not in found.left_out:
                text = f"{identifier} is in no table of concepts; left out of {collection}"
                found.findings.append(warning(place, line, text, rule="missing-member"))
            elif collection in memberships.setdefault(identifier, set()):
                text = f"{identifier} in {collection} is a repeated row; left out"
                found.findings.append(warning(place, line, text, rule="repeated-row"))
            else:
                memberships[identifier].add(collection)
    for identifier in sorted(memberships.keys() & found.by_id.keys()):
        concept = found.by_id[identifier]
        data = {**(concept.data or {}), "collections": sorted(memberships[identifier])}
        found.by_id[identifier] = replace(concept, data=data)


def _shared_labels(found: EscoConcepts, package: EscoPackage) -> None:
    """List preferred labels that two concepts of one kind have; both keep it, as the source has it."""
    owners: dict[tuple[ConceptKind, str], list[str]] = {}
    for concept in found.by_id.values():
        for label in concept.labels:
            if label.type is LabelType.PREFERRED:
                owners.setdefault((concept.kind, label.value), []).append(concept.id)
    for (kind, value), ids in sorted(owners.items()):
        if len(ids) > 1:
            text = f"the preferred label {value!r} is that of {', '.join(sorted(ids))}; kept"
            table = {ConceptKind.SKILL: "skills", ConceptKind.ROLE: "occupations", ConceptKind.ROLE_GROUP: "ISCOGroups"}
            found.findings.append(
                warning(package.place(table.get(kind, "skillGroups")), None, text, rule="preferred-label-twice")
            )
