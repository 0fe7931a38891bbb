"""The numbers of extraction, each with its reason, in one frozen object."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from .link_settings import LinkSettings
from .model import LinkPolicy

# Raised by hand whenever a rule changes what is answered; part of the extractor's version.
RULES_VERSION = "3"


@dataclass(frozen=True, slots=True)
class ExtractionSettings:
    """Lengths are code points; confidences and scores are 0 to 1."""

    # Forms. The longest name of ESCO's that an advert could hold has 97; whole sentences as labels only cost memory.
    max_form: int = 120
    short_letters: int = 3  # up to so many letters only in the form's own case: "go", "it", "r" are words
    capital_letters: int = 5  # and all capitals up to so many: "AWS", "HTML", "JAVA"
    shared_by: int = 2  # a form of an imported scheme that more skills share says nothing

    # Windows that keep every step local, so that time is linear in the text whatever stands in it.
    sentence: int = 600
    context: int = 300
    cues_each_side: int = 8
    gap: int = 30  # between two members of a list
    governs: int = 120  # between a cue and what it governs
    max_unlinked: int = 200

    thresholds: Mapping[LinkPolicy, float] = field(
        default_factory=lambda: MappingProxyType(
            {LinkPolicy.PRECISE: 0.65, LinkPolicy.BALANCED: 0.4, LinkPolicy.SENSITIVE: 0.15}
        )
    )

    # Linking by meaning: also what is said in other words. Without it only forms are met, at some ten times the speed.
    by_meaning: bool = True
    linking: LinkSettings = field(default_factory=LinkSettings)
    rank_exact: float = 0.5  # a skill whose form stands in the text: its score is raised by this share of the rest
