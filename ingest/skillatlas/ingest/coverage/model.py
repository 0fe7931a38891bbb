"""What every part of the report says: how much of a list is met."""

from dataclasses import dataclass

_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Measure:
    """`met` of `total` things; `wanted` is the share that should be met, None where nothing is asked."""

    name: str
    met: int
    total: int
    wanted: float | None = None

    @property
    def share(self) -> float | None:
        """0 to 1, six decimals; None of nothing."""
        return round(self.met / self.total, _DECIMALS) if self.total else None

    @property
    def reached(self) -> bool | None:
        """Whether the wanted share is met; None where none is asked or there is nothing to meet."""
        return None if self.wanted is None or not self.total else self.met >= self.wanted * self.total
