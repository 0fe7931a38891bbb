"""Skill and knowledge elements, under the groups of O*NET's content model."""

import re
from dataclasses import dataclass
from typing import Any

from skillatlas.taxonomy import (
    ONET_NAMESPACE,
    Broader,
    Concept,
    ConceptKind,
    Label,
    LabelType,
    SkillType,
)

from .gathering import KEY, LANG, SOURCE, Gathering
from .naming import element_forms
from .tables import CONTENT_MODEL, KNOWLEDGE, SKILLS, OnetPackage

ELEMENT_ID = re.compile(r"[0-9]+(\.[A-Za-z0-9]+)+")
_TYPES = {SKILLS: SkillType.COMPETENCE, KNOWLEDGE: SkillType.KNOWLEDGE}


@dataclass(frozen=True, slots=True)
class Element:
    """What the content model says of an element or a group."""

    name: str
    description: str


def element_id(element: str) -> str:
    """The id of an element or of a group of elements."""
    return f"{KEY}:{element}"


def read_content_model(found: Gathering, package: OnetPackage) -> dict[str, Element]:
    """The content model by element id; empty where no file has it. Raises UnreadableError."""
    model: dict[str, Element] = {}
    for table in package.tables(CONTENT_MODEL):
        for cells in table.rows():
            number, name, description = cells.values
            element = Element(name, description)
            held = model.setdefault(number, element)
            if not name:
                found.fault(table.place, cells, 1, f"the element {number} has no name", element_id(number))
            elif held is not element and held == element:
                found.note(table.place, cells, f"the element {number} is a repeated row", "repeated-row")
            elif held is not element:
                text = f"the element {number} stands here again, and differently"
                found.fault(table.place, cells, 1, text, element_id(number))
    return model


def read_elements(found: Gathering, package: OnetPackage, model: dict[str, Element]) -> None:
    """Add the rated elements and the groups above them. Raises UnreadableError."""
    names: dict[str, dict[str, int]] = {}
    types: dict[str, SkillType] = {}
    for table in package.tables(SKILLS, KNOWLEDGE):
        for cells in table.rows():
            number, name = cells.values[1], cells.values[3]
            if ELEMENT_ID.fullmatch(number):
                types.setdefault(number, _TYPES[table.name])
                if name not in names.setdefault(number, {}):
                    names[number][name] = cells.line
                    if len(names[number]) > 1:
                        text = f"the element {number} is called {' and '.join(map(repr, names[number]))}"
                        found.fault(table.place, cells, 3, text, element_id(number))
    for number in sorted(names):
        known = model.get(number)
        name = known.name if known else next(iter(names[number]))
        forms = element_forms(name)
        found.concepts[element_id(number)] = _concept(
            number,
            ConceptKind.SKILL,
            name,
            known.description if known else "",
            skill_type=types[number],
            data={"forms": forms} if forms else None,
        )
    groups = {parent for number in names for parent in _above(number)} - names.keys()
    for number in sorted(groups):
        known = model.get(number)
        kind = ConceptKind.SKILL_GROUP if "." in number else ConceptKind.AREA
        found.concepts[element_id(number)] = _concept(
            number, kind, known.name if known else f"Elements {number}", known.description if known else ""
        )
    for number in sorted(names.keys() | groups):
        if "." in number:
            parent = number.rpartition(".")[0]
            found.edges.append(Broader(from_id=element_id(number), to_id=element_id(parent), source=SOURCE))


def _above(number: str) -> list[str]:
    parts = number.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def _concept(
    number: str,
    kind: ConceptKind,
    name: str,
    description: str,
    *,
    skill_type: SkillType | None = None,
    data: dict[str, Any] | None = None,
) -> Concept:
    return Concept(
        id=element_id(number),
        uri=ONET_NAMESPACE + number,
        scheme=KEY,
        kind=kind,
        labels=(Label(LabelType.PREFERRED, LANG, name),),
        skill_type=skill_type,
        # The content model repeats the name where it has no description.
        definitions={LANG: description} if description and description != name else {},
        data=data,
    )
