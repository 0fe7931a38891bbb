"""Two to four roles side by side: what each needs, what they share, and how far a profile is from each."""

from collections.abc import Sequence
from dataclasses import dataclass

from skillatlas.taxonomy import Graph

from .errors import BadInputError
from .gap import gap_of
from .gap_model import Parameter, SkillGap, SkillGapEntry
from .gap_parameters import number, rule
from .profile import Profile, Target
from .settings import GapSettings
from .standing import Standing, read_standing


@dataclass(frozen=True, slots=True)
class ComparedRole:
    """One of the roles, with the gap as it is alone."""

    role_id: str
    standing: Standing
    gap: SkillGap


@dataclass(frozen=True, slots=True)
class ComparedSkill:
    """A skill that any of the roles needs; `cells` has the entry of each role in their order, None: not needed."""

    skill_id: str
    cells: tuple[SkillGapEntry | None, ...]

    @property
    def needed_by(self) -> int:
        """How many of the roles need it."""
        return sum(cell is not None for cell in self.cells)

    @property
    def loss(self) -> float:
        """The weight that is missed, summed over the roles."""
        return sum(cell.weight * (1.0 - cell.credit) for cell in self.cells if cell is not None)


@dataclass(frozen=True, slots=True)
class RoleComparison:
    """Roles in the order asked for; rows by how many roles need the skill, then by the weight missed, then by id."""

    release: int
    roles: tuple[ComparedRole, ...]
    rows: tuple[ComparedSkill, ...]
    parameters: tuple[Parameter, ...]
    warnings: tuple[str, ...]

    @property
    def shared(self) -> tuple[str, ...]:
        """The skills that all of the roles need, in the order of the rows."""
        return tuple(row.skill_id for row in self.rows if row.needed_by == len(self.roles))

    @property
    def differing(self) -> tuple[str, ...]:
        """The skills that not all of the roles need, in the order of the rows."""
        return tuple(row.skill_id for row in self.rows if row.needed_by < len(self.roles))


def compare_roles(
    graph: Graph,
    profiles: Sequence[Profile],
    role_ids: Sequence[str],
    *,
    settings: GapSettings | None = None,
) -> RoleComparison:
    """Roles side by side; `profiles` has, for each role, the one profile as read in the role's scheme.

    Each role's own gap is that of `skill_gap`. Raises BadInputError for fewer than two roles, more than four, or one
    that stands twice, and what `skill_gap` raises.
    """
    settings = settings or GapSettings()
    if not 2 <= len(role_ids) <= settings.max_roles:
        raise BadInputError("roleIds", f"2 to {settings.max_roles} roles are needed, not {len(role_ids)}")
    roles: list[ComparedRole] = []
    for index, (role_id, profile) in enumerate(zip(role_ids, profiles, strict=True)):
        field = f"roleIds[{index}]"
        standing = read_standing(graph, profile, Target(role_id=role_id), settings=settings, role_field=field)
        found = standing.requirements.target_id
        assert found is not None
        if any(role.role_id == found for role in roles):
            raise BadInputError(field, f"{found} stands here twice")
        roles.append(ComparedRole(found, standing, gap_of(standing)))
    warnings = dict.fromkeys(word for role in roles for word in role.gap.warnings)
    return RoleComparison(
        release=graph.release.number,
        roles=tuple(roles),
        rows=_rows(roles),
        parameters=_parameters(settings, roles),
        warnings=tuple(warnings),
    )


def _rows(roles: Sequence[ComparedRole]) -> tuple[ComparedSkill, ...]:
    entries = [{entry.skill_id: entry for entry in role.gap.entries} for role in roles]
    ids = {skill_id for found in entries for skill_id in found}
    rows = [ComparedSkill(skill_id, tuple(found.get(skill_id) for found in entries)) for skill_id in ids]
    return tuple(sorted(rows, key=lambda row: (-row.needed_by, -round(row.loss, 6), row.skill_id)))


def _parameters(settings: GapSettings, roles: Sequence[ComparedRole]) -> tuple[Parameter, ...]:
    everywhere = dict.fromkeys(parameter for role in roles for parameter in role.gap.parameters)
    return (
        number("maxRoles", settings.max_roles, "the most roles side by side"),
        rule(
            "order",
            "roles that need the skill, sum of weight x (1 - credit), id",
            "order of the rows: most needed first, then what is missed most",
        ),
        *everywhere,
    )
