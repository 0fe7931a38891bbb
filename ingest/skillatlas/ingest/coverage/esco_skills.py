"""ESCO's essential skills, of the occupations that are knowledge work hired by the task."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from skillatlas.taxonomy import Graph

from ..importers.esco.package import EscoPackage
from ..importers.files import csv_rows, unreadable
from ..settings import CoverageSettings
from .known import mapped_iris
from .model import Measure

_SELECTION = "knowledge_work.csv"
_ESSENTIAL = "essential"


@dataclass(frozen=True, slots=True)
class SelectedOccupations:
    """Occupations of an ISCO unit group that were chosen for one reason: their labels in ESCO, sorted."""

    isco: str
    reason: str
    occupations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissedSkill:
    """A skill of ESCO that nothing is mapped to, essential to so many of the chosen occupations."""

    uri: str
    label: str
    occupations: int


@dataclass(frozen=True, slots=True)
class EscoCoverage:
    """`missed` by the number of occupations, then label; `selected` by ISCO code."""

    version: str | None
    measures: tuple[Measure, ...]
    missed: tuple[MissedSkill, ...]
    selected: tuple[SelectedOccupations, ...]


def esco_coverage(
    graph: Graph, paths: Iterable[Path], *, scheme: str, settings: CoverageSettings | None = None
) -> EscoCoverage:
    """How many essential skills of the chosen occupations have a mapping, each skill counted once, and by need.

    `paths` are the classification and the relations zip of ESCO. Raises UnreadableError.
    """
    settings = settings or CoverageSettings()
    given = tuple(paths)
    package = EscoPackage(given)
    if not (package.has_classification and package.has_relations):
        lacking = "classification" if package.has_relations else "relations"
        raise unreadable(", ".join(path.name for path in given), None, f"give the {lacking} zip of ESCO too")
    selection = _selection()
    groups: dict[tuple[str, str], list[str]] = {}
    chosen: set[str] = set()
    for _, (uri, isco, label) in package.rows("occupations", ("conceptUri", "iscoGroup", "preferredLabel")):
        reason = selection.get((isco, label.strip()), selection.get((isco, ""), ""))
        if reason:
            chosen.add(uri)
            groups.setdefault((isco, reason), []).append(label.strip())
    labels = {uri: label for _, (uri, label) in package.rows("skills", ("conceptUri", "preferredLabel"))}
    columns = ("occupationUri", "relationType", "skillUri")
    pairs = {
        (occupation, skill)
        for _, (occupation, relation, skill) in package.rows("occupationSkillRelations", columns)
        if relation == _ESSENTIAL and occupation in chosen and skill in labels
    }
    needed = Counter(skill for _, skill in pairs)
    mapped = mapped_iris(graph, scheme)
    missed = sorted(needed.keys() - mapped, key=lambda uri: (-needed[uri], labels[uri], uri))
    met = needed.keys() & mapped
    return EscoCoverage(
        version=package.version,
        measures=(
            Measure("essential skills, each once", len(met), len(needed), settings.essential),
            Measure("essential needs of an occupation", sum(needed[uri] for uri in met), len(pairs)),
        ),
        missed=tuple(MissedSkill(uri, labels[uri].strip(), needed[uri]) for uri in missed),
        selected=tuple(
            SelectedOccupations(isco, reason, tuple(sorted(occupations)))
            for (isco, reason), occupations in sorted(groups.items())
        ),
    )


def _selection() -> dict[tuple[str, str], str]:
    """Why an occupation of an ISCO unit group was chosen, and a whole group ("" for the occupation); "": it was not."""
    text = resources.files("skillatlas.ingest.coverage").joinpath(_SELECTION).read_text(encoding="utf-8")
    rows = csv_rows(text, _SELECTION, ("isco", "occupation", "chosen", "reason"))
    return {(isco, occupation): reason if chosen == "yes" else "" for _, (isco, occupation, chosen, reason) in rows}
