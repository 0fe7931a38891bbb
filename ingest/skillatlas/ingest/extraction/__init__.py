"""Extraction: from a text to the skills of a scheme, with places, readings and reasons.

Importing this does not import spaCy or scikit-learn; building an `Extractor` does.
"""

from .errors import CueFileError, ExtractionError
from .extractor import Extractor
from .forms import forms_of
from .model import (
    DocumentKind,
    Extraction,
    Form,
    LinkPolicy,
    RankedSkill,
    Requirement,
    SectionKind,
    SkillMention,
    UnlinkedMention,
)
from .pool import Extractors, build_extractor
from .settings import ExtractionSettings

__all__ = [
    "CueFileError",
    "DocumentKind",
    "Extraction",
    "ExtractionError",
    "ExtractionSettings",
    "Extractor",
    "Extractors",
    "Form",
    "LinkPolicy",
    "RankedSkill",
    "Requirement",
    "SectionKind",
    "SkillMention",
    "UnlinkedMention",
    "build_extractor",
    "forms_of",
]
