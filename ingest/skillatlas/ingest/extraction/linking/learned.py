"""What was learned from annotated sentences: words of sentences that ask for a skill, and words of sentences that ask.

`learned.json` says from what data it was made and under which licences; `benchmarks/learn_linking.py` makes it. It
holds weights of words, no sentence. Its skills are ESCO's; other schemes have part in it where they say that a skill of
theirs is the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import orjson
from scipy import sparse

from .vectors import Floats

FILE = "learned.json"
_UNIT = 1e-4  # of the weights in the file, which are whole numbers


@dataclass(frozen=True)
class Learned:
    """Words by number; `idf` of each; skills x words, rows of length about 1; the weight of a word in asking."""

    words: Mapping[str, int]
    idf: Floats
    skills: tuple[str, ...]
    table: Any
    asks: Floats
    asks_base: float


@cache
def load_learned() -> Learned:
    """The artefact of this package."""
    content = orjson.loads((resources.files("skillatlas.ingest.extraction.linking") / FILE).read_bytes())
    words = {word: number for number, word in enumerate(content["words"])}
    skills = tuple(sorted(content["skills"]))
    columns = [content["skills"][skill][0] for skill in skills]
    weights = [content["skills"][skill][1] for skill in skills]
    pointers = np.cumsum([0, *map(len, columns)])
    data = np.array([weight for row in weights for weight in row], dtype=np.float32) * np.float32(_UNIT)
    indices = np.array([column for row in columns for column in row], dtype=np.int64)
    table = sparse.csr_matrix((data, indices, pointers), shape=(len(skills), len(words)), dtype=np.float32)
    asks = np.zeros(len(words), dtype=np.float32)
    asks[content["asks"][0]] = np.array(content["asks"][1], dtype=np.float32) * np.float32(_UNIT)
    idf = np.array(content["idf"], dtype=np.float32) * np.float32(_UNIT)
    return Learned(words, idf, skills, table, asks, content["asksBase"] * _UNIT)
