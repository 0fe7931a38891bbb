"""Fit the weights by which candidates are ranked, on the train adverts of SkillSpan, and print them.

    python -m benchmarks.learn_candidates ../shared/data/job_ads/skillspan_train.jsonl.gz

No randomness: the same adverts, ontology and rules give the same weights. They are written by hand into
`CandidateWeights` (ingest/skillatlas/ingest/candidates/ranking.py).
"""

import sys
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from benchmarks.candidates import phrases_of, share_marked, shipped_extractor

REGULARISATION = 0.3  # few phrases: weights are held small


def main() -> None:
    """Print the weights, and what cross-validation over the phrases says of them."""
    extractor, vocabulary = shipped_extractor()
    phrases = phrases_of(Path(sys.argv[1]), extractor, vocabulary)
    features = np.array([astuple(one.features) for one in phrases])
    marked = np.array([one.marked for one in phrases])
    model = LogisticRegression(C=REGULARISATION)
    guessed = np.asarray(cross_val_predict(model, features, marked, cv=10, method="predict_proba"))[:, 1]
    model.fit(features, marked)
    print(f"base: {np.asarray(model.intercept_)[0]:.2f}")
    for field, weight in zip(fields(phrases[0].features), np.asarray(model.coef_)[0], strict=True):
        print(f"{field.name}: {weight:.2f}")
    ordered = sorted(zip(guessed.tolist(), phrases, strict=True), key=lambda one: (-one[0], one[1].key))
    for first in (50, 100):
        print(f"marked of the first {first}, cross-validated: {share_marked([one for _, one in ordered], first):.2f}")


if __name__ == "__main__":
    main()
