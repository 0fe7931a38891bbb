"""What courses teach in other schemes: through EXACT mappings, never through CLOSE ones."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from skillatlas.taxonomy import Graph, MappingPredicate, TaughtSkill

from .mapped import mappings_of
from .path_offers import Offer
from .path_problem import ANY_LEVEL

_Exact = Callable[[str], tuple[tuple[str, float], ...]]


def course_schemes(graph: Graph, offers: Iterable[Offer]) -> frozenset[str]:
    """The schemes of all skills that courses teach or assume."""
    named = {skill for offer in offers for skill in offer.teaches}
    named |= {option.skill for offer in offers for clause in offer.clauses for option in clause.any_of}
    return frozenset(concept.scheme for skill in named if (concept := graph.find(skill)) is not None)


def with_mapped(graph: Graph, offers: Iterable[Offer], schemes: frozenset[str], floor: float) -> tuple[Offer, ...]:
    """The offers, each also with the skills of `schemes` to which what it teaches is mapped as EXACT.

    At the level taught, with the confidence of the course times that of the mapping, where that is `floor` or more. A
    skill that the course names itself stays as named; of several ways the surest counts, then the higher level.
    """
    found: dict[str, tuple[tuple[str, float], ...]] = {}

    def exact(skill_id: str) -> tuple[tuple[str, float], ...]:
        if skill_id not in found:
            concept = graph.find(skill_id)
            found[skill_id] = (
                ()
                if concept is None
                else tuple(
                    sorted(
                        (target.id, confidence)
                        for target, predicate, confidence in mappings_of(graph, concept.id)
                        if predicate is MappingPredicate.EXACT
                        and target.scheme != concept.scheme
                        and target.scheme in schemes
                    )
                )
            )
        return found[skill_id]

    return tuple(_mapped(offer, exact, floor) for offer in offers)


def _mapped(offer: Offer, exact: _Exact, floor: float) -> Offer:
    ways: dict[str, tuple[tuple[float, int, str], TaughtSkill, str]] = {}
    for source, taught in sorted(offer.teaches.items()):
        for target, confidence in exact(source):
            joint = round(taught.confidence * confidence, 6)
            if target in offer.teaches or joint < floor:
                continue
            # A course that states no level reaches the one asked for.
            rank = -joint, -(taught.level or ANY_LEVEL), source
            if target not in ways or rank < ways[target][0]:
                ways[target] = rank, replace(taught, skill=target, confidence=joint), source
    if not ways:
        return offer
    return replace(
        offer,
        teaches={**offer.teaches, **{skill: way[1] for skill, way in sorted(ways.items())}},
        through={skill: way[2] for skill, way in sorted(ways.items())},
    )
