"""The question and the answer of role transitions; roles and skills are named by id."""

from dataclasses import dataclass

from .gap_model import NecessityShare, Parameter


@dataclass(frozen=True, slots=True)
class TransitionRequest:
    """Which roles to consider. `under` None: all of the scheme; `min_coverage` 0 to 1.

    `max_zone_distance`: how many job zones a role may be from the nearest of the profile's roles; None: the default.
    """

    under: str | None = None
    min_coverage: float = 0.0
    max_zone_distance: int | None = None


@dataclass(frozen=True, slots=True)
class FilterResult:
    """A filter: what it looks at, its limit, and how many roles it left out."""

    name: str
    value: str
    limit: str
    excluded: int


@dataclass(frozen=True, slots=True)
class FailedFilter:
    """A filter that left a role out: the role's own value beside the limit."""

    name: str
    value: str
    limit: str


@dataclass(frozen=True, slots=True)
class RankedRole:
    """A role that passed all filters, with what it is ranked by; `row` is its place in the index."""

    role_id: str
    row: int
    similarity: float
    skills: float
    profile: float

    @property
    def order(self) -> tuple[float, str]:
        """Most alike first, then by id."""
        return -self.similarity, self.role_id


@dataclass(frozen=True, slots=True)
class ExcludedRole:
    """A role that was left out, and every filter that left it out; similarity 0 for one that needs nothing."""

    role_id: str
    similarity: float
    filters: tuple[FailedFilter, ...]

    @property
    def order(self) -> tuple[float, str]:
        """Most alike first, then by id."""
        return -self.similarity, self.role_id


@dataclass(frozen=True, slots=True)
class RoleTransition:
    """One destination. `missing`: essential skills that are not held, by id.

    `components`: the two cosines and their shares, of which the similarity is made.
    """

    role_id: str
    similarity: float
    components: tuple[Parameter, ...]
    essential: NecessityShare
    optional: NecessityShare
    viable: bool
    missing: tuple[str, ...]
