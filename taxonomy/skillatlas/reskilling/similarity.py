"""How alike a profile and each role are: a symmetric similarity over what the roles of a scheme need.

Two cosines, mixed. The first is that of the needs, each weighing what it weighs in a gap (necessity x importance x
idf). The second is that of a coarser profile: the same weights summed by skill group; or, where a scheme rates the
importance of most skills for most roles as O*NET does, the ratings themselves, centred at their mean over the roles, so
that what nobody said is neutral. Rated skills then stand in the second cosine alone.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from skillatlas.taxonomy import ConceptKind, Graph, Necessity, Needs

from .requirements import active_needs, need_weight
from .settings import TransitionSettings

DECIMALS = 6
"""Processors differ in the last bits: what is compared or shown is rounded first."""

Values = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Vector:
    """A profile in the two spaces of an index: a weight a skill, and the coarser profile."""

    skills: Values
    profile: Values

    @property
    def empty(self) -> bool:
        """Whether nothing in it says anything."""
        return not (self.skills.any() or self.profile.any())


@dataclass(frozen=True, slots=True)
class Likeness:
    """Both cosines and the similarity, for every role of an index in its order; 0 to 1, rounded."""

    skills: Values
    profile: Values
    similarity: Values


class RoleIndex:
    """The roles of a scheme at one release as vectors. Immutable; made once a graph and scheme.

    ESCO's 3,007 occupations take about a second and 15 MiB.
    """

    def __init__(self, graph: Graph, scheme: str, settings: TransitionSettings | None = None) -> None:
        from scipy import sparse

        self.settings = settings or TransitionSettings()
        self.scheme = scheme
        needs = {role.id: active_needs(graph, role.id) for role in graph.of_kind(ConceptKind.ROLE, scheme=scheme)}
        self.idle = tuple(role for role, needed in needs.items() if not needed)
        """Active roles that need nothing: nothing can be said of them."""
        self.role_ids = tuple(role for role, needed in needs.items() if needed)
        self.row: Mapping[str, int] = {role: row for row, role in enumerate(self.role_ids)}
        listed = [(row, need) for row, role in enumerate(self.role_ids) for need in needs[role]]
        self.skill_ids = tuple(sorted({need.to_id for _, need in listed}))
        self.column: Mapping[str, int] = {skill: column for column, skill in enumerate(self.skill_ids)}
        self.schemes = frozenset({scheme, *(graph.concepts[skill].scheme for skill in self.skill_ids)})
        self.idf: Values = np.array([graph.idf(skill) for skill in self.skill_ids], dtype=np.float64)
        self.rows = np.array([row for row, _ in listed], dtype=np.int64)
        self.columns = np.array([self.column[need.to_id] for _, need in listed], dtype=np.int64)
        self.levels = np.array([need.level or 0 for _, need in listed], dtype=np.int64)
        self.essential = np.array([need.necessity is Necessity.ESSENTIAL for _, need in listed], dtype=bool)
        rated = self._rated_columns(listed)
        self.rated = rated is not None
        gap = self.settings.gap
        weights = np.array([need_weight(need.necessity, need.importance, gap) for _, need in listed], dtype=np.float64)
        if rated is not None:
            weights[rated[self.columns] >= 0] = 0.0
        shape = (len(self.role_ids), len(self.skill_ids))
        self.weights: Values = weights * self.idf[self.columns]
        """Of each need, in the order of `rows` and `columns`, what it weighs in the first cosine."""
        self.needs = sparse.csr_array((self.weights, (self.rows, self.columns)), shape=shape)
        self.needs.eliminate_zeros()
        self.needs.sort_indices()
        self.place: np.ndarray[Any, np.dtype[np.int64]]
        """Of each skill its place in the coarser profile: its group, or its rating (-1: not rated)."""
        if rated is None:
            self.mean: Values = np.zeros(0)
            self.place = self._groups(graph)
            gather = sparse.csr_array(
                (np.ones(shape[1]), (np.arange(shape[1]), self.place)),
                shape=(shape[1], int(self.place.max(initial=-1)) + 1),
            )
            summed: Any = self.needs @ gather
            self.profiles: Values = summed.toarray()
        else:
            self.place = rated
            self.profiles = self._ratings(listed)
        self.skill_norms = np.sqrt(np.asarray(self.needs.multiply(self.needs).sum(axis=1), dtype=np.float64).ravel())
        self.profile_norms: Values = np.sqrt((self.profiles * self.profiles).sum(axis=1))

    @property
    def shares(self) -> tuple[float, float]:
        """The shares of the two cosines in the similarity; they add up to 1."""
        share = self.settings.rated_skills_share if self.rated else self.settings.skills_share
        return share, 1.0 - share

    @property
    def profile_name(self) -> str:
        """What the coarser profile is made of."""
        return "importances" if self.rated else "groups"

    def vector(self, held: Mapping[str, float], roles: Collection[str] = (), denied: Collection[str] = ()) -> Vector:
        """A profile of skills held with a confidence, and of roles, which stand with all that they need.

        `denied` are skills that are said not to be held, whatever the roles need. Ids that the index does not know
        are passed over.
        """
        rows = [self.row[role] for role in roles if role in self.row]
        skills: Values = np.zeros(len(self.skill_ids))
        for row in rows:
            skills = np.maximum(skills, self.needs[[row]].toarray().ravel())
        for skill, confidence in held.items():
            column = self.column.get(skill)
            if column is not None and not (self.rated and self.place[column] >= 0):
                skills[column] = max(skills[column], confidence * self.idf[column])
        for skill in denied:
            if skill in self.column:
                skills[self.column[skill]] = 0.0
        profile = self._rated_profile(held, rows, denied) if self.rated else self.sum_by_group(skills)
        return Vector(skills, profile)

    def sum_by_group(self, skills: Values) -> Values:
        """The weights of skills summed by group."""
        return np.bincount(self.place, weights=skills, minlength=self.profiles.shape[1]).astype(np.float64)

    def compare(self, vector: Vector) -> Likeness:
        """How alike the vector is to every role."""
        return self.mixed(
            cosines(self.needs @ vector.skills, self.skill_norms * _length(vector.skills)),
            cosines(self.profiles @ vector.profile, self.profile_norms * _length(vector.profile)),
        )

    def mixed(self, skills: Values, profile: Values) -> Likeness:
        """Both cosines and their mixture, rounded."""
        first, second = self.shares
        mixed = np.round(first * skills + second * profile, DECIMALS)
        return Likeness(np.round(skills, DECIMALS), np.round(profile, DECIMALS), mixed)

    def _rated_columns(self, listed: Sequence[tuple[int, Needs]]) -> "np.ndarray[Any, np.dtype[np.int64]] | None":
        """Of each skill its place among the rated ones, -1 for the others; None where the scheme is not rated."""
        ratings = [self.column[need.to_id] for _, need in listed if need.importance is not None]
        columns = sorted(set(ratings))
        dense = len(ratings) >= self.settings.rated_density * len(columns) * len(self.role_ids)
        if len(columns) < self.settings.rated_skills or not dense:
            return None
        places = np.full(len(self.skill_ids), -1, dtype=np.int64)
        places[columns] = np.arange(len(columns))
        return places

    def _ratings(self, listed: Sequence[tuple[int, Needs]]) -> Values:
        """Centred importances, 0 to 1 before; a role without any rating is a row of zeros."""
        ratings: Values = np.full((len(self.role_ids), int(self.place.max()) + 1), np.nan)
        for row, need in listed:
            if need.importance is not None:
                ratings[row, self.place[self.column[need.to_id]]] = need.importance / 100
        silent = np.isnan(ratings).all(axis=1)
        ratings = np.where(np.isnan(ratings), self.settings.unrated_importance / 100, ratings)
        self.mean = ratings[~silent].mean(axis=0)
        centred: Values = ratings - self.mean
        centred[silent] = 0.0
        return centred

    def _rated_profile(self, held: Mapping[str, float], rows: Sequence[int], denied: Collection[str]) -> Values:
        profile: Values = self.profiles[rows].max(axis=0) if rows else np.zeros(len(self.mean))
        for skill, confidence in held.items():
            place = self._rated_place(skill)
            if place >= 0:
                stated = confidence - self.mean[place]
                profile[place] = stated if profile[place] == 0.0 else max(profile[place], stated)
        # What a role brings is ruled out; of what nobody said anything, nothing more is known than before.
        if rows:
            for skill in denied:
                place = self._rated_place(skill)
                if place >= 0:
                    profile[place] = self.settings.unrated_importance / 100 - self.mean[place]
        return profile

    def _rated_place(self, skill: str) -> int:
        column = self.column.get(skill)
        return -1 if column is None else int(self.place[column])

    def _groups(self, graph: Graph) -> "np.ndarray[Any, np.dtype[np.int64]]":
        names = [group_of(graph, skill) for skill in self.skill_ids]
        numbers = {name: number for number, name in enumerate(sorted(set(names)))}
        return np.array([numbers[name] for name in names], dtype=np.int64)


def _length(vector: Values) -> float:
    return math.sqrt(float(vector @ vector))


def cosines(products: Values, lengths: Values) -> Values:
    """Cosines from inner products and the products of both lengths; 0 to 1, 0 where either length is 0."""
    safe = np.where(lengths > 0.0, lengths, 1.0)
    return np.clip(np.where(lengths > 0.0, products / safe, 0.0), 0.0, 1.0)


def group_of(graph: Graph, skill_id: str) -> str:
    """The nearest skill group above a skill, in ESCO that of level 3; its top concept or itself where there is none."""
    ancestors = graph.ancestors(skill_id)
    groups = [concept.id for concept in ancestors if concept.kind is ConceptKind.SKILL_GROUP]
    if groups:
        return groups[-1]
    return ancestors[-1].id if ancestors else skill_id
