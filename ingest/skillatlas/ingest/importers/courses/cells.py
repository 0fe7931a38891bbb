"""The cells of a CSV catalogue as the JSON form has them: `a=3; b=2`, `a=2 | b=2; c`."""

from collections.abc import Mapping
from typing import Any

from .skills import SkillNames


def from_cells(values: Mapping[str, Any], names: SkillNames) -> dict[str, Any]:
    """The values of a CSV row in the shape of the JSON form."""
    found: dict[str, Any] = {key: value for key, value in values.items() if key not in ("price", "currency")}
    if "price" in values or "currency" in values:
        found["price"] = {"amount": values.get("price"), "currency": values.get("currency")}
    if "teaches" in values:
        found["teaches"] = [_skill(part, names) for part in _parts(values["teaches"], ";")]
    if "assumes" in values:
        found["assumes"] = [
            {"anyOf": [_skill(option, names) for option in _parts(clause, "|")]}
            for clause in _parts(values["assumes"], ";")
        ]
    if "outcomes" in values:
        found["outcomes"] = _parts(values["outcomes"], ";")
    return found


def _parts(cell: str, separator: str) -> list[str]:
    return [part.strip() for part in cell.split(separator) if part.strip()]


def _skill(text: str, names: SkillNames) -> dict[str, Any]:
    """A skill with the level after the last `=`; a label may hold a `=` itself."""
    name, equals, level = text.rpartition("=")
    if not equals or text in names:
        return {"skill": text}
    stated = level.strip()
    return {"skill": name.strip(), "level": int(stated) if stated.isascii() and stated.isdigit() else stated}
