"""What a catalogue teaches of the roles' essential skills, over all roles."""

from dataclasses import dataclass

from skillatlas.ingest import Measure
from skillatlas.reskilling import RoleTaught, roles_taught
from skillatlas.taxonomy import ConceptKind, Graph


@dataclass(frozen=True, slots=True)
class RoleCoverage:
    """`roles` by share taught, least first; `courses` of the catalogue teach skills of `domains` domains."""

    catalogue: str
    courses: int
    domains: int
    measures: tuple[Measure, ...]
    roles: tuple[RoleTaught, ...]


def role_coverage(graph: Graph, catalogue: str, *, scheme: str) -> RoleCoverage:
    """How many of each role's essential skills a catalogue teaches. Raises NotFoundError for an unknown catalogue."""
    roles = roles_taught(graph, catalogue, scheme=scheme)
    courses = [course for course in graph.courses.values() if course.catalogue == catalogue]
    taught = {one.skill for course in courses for one in course.teaches}
    domains = {
        ancestor.id for skill in taught for ancestor in graph.ancestors(skill) if ancestor.kind is ConceptKind.DOMAIN
    }
    essential = sum(role.essential for role in roles)
    return RoleCoverage(
        catalogue=catalogue,
        courses=len(courses),
        domains=len(domains),
        measures=(
            Measure("essential needs taught", sum(role.taught for role in roles), essential),
            Measure("at the level needed", sum(role.at_level for role in roles), essential),
            Measure(
                "roles with half of them taught", sum(2 * role.taught >= role.essential for role in roles), len(roles)
            ),
            Measure("roles with all of them taught", sum(role.taught == role.essential for role in roles), len(roles)),
            Measure("roles with none of them taught", sum(not role.taught for role in roles), len(roles)),
        ),
        roles=roles,
    )
