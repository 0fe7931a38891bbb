"""The fewest skills that would make a role viable: what to learn for it, proven to be the fewest.

A skill that is added counts as if it had been named: held, with confidence 1. Only skills that the role needs and that
are not held are considered. The search goes through the sets by their size, so that the first that is found is one of
the fewest; sets of which not even a bound reaches the threshold are passed over.
"""

from dataclasses import dataclass

import numpy as np

from .similarity import DECIMALS, Values, cosines
from .similarity_position import Position

_SLACK = 10.0**-DECIMALS
"""Bounds are compared before the rounding of what they bound."""


@dataclass(frozen=True, slots=True)
class _Cosine:
    """One cosine between a growing profile and a role: `product / (length x sqrt(square))`.

    A candidate adds to the product and to the square; two of one skill group (`places`, with `base` held there and
    `adds` put to it) add more to the square than each alone, never less.
    """

    length: float
    product: float
    square: float
    products: Values
    squares: Values
    adds: Values
    places: "np.ndarray[tuple[int], np.dtype[np.int64]] | None"

    def completed(self, chosen: list[int], last: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> Values:
        """The cosine of the chosen with each of `last`."""
        product = self.product + self.products[chosen].sum() + self.products[last]
        square = self.square + self.squares[chosen].sum() + self.squares[last]
        if self.places is not None and chosen:
            for at, one in enumerate(chosen):
                for other in chosen[:at]:
                    if self.places[one] == self.places[other]:
                        square = square + 2.0 * self.adds[one] * self.adds[other]
                square = square + np.where(self.places[last] == self.places[one], 2.0, 0.0) * (
                    self.adds[one] * self.adds[last]
                )
        return cosines(product, np.sqrt(np.maximum(square, 0.0)) * self.length)

    def bound(self, chosen: list[int], more: int) -> float:
        """No `more` further candidates bring the cosine above this."""
        product = self.product + float(self.products[chosen].sum())
        square = self.square + float(self.squares[chosen].sum())
        product += float(np.sort(self.products)[::-1][:more].sum())
        square += float(np.sort(self.squares)[:more].sum())
        if product <= 0.0 or self.length <= 0.0:
            return 0.0
        return 1.0 if square <= 0.0 else min(1.0, product / (self.length * square**0.5))


def fewest_skills(position: Position, role_id: str) -> tuple[str, ...]:
    """The fewest skills, by id, that would make a role viable; of several such sets one that is most alike.

    Empty where it is viable already, cannot become so with `counterfactual_size` skills, or where the search takes
    more than `counterfactual_effort`.
    """
    space = position.space
    index, calibration = space.index, space.calibration
    row = index.row.get(role_id)
    if row is None or calibration.threshold is None or calibration.viable(float(position.likeness.similarity[row])):
        return ()
    needed = np.unique(index.columns[index.rows == row])
    open_columns = np.array(
        [column for column in needed if index.skill_ids[column] not in position.holdings.held], dtype=np.int64
    )
    if not len(open_columns):
        return ()
    # Most promising first: then the first set that is found is mostly at hand.
    unordered = _Search(position, row, open_columns)
    alone = unordered.completed([], np.arange(len(open_columns)))
    search = _Search(position, row, open_columns[np.argsort(-alone, kind="stable")])
    for size in range(1, min(index.settings.counterfactual_size, len(open_columns)) + 1):
        found = search.of_size(size)
        if found is not None or search.exhausted:
            return found or ()
    return ()


class _Search:
    """The search for one role; `candidates` are columns of the index."""

    def __init__(self, position: Position, row: int, candidates: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> None:
        self._position = position
        self._row = row
        self._candidates = candidates
        index = position.space.index
        threshold = position.space.calibration.threshold
        assert threshold is not None
        self._threshold = threshold
        self._left = index.settings.counterfactual_effort
        self._shares = index.shares
        self._cosines = cosines_of(position, row, candidates)

    @property
    def exhausted(self) -> bool:
        """Whether the effort is used up: then nothing is proven any more."""
        return self._left <= 0

    def completed(self, chosen: list[int], last: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> Values:
        """The similarity with the chosen and each of `last`."""
        first, second = (cosine.completed(chosen, last) for cosine in self._cosines)
        return self._shares[0] * first + self._shares[1] * second

    def of_size(self, size: int) -> tuple[str, ...] | None:
        """A set of this size that makes the role viable; None where there is none, or the effort is used up."""
        return self._extend([], 0, size)

    def _extend(self, chosen: list[int], start: int, more: int) -> tuple[str, ...] | None:
        if self.exhausted or not self._can_reach(chosen, more):
            return None
        if more == 1:
            self._left -= 1
            last = np.arange(start, len(self._candidates))
            values = np.round(self.completed(chosen, last), DECIMALS)
            for at in np.argsort(-values, kind="stable"):
                if values[at] < self._threshold:
                    break
                found = self._confirmed([*chosen, int(last[at])])
                if found is not None:
                    return found
            return None
        for one in range(start, len(self._candidates) - more + 1):
            found = self._extend([*chosen, one], one + 1, more - 1)
            if found is not None or self.exhausted:
                return found
        return None

    def _can_reach(self, chosen: list[int], more: int) -> bool:
        bounds = [cosine.bound(chosen, more) for cosine in self._cosines]
        reach = self._shares[0] * bounds[0] + self._shares[1] * bounds[1]
        return reach + _SLACK > self._threshold

    def _confirmed(self, chosen: list[int]) -> tuple[str, ...] | None:
        """The skills, if the similarity that is reckoned anew with them is above the threshold."""
        space = self._position.space
        skills = tuple(sorted(space.index.skill_ids[self._candidates[one]] for one in chosen))
        likeness = space.index.compare(self._position.with_held(dict.fromkeys(skills, 1.0)))
        return skills if space.calibration.viable(float(likeness.similarity[self._row])) else None


def cosines_of(
    position: Position, row: int, candidates: "np.ndarray[tuple[int], np.dtype[np.int64]]"
) -> tuple[_Cosine, _Cosine]:
    """The two cosines of a role with the profile, and what each candidate adds to them."""
    index, vector = position.space.index, position.vector
    role = index.needs[[row]].toarray().ravel()
    rated = index.rated & (index.place[candidates] >= 0)
    gains = np.where(rated, 0.0, index.idf[candidates] - vector.skills[candidates])
    skills = _Cosine(
        length=float(index.skill_norms[row]),
        product=float(role @ vector.skills),
        square=float(vector.skills @ vector.skills),
        products=role[candidates] * gains,
        squares=(vector.skills[candidates] + gains) ** 2 - vector.skills[candidates] ** 2,
        adds=gains,
        places=None,
    )
    places = index.place[candidates]
    now = vector.profile[places]
    adds = np.where(rated, 1.0 - index.mean[places] - now, 0.0) if index.rated else gains
    profile = _Cosine(
        length=float(index.profile_norms[row]),
        product=float(index.profiles[row] @ vector.profile),
        square=float(vector.profile @ vector.profile),
        products=index.profiles[row][places] * adds,
        squares=(now + adds) ** 2 - now**2,
        adds=adds,
        places=None if index.rated else places,
    )
    return skills, profile
