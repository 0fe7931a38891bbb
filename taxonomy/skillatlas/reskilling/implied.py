"""What held skills imply: their hard prerequisites that have no alternative, and theirs in turn."""

import heapq
from collections.abc import Iterator, Mapping

from skillatlas.taxonomy import Graph, PrerequisiteKind

from .claims import Claim, Rank
from .gap_model import Evidence
from .profile import PREREQUISITE


def implied_claims(graph: Graph, winners: Mapping[str, Claim]) -> list[Claim]:
    """Claims for prerequisites, at the clause's level, with the confidence of what implies them.

    A skill that the profile denies is not implied, and implies nothing. Cycles end, since each skill is followed
    once for each higher confidence only.
    """
    confidence = {skill: claim.evidence.confidence for skill, claim in winners.items() if claim.holds}
    queue = [(-value, skill) for skill, value in confidence.items()]
    heapq.heapify(queue)
    done: set[str] = set()
    claims: list[Claim] = []
    while queue:
        negative, skill = heapq.heappop(queue)
        if skill in done:
            continue
        done.add(skill)
        for needed, level in _single_prerequisites(graph, skill):
            claim = winners.get(needed)
            if claim is not None and not claim.holds:
                continue
            evidence = Evidence(PREREQUISITE, skill, None, None, -negative)
            claims.append(Claim(needed, Rank.PREREQUISITE, True, level, evidence))
            if -negative > confidence.get(needed, 0.0):
                confidence[needed] = -negative
                heapq.heappush(queue, (negative, needed))
    return claims


def _single_prerequisites(graph: Graph, skill_id: str) -> Iterator[tuple[str, int | None]]:
    for clause in graph.edges.requires.get(skill_id, ()):
        if clause.kind is PrerequisiteKind.HARD and len(clause.any_of) == 1:
            needed = graph.concepts.get(clause.any_of[0])
            if needed is not None and needed.active and needed.id != skill_id:
                yield needed.id, clause.level
