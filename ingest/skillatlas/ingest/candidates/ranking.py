"""How much a phrase looks like a skill: a logistic curve over a few features of how and where it is written.

Fitted on the phrases of the 140 train adverts of SkillSpan (© 2023 Mike Zhang, MIT; Zhang et al. 2022) that no form of
our ontology met: a skill is what people marked as knowledge in at least half of the adverts that have it. By
`python -m benchmarks.learn_candidates`, which prints these weights again. How well they do elsewhere is in
`docs/benchmarks.md`.
"""

import math
import re
from dataclasses import dataclass

from ..extraction.odds import logistic

_NAMED = re.compile(r"[A-Z].*[A-Z]|\d|[+#.]")


@dataclass(frozen=True, slots=True)
class CandidateWeights:
    """Weights in log odds. English ones say nothing of phrases in other scripts."""

    base: float = -0.6
    documents: float = 0.45  # each time their number doubles
    named: float = 0.6  # several capitals, a digit or a symbol: REST, D3, F#
    capital: float = 0.52  # written with a capital
    doing: float = -0.48  # begins like "developing"
    head: float = 0.46  # ends in a word that skills end in: "performance monitoring"
    listed: float = 0.81  # where the text lists what is asked for or held
    plural: float = -0.46  # ends like "applications": sorts of things rather than one


DEFAULT_WEIGHTS = CandidateWeights()


@dataclass(frozen=True, slots=True)
class Features:
    """Shares are 0 to 1, of the mentions."""

    documents: float
    named: float
    capital: float
    doing: float
    head: float
    listed: float
    plural: float


def features_of(spellings: dict[str, int], documents: int, listed: int, heads: frozenset[str], key: str) -> Features:
    """The features of a phrase: how often in which spelling, in how many documents, how often in a list."""
    mentions = sum(spellings.values())
    named = sum(count for text, count in spellings.items() if _NAMED.search(text)) / mentions
    capital = sum(count for text, count in spellings.items() if text[:1].isupper()) / mentions
    words = key.split(" ")
    plural = sum(count for text, count in spellings.items() if text.isascii() and text.endswith("s")) / mentions
    return Features(
        documents=math.log2(documents),
        named=named,
        capital=capital * (1 - named),
        doing=float(words[0].isascii() and words[0].endswith("ing")),
        head=float(len(words) > 1 and words[-1] in heads),
        listed=listed / mentions,
        plural=plural * (named <= 0.5),
    )


def score_of(features: Features, weights: CandidateWeights) -> float:
    """0 to 1, six decimals."""
    odds = math.fsum(
        (
            weights.base,
            weights.documents * features.documents,
            weights.named * features.named,
            weights.capital * features.capital,
            weights.doing * features.doing,
            weights.head * features.head,
            weights.listed * features.listed,
            weights.plural * features.plural,
        )
    )
    return logistic(odds)
