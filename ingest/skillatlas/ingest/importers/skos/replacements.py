"""What became of deprecated concepts."""

from collections.abc import Mapping

from skillatlas.taxonomy import Replacement, ReplacementKind

from ...findings import Finding, warning
from . import terms
from .hierarchy import closing_pairs
from .statements import Place
from .vocabulary import Vocabulary


def replacements(vocabulary: Vocabulary, ids: Mapping[str, str]) -> tuple[dict[str, Replacement], list[Finding]]:
    """The replacement of each deprecated concept by its IRI.

    Deprecated is what owl:deprecated says, and what dcterms:isReplacedBy or dcterms:replaces names as replaced.
    Successors that are not among the concepts, and those by which replacing would come back, are listed.
    """
    findings: list[Finding] = []

    def warn(place: Place, text: str, rule: str) -> None:
        findings.append(warning(place.file, place.line, f"{text}; left out", rule=rule))

    stated: dict[tuple[str, str], Place] = {}
    for old, new, place in vocabulary.pairs(terms.REPLACED_BY):
        stated.setdefault((old, new), place)
    for new, old, place in vocabulary.pairs(terms.REPLACES):
        stated.setdefault((old, new), place)
    kept: dict[tuple[str, str], Place] = {}
    deprecated = {
        iri
        for iri, rows in vocabulary.texts.get(terms.DEPRECATED, {}).items()
        if iri in ids and any(row.value.strip().lower() in ("true", "1") for row in rows)
    }
    for (old, new), place in sorted(stated.items()):
        if old not in ids:
            continue
        if new in ids and new != old:
            kept[old, new] = place
        elif new == old:
            warn(place, f"{ids[old]}: is replaced by itself", "self")
        else:
            deprecated.add(old)
            warn(place, f"{ids[old]}: is replaced by {new}, which is not among the concepts", "missing-end")
    for old, new in closing_pairs(kept, frozenset()):
        warn(kept.pop((old, new)), f"{ids[old]}: is replaced by {ids[new]}, which comes back to it", "cycle")
    successors: dict[str, list[str]] = {}
    for old, new in kept:
        successors.setdefault(old, []).append(ids[new])
    return {iri: _replacement(successors.get(iri, [])) for iri in deprecated | successors.keys()}, findings


def _replacement(successors: list[str]) -> Replacement:
    usual = (ReplacementKind.RETIRED, ReplacementKind.REPLACED, ReplacementKind.SPLIT)
    reason = None if successors else "deprecated in the source"
    return Replacement(usual[min(len(successors), 2)], tuple(sorted(successors)), reason)
