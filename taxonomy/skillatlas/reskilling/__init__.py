"""Answers from a graph and a profile: skill gap, learning paths, what is ready to learn. Pure functions, no I/O.

Coming within the hour, with exactly these signatures:
    ready_to_learn(graph, profile, under, *, settings=None) -> tuple[str, ...]   (skill ids, by id)
    curriculum_coverage(graph, course_ids, role_id) -> CurriculumCoverage
    catalogue_gaps(graph, catalogue, under, *, max_courses=0) -> tuple[CatalogueGap, ...]        (most needed first)
"""

from .answer_id import answer_id
from .errors import BadInputError, LimitExceededError, NotFoundError, ReskillingError
from .explaining import explain_gap
from .explaining_steps import explain_step
from .gap import skill_gap
from .gap_model import Evidence, GapStatus, NecessityShare, Parameter, Priority, SkillGap, SkillGapEntry
from .path_model import (
    LearningPaths,
    LearningPlan,
    LearningStep,
    PathObjective,
    PathRequest,
    PathStatus,
    Price,
    SatisfiedPrerequisite,
    StepUse,
    UncoveredReason,
    UncoveredSkill,
)
from .paths import learning_paths
from .profile import EvidenceItem, Profile, RequiredSkill, Target
from .settings import GapSettings, PathSettings

__all__ = [
    "BadInputError",
    "Evidence",
    "EvidenceItem",
    "GapSettings",
    "GapStatus",
    "LearningPaths",
    "LearningPlan",
    "LearningStep",
    "LimitExceededError",
    "NecessityShare",
    "NotFoundError",
    "Parameter",
    "PathObjective",
    "PathRequest",
    "PathSettings",
    "PathStatus",
    "Price",
    "Priority",
    "Profile",
    "RequiredSkill",
    "ReskillingError",
    "SatisfiedPrerequisite",
    "SkillGap",
    "SkillGapEntry",
    "StepUse",
    "Target",
    "UncoveredReason",
    "UncoveredSkill",
    "answer_id",
    "explain_gap",
    "explain_step",
    "learning_paths",
    "skill_gap",
]
