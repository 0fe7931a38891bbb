"""Where a person stands among the roles of a scheme: what is held, as evidence and as a vector."""

from dataclasses import dataclass

import numpy as np

from skillatlas.taxonomy import Graph, Necessity

from .claims import Claim, role_claims
from .holdings import Holdings, read_profile
from .identifying import Identifier
from .profile import PREREQUISITE, ROLE, Profile
from .settings import GapSettings
from .similarity import Likeness, RoleIndex, Values, Vector
from .threshold import Calibration


@dataclass(frozen=True, slots=True)
class RoleSpace:
    """The roles of a scheme at one release, and from where on they are viable."""

    graph: Graph
    index: RoleIndex
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class Position:
    """A profile among the roles of a space.

    `held` has each held skill with the confidence that counts towards similarity, without what follows only from
    roles (they stand whole in the vector) or is only implied. `roles` are the active roles of the profile.
    """

    space: RoleSpace
    holdings: Holdings
    held: dict[str, float]
    roles: tuple[str, ...]
    vector: Vector
    likeness: Likeness
    warnings: tuple[str, ...]

    def with_held(self, skills: dict[str, float]) -> Vector:
        """The vector if these skills were held too, with these confidences."""
        held = dict(self.held)
        for skill, confidence in skills.items():
            held[skill] = max(held.get(skill, 0.0), confidence)
        return self.space.index.vector(held, self.roles, self.holdings.denied - skills.keys())

    def viable(self) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Which roles of the index are viable now."""
        return self.space.calibration.viable_rows(self.likeness.similarity)

    def coverage(self) -> Values:
        """The share of each role's essential needs that is met; 0 where it has none."""
        index, held = self.space.index, self.holdings.held
        levels = np.full(len(index.skill_ids), -1, dtype=np.int64)
        for skill, holding in held.items():
            column = index.column.get(skill)
            if column is not None:
                levels[column] = holding.level or 0
        found = levels[index.columns]
        met = index.essential & (found >= 0) & ((index.levels == 0) | (found >= index.levels))
        size = len(index.role_ids)
        required = np.bincount(index.rows, weights=index.essential, minlength=size)
        return np.bincount(index.rows, weights=met, minlength=size) / np.maximum(required, 1.0)


def read_position(space: RoleSpace, profile: Profile, *, field: str = "profile") -> Position:
    """The position of a profile. Raises what `skill_gap` raises for one; `field` is where it stands in the question."""
    graph, index = space.graph, space.index
    settings = index.settings.gap
    identifier = Identifier(graph)
    found = (identifier.role(f"{field}.roleIds[{place}]", role) for place, role in enumerate(profile.role_ids))
    roles = tuple(sorted({role for role in found if role is not None}))
    holdings = read_profile(
        graph, profile, identifier, schemes=index.schemes, settings=settings, learned=_optional(graph, roles)
    )
    held = _own(holdings, settings)
    vector = index.vector(held, roles, holdings.denied)
    warnings = (*identifier.warnings, *holdings.warnings)
    if vector.empty:
        warnings += (
            f"the profile names no skill that a role of {index.scheme} needs, and no such role: name skills "
            "(profile.skills), a role once held (profile.roleIds) or a text; without them every similarity is 0",
        )
    return Position(space, holdings, held, roles, vector, index.compare(vector), warnings)


def _optional(graph: Graph, roles: tuple[str, ...]) -> list[Claim]:
    """The optional needs of roles once held: here, other than in a gap, a role stands with all its needs."""
    return [claim for role in roles for claim in role_claims(graph, role, Necessity.OPTIONAL)]


def _own(holdings: Holdings, settings: GapSettings) -> dict[str, float]:
    """The held skills that something else than a role or an implication speaks for."""
    own = {}
    for skill, held in holdings.held.items():
        winner = next(item for item in holdings.evidence[skill] if item.confidence >= settings.evidence_floor)
        if winner.source not in (ROLE, PREREQUISITE):
            own[skill] = held.confidence
    return own
