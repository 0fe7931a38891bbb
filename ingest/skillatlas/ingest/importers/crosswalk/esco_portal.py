"""The crosswalks that the ESCO portal publishes: O*NET occupations or skills to ESCO or ISCO concepts."""

from collections.abc import Mapping

from skillatlas.taxonomy import MappingPredicate

from ..files import csv_rows
from .tables import CrosswalkRow, CrosswalkTable, Header, without_preamble

CODE, MATCH = "O*NET Id", "Type of Match"

_MATCHES: Mapping[str, MappingPredicate] = {
    f"{predicate.lower()}{ending}": predicate for predicate in MappingPredicate for ending in ("match", "")
}


def uri_column(names: tuple[str, ...]) -> str | None:
    """The column of the ESCO end: `ESCO or ISCO URI`, in the table of skills `ESCO Skill URI` or the like."""
    found = [name for name in names if name.startswith("ESCO") and name.upper().endswith("URI")]
    return found[0] if len(found) == 1 else None


def read(text: str, file: str, header: Header) -> CrosswalkTable:
    """The table. The type of match is read from O*NET to ESCO: by narrowMatch the ESCO concept is the narrower one."""
    column = uri_column(header.names)
    assert column is not None
    rows, passed_over = [], []
    table = without_preamble(text, header)
    for line, (code, uri, match) in csv_rows(table, file, (CODE, column, MATCH), separator=header.separator):
        predicate = _MATCHES.get("".join(match.lower().split()).removeprefix("skos:"))
        if predicate is None:
            text_of = f"the type of match {match!r} is none of exactMatch, closeMatch, broadMatch, narrowMatch"
            passed_over.append((line, f"{text_of}; left out", "predicate"))
        elif not code.strip() or not uri.strip():
            passed_over.append((line, "one end is empty; left out", "unknown-end"))
        else:
            rows.append(CrosswalkRow(line, code.strip(), uri.strip(), predicate))
    return CrosswalkTable(
        name="ESCO portal ESCO-O*NET crosswalk",
        version=None,
        rows=rows,
        licence="Commission Decision 2011/833/EU (reuse with acknowledgement)",
        attribution="This service uses the ESCO classification of the European Commission: its crosswalk to O*NET.",
        passed_over=passed_over,
    )
