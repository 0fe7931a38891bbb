"""Transfer: what a held skill is worth for another one.

The relatedness rel(s', s) of a held skill s' to a required skill s is, for now, only what is stated: the `transfer`
of an EASES edge s' -> s, and the confidence of a CLOSE mapping between them. Skills that are merely broader,
narrower or in one group give nothing, since no calibrated measure of them exists yet.
"""

from dataclasses import dataclass

from skillatlas.taxonomy import Graph

from .holdings import Holdings
from .settings import GapSettings


@dataclass(frozen=True, slots=True)
class Transferred:
    """Credit (0 to 0.5) that a held skill gives, and that skill; 0 and None where there is none."""

    credit: float = 0.0
    from_id: str | None = None


def transfer(graph: Graph, holdings: Holdings, skill_id: str, settings: GapSettings) -> Transferred:
    """The best transfer to a skill, 0.5 x max rel where rel reaches the floor; ties to the smaller id."""
    related = [
        (-round(edge.transfer, 6), edge.from_id)
        for edge in graph.edges.eased_by.get(skill_id, ())
        if edge.from_id in holdings.held and edge.from_id != skill_id
    ]
    related += [(-round(rel, 6), held) for held, rel in holdings.close.get(skill_id, ())]
    if not related:
        return Transferred()
    negative, from_id = min(related)
    if -negative < settings.transfer_floor:
        return Transferred()
    return Transferred(settings.transfer_share * -negative, from_id)
