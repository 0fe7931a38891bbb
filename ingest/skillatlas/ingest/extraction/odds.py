"""Log odds as probabilities."""

import math


def logistic(odds: float) -> float:
    """0 to 1, six decimals."""
    return round(1.0 / (1.0 + math.exp(-odds)), 6)
