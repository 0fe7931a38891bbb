"""Prices and durations as people write them: "€1,299.00", "free", "PT40H", "10-12 weeks", "6 小时"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

WEEKS_A_MONTH = 52 / 12
"""A month of a course, in weeks."""

_FREE = frozenset(
    {"free", "free of charge", "gratis", "kostenlos", "kostenfrei", "gratuit", "免费", "免費", "无料", "無料"}
)
_DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "CLP", "COP", "ARS")
# Longer signs first: "US$" holds "$".
_SIGNS: Mapping[str, tuple[str, ...]] = {
    "US$": ("USD",), "CA$": ("CAD",), "AU$": ("AUD",), "NZ$": ("NZD",), "HK$": ("HKD",), "NT$": ("TWD",),
    "S$": ("SGD",), "C$": ("CAD",), "A$": ("AUD",), "R$": ("BRL",), "RMB": ("CNY",), "人民币": ("CNY",),
    "美元": ("USD",), "欧元": ("EUR",), "euro": ("EUR",), "euros": ("EUR",), "€": ("EUR",), "£": ("GBP",),
    "₹": ("INR",), "₩": ("KRW",), "zł": ("PLN",), "Kč": ("CZK",), "元": ("CNY",), "円": ("JPY",), "Fr.": ("CHF",),
    "kr": ("SEK", "NOK", "DKK", "ISK"), "￥": ("JPY", "CNY"), "¥": ("JPY", "CNY"), "$": _DOLLARS,
}  # fmt: skip
_CODE = re.compile(r"[A-Z]{3}")
_DIGITS = re.compile(r"[0-9][0-9.,'’ \u00a0\u2009\u202f]*")
_SPACES = str.maketrans("", "", "'’ \u00a0\u2009\u202f")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")

_ISO = re.compile(
    r"P(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)W)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)
_NUMBER = r"(\d+(?:[.,]\d+)?)"
_RANGE = re.compile(
    rf"(?:~|≈|ca\.?|about|约)?\s*{_NUMBER}(?:\s*(?:-|–|—|~|to|bis|至|到)\s*{_NUMBER})?\s*(\D*)", re.IGNORECASE
)
_CLOCK = re.compile(r"(\d+)\s*h(?:ours?|rs?)?\.?\s*(?:and\s*)?(\d{1,2})\s*(?:m|min|mins|minutes)?\.?", re.IGNORECASE)


class AmountError(ValueError):
    """Raised when a cell is no price or duration, or could be two; the text says which and what to do."""


class Unit(StrEnum):
    """What a duration counts."""

    HOURS = "HOURS"
    WEEKS = "WEEKS"
    NONE = "NONE"


_UNITS: Mapping[str, tuple[Unit, float]] = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "std", "stunden", "小时", "小時", "个小时"), (Unit.HOURS, 1.0)),
    **dict.fromkeys(("min", "mins", "minute", "minutes", "分钟", "分鐘"), (Unit.HOURS, 1 / 60)),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks", "woche", "wochen", "周", "週", "星期"), (Unit.WEEKS, 1.0)),
    **dict.fromkeys(("month", "months", "mo", "monat", "monate", "个月", "個月", "月"), (Unit.WEEKS, WEEKS_A_MONTH)),
    "": (Unit.NONE, 1.0),
}
_A_WEEK = re.compile(
    r"\s*(?:/\s*w(?:ee)?k|/\s*w|a week|per week|each week|weekly|pro woche|/\s*woche|每周|每週|/\s*周)\.?$",
    re.IGNORECASE,
)
_EACH_WEEK = re.compile(r"^(?:每周|每週)\s*")


@dataclass(frozen=True, slots=True)
class Duration:
    """So many hours or weeks; `is_middle` where the source gives a range."""

    amount: float
    unit: Unit
    is_middle: bool = False


def read_price(text: str, currency: str | None, decimal: str | None) -> tuple[Decimal, str]:
    """Amount and currency code of a cell. Raises AmountError.

    `currency` is what the row or the mapping states; it settles what "$" or "¥" means, and must fit the cell's sign.
    `decimal` is the mark before the decimals; without it, "1.299" could be two prices, and is refused.
    """
    cell = text.strip()
    if cell.lower() in _FREE:
        if currency is None:
            raise AmountError(f"the price {cell!r} needs a currency too: state one, as a column or as a constant")
        return Decimal(0), currency
    found = _DIGITS.search(cell)
    if found is None:
        raise AmountError(f"the price {cell!r} is no number")
    around = f"{cell[: found.start()]} {cell[found.end() :]}".strip()
    rest, stated = _sign(around)
    if rest.strip(" .-–") or "-" in cell[: found.start()]:
        raise AmountError(f"the price {cell!r} is not one amount; give a number, with a sign or a code")
    amount = _amount(found[0], cell, decimal)
    if currency is not None and stated and currency not in stated:
        raise AmountError(f"the price {cell!r} is not in {currency}, which the row or the mapping states")
    if currency is None:
        if len(stated) > 1:
            raise AmountError(f"the price {cell!r} may be in {' or '.join(stated[:3])}: state the currency")
        currency = next(iter(stated), None)
    if currency is None:
        raise AmountError(f"the price {cell!r} needs a currency: state one, as a column or as a constant")
    return amount, currency


def _sign(around: str) -> tuple[str, tuple[str, ...]]:
    """What stands around the digits without the sign or code, and the currencies it may mean."""
    for sign, codes in _SIGNS.items():
        if sign in around:
            return around.replace(sign, "", 1), codes
    code = _CODE.search(around)
    return (around.replace(code[0], "", 1), (code[0],)) if code else (around, ())


def _amount(digits: str, cell: str, decimal: str | None) -> Decimal:
    """The number, whatever marks it uses for thousands and decimals."""
    text = digits.strip().translate(_SPACES).rstrip(".,")
    marks = {mark for mark in ".," if mark in text}
    if len(marks) == 2:
        last = max(marks, key=text.rindex)
        if decimal is not None and last != decimal:
            raise AmountError(
                f"the price {cell!r} has {last!r} before its decimals, not {decimal!r} as the mapping says"
            )
    elif not marks:
        last = ""
    else:
        (mark,) = marks
        grouped = _GROUPED.fullmatch(text) is not None and not text.startswith("0")
        if decimal is not None:
            last = mark if mark == decimal else ""
        elif text.count(mark) > 1:
            last = ""
        elif grouped:
            raise AmountError(
                f'the price {cell!r} may be a thousand or a few: state decimal = "." or "," in the mapping'
            )
        else:
            last = mark
    whole, _, part = text.rpartition(last) if last else (text, "", "")
    if not whole.isdigit() and _GROUPED.fullmatch(whole) is None:
        raise AmountError(f"the price {cell!r} is no number")
    number = whole.replace(".", "").replace(",", "")
    return Decimal(f"{number}.{part}") if part else Decimal(number)


def read_duration(text: str) -> Duration:
    """A number with a unit or without, a range of which the middle counts, or ISO 8601. Raises AmountError."""
    cell = text.strip()
    iso = _ISO.fullmatch(cell)
    if iso and any(iso.groups()):
        months, weeks, hours, minutes, seconds = (float(part or 0) for part in iso.groups())
        if months or weeks:
            if hours or minutes or seconds:
                raise AmountError(f"the duration {cell!r} counts weeks and hours together")
            return Duration(months * WEEKS_A_MONTH + weeks, Unit.WEEKS)
        return Duration(hours + minutes / 60 + seconds / 3600, Unit.HOURS)
    clock = _CLOCK.fullmatch(cell)
    if clock:
        return Duration(int(clock[1]) + int(clock[2]) / 60, Unit.HOURS)
    found = _RANGE.fullmatch(_EACH_WEEK.sub("", _A_WEEK.sub("", cell)))
    unit = _UNITS.get(found[3].strip().rstrip(".").lower()) if found else None
    if found is None or unit is None:
        raise AmountError(f'the duration {cell!r} is none: write "40", "40 hours", "10-12 weeks" or "PT40H"')
    low = float(found[1].replace(",", "."))
    high = float(found[2].replace(",", ".")) if found[2] else low
    if high < low:
        raise AmountError(f"the duration {cell!r} runs backwards")
    return Duration((low + high) / 2 * unit[1], unit[0], is_middle=high > low)
