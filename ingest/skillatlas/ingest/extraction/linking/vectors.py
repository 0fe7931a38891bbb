"""Sparse vectors of TF-IDF: rows of features, weighed, of length 1, and their products with a text's.

No product is made with anything but what a text holds, so time goes with the text and not with the scheme.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Postings:
    """A table of rows by feature, each row of length 1. `idf`: the weight of a feature; `norms`: of the rows before."""

    idf: Floats
    norms: Floats
    table: Any  # features x rows, CSR


def weigh(rows: Sequence[Sequence[int]], features: int) -> Postings:
    """The table of rows of feature numbers; a repeated feature counts by one more than the logarithm of how often."""
    lengths = np.fromiter((len(row) for row in rows), dtype=np.int64, count=len(rows))
    flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=int(lengths.sum()))
    owners = np.repeat(np.arange(len(rows), dtype=np.int64), lengths)
    keys, counts = np.unique(owners * max(1, features) + flat, return_counts=True)
    owners, flat = keys // max(1, features), keys % max(1, features)
    found = np.bincount(flat, minlength=features)
    idf = (np.log((1.0 + len(rows)) / (1.0 + found)) + 1.0).astype(np.float32)
    data = ((1.0 + np.log(counts)) * idf[flat]).astype(np.float32)
    norms = np.sqrt(np.bincount(owners, weights=data.astype(np.float64) ** 2, minlength=len(rows))).astype(np.float32)
    data /= norms[owners]
    table = sparse.csr_matrix((data, (flat, owners)), shape=(features, len(rows)), dtype=np.float32)
    return Postings(idf, norms, table)


def queries(rows: Ints, features: Ints, idf: Floats, count: int) -> tuple[Any, Floats]:
    """Rows of a text (`rows[i]` holds `features[i]`, in any order), weighed, of length 1: count x features.

    And the lengths that they had before.
    """
    keys = np.unique(rows * max(1, len(idf)) + features)
    rows, features = keys // max(1, len(idf)), keys % max(1, len(idf))
    data = idf[features]
    norms = np.sqrt(np.bincount(rows, weights=data.astype(np.float64) ** 2, minlength=count)).astype(np.float32)
    data = data / norms[rows]
    pointers = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=count), out=pointers[1:])
    return sparse.csr_matrix((data, features, pointers), shape=(count, len(idf)), dtype=np.float32), norms


def best_of(similar: Any, owners: Ints, skills: int) -> Floats:
    """Of a sparse table of rows x forms the best of each skill's: rows x skills."""
    best = np.zeros(similar.shape[0] * skills, dtype=np.float32)
    rows = np.repeat(np.arange(similar.shape[0], dtype=np.int64), np.diff(similar.indptr))
    np.maximum.at(best, rows * skills + owners[similar.indices], similar.data)
    return best.reshape(similar.shape[0], skills)


def numbered(names: Iterable[str]) -> dict[str, int]:
    """A number for each different name, by the order of the alphabet."""
    return {name: number for number, name in enumerate(sorted(set(names)))}
