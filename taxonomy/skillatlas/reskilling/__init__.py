"""Answers from a graph and profiles: gaps, transitions, learning paths, curricula, cohorts. Pure functions, no I/O."""

from .adverts import AdvertGap, AdvertText, DemandedSkill, DemandGap, demand_gap
from .answer_id import answer_id
from .catalogues import CatalogueGap, catalogue_gaps, gap_order
from .chains import PrerequisiteStep, prerequisite_chain
from .cohort import CohortSummary, LackedSkill, LearnerGap, LearnerPlan, learner_gap, summarise
from .comparing import ComparedRole, ComparedSkill, RoleComparison, compare_roles
from .curriculum import CoveredNeed, CurriculumCoverage, curriculum_coverage
from .demand import Demand
from .errors import BadInputError, LimitExceededError, NotFoundError, ReskillingError
from .explaining import explain_gap, percent
from .explaining_gaps import answer_text, explain_comparison, explain_demand, question_text
from .explaining_steps import explain_step
from .gap import gap_of, skill_gap
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
from .questions import GapAnswer, GapQuestion, QuestionKind, gap_questions, with_answer
from .ready import ready_to_learn
from .requirements import DEFAULT_SCHEME
from .roles_taught import RoleTaught, roles_taught
from .settings import GapSettings, PathSettings, TransitionSettings
from .similarity import RoleIndex
from .similarity_position import Position, RoleSpace, read_position
from .standing import Standing, read_standing
from .threshold import METHOD, Calibration, calibrate
from .transitions import RoleTransitions, comparable_roles, describe, job_zone, role_transitions
from .transitions_counterfactual import fewest_skills
from .transitions_explaining import explain_transition
from .transitions_model import (
    ExcludedRole,
    FailedFilter,
    FilterResult,
    RankedRole,
    RoleTransition,
    TransitionRequest,
)
from .unlocks import unlocked_roles
from .what_if import OpeningSkill, OpeningSkills, opened_by, opened_roles, opening_skills

__all__ = [
    "DEFAULT_SCHEME",
    "METHOD",
    "AdvertGap",
    "AdvertText",
    "BadInputError",
    "Calibration",
    "CatalogueGap",
    "CohortSummary",
    "ComparedRole",
    "ComparedSkill",
    "CoveredNeed",
    "CurriculumCoverage",
    "Demand",
    "DemandGap",
    "DemandedSkill",
    "Evidence",
    "EvidenceItem",
    "ExcludedRole",
    "FailedFilter",
    "FilterResult",
    "GapAnswer",
    "GapQuestion",
    "GapSettings",
    "GapStatus",
    "LackedSkill",
    "LearnerGap",
    "LearnerPlan",
    "LearningPaths",
    "LearningPlan",
    "LearningStep",
    "LimitExceededError",
    "NecessityShare",
    "NotFoundError",
    "OpeningSkill",
    "OpeningSkills",
    "Parameter",
    "PathObjective",
    "PathRequest",
    "PathSettings",
    "PathStatus",
    "Position",
    "PrerequisiteStep",
    "Price",
    "Priority",
    "Profile",
    "QuestionKind",
    "RankedRole",
    "RequiredSkill",
    "ReskillingError",
    "RoleComparison",
    "RoleIndex",
    "RoleSpace",
    "RoleTaught",
    "RoleTransition",
    "RoleTransitions",
    "SatisfiedPrerequisite",
    "SkillGap",
    "SkillGapEntry",
    "Standing",
    "StepUse",
    "Target",
    "TransitionRequest",
    "TransitionSettings",
    "UncoveredReason",
    "UncoveredSkill",
    "answer_id",
    "answer_text",
    "calibrate",
    "catalogue_gaps",
    "comparable_roles",
    "compare_roles",
    "curriculum_coverage",
    "demand_gap",
    "describe",
    "explain_comparison",
    "explain_demand",
    "explain_gap",
    "explain_step",
    "explain_transition",
    "fewest_skills",
    "gap_of",
    "gap_order",
    "gap_questions",
    "job_zone",
    "learner_gap",
    "learning_paths",
    "opened_by",
    "opened_roles",
    "opening_skills",
    "percent",
    "prerequisite_chain",
    "question_text",
    "read_position",
    "read_standing",
    "ready_to_learn",
    "role_transitions",
    "roles_taught",
    "skill_gap",
    "summarise",
    "unlocked_roles",
    "with_answer",
]
