"""Extraction: from a text to the skills of a scheme, with places, readings and reasons.

Importing this does not import spaCy or scikit-learn; building an `Extractor` does.
"""

from .errors import CueFileError, ExtractionError
from .extractor import Extractor
from .folding import fold_form
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
from .overriding import Said, current_skill, override_json, said_at, source_of
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
    "Said",
    "SectionKind",
    "SkillMention",
    "UnlinkedMention",
    "build_extractor",
    "current_skill",
    "fold_form",
    "forms_of",
    "override_json",
    "said_at",
    "source_of",
]
