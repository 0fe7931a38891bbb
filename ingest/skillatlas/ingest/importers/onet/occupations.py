"""Occupations as roles: titles, job zones and tasks, under the SOC groups of their codes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from skillatlas.taxonomy import ONET_NAMESPACE, Broader, Concept, ConceptKind, Label, LabelType

from .gathering import KEY, LANG, SOURCE, Gathering
from .rows import Cells
from .soc import OCCUPATION_CODE, group_concepts, minor_group
from .tables import OCCUPATIONS, REPORTED, TASKS, TITLES, ZONES, OnetPackage, Table

_ZONES = frozenset("12345")


@dataclass(slots=True)
class _Occupation:
    """What the tables say of one occupation."""

    code: str
    title: str
    description: str
    titles: set[str] = field(default_factory=set)
    tasks: dict[int, dict[str, Any]] = field(default_factory=dict)
    zone: int | None = None


def role_id(code: str) -> str:
    """The id of an occupation."""
    return f"{KEY}:{code}"


def occupation_rows(found: Gathering, table: Table, known: "dict[str, _Occupation] | set[str]") -> Iterator[Cells]:
    """Rows of a table whose code is that of a known occupation; others are listed."""
    place = table.place
    for cells in table.rows():
        code = cells.values[0]
        if code in known:
            yield cells
        elif not OCCUPATION_CODE.fullmatch(code):
            found.fault(place, cells, 0, f"{code!r} is no O*NET-SOC code, such as 15-1252.00")
        else:
            found.note(place, cells, f"{code} is not in the table Occupation Data", "missing-end")


def read_occupations(found: Gathering, package: OnetPackage) -> set[str]:
    """Add the roles and their groups; returns the codes. Raises UnreadableError."""
    occupations = _occupations(found, package)
    for table in package.tables(TITLES, REPORTED):
        _titles(found, table, occupations)
    for table in package.tables(ZONES):
        _zones(found, table, occupations)
    for table in package.tables(TASKS):
        _tasks(found, table, occupations)
    groups, edges = group_concepts(set(occupations))
    found.concepts.update((group.id, group) for group in groups)
    found.edges += edges
    for code, occupation in sorted(occupations.items()):
        identifier = role_id(code)
        found.concepts[identifier] = _role(occupation)
        found.edges.append(Broader(from_id=identifier, to_id=f"{KEY}:{minor_group(code)}", source=SOURCE))
    return set(occupations)


def _occupations(found: Gathering, package: OnetPackage) -> dict[str, _Occupation]:
    read: dict[str, _Occupation] = {}
    for table in package.tables(OCCUPATIONS):
        for cells in table.rows():
            code, title, description = cells.values
            if not OCCUPATION_CODE.fullmatch(code):
                found.fault(table.place, cells, 0, f"{code!r} is no O*NET-SOC code, such as 15-1252.00")
                continue
            # One with a fault is known all the same: what else its rows tell, such as technologies, is free of it.
            if not title:
                found.fault(table.place, cells, 1, f"{code} has no title", role_id(code))
            if code not in read:
                read[code] = _Occupation(code, title, description)
            elif (read[code].title, read[code].description) == (title, description):
                found.note(table.place, cells, f"{code} is a repeated row", "repeated-row")
            else:
                found.fault(table.place, cells, 1, f"{code} stands here again, and differently", role_id(code))
    return read


def _titles(found: Gathering, table: Table, occupations: dict[str, _Occupation]) -> None:
    seen: set[tuple[str, str]] = set()
    for cells in occupation_rows(found, table, occupations):
        code, title, *short = cells.values
        occupation = occupations[code]
        if not title:
            found.fault(table.place, cells, 1, f"the title of {code} is missing", role_id(code))
        elif (code, title) in seen:
            found.note(table.place, cells, f"{code}: the title {title!r} is a repeated row", "repeated-row")
        elif title == occupation.title:
            text = f"{code}: the alternative label {title!r} is its preferred label too"
            found.note(table.place, cells, text, "label-is-preferred")
        seen.add((code, title))
        occupation.titles.update(name for name in (title, *short) if name and name != occupation.title)


def _zones(found: Gathering, table: Table, occupations: dict[str, _Occupation]) -> None:
    for cells in occupation_rows(found, table, occupations):
        code, zone = cells.values
        occupation = occupations[code]
        if zone not in _ZONES:
            found.fault(table.place, cells, 1, f"{code}: {zone!r} is no job zone, 1 to 5", role_id(code))
        elif occupation.zone is None:
            occupation.zone = int(zone)
        elif occupation.zone == int(zone):
            found.note(table.place, cells, f"the job zone of {code} is a repeated row", "repeated-row")
        else:
            text = f"the job zone of {code} stands here again, and differently"
            found.fault(table.place, cells, 1, text, role_id(code))


def _tasks(found: Gathering, table: Table, occupations: dict[str, _Occupation]) -> None:
    for cells in occupation_rows(found, table, occupations):
        code, number, text, kind = cells.values
        tasks = occupations[code].tasks
        task = {"id": number, "text": text, "type": kind or None}
        if not (number.isascii() and number.isdigit()):
            found.fault(table.place, cells, 1, f"{code}: {number!r} is no number of a task", role_id(code))
        elif not text:
            found.fault(table.place, cells, 2, f"{code}: the task {number} has no text", role_id(code))
        elif tasks.setdefault(int(number), task) is not task:
            if tasks[int(number)] == task:
                found.note(table.place, cells, f"{code}: the task {number} is a repeated row", "repeated-row")
            else:
                what = f"{code}: the task {number} stands here again, and differently"
                found.fault(table.place, cells, 2, what, role_id(code))


def _role(occupation: _Occupation) -> Concept:
    data: dict[str, Any] = {"code": occupation.code}
    if occupation.zone is not None:
        data["jobZone"] = occupation.zone
    if occupation.tasks:
        data["tasks"] = [occupation.tasks[number] for number in sorted(occupation.tasks)]
    return Concept(
        id=role_id(occupation.code),
        uri=ONET_NAMESPACE + occupation.code,
        scheme=KEY,
        kind=ConceptKind.ROLE,
        labels=(
            *(Label(LabelType.ALTERNATIVE, LANG, title) for title in sorted(occupation.titles)),
            Label(LabelType.PREFERRED, LANG, occupation.title),
        ),
        definitions={LANG: occupation.description} if occupation.description else {},
        data=data,
    )
