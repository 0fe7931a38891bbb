"""Technologies as skills, under the commodity groups of the United Nations' product code."""

import re
from collections.abc import Iterable, Mapping

from skillatlas.taxonomy import (
    ONET_NAMESPACE,
    Broader,
    Concept,
    ConceptKind,
    Label,
    LabelType,
    Necessity,
    Needs,
    SkillType,
    make_id,
)

from .elements import Element, element_id
from .gathering import KEY, LANG, SOURCE, Gathering, need_id
from .naming import Naming, Use, name_technologies
from .occupations import occupation_rows, role_id
from .tables import COMMODITIES, TECHNOLOGY, OnetPackage

_TOP = "5.F"  # what the content model numbers the technologies
_TOP_NAME = "Technology Skills"
_COMMODITY = re.compile(r"[0-9]{8}")
_FLAGS = frozenset("YN")


def technology_id(name: str) -> str:
    """The id of a technology: `onet:tech.` and its exact name, encoded."""
    return make_id(KEY, f"tech.{name}")


def read_technologies(found: Gathering, package: OnetPackage, codes: set[str], model: Mapping[str, Element]) -> None:
    """Add the technologies, their groups and the needs of them. Raises UnreadableError."""
    needs: dict[tuple[str, str], tuple[bool, bool]] = {}
    seen: set[tuple[str, ...]] = set()
    groups: dict[str, set[str]] = {}
    titles: dict[str, str] = {}
    doubtful: set[str] = set()
    for table in package.tables(TECHNOLOGY):
        for cells in occupation_rows(found, table, codes):
            code, name, commodity, title, hot, demanded = cells.values
            bad = next((place for place, flag in ((4, hot), (5, demanded)) if flag not in _FLAGS), None)
            if not name:
                found.fault(table.place, cells, 1, f"{code}: the technology has no name")
                continue
            need = need_id(role_id(code), technology_id(name))
            if not _COMMODITY.fullmatch(commodity):
                text = f"{code}: {commodity!r} is no commodity code of eight digits"
                found.fault(table.place, cells, 2, text, need)
                doubtful.add(technology_id(name))
                continue
            groups.setdefault(name, set()).add(commodity)
            if not title or titles.setdefault(commodity, title) != title:
                text = f"the commodity {commodity} is called {title!r}, and elsewhere {titles.get(commodity)!r}"
                found.fault(table.place, cells, 3, text, need, _group_id(commodity))
            elif bad is not None:
                text = f"{code}: {cells.values[bad]!r} is neither Y nor N"
                found.fault(table.place, cells, bad, text, need)
            else:
                if cells.values in seen:
                    found.note(table.place, cells, f"{code} needs {name!r} is a repeated row", "repeated-row")
                seen.add(cells.values)
                was_hot, was_demanded = needs.get((code, name), (False, False))
                needs[code, name] = was_hot or hot == "Y", was_demanded or demanded == "Y"
    if groups:
        _add_groups(found, titles, _classes(found, package), model)
        _add_technologies(found, groups, _uses(groups, needs))
    found.left_out |= doubtful - found.concepts.keys()
    found.edges += (
        Needs(
            from_id=role_id(code),
            to_id=technology_id(name),
            necessity=Necessity.ESSENTIAL if demanded else Necessity.OPTIONAL,
            source=SOURCE,
            data={"hot": hot, "inDemand": demanded},
        )
        for (code, name), (hot, demanded) in needs.items()
    )


def _classes(found: Gathering, package: OnetPackage) -> dict[str, tuple[str, str]]:
    """Code and title of the class that each commodity is of; empty where no file has the table."""
    classes: dict[str, tuple[str, str]] = {}
    for table in package.tables(COMMODITIES):
        for cells in table.rows():
            commodity, code, title = cells.values
            if not _COMMODITY.fullmatch(code) or not title:
                found.fault(table.place, cells, 1, f"{code!r} is no class with a code of eight digits and a title")
            elif classes.setdefault(commodity, (code, title)) != (code, title):
                found.fault(table.place, cells, 1, f"the commodity {commodity} stands here again, and differently")
    return classes


def _add_groups(
    found: Gathering, titles: Mapping[str, str], classes: Mapping[str, tuple[str, str]], model: Mapping[str, Element]
) -> None:
    top = model.get(_TOP)
    _add_group(found, _TOP, ConceptKind.AREA, top.name if top else _TOP_NAME, top.description if top else "")
    for code, title in sorted({classes[commodity] for commodity in titles if commodity in classes}):
        _add_group(found, code, ConceptKind.SKILL_GROUP, title)
        found.edges.append(Broader(from_id=_group_id(code), to_id=_group_id(_TOP), source=SOURCE))
    for commodity, title in sorted(titles.items()):
        above = classes[commodity][0] if commodity in classes else _TOP
        _add_group(found, commodity, ConceptKind.SKILL_GROUP, title)
        found.edges.append(Broader(from_id=_group_id(commodity), to_id=_group_id(above), source=SOURCE))


def _group_id(code: str) -> str:
    return element_id(code) if code == _TOP else make_id(KEY, f"commodity.{code}")


def _add_group(found: Gathering, code: str, kind: ConceptKind, title: str, description: str = "") -> None:
    identifier = _group_id(code)
    found.concepts[identifier] = Concept(
        id=identifier,
        uri=ONET_NAMESPACE + identifier.removeprefix(f"{KEY}:"),
        scheme=KEY,
        kind=kind,
        labels=(Label(LabelType.PREFERRED, LANG, title),),
        definitions={LANG: description} if description else {},
        data=None if kind is ConceptKind.AREA else {"code": code},
    )


def _uses(names: Iterable[str], needs: Mapping[tuple[str, str], tuple[bool, bool]]) -> dict[str, Use]:
    uses = {name: Use() for name in names}
    for (_, name), (hot, _demanded) in needs.items():
        uses[name].occupations += 1
        uses[name].hot |= hot
    return uses


def _add_technologies(found: Gathering, groups: Mapping[str, set[str]], uses: Mapping[str, Use]) -> None:
    namings = name_technologies(uses)
    for name, commodities in sorted(groups.items()):
        technology = _technology(name, namings[name])
        found.concepts[technology.id] = technology
        first = min(commodities)
        found.edges += (
            Broader(from_id=technology.id, to_id=_group_id(code), primary=code == first, source=SOURCE)
            for code in sorted(commodities)
        )


def _technology(name: str, naming: Naming) -> Concept:
    identifier = technology_id(name)
    return Concept(
        id=identifier,
        uri=ONET_NAMESPACE + identifier.removeprefix(f"{KEY}:"),
        scheme=KEY,
        kind=ConceptKind.SKILL,
        labels=(
            *(Label(LabelType.ALTERNATIVE, LANG, label) for label in sorted(naming.labels)),
            Label(LabelType.PREFERRED, LANG, name),
        ),
        skill_type=SkillType.TOOL,
        data={"forms": naming.forms} if naming.forms else None,
    )
