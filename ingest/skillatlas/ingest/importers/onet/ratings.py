"""Ratings of skill and knowledge elements as needs: importance 0 to 100, levels 1 to 5."""

import math
from dataclasses import dataclass

from skillatlas.taxonomy import Necessity, Needs, edge_id

from .elements import ELEMENT_ID, element_id
from .gathering import SOURCE, Gathering, need_id
from .occupations import occupation_rows, role_id
from .rows import Cells
from .tables import Table

_SCALES = {"IM": (1.0, 5.0), "LV": (0.0, 7.0)}
_FLAGS = frozenset(("", "Y", "N"))

# The public contract's rule: O*NET's 0 to 7 as 1 (aware) to 5 (expert).
_LEVELS = ((1.5, 1), (2.75, 2), (4.0, 3), (5.25, 4))
_NEEDED_FROM = 2.0
_ESSENTIAL_FROM = 3.0


@dataclass(frozen=True, slots=True)
class _Rating:
    value: float
    suppress: bool
    irrelevant: bool


def level_of(value: float) -> int:
    """The level of a rating on O*NET's scale LV, 0 to 7."""
    return next((level for below, level in _LEVELS if value < below), 5)


def importance_of(value: float) -> float:
    """The importance, 0 to 100, of a rating on O*NET's scale IM, 1 to 5."""
    return round((value - 1) * 25, 6)


def read_ratings(found: Gathering, table: Table, codes: set[str]) -> None:
    """Add the needs that a table of ratings tells of. Raises UnreadableError."""
    ratings: dict[tuple[str, str], dict[str, tuple[_Rating, Cells]]] = {}
    for cells in occupation_rows(found, table, codes):
        code, element, scale = cells.values[:3]
        if not ELEMENT_ID.fullmatch(element) or scale not in _SCALES:
            if scale in _SCALES:
                found.fault(table.place, cells, 1, f"{code}: {element!r} is no element, such as 2.A.1.a")
            else:
                found.fault(table.place, cells, 2, f"{code}: {scale!r} is no scale of ratings, IM or LV")
            continue
        pair = role_id(code), element_id(element)
        rating = _rating(found, table, cells, need_id(*pair))
        if rating is None:
            continue
        held = ratings.setdefault(pair, {}).setdefault(scale, (rating, cells))
        if held[1] is cells:
            continue
        if held[0] == rating:
            found.note(table.place, cells, f"{code}: {scale} of {element} is a repeated row", "repeated-row")
        else:
            text = f"{code}: {scale} of {element} stands here again, and differently"
            found.fault(table.place, cells, 4, text, need_id(*pair))
    for (role, skill), scales in ratings.items():
        if "IM" in scales:
            need = _need(role, skill, scales["IM"][0], scales["LV"][0] if "LV" in scales else None)
            if need is not None and edge_id(need) not in found.left_out:
                found.edges.append(need)
        elif need_id(role, skill) not in found.left_out:
            text = f"{role} has a level and no importance for {skill}"
            found.note(table.place, scales["LV"][1], text, "no-importance")


def _rating(found: Gathering, table: Table, cells: Cells, need: str) -> _Rating | None:
    code, _, scale, _, cell, suppress, irrelevant = cells.values
    for place, flag in ((5, suppress), (6, irrelevant)):
        if flag not in _FLAGS:
            found.fault(table.place, cells, place, f"{code}: {flag!r} is neither Y nor N", need)
            return None
    lowest, highest = _SCALES[scale]
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not lowest <= value <= highest:
        text = f"{code}: {cell!r} is no rating on the scale {scale}, {lowest:g} to {highest:g}"
        found.fault(table.place, cells, 4, text, need)
        return None
    return _Rating(value, suppress == "Y", irrelevant == "Y")


def _need(role: str, skill: str, importance: _Rating, level: _Rating | None) -> Needs | None:
    if importance.value < _NEEDED_FROM:
        return None
    known = level is not None and not (level.suppress or level.irrelevant)
    return Needs(
        from_id=role,
        to_id=skill,
        necessity=Necessity.ESSENTIAL if importance.value >= _ESSENTIAL_FROM else Necessity.OPTIONAL,
        importance=importance_of(importance.value),
        level=level_of(level.value) if level is not None and known else None,
        source=SOURCE,
        data={"recommendSuppress": True} if importance.suppress else None,
    )
