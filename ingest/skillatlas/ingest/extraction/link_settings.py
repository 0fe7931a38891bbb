"""The numbers of linking by meaning, each with its reason; `python -m benchmarks.fit_linking` fits the curves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Curve:
    """A logistic curve over what is known of a skill near a sentence; weights in log odds."""

    base: float
    own: float  # the mean of the lanes that need nothing but the scheme
    learned: float  # the lane of annotated sentences
    lead: float  # over the next skill
    asks: float  # whether the sentence asks for a skill at all, within -3 to 3
    preferred: float  # the preferred label stands there, letter for letter but for case


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """Lengths count words that are no stop words; shares and scores are 0 to 1."""

    # The mean of each lane's best score over the 136 sentences of the two validation files of ESCO, so that a lane's
    # scores mean the same in every text and scheme. All lanes then weigh alike: no other weights were fitted.
    scales: Mapping[str, float] = field(
        default_factory=lambda: MappingProxyType(
            {"word": 0.46, "window": 0.9, "meaning": 0.34, "label": 0.48, "learned": 0.235}
        )
    )
    least_covered: float = 0.35  # of a form, by weight, that must stand in a sentence for its windows to be looked at
    forms_each: int = 40  # a sentence, the most covered
    sentences: int = 32  # that are compared at a time: 12 MB for ESCO
    candidates: int = 3  # skills of a sentence that may be mentions, besides the one that is best without `learned`

    rank_window: int = 600  # characters of a text that are compared as one, as a sentence is
    rank_windows: int = 32

    # Of skills that annotated sentences know; of others in a scheme whose skills they know; of those of other schemes.
    # The second is strict with reason: adverts asked for few skills that the annotated sentences do not know.
    known: Curve = Curve(base=-3.11, own=1.23, learned=1.61, lead=0.63, asks=0.33, preferred=1.27)
    unknown: Curve = Curve(base=-4.29, own=1.58, learned=0.0, lead=0.78, asks=0.5, preferred=1.68)
    foreign: Curve = Curve(base=-4.46, own=3.06, learned=0.0, lead=0.49, asks=0.46, preferred=1.72)
    # Of schemes that describe their forms, where a form stands there whole but for endings and small words: whether
    # people had marked the place as a skill (SkillSpan's adverts, 194 places of our own ontology; by hand between what
    # the train and the dev adverts say, too few to fit), as for forms that are met exactly.
    said: Curve = Curve(base=0.1, own=0.0, learned=0.0, lead=0.0, asks=0.7, preferred=0.0)
    whole: float = 0.97  # likeness and cover from which a form stands there whole
    asks_bound: float = 3.0
    met_least: float = 0.15  # what a form says that the exact path admits is always fit to be suggested
    home_share: float = 0.5  # of the learned skills that a scheme must hold to be one of which they say what is asked
