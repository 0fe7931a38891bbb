"""What skills of other schemes count for: as held through an EXACT mapping, for transfer through a CLOSE one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from skillatlas.taxonomy import Concept, ConceptKind, Graph, MappingPredicate

from .claims import Claim, Rank
from .gap_model import Evidence
from .identifying import successor
from .profile import MAPPING

_MAPPED_RANK: Mapping[Rank, Rank] = {
    Rank.LEARNED: Rank.NAMED_MAPPED,
    Rank.NAMED: Rank.NAMED_MAPPED,
    Rank.NOT_HELD: Rank.NOT_HELD_MAPPED,
    Rank.TEXT: Rank.TEXT_MAPPED,
    Rank.TEXT_NOT_HELD: Rank.TEXT_NOT_HELD_MAPPED,
    Rank.ROLE: Rank.ROLE_MAPPED,
    Rank.PREREQUISITE: Rank.PREREQUISITE_MAPPED,
}


@dataclass(frozen=True, slots=True)
class Mapped:
    """Claims through EXACT mappings, held skills that are CLOSE to a skill, and a word on what counts for nothing."""

    claims: tuple[Claim, ...]
    close: Mapping[str, tuple[tuple[str, float], ...]]
    warnings: tuple[str, ...]


def mapped_claims(graph: Graph, winners: Mapping[str, Claim], schemes: frozenset[str]) -> Mapped:
    """Follow the mappings, in either direction, of each skill that stands in `winners` into the schemes asked for."""
    claims: list[Claim] = []
    close: dict[str, list[tuple[str, float]]] = {}
    lost: list[str] = []
    for skill_id, claim in winners.items():
        home = graph.concepts[skill_id].scheme
        used = False
        for target, predicate, confidence in mappings_of(graph, skill_id):
            if target.scheme == home or target.scheme not in schemes:
                continue
            if predicate is MappingPredicate.EXACT:
                used = True
                joint = round(claim.evidence.confidence * confidence, 6)
                evidence = Evidence(MAPPING, f"{skill_id} EXACT", None, None, joint)
                claims.append(Claim(target.id, _MAPPED_RANK[claim.rank], claim.holds, claim.level, evidence))
            elif predicate is MappingPredicate.CLOSE and claim.holds:
                used = True
                close.setdefault(target.id, []).append((skill_id, confidence))
        if claim.holds and not used and home not in schemes and claim.rank is not Rank.PREREQUISITE:
            lost.append(skill_id)
    warnings: tuple[str, ...] = ()
    if lost and schemes:
        where = " or ".join(sorted(schemes))
        warnings = (f"held skills without an exact or close mapping to {where} count for nothing: {', '.join(lost)}",)
    return Mapped(tuple(claims), {skill: tuple(sorted(pairs)) for skill, pairs in sorted(close.items())}, warnings)


def mappings_of(graph: Graph, skill_id: str) -> Iterator[tuple[Concept, MappingPredicate, float]]:
    """Active skills that a skill maps to or that map to it, each with the predicate and the mapping's confidence."""
    outgoing = ((graph.mapping_target(edge), edge) for edge in graph.mappings(skill_id))
    incoming = ((graph.find(edge.from_id), edge) for edge in graph.mapped_from(skill_id))
    for concept, edge in (*outgoing, *incoming):
        if concept is None or concept.kind is not ConceptKind.SKILL:
            continue
        active = successor(graph, concept)
        if active is not None:
            yield active, edge.predicate, edge.confidence
