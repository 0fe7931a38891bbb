"""How much of what each role needs a whole catalogue teaches."""

from collections.abc import Mapping
from dataclasses import dataclass

from skillatlas.taxonomy import ConceptKind, Graph, Necessity

from .catalogues import taught_levels
from .errors import NotFoundError
from .path_mapped import with_mapped
from .path_offers import read_offers
from .settings import GapSettings


@dataclass(frozen=True, slots=True)
class RoleTaught:
    """The essential skills of a role; `taught`: at any level, `at_level`: at the level that the role needs.

    `untaught` are the essential skills that no course teaches, by importance, then id.
    """

    role_id: str
    essential: int
    taught: int
    at_level: int
    untaught: tuple[str, ...]


def roles_taught(
    graph: Graph, catalogue: str, *, scheme: str, settings: GapSettings | None = None
) -> tuple[RoleTaught, ...]:
    """For each active role of a scheme, what a catalogue teaches of its essential skills; least taught first, then id.

    A course that states no level reaches the one needed; a skill of another scheme counts where it is mapped as EXACT.
    Raises NotFoundError for an unknown catalogue.
    """
    settings = settings or GapSettings()
    if catalogue not in graph.catalogues:
        raise NotFoundError(f"catalogue: there is no catalogue {catalogue!r} in release {graph.release.number}")
    own = [offer for offer in read_offers(graph, settings.evidence_floor) if offer.course.catalogue == catalogue]
    levels = taught_levels(with_mapped(graph, own, frozenset((scheme,)), settings.evidence_floor))
    found = [_taught(graph, role.id, levels) for role in graph.of_kind(ConceptKind.ROLE, scheme=scheme)]
    return tuple(sorted(found, key=_order))


def _taught(graph: Graph, role_id: str, levels: Mapping[str, int]) -> RoleTaught:
    essential = {
        need.to_id: need.level or 1
        for need in graph.needs(role_id)
        if need.necessity is Necessity.ESSENTIAL
        and (skill := graph.concepts.get(need.to_id)) is not None
        and skill.active
    }
    return RoleTaught(
        role_id=role_id,
        essential=len(essential),
        taught=sum(skill in levels for skill in essential),
        at_level=sum(levels.get(skill, 0) >= level for skill, level in essential.items()),
        untaught=tuple(skill for skill in essential if skill not in levels),
    )


def _order(role: RoleTaught) -> tuple[float, str]:
    return (role.taught / role.essential if role.essential else 1.0), role.role_id
