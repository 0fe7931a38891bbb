"""O*NET's technologies: those that job posts name often, and those that most occupations list."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from skillatlas.taxonomy import ONET_NAMESPACE, Graph

from ..extraction.folding import fold_form
from ..importers.files import unreadable
from ..importers.onet.gathering import KEY
from ..importers.onet.naming import acronym_labels
from ..importers.onet.tables import TECHNOLOGY, OnetPackage
from ..importers.onet.technologies import technology_id
from ..settings import CoverageSettings
from .known import known_labels, mapped_iris
from .model import Measure


@dataclass(frozen=True, slots=True)
class MissedTechnology:
    """A technology that no skill is mapped to, and that is called like none; `occupations` list it."""

    name: str
    occupations: int
    hot: bool
    in_demand: bool


@dataclass(frozen=True, slots=True)
class TechnologyCoverage:
    """`missed` has the technologies of the three lists, by the number of occupations, then name."""

    version: str | None
    measures: tuple[Measure, ...]
    missed: tuple[MissedTechnology, ...]


def technology_coverage(
    graph: Graph, paths: Iterable[Path], *, scheme: str, settings: CoverageSettings | None = None
) -> TechnologyCoverage:
    """How many technologies are met: mapped, or, once an acronym is split off, equal to a label of a skill.

    `paths` are O*NET's zips or folders. Raises UnreadableError.
    """
    settings = settings or CoverageSettings()
    package = OnetPackage(tuple(paths))
    table = package.table(TECHNOLOGY)
    if table is None:
        raise unreadable(next(iter(package.all_tables)).source.path.name, None, "lacks the table Technology Skills")
    occupations: dict[str, set[str]] = {}
    hot: set[str] = set()
    demanded: set[str] = set()
    for cells in table.rows():
        code, name, _commodity, _title, is_hot, in_demand = cells.values
        occupations.setdefault(name, set()).add(code)
        if is_hot == "Y":
            hot.add(name)
        if in_demand == "Y":
            demanded.add(name)
    ordered = sorted(occupations, key=lambda name: (-len(occupations[name]), name))
    listed = frozenset(ordered[: settings.most_listed])
    mapped, labels = mapped_iris(graph, scheme), known_labels(graph, scheme)
    met = {name for name in hot | demanded | listed if _iri(name) in mapped or _spellings(name) & labels}
    lists = (
        ("hot technologies", frozenset(hot), settings.hot),
        ("technologies in demand", frozenset(demanded), settings.in_demand),
        (f"the {len(listed)} that most occupations list", listed, settings.listed),
    )
    return TechnologyCoverage(
        version=package.version,
        measures=tuple(Measure(title, len(names & met), len(names), wanted) for title, names, wanted in lists),
        missed=tuple(
            MissedTechnology(name, len(occupations[name]), name in hot, name in demanded)
            for name in ordered
            if name in hot | demanded | listed and name not in met
        ),
    )


def _iri(name: str) -> str:
    return ONET_NAMESPACE + technology_id(name).removeprefix(f"{KEY}:")


def _spellings(name: str) -> set[str]:
    return {fold_form(label) for label in (name, *acronym_labels(name))}
