"""O*NET's occupations as a graph, straight from its CSV tables: for benchmarks that need no store.

The rules are those of the contract: importance = (IM - 1) x 25, IM below 2 is no need, from 3 an essential one;
technologies are optional, essential where in demand. The groups are SOC's major and minor groups.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from skillatlas.taxonomy import (
    Broader,
    Concept,
    ConceptKind,
    Edge,
    Graph,
    Necessity,
    Needs,
    Release,
    Scheme,
    SchemeState,
)

ARCHIVE = "onet_29_skills_csv.zip"


def _rows(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, str]]:
    member = next(one for one in archive.namelist() if one.rsplit("/", 1)[-1] == name)
    with archive.open(member) as stream:
        for row in csv.DictReader(io.TextIOWrapper(stream, "utf-8", newline="")):
            yield {key.casefold(): value for key, value in row.items()}


def read_onet(folder: Path) -> tuple[Graph, dict[str, np.ndarray]]:
    """The graph of the rated occupations, and all their importances (1 to 5) as the file has them."""
    with zipfile.ZipFile(folder / "onet" / ARCHIVE) as archive:
        ratings: dict[str, dict[str, float]] = {}
        for table in ("skills.csv", "knowledge.csv"):
            for row in _rows(archive, table):
                if row["scale id"] == "IM":
                    ratings.setdefault(row["o*net-soc code"], {})[row["element id"]] = float(row["data value"])
        technologies: dict[str, dict[str, bool]] = {}
        for row in _rows(archive, "technology_skills.csv"):
            if row["o*net-soc code"] in ratings:
                technologies.setdefault(row["o*net-soc code"], {})[row["example"]] = row.get("in demand") == "Y"
    elements = sorted({element for rated in ratings.values() for element in rated})
    tools = sorted({tool for used in technologies.values() for tool in used})
    ids = {name: f"onet:{number}" for number, name in enumerate((*elements, *tools))}
    concepts = [_concept(one, ConceptKind.SKILL) for one in ids.values()]
    edges: list[Edge] = []
    groups: set[str] = set()
    for code in sorted(ratings):
        major, minor = f"onet:{code[:2]}-0000", f"onet:{code[:4]}-minor"
        for group in (major, minor):
            if group not in groups:
                groups.add(group)
                concepts.append(_concept(group, ConceptKind.ROLE_GROUP))
                if group == minor:
                    edges.append(Broader(from_id=minor, to_id=major, primary=True))
        role = f"onet:{code}"
        concepts.append(_concept(role, ConceptKind.ROLE))
        edges.append(Broader(from_id=role, to_id=minor, primary=True))
        for element, value in sorted(ratings[code].items()):
            if value >= 2:
                edges.append(_need(role, ids[element], value >= 3, (value - 1) * 25))
        for tool, in_demand in sorted(technologies.get(code, {}).items()):
            edges.append(_need(role, ids[tool], in_demand, None))
    release = Release(1, "2026-01-01T00:00:00Z", None, "sha256:0", len(concepts), len(edges), 0, 0)
    scheme = Scheme("onet", "https://w3id.org/skillatlas/onet/", "O*NET")
    graph = Graph(release, [SchemeState("onet", "sha256:0", 0, 1)], [scheme], concepts, edges, [])
    raw = {f"onet:{code}": np.array([rated.get(one, 0.0) for one in elements]) for code, rated in ratings.items()}
    return graph, raw


def _concept(concept_id: str, kind: ConceptKind) -> Concept:
    return Concept(concept_id, f"https://w3id.org/skillatlas/onet/{concept_id[5:]}", "onet", kind, ())


def _need(role: str, skill: str, essential: bool, importance: float | None) -> Needs:
    necessity = Necessity.ESSENTIAL if essential else Necessity.OPTIONAL
    return Needs(from_id=role, to_id=skill, necessity=necessity, importance=importance)
