"""Money in whole minor units, as ISO 4217 has them; sums are decimal and never mix currencies."""

import re
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from .errors import BadInputError

_CODE = re.compile(r"[A-Z]{3}")
_NO_MINOR = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_DIGITS = {
    **dict.fromkeys(_NO_MINOR.split(), 0),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}


def check_currency(field: str, currency: str) -> None:
    """Raise BadInputError where a currency is no ISO 4217 code."""
    if not _CODE.fullmatch(currency):
        raise BadInputError(field, f"{currency!r} is no currency: three capital letters, as in ISO 4217")


def minor_units(amount: float, currency: str, *, down: bool = False) -> int:
    """An amount as a whole number of minor units (cents), rounded half to even, or down."""
    exact = Decimal(repr(float(amount))).scaleb(_DIGITS.get(currency, 2))
    return int(exact.to_integral_value(ROUND_FLOOR if down else ROUND_HALF_EVEN))


def from_minor(units: int, currency: str) -> Decimal:
    """The decimal amount of a number of minor units."""
    return Decimal(units).scaleb(-_DIGITS.get(currency, 2))
