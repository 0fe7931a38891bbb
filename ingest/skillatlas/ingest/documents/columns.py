"""The reading order of the lines of a page: columns are found by the white between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

_MIN_WIDTH = 40.0  # points: what is narrower is a bullet, a number or a date, not a column
_MIN_GUTTER = 9.0  # points between columns; letters of running text are never so far apart
_MOST_LINES = 5_000  # of a page; beyond that it is no page to read, and looking for columns would take minutes


@dataclass(frozen=True, slots=True)
class Line:
    """A line where it stands on the page, in points from the lower left; its letters' size, and if all are bold."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float = 0.0
    bold: bool = False

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.y0 + self.y1) / 2


def columns(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of a page in blocks that are read one after the other, each from top to bottom."""
    if len(lines) > _MOST_LINES:
        return [_down(lines)]
    place = _gutter(lines)
    if place is not None:
        left = [line for line in lines if line.x0 < place]
        right = [line for line in lines if line.x0 >= place]
        return columns(left) + columns(right)
    found: list[list[Line]] = []
    plain: list[Line] = []
    for group in _groups(lines):
        if _gutter(group) is None:
            plain += group
            continue
        if plain:
            found.append(_down(plain))
            plain = []
        found += columns(group)
    return [*found, _down(plain)] if plain else found


def _down(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-round(line.middle), line.x0, line.text))


def _gutter(lines: Iterable[Line]) -> float | None:
    """Where the second column begins, if white runs down between two of them; None if there is one column."""
    ordered = sorted(lines, key=attrgetter("x0"))
    if not ordered:
        return None
    first, end = ordered[0].x0, ordered[0].x1
    last = max(line.x1 for line in ordered)
    for line in ordered[1:]:
        if line.x0 - end >= _MIN_GUTTER and end - first >= _MIN_WIDTH and last - line.x0 >= _MIN_WIDTH:
            return line.x0
        end = max(end, line.x1)
    return None


def _groups(lines: Iterable[Line]) -> list[list[Line]]:
    """Bands across the page, from the top; neighbours that show the same gutter belong together."""
    bands: list[list[Line]] = []
    bottom = 0.0
    for line in sorted(lines, key=lambda line: (-line.y1, line.x0)):
        if bands and line.y1 > bottom:
            bands[-1].append(line)
            bottom = min(bottom, line.y0)
        else:
            bands.append([line])
            bottom = line.y0
    groups: list[list[Line]] = []
    for band in bands:
        if groups and _gutter(groups[-1] + band) is not None:
            groups[-1] += band
        else:
            groups.append(band)
    return groups
