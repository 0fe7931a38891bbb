"""Holding an ontology against real text and other lists: what is met, and what is missed, most frequent first."""

from .adverts import AdvertCoverage, MissedPhrase, advert_coverage
from .esco_skills import EscoCoverage, MissedSkill, SelectedOccupations, esco_coverage
from .model import Measure
from .outlines import OutlinedCourse, outlined_courses, subject_finder
from .technologies import MissedTechnology, TechnologyCoverage, technology_coverage

__all__ = [
    "AdvertCoverage",
    "EscoCoverage",
    "Measure",
    "MissedPhrase",
    "MissedSkill",
    "MissedTechnology",
    "OutlinedCourse",
    "SelectedOccupations",
    "TechnologyCoverage",
    "advert_coverage",
    "esco_coverage",
    "outlined_courses",
    "subject_finder",
    "technology_coverage",
]
