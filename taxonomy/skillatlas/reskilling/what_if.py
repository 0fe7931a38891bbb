"""What if: which single skill would make most roles viable, and which roles some skills would make viable.

A skill opens a role that needs it, is not viable, and would be if the skill were named besides. (A role may become
viable through a skill of the same group that it does not need; nobody should learn that for it.) All is reckoned,
nothing sampled.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .errors import BadInputError, NotFoundError
from .identifying import Identifier, check_count, check_range
from .profile import EvidenceItem, Profile
from .similarity import cosines
from .similarity_position import Position, RoleSpace, read_position
from .transitions_model import RankedRole

Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class OpeningSkill:
    """A skill: for `people` of the profiles it makes roles viable, `opened` in all (each counted a profile)."""

    skill_id: str
    opened: int
    people: int

    @property
    def order(self) -> tuple[int, str]:
        """What opens most first, then by id."""
        return -self.opened, self.skill_id


@dataclass(frozen=True, slots=True)
class OpeningSkills:
    """Every skill that opens a role to any of the profiles, what opens most first."""

    release: int
    positions: tuple[Position, ...]
    eligible: Flags
    skills: tuple[OpeningSkill, ...]
    warnings: tuple[str, ...]


def opening_skills(space: RoleSpace, profiles: Sequence[Profile], under: str | None = None) -> OpeningSkills:
    """Which single skills open most roles (under a concept) to a person, or to a group of people.

    Skills that a person holds and roles of the person's own profile do not count. Raises what `skill_gap` raises for
    a profile, BadInputError for no profile or more than `max_profiles`, NotFoundError for an unknown `under`.
    """
    index = space.index
    if not profiles:
        raise BadInputError("profiles", "at least one is needed")
    check_count("profiles", profiles, index.settings.max_profiles)
    eligible = _eligible(space, under)
    positions = tuple(
        read_position(space, profile, field=f"profiles[{place}]") for place, profile in enumerate(profiles)
    )
    opened = np.zeros(len(index.skill_ids), dtype=np.int64)
    people = np.zeros(len(index.skill_ids), dtype=np.int64)
    for position in positions:
        counts = _opened(position, eligible)
        opened += counts
        people += counts > 0
    found = [
        OpeningSkill(index.skill_ids[column], int(opened[column]), int(people[column]))
        for column in np.flatnonzero(opened)
    ]
    warnings = Counter(warning for position in positions for warning in position.warnings)
    return OpeningSkills(
        release=space.graph.release.number,
        positions=positions,
        eligible=eligible,
        skills=tuple(sorted(found, key=lambda skill: skill.order)),
        warnings=tuple(
            warning if len(positions) == 1 else f"{count} of {len(positions)} profiles: {warning}"
            for warning, count in warnings.items()
        ),
    )


def opened_by(answer: OpeningSkills, skill_id: str) -> tuple[tuple[str, int], ...]:
    """The roles that a skill opens, with the number of people to whom: most people first, then by id."""
    people: Counter[str] = Counter()
    for position in answer.positions:
        if skill_id not in position.holdings.held:
            people.update(ranked.role_id for ranked in _opened_roles(position, {skill_id: 1.0}, answer.eligible))
    return tuple(sorted(people.items(), key=lambda item: (-item[1], item[0])))


def opened_roles(
    space: RoleSpace, profile: Profile, skills: Sequence[EvidenceItem], under: str | None = None
) -> tuple[RankedRole, ...]:
    """The roles that would become viable if the profile held these skills too, and need one of them; by similarity.

    Raises what `opening_skills` raises, BadInputError for a skill that is unknown.
    """
    check_count("skills", skills, space.index.settings.gap.max_ids)
    identifier = Identifier(space.graph)
    learned: dict[str, float] = {}
    for place, item in enumerate(skills):
        check_range(f"skills[{place}].confidence", item.confidence, 0, 1)
        skill = identifier.skill(f"skills[{place}].skillId", item.skill_id)
        if skill is not None:
            learned[skill] = max(learned.get(skill, 0.0), item.confidence)
    position = read_position(space, profile)
    return tuple(sorted(_opened_roles(position, learned, _eligible(space, under)), key=lambda ranked: ranked.order))


def _opened_roles(position: Position, skills: Mapping[str, float], eligible: Flags) -> Iterator[RankedRole]:
    space = position.space
    index = space.index
    after = index.compare(position.with_held(dict(skills)))
    columns = [index.column[skill] for skill in skills if skill in index.column]
    needing = np.zeros(len(index.role_ids), dtype=bool)
    needing[index.rows[np.isin(index.columns, columns)]] = True
    for row in np.flatnonzero(
        space.calibration.viable_rows(after.similarity) & ~position.viable() & needing & eligible
    ):
        role = index.role_ids[row]
        if role not in position.roles:
            yield RankedRole(
                role, int(row), float(after.similarity[row]), float(after.skills[row]), float(after.profile[row])
            )


def _eligible(space: RoleSpace, under: str | None) -> Flags:
    index, graph = space.index, space.graph
    if under is None:
        return np.ones(len(index.role_ids), dtype=bool)
    top = graph.find(under)
    if top is None:
        raise NotFoundError(f"under: there is no concept {under!r} in release {graph.release.number}")
    below = graph.under(top.id)
    return np.array([role in below for role in index.role_ids], dtype=bool)


def _opened(position: Position, eligible: Flags) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """How many roles each skill opens to a person: the similarity after it for every pair of a role and its need."""
    index, vector = position.space.index, position.vector
    new = np.array([skill not in position.holdings.held for skill in index.skill_ids], dtype=bool)
    closed = eligible & ~position.viable()
    closed[[index.row[role] for role in position.roles if role in index.row]] = False
    pairs = closed[index.rows] & new[index.columns]
    rows, columns = index.rows[pairs], index.columns[pairs]
    places = index.place[columns]
    rated = index.rated & (places >= 0)
    weights = np.where(rated, 0.0, index.idf[columns])
    products = index.needs @ vector.skills
    skill_squares = float(vector.skills @ vector.skills) + weights**2
    skills = cosines(products[rows] + index.weights[pairs] * weights, index.skill_norms[rows] * np.sqrt(skill_squares))
    now = vector.profile[places]
    added = np.where(rated, 1.0 - index.mean[places] - now, 0.0) if index.rated else weights
    profile_products = index.profiles @ vector.profile
    # Subtracting may leave a little less than nothing.
    profile_squares = np.maximum(float(vector.profile @ vector.profile) + (now + added) ** 2 - now**2, 0.0)
    profile = cosines(
        profile_products[rows] + index.profiles[rows, places] * added,
        index.profile_norms[rows] * np.sqrt(profile_squares),
    )
    opened = position.space.calibration.viable_rows(index.mixed(skills, profile).similarity)
    return np.bincount(columns[opened], minlength=len(index.skill_ids))
