"""From which similarity on a role is viable: calibrated on each release, since no threshold travels between them.

The threshold is the mean similarity of the pairs of roles that share a role group (ESCO: the ISCO unit group; O*NET:
the SOC minor group), less one standard deviation.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from skillatlas.taxonomy import ConceptKind, Graph

from .gap_model import Parameter
from .similarity import DECIMALS, RoleIndex, Values, cosines

METHOD = "transitions-1"
"""Names the similarity and the calibration: what was stored under another name is not ours."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a threshold was calibrated on. `threshold` None: no two roles share a group."""

    scheme: str
    threshold: float | None
    mean: float
    deviation: float
    pairs: int
    groups: int

    def viable(self, similarity: float) -> bool:
        """Whether a similarity is above the threshold."""
        return self.threshold is not None and similarity > self.threshold

    def viable_rows(self, similarity: Values) -> "np.ndarray[Any, np.dtype[np.bool_]]":
        """The same for many."""
        return similarity > (math.inf if self.threshold is None else self.threshold)

    def parameter(self) -> Parameter:
        """The threshold as answers return it."""
        if self.threshold is None:
            return Parameter(
                "similarityThreshold", "not calibrated", None, f"no two roles of {self.scheme} share a role group"
            )
        return Parameter(
            "similarityThreshold",
            f"{self.threshold:g}",
            self.threshold,
            f"a role is viable above it: mean similarity of the {self.pairs} pairs of roles of {self.scheme} that "
            f"share one of {self.groups} role groups ({self.mean:g}) less one standard deviation ({self.deviation:g}), "
            "at this release",
        )

    def to_json(self) -> dict[str, Any]:
        """As it is stored with the release."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Calibration":
        """As it was stored."""
        return cls(**value)


def calibrate(graph: Graph, index: RoleIndex) -> Calibration:
    """The threshold of a scheme's roles; the same for the same release, whatever the store."""
    groups: dict[str, list[int]] = defaultdict(list)
    for row, role in enumerate(index.role_ids):
        group = role_group(graph, role)
        if group is not None:
            groups[group].append(row)
    shared = [rows for _, rows in sorted(groups.items()) if len(rows) > 1]
    values = [value for rows in shared for value in _pairs(index, rows)]
    if not values:
        return Calibration(index.scheme, None, 0.0, 0.0, 0, 0)
    mean = math.fsum(values) / len(values)
    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values))
    threshold = round(max(0.0, mean - deviation), DECIMALS)
    return Calibration(
        index.scheme, threshold, round(mean, DECIMALS), round(deviation, DECIMALS), len(values), len(shared)
    )


def role_group(graph: Graph, role_id: str) -> str | None:
    """The nearest role group above a role, whose roles are alike by definition; None where it is in none."""
    groups = [concept.id for concept in graph.ancestors(role_id) if concept.kind is ConceptKind.ROLE_GROUP]
    return groups[-1] if groups else None


def _pairs(index: RoleIndex, rows: list[int]) -> Iterator[float]:
    """The similarities of all pairs of these roles."""
    skills, profiles = index.needs[rows], index.profiles[rows]
    likeness = index.mixed(
        cosines((skills @ skills.T).toarray(), np.outer(index.skill_norms[rows], index.skill_norms[rows])),
        cosines(profiles @ profiles.T, np.outer(index.profile_norms[rows], index.profile_norms[rows])),
    ).similarity
    upper = np.triu_indices(len(rows), 1)
    yield from likeness[upper].tolist()
