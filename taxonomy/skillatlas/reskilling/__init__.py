"""Answers from a graph and a profile: skill gap, learning paths, what is ready to learn. Pure functions, no I/O."""

from .answer_id import answer_id
from .curriculum import CatalogueGap, CurriculumCoverage, catalogue_gaps, curriculum_coverage
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
from .ready import ready_to_learn
from .settings import GapSettings, PathSettings

__all__ = [
    "BadInputError",
    "CatalogueGap",
    "CurriculumCoverage",
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
    "catalogue_gaps",
    "curriculum_coverage",
    "explain_gap",
    "explain_step",
    "learning_paths",
    "ready_to_learn",
    "skill_gap",
]
