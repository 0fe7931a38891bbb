"""A skill near a sentence: what the lanes say of it, and how sure that makes us."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from ..link_settings import Curve, LinkSettings
from ..odds import logistic
from .index import IndexedForm


@dataclass(frozen=True, slots=True)
class Near:
    """A skill near a sentence. `score`: mean of the lanes, each by its scale (about 1 for a good one, at most 2.5).

    `own`: the mean without the lane `learned`. `lead` over the next skill of the sentence (for the others: less than
    the first, so negative), by `own` for skills that annotated sentences do not know. `asks`: log odds that the
    sentence asks for a skill at all. `form`: the nearest form, where enough of one stands there; `likeness` and
    `covered` are of it, `first` and `last` the words of the sentence that are most like it, from 0.
    """

    skill_id: str
    score: float
    own: float
    learned: float
    lead: float
    asks: float
    known: bool
    home: bool
    said: bool  # a form of a scheme that describes its forms stands there, whole but for endings and small words
    lanes: Mapping[str, float]
    form: IndexedForm | None = None
    likeness: float = 0.0
    covered: float = 0.0
    first: int = 0
    last: int = -1

    def confidence(
        self, settings: LinkSettings, *, advert: bool = True, preferred: bool = False, odds: float = 0.0
    ) -> float:
        """That the sentence states the skill: 0 to 1, six decimals, by the curve of its sort.

        `advert`: only of adverts was it learned which sentences ask for a skill. `preferred`: its preferred label was
        met. `odds`: what else speaks for it (or against), in log odds.
        """
        curve: Curve = getattr(settings, self.sort)
        asks = max(-settings.asks_bound, min(settings.asks_bound, self.asks))
        parts = (
            curve.base,
            curve.own * self.own,
            curve.learned * self.learned,
            curve.lead * self.lead,
            curve.asks * (asks if advert else max(0.0, asks)),
            curve.preferred * preferred,
            odds,
        )
        return logistic(math.fsum(parts))

    @property
    def sort(self) -> str:
        """Which of the settings' curves holds for the skill."""
        if self.said:
            return "said"
        if self.known:
            return "known"
        return "unknown" if self.home else "foreign"
