"""SSSOM: a table of mappings with a header of metadata in comment lines (https://mapping-commons.github.io/sssom/)."""

import re
from collections.abc import Mapping
from typing import Any

from skillatlas.taxonomy import MappingPredicate

from ..files import csv_rows
from ..rdf import MATCHES, OWL, RDFS, SKOS
from .tables import CrosswalkRow, CrosswalkTable, Header, without_preamble

REQUIRED = ("subject_id", "predicate_id", "object_id")
_OPTIONAL = ("confidence", "mapping_justification", "predicate_modifier", "comment")
_BUILT_IN = {
    "skos": SKOS,
    "owl": OWL,
    "rdfs": RDFS,
    "semapv": "https://w3id.org/semapv/vocab/",
    "sssom": "https://w3id.org/sssom/",
}
"""Prefixes that every SSSOM file may use without saying what they stand for."""

_PREDICATES: Mapping[str, MappingPredicate] = {
    **MATCHES,
    OWL + "sameAs": MappingPredicate.EXACT,
    OWL + "equivalentClass": MappingPredicate.EXACT,
    RDFS + "subClassOf": MappingPredicate.BROAD,
}
_NO_TERM = "https://w3id.org/sssom/NoTermFound"
_ENTRY = re.compile(r"(\s*)(\"[^\"]*\"|'[^']*'|[^\s:#-][^:]*):(?:\s+(.*))?")


def read(text: str, file: str, header: Header) -> CrosswalkTable:
    """The table; what is no SKOS mapping, is denied (`predicate_modifier` Not) or has no term is passed over."""
    about, prefixes = metadata(text.split("\n", header.line)[: header.line])
    prefixes = {**_BUILT_IN, **prefixes}
    rows, passed_over = [], []
    table = without_preamble(text, header)
    for line, cells in csv_rows(table, file, REQUIRED, _OPTIONAL, separator=header.separator):
        subject, predicate_id, target, confidence, justification, modifier, comment = (cell.strip() for cell in cells)
        predicate = _PREDICATES.get(expand_curie(predicate_id, prefixes))
        if predicate is None:
            passed_over.append((line, f"{predicate_id} is no mapping relation of SKOS; left out", "predicate"))
        elif modifier:
            passed_over.append((line, f"{subject} {modifier} {predicate_id} {target} denies it; left out", "predicate"))
        elif _NO_TERM in (expand_curie(subject, prefixes), expand_curie(target, prefixes)):
            passed_over.append((line, f"{subject} {predicate_id} {target} names no term; left out", "unknown-end"))
        else:
            data: dict[str, Any] = {"justification": justification} if justification else {}
            if comment:
                data["comment"] = comment
            rows.append(CrosswalkRow(line, subject, target, predicate, _confidence(confidence), confidence, data))
    return CrosswalkTable(
        name=about.get("mapping_set_title") or about.get("mapping_set_id") or file,
        version=about.get("mapping_set_version"),
        rows=rows,
        licence=about.get("license"),
        attribution=about.get("creator_label") or about.get("mapping_provider"),
        prefixes=prefixes,
        passed_over=passed_over,
    )


def metadata(lines: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """The single values of the YAML header, and its `curie_map`; of YAML, only what these need is read."""
    inner = [line.lstrip("\ufeff")[1:].rstrip() for line in lines if line.lstrip("\ufeff").startswith("#")]
    if all(line.startswith(" ") for line in inner if line):
        inner = [line[1:] for line in inner]
    about: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    section = ""
    for line in inner:
        entry = _ENTRY.fullmatch(line)
        if entry is None:
            continue
        name, value = entry[2].strip().strip("\"'"), (entry[3] or "").strip()
        value = value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
        if not entry[1]:
            section = "" if value else name
            if value:
                about[name] = value
        elif section == "curie_map" and value:
            prefixes[name] = value
    return about, prefixes


def expand_curie(text: str, prefixes: Mapping[str, str]) -> str:
    """The IRI of a compact one whose prefix is known; anything else as it is."""
    prefix, colon, local = text.partition(":")
    return prefixes[prefix] + local if colon and prefix in prefixes and not local.startswith("//") else text


def _confidence(cell: str) -> float | None:
    if not cell:
        return 1.0
    try:
        number = float(cell)
    except ValueError:
        return None
    return round(number, 6) if 0 <= number <= 1 else None
