"""The cells of a table as the JSON form has them: `a=3; b=2`, `a=2 | b=2; c`, prices and hours in all their forms."""

from collections.abc import Callable, Mapping
from typing import Any

from .amounts import AmountError, Duration, Unit, read_duration, read_price
from .mapping import CatalogueMapping
from .skills import SkillNames

Say = Callable[[str, str], None]
"""Gets the field and the text of a fault, or of a warning."""

_ABSENT = frozenset({"", "-", "–", "—", "n/a", "na", "tbd", "无", "暂无"})
_DERIVED = ("price", "currency", "weeks", "hours_per_week")


def from_cells(
    values: Mapping[str, Any], names: SkillNames, mapping: CatalogueMapping | None, fault: Say, warn: Say
) -> dict[str, Any]:
    """The values of a table's row in the shape of the JSON form.

    With a mapping, constants fill what is empty, and prices and hours are read in all their ways of writing; what
    cannot be read is told to `fault`, and ranges of which the middle counts to `warn`.
    """
    if mapping is not None:
        values = {name: value for name, value in values.items() if str(value).strip().lower() not in _ABSENT}
        values = {**mapping.constants, **values}
    found: dict[str, Any] = {key: value for key, value in values.items() if key not in _DERIVED}
    if mapping is not None:
        found |= _amounts(values, mapping, fault, warn)
    elif "price" in values or "currency" in values:
        found["price"] = {"amount": values.get("price"), "currency": values.get("currency")}
    separator = mapping.list_separator if mapping else ";"
    if "teaches" in values:
        found["teaches"] = [_skill(part, names) for part in _parts(values["teaches"], separator)]
    if "assumes" in values:
        found["assumes"] = [
            {"anyOf": [_skill(option, names) for option in _parts(clause, "|")]}
            for clause in _parts(values["assumes"], separator)
        ]
    if "outcomes" in values:
        found["outcomes"] = _parts(values["outcomes"], separator)
    return found


def _amounts(values: Mapping[str, Any], mapping: CatalogueMapping, fault: Say, warn: Say) -> dict[str, Any]:
    found: dict[str, Any] = {}
    try:
        hours = _hours(values, warn)
        if hours is not None:
            found["hours"] = hours
    except AmountError as error:
        fault("hours", str(error))
        found["hours"] = 1.0  # told already; the row is left out
    currency = values.get("currency")
    if "price" in values:
        price = values["price"]
        try:
            if isinstance(price, float):
                found["price"] = {"amount": price, "currency": currency}
            else:
                amount, code = read_price(price, currency, mapping.decimal)
                found["price"] = {"amount": float(amount), "currency": code}
        except AmountError as error:
            fault("price", str(error))
    return found


def _hours(values: Mapping[str, Any], warn: Say) -> float | None:
    """Hours as stated, else weeks × hours a week. Raises AmountError."""
    stated = _duration(values.get("hours"), Unit.HOURS)
    weeks = _duration(values.get("weeks"), Unit.WEEKS)
    a_week = _duration(values.get("hours_per_week"), Unit.HOURS)
    if stated is not None and stated.unit is Unit.WEEKS:  # "6 weeks" in the column of hours
        stated, weeks = None, stated
    if stated is not None:
        parts, hours = [stated], stated.amount
    elif weeks is not None and a_week is not None:
        if weeks.unit is not Unit.WEEKS or a_week.unit is not Unit.HOURS:
            raise AmountError("weeks is a number of weeks, and hours_per_week one of hours")
        parts, hours = [weeks, a_week], weeks.amount * a_week.amount
    elif weeks is not None:
        raise AmountError(
            "the weeks are known, but not the hours a week: map hours_per_week, or state it as a constant"
        )
    else:
        return None
    if any(part.is_middle for part in parts):
        told = " × ".join(repr(str(values[name])) for name in ("hours", "weeks", "hours_per_week") if name in values)
        warn("hours", f"the hours are {hours:g}, from the middle of the range in {told}")
    return round(hours, 6)


def _duration(value: Any, unit: Unit) -> Duration | None:
    """A cell as a duration; a bare number counts `unit`."""
    if value is None:
        return None
    if isinstance(value, float):
        return Duration(value, unit)
    found = read_duration(value)
    return Duration(found.amount, unit, found.is_middle) if found.unit is Unit.NONE else found


def _parts(cell: str, separator: str) -> list[str]:
    return [part.strip() for line in cell.split("\n") for part in line.split(separator) if part.strip()]


def _skill(text: str, names: SkillNames) -> dict[str, Any]:
    """A skill with the level after the last `=`; a label may hold a `=` itself."""
    name, equals, level = text.rpartition("=")
    if not equals or text in names:
        return {"skill": text}
    stated = level.strip()
    return {"skill": name.strip(), "level": int(stated) if stated.isascii() and stated.isdigit() else stated}
