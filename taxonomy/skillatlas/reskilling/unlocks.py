"""Places to stop on the way: the roles that become viable with each step of a plan."""

import numpy as np

from .path_model import LearningPlan
from .similarity_position import Position


def unlocked_roles(position: Position, plan: LearningPlan) -> tuple[tuple[str, ...], ...]:
    """For each step of a plan, by id, the roles that are viable after it and were not before it.

    The steps before count with all that they teach. Roles of the profile are not named.
    """
    index, calibration = position.space.index, position.space.calibration
    unlocked = []
    learned: dict[str, float] = {}
    before = position.viable()
    for step in plan.steps:
        for taught in step.teaches:
            learned[taught.skill] = max(learned.get(taught.skill, 0.0), taught.confidence)
        after = calibration.viable_rows(index.compare(position.with_held(learned)).similarity)
        roles = (index.role_ids[row] for row in np.flatnonzero(after & ~before))
        unlocked.append(tuple(role for role in roles if role not in position.roles))
        before = after
    return tuple(unlocked)
