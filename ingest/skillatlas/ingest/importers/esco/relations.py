"""ESCO's relations as edges: broader, needs, requires and related."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from skillatlas.taxonomy import (
    Broader,
    ConceptKind,
    Edge,
    Necessity,
    Needs,
    PrerequisiteKind,
    Related,
    Requires,
    edge_id,
)

from ...findings import Finding, fault, warning
from ..prerequisites import untangle
from .concepts import concept_id
from .package import EscoPackage

SOURCE = "ESCO"
"""The source of all edges; the version stands at the scheme, else an upgrade would change every edge."""

_SKILL = frozenset({ConceptKind.SKILL})
_ROLE = frozenset({ConceptKind.ROLE})
_ANY = frozenset(ConceptKind)
_GROUPS = frozenset({ConceptKind.AREA, ConceptKind.SKILL_GROUP, ConceptKind.ROLE_GROUP})


@dataclass(frozen=True, slots=True)
class End:
    """What relations need to know of a concept."""

    kind: ConceptKind
    code: str


@dataclass(slots=True)
class EscoEdges:
    """The edges read, and what was left out."""

    ends: Mapping[str, End]
    edges: list[Edge] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)

    def unknown_type(self, place: str, line: int, column: int | None, relation: str, *edges: Edge) -> None:
        """Report a relation of an unknown type; the edges that it may have been stay in the store as they are."""
        text = f"the relation type {relation!r} is not known"
        self.findings.append(fault(place, line, text, rule="row", column=column))
        self.left_out.update(edge_id(edge) for edge in edges)

    def note(self, place: str, line: int, text: str, rule: str) -> None:
        """List a relation that is left out."""
        self.findings.append(warning(place, line, f"{text}; left out", rule=rule))

    def bad_end(self, place: str, line: int, identifier: str, kinds: frozenset[ConceptKind]) -> bool:
        """Whether an end is missing or of a kind that the relation cannot have; it is listed."""
        end = self.ends.get(identifier)
        if end is None:
            self.note(place, line, f"{identifier} is in no table of concepts", "missing-end")
            return True
        if end.kind not in kinds:
            self.note(place, line, f"{identifier} is a {end.kind}, which cannot stand here", "wrong-end")
            return True
        return False


def read_edges(package: EscoPackage, ends: Mapping[str, End]) -> EscoEdges:
    """All relations between the concepts of `ends`. Raises UnreadableError."""
    found = EscoEdges(ends)
    _broader(found, package)
    _needs(found, package)
    _between_skills(found, package)
    return found


def _pairs(
    found: EscoEdges,
    package: EscoPackage,
    table: str,
    columns: tuple[str, ...],
    kinds: tuple[frozenset[ConceptKind], ...],
) -> Iterator[tuple[int, str, str, str]]:
    """Line, both ends and the type of each relation whose ends are there; repetitions are left to the caller."""
    place = package.place(table)
    ids: dict[str, str] = {}

    def known(uri: str) -> str:
        identifier = ids.get(uri)
        if identifier is None:
            identifier = ids[uri] = concept_id(uri)
        return identifier

    for line, (first, second, *rest) in package.rows(table, columns):
        start, end = known(first), known(second)
        if found.bad_end(place, line, start, kinds[0]) or found.bad_end(place, line, end, kinds[1]):
            continue
        if start == end:
            found.note(place, line, f"{start} is related to itself", "self")
            continue
        yield line, start, end, rest[0] if rest else ""


def _broader(found: EscoEdges, package: EscoPackage) -> None:
    parents: dict[str, set[str]] = {}
    for table in ("broaderRelationsSkillPillar", "broaderRelationsOccPillar"):
        place = package.place(table)
        for line, child, parent, _ in _pairs(found, package, table, ("conceptUri", "broaderUri"), (_ANY, _ANY)):
            above = parents.setdefault(child, set())
            if parent in above:
                found.note(place, line, f"{child} below {parent} is a repeated row", "repeated-row")
            above.add(parent)
    primary = _primary_parents(parents, found.ends)
    for child in sorted(parents):
        if child not in primary:
            place = package.place("broaderRelationsSkillPillar")
            text = f"{child}: every parent would close a cycle, so none is its place in the tree"
            found.findings.append(warning(place, None, text, rule="cycle"))
        for parent in sorted(parents[child]):
            is_primary = primary.get(child) == parent
            found.edges.append(Broader(from_id=child, to_id=parent, primary=is_primary, source=SOURCE))


def _primary_parents(parents: Mapping[str, set[str]], ends: Mapping[str, End]) -> dict[str, str]:
    """Each concept's place in the tree: the group with the smallest code, else id; else the smallest other id."""

    def rank(parent: str) -> tuple[bool, bool, str, str]:
        end = ends[parent]
        is_group = end.kind in _GROUPS
        return not is_group, not (is_group and end.code), end.code if is_group else "", parent

    chosen: dict[str, str] = {}
    for child in sorted(parents):
        for parent in sorted(parents[child], key=rank):
            above: str | None = parent
            while above is not None and above != child:
                above = chosen.get(above)
            if above is None:
                chosen[child] = parent
                break
    return chosen


def _needs(found: EscoEdges, package: EscoPackage) -> None:
    table = "occupationSkillRelations"
    place = package.place(table)
    columns = ("occupationUri", "skillUri", "relationType")
    necessities = {"essential": Necessity.ESSENTIAL, "optional": Necessity.OPTIONAL}
    read: dict[str, dict[str, Necessity]] = {}
    for line, role, skill, relation in _pairs(found, package, table, columns, (_ROLE, _SKILL)):
        necessity = necessities.get(relation.strip())
        if necessity is None:
            found.unknown_type(
                place,
                line,
                package.column(table, "relationType"),
                relation,
                Needs(from_id=role, to_id=skill, necessity=Necessity.OPTIONAL, source=SOURCE),
            )
            continue
        needed = read.setdefault(role, {})
        earlier = needed.get(skill)
        if earlier is None:
            needed[skill] = necessity
        elif earlier is necessity:
            found.note(place, line, f"{role} needs {skill} is a repeated row", "repeated-row")
        else:
            needed[skill] = Necessity.ESSENTIAL
            found.note(
                place, line, f"{role} needs {skill} is essential and optional; essential is kept", "repeated-row"
            )
    found.edges += (
        Needs(from_id=role, to_id=skill, necessity=necessity, source=SOURCE)
        for role, needed in read.items()
        for skill, necessity in needed.items()
    )


def _between_skills(found: EscoEdges, package: EscoPackage) -> None:
    """Essential: the original skill requires the related one. Optional: the two are related."""
    table = "skillSkillRelations"
    place = package.place(table)
    columns = ("originalSkillUri", "relatedSkillUri", "relationType")
    seen: set[str] = set()
    prerequisites: dict[str, tuple[Requires, int]] = {}
    for line, start, end, relation in _pairs(found, package, table, columns, (_SKILL, _SKILL)):
        name = relation.strip()
        first, second = sorted((start, end))
        requires = Requires(from_id=start, any_of=(end,), kind=PrerequisiteKind.INFERRED, source=SOURCE)
        related = Related(from_id=first, to_id=second, source=SOURCE)
        if name not in ("essential", "optional"):
            found.unknown_type(place, line, package.column(table, "relationType"), relation, requires, related)
            continue
        edge = requires if name == "essential" else related
        if edge_id(edge) in seen:
            found.note(place, line, f"{start} {name} {end} is a repeated row", "repeated-row")
            continue
        seen.add(edge_id(edge))
        if name == "essential":
            prerequisites[edge_id(edge)] = requires, line
        else:
            found.edges.append(edge)
    # All are inferred, so no circle is left.
    untangled = untangle(edge for edge, _ in prerequisites.values())
    for edge, circle in untangled.broken:
        line = prerequisites[edge_id(edge)][1]
        around = ", ".join(circle)
        found.note(place, line, f"{edge.from_id} requires {edge.any_of[0]} closes a circle of {around}", "cycle")
    found.edges += untangled.edges
