"""Everything that comes in: importers, documents, and the extraction of skills from text.

The names below are loaded when they are first used: importing this loads neither rdflib, spaCy nor scikit-learn.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .candidates import (
        CandidateExample,
        CandidateReport,
        CandidateWeights,
        PhraseCandidate,
        Vocabulary,
        gather_candidates,
        group_key,
    )
    from .coverage import (
        AdvertCoverage,
        EscoCoverage,
        Measure,
        OutlinedCourse,
        TechnologyCoverage,
        advert_coverage,
        esco_coverage,
        outlined_courses,
        subject_finder,
        technology_coverage,
    )
    from .documents import IngestReport, SourceDocument, extraction_json, ingest_documents, read_documents
    from .errors import (
        DocumentError,
        ImportFaultsError,
        IngestError,
        KeyInUseError,
        OverrideError,
        RemovalLimitError,
        UnpublishedDecisionsError,
        UnreadableError,
    )
    from .extraction import (
        CueFileError,
        DocumentKind,
        Extraction,
        ExtractionError,
        ExtractionSettings,
        Extractor,
        Extractors,
        Form,
        LinkPolicy,
        RankedSkill,
        Requirement,
        Said,
        SectionKind,
        SkillMention,
        UnlinkedMention,
        build_extractor,
        current_skill,
        fold_form,
        forms_of,
        override_json,
        said_at,
        source_of,
    )
    from .findings import Finding, Severity
    from .importers.confirming import Confirmed, confirm, keep_decisions, outline_of, unconfirmed
    from .importers.courses import Extract, read_courses
    from .importers.crosswalk import CrosswalkOptions, read_crosswalk
    from .importers.esco import read_esco
    from .importers.harvest import Harvest
    from .importers.onet import read_onet
    from .importers.ontology import check_ontology, format_ontology, read_ontology, shipped_ontology
    from .importers.overlay import read_overlay
    from .importers.report import ImportCounts, ImportReport, ImportSample
    from .importers.running import run_import
    from .importers.skos import SkosOptions, read_skos
    from .importers.upgrade import UpgradeDiff, diff_markdown
    from .overrides import SaidReport, Wish, read_overrides, say_overrides, take_back, write_overrides
    from .progress import BarProgress, NoProgress, PlainProgress, Progress, progress_for
    from .settings import CoverageSettings, ImportSettings

_HOMES = {
    "candidates": (
        "CandidateExample",
        "CandidateReport",
        "CandidateWeights",
        "PhraseCandidate",
        "Vocabulary",
        "gather_candidates",
        "group_key",
    ),
    "coverage": (
        "AdvertCoverage",
        "EscoCoverage",
        "Measure",
        "OutlinedCourse",
        "TechnologyCoverage",
        "advert_coverage",
        "esco_coverage",
        "outlined_courses",
        "subject_finder",
        "technology_coverage",
    ),
    "documents": ("IngestReport", "SourceDocument", "extraction_json", "ingest_documents", "read_documents"),
    "errors": (
        "DocumentError",
        "ImportFaultsError",
        "IngestError",
        "KeyInUseError",
        "OverrideError",
        "RemovalLimitError",
        "UnpublishedDecisionsError",
        "UnreadableError",
    ),
    "extraction": (
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
    ),
    "findings": ("Finding", "Severity"),
    "importers.confirming": ("Confirmed", "confirm", "keep_decisions", "outline_of", "unconfirmed"),
    "importers.courses": ("Extract", "read_courses"),
    "importers.crosswalk": ("CrosswalkOptions", "read_crosswalk"),
    "importers.esco": ("read_esco",),
    "importers.harvest": ("Harvest",),
    "importers.onet": ("read_onet",),
    "importers.ontology": ("check_ontology", "format_ontology", "read_ontology", "shipped_ontology"),
    "importers.overlay": ("read_overlay",),
    "importers.report": ("ImportCounts", "ImportReport", "ImportSample"),
    "importers.running": ("run_import",),
    "importers.skos": ("SkosOptions", "read_skos"),
    "importers.upgrade": ("UpgradeDiff", "diff_markdown"),
    "overrides": ("SaidReport", "Wish", "read_overrides", "say_overrides", "take_back", "write_overrides"),
    "progress": ("BarProgress", "NoProgress", "PlainProgress", "Progress", "progress_for"),
    "settings": ("CoverageSettings", "ImportSettings"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load a public name from its module."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{home}", __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


__all__ = [
    "AdvertCoverage",
    "BarProgress",
    "CandidateExample",
    "CandidateReport",
    "CandidateWeights",
    "Confirmed",
    "CoverageSettings",
    "CrosswalkOptions",
    "CueFileError",
    "DocumentError",
    "DocumentKind",
    "EscoCoverage",
    "Extract",
    "Extraction",
    "ExtractionError",
    "ExtractionSettings",
    "Extractor",
    "Extractors",
    "Finding",
    "Form",
    "Harvest",
    "ImportCounts",
    "ImportFaultsError",
    "ImportReport",
    "ImportSample",
    "ImportSettings",
    "IngestError",
    "IngestReport",
    "KeyInUseError",
    "LinkPolicy",
    "Measure",
    "NoProgress",
    "OutlinedCourse",
    "OverrideError",
    "PhraseCandidate",
    "PlainProgress",
    "Progress",
    "RankedSkill",
    "RemovalLimitError",
    "Requirement",
    "Said",
    "SaidReport",
    "SectionKind",
    "Severity",
    "SkillMention",
    "SkosOptions",
    "SourceDocument",
    "TechnologyCoverage",
    "UnlinkedMention",
    "UnpublishedDecisionsError",
    "UnreadableError",
    "UpgradeDiff",
    "Vocabulary",
    "Wish",
    "advert_coverage",
    "build_extractor",
    "check_ontology",
    "confirm",
    "current_skill",
    "diff_markdown",
    "esco_coverage",
    "extraction_json",
    "fold_form",
    "format_ontology",
    "forms_of",
    "gather_candidates",
    "group_key",
    "ingest_documents",
    "keep_decisions",
    "outline_of",
    "outlined_courses",
    "override_json",
    "progress_for",
    "read_courses",
    "read_crosswalk",
    "read_documents",
    "read_esco",
    "read_onet",
    "read_ontology",
    "read_overlay",
    "read_overrides",
    "read_skos",
    "run_import",
    "said_at",
    "say_overrides",
    "shipped_ontology",
    "source_of",
    "subject_finder",
    "take_back",
    "technology_coverage",
    "unconfirmed",
    "write_overrides",
]
