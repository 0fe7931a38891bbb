"""Numbers of the importers that someone may want to tune, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportSettings:
    """Settings of importers and document readers."""

    removal_limit: float = 0.10
    """Share of the active concepts, edges or courses that an import may take away unasked (public contract)."""

    samples: int = 3
    """Changes of each kind that a report shows: enough to see what a change looks like."""

    document_batch: int = 100
    """Documents stored in one transaction: adverts of 5 kB are committed about once a second."""

    text_limit: int = 1_000_000
    """Code points of a document, the same limit as that of texts in the API."""

    max_file_bytes: int = 1_000_000_000
    """Bytes a file may have once unpacked, so that a small archive cannot fill the memory."""

    document_bytes: int = 100_000_000
    """Bytes of a single document (PDF, Word …) as a file: longer ones than any advert, CV or outline."""

    unpacked_bytes: int = 200_000_000
    """Bytes a document may have once unpacked: a few kB of zip or PDF can hold gigabytes of nothing."""

    label_limit: int = 1_000
    """Code points of a label or title; ESCO's longest has 264."""


@dataclass(frozen=True, slots=True)
class OntologySettings:
    """What a curator would find unusual (docs/ontology.md); `check` warns of what lies outside."""

    fewest_skills: int = 20
    """Skills of a domain: fewer make a group of another one."""

    most_skills: int = 80
    """Skills of a domain: more make two domains."""

    fewest_needs: int = 8
    """Needs of a role: with fewer, one course makes anybody look ready."""

    most_needs: int = 25
    """Needs of a role: with more, it is several roles or a wish list."""

    least_transfer: float = 0.2
    """Transfer below is not worth stating."""

    most_transfer: float = 0.9
    """Transfer above would make the two one skill."""


@dataclass(frozen=True, slots=True)
class CoverageSettings:
    """What an ontology is held against, and how much of it should be met (docs/coverage.md)."""

    most_listed: int = 500
    """Technologies of O*NET that most occupations list: the last of them stands at seven occupations."""

    hot: float = 0.90
    """Share of O*NET's hot technologies that should be met: nearly all of what adverts of all kinds name."""

    in_demand: float = 0.90
    """The same of those in demand."""

    listed: float = 0.75
    """The same of those that most occupations list: among them are products that nobody is hired for by the task."""

    essential: float = 0.50
    """Share of ESCO's essential skills that should be mapped: many are far coarser, or far finer, than a skill here."""

    spans: float = 0.60
    """Share of concrete spans of adverts that should hold a form: the rest are phrases of one employer."""

    span_words: int = 5
    """Words of a span at most: longer ones describe a task and name no skill."""


DEFAULT_SETTINGS = ImportSettings()
