"""The ESCO–O*NET crosswalk of the study *Mapping Career Causeways*: ESCO occupations to O*NET occupations."""

import re
from collections.abc import Mapping
from typing import Any

from skillatlas.taxonomy import MappingPredicate

from ..files import csv_rows
from .tables import CrosswalkRow, CrosswalkTable, Header, without_preamble

REQUIRED = ("concept_uri", "onet_code", "confidence")
_OPTIONAL = ("semantic_similarity",)
_VERSION = re.compile(r"crosswalk_(\w+)")

_CONFIDENCES: Mapping[float, float] = {0.5: 0.5, 1.0: 0.7, 2.0: 0.9}
"""What the three steps of the source become: it orders matches and states no probability. The order is kept, the best
stays below 1 since the crosswalk was made for ESCO 1.0 and an O*NET of which a fifth of the codes are gone, and the
least stays at 0.5, where evidence begins to count."""


def read(text: str, file: str, header: Header) -> CrosswalkTable:
    """The table. Every mapping is CLOSE: matches were found by similar titles and confirmed by hand, never as equal."""
    table = without_preamble(text, header)
    rows = []
    for line, (uri, code, confidence, similarity) in csv_rows(
        table, file, REQUIRED, _OPTIONAL, separator=header.separator
    ):
        scaled = _scaled(confidence)
        data: dict[str, Any] = {"statedConfidence": confidence.strip()}
        if scaled is not None:
            data["justification"] = f"stated confidence {confidence.strip()} (steps 0.5, 1, 2) taken as {scaled:g}"
        likeness = _number(similarity)
        if likeness is not None:
            data["semanticSimilarity"] = round(likeness, 6)
        rows.append(
            CrosswalkRow(line, uri.strip(), code.strip(), MappingPredicate.CLOSE, scaled, confidence.strip(), data)
        )
    version = _VERSION.search(file)
    return CrosswalkTable(
        name="Career Causeways ESCO-O*NET crosswalk",
        version=version[1] if version else None,
        rows=rows,
        licence="MIT",
        attribution=(
            "ESCO-O*NET crosswalk © 2021 Nesta, MIT licence; Kanders, Djumalieva, Sleeman and Orlik (2020), "
            "Mapping Career Causeways: Supporting Workers at Risk, Nesta"
        ),
    )


def _scaled(cell: str) -> float | None:
    number = _number(cell)
    return None if number is None else _CONFIDENCES.get(number)


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None
