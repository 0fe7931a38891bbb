"""Phrases that look like skills and match none, over many documents: what a curator may add to the taxonomy."""

from .gathering import gather_candidates
from .model import CandidateExample, CandidateReport, PhraseCandidate, group_key
from .ranking import CandidateWeights, Features
from .vocabulary import Vocabulary

__all__ = [
    "CandidateExample",
    "CandidateReport",
    "CandidateWeights",
    "Features",
    "PhraseCandidate",
    "Vocabulary",
    "gather_candidates",
    "group_key",
]
