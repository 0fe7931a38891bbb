"""What a target requires, and what each requirement weighs."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from skillatlas.taxonomy import Graph, Necessity, Needs

from .errors import BadInputError, NotFoundError
from .identifying import Identifier, check_count, check_level, check_range
from .profile import RequiredSkill, Target
from .settings import GapSettings

DEFAULT_SCHEME = "atlas"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One required skill with its weight: necessity x importance x idf."""

    skill_id: str
    level: int | None
    necessity: Necessity
    importance: float | None
    weight: float

    @property
    def order(self) -> tuple[bool, float, str]:
        """By importance (highest first, unknown last), then id."""
        return self.importance is None, -(self.importance or 0.0), self.skill_id


@dataclass(frozen=True, slots=True)
class Requirements:
    """All requirements in their order; `schemes` are those that held skills must be of to count as they are."""

    target_id: str | None
    schemes: frozenset[str]
    items: tuple[Requirement, ...]
    warnings: tuple[str, ...]


def read_target(
    graph: Graph,
    target: Target,
    identifier: Identifier,
    *,
    scheme: str,
    settings: GapSettings,
    role_field: str = "target.roleId",
) -> Requirements:
    """The requirements of a target. Raises BadInputError or NotFoundError, naming the field; a role's is given."""
    given = [target.role_id is not None, target.skills is not None, target.text_skills is not None]
    if sum(given) != 1:
        raise BadInputError("target", "exactly one of roleId, skills and text is needed")
    needs_scheme = scheme != DEFAULT_SCHEME or target.text_skills is not None
    if needs_scheme and scheme not in graph.schemes:
        raise NotFoundError(f"scheme: there is no scheme {scheme!r} in release {graph.release.number}")
    if target.role_id is not None:
        return _of_role(graph, target.role_id, identifier, settings, role_field)
    items = target.skills if target.skills is not None else target.text_skills
    assert items is not None
    what, home = ("list", frozenset[str]()) if target.skills is not None else ("text", frozenset({scheme}))
    required = _checked(items, identifier, settings.max_ids if what == "list" else len(items))
    merged, repeated = _merged(required)
    warnings = [f"{skill} is required more than once: the strictest of it was taken" for skill in repeated]
    if not merged:
        warnings.append(f"the {what} requires no skill: there is no readiness to state")
    schemes = home | {graph.concepts[item.skill_id].scheme for item in merged}
    return Requirements(None, frozenset(schemes), _weighed(graph, merged, settings), tuple(warnings))


def _of_role(graph: Graph, role_id: str, identifier: Identifier, settings: GapSettings, field: str) -> Requirements:
    active = identifier.role(field, role_id)
    if active is None:
        raise BadInputError(field, f"the role {role_id} is deprecated, and {_without_choice(graph, role_id)}")
    needs = [
        RequiredSkill(need.to_id, need.level, need.necessity, need.importance) for need in active_needs(graph, active)
    ]
    warnings = () if needs else (f"the role {active} requires no skill: there is no readiness to state",)
    schemes = {graph.concepts[active].scheme} | {graph.concepts[need.skill_id].scheme for need in needs}
    return Requirements(active, frozenset(schemes), _weighed(graph, needs, settings), warnings)


def _without_choice(graph: Graph, role_id: str) -> str:
    role = graph.find(role_id)
    options = role.replacement.concepts if role is not None and role.replacement is not None else ()
    if not options:
        return "nothing replaces it"
    return f"nothing replaces it by itself; choose among {', '.join(options)}"


def _checked(items: Iterable[RequiredSkill], identifier: Identifier, limit: int) -> list[RequiredSkill]:
    listed = tuple(items)
    check_count("target.skills", listed, limit)
    found = []
    for index, item in enumerate(listed):
        field = f"target.skills[{index}]"
        check_level(f"{field}.level", item.level)
        check_range(f"{field}.importance", item.importance, 0, 100)
        skill = identifier.skill(f"{field}.skillId", item.skill_id)
        if skill is not None:
            found.append(replace(item, skill_id=skill))
    return found


def _merged(items: list[RequiredSkill]) -> tuple[list[RequiredSkill], list[str]]:
    """One requirement a skill (essential before optional, highest level, highest importance), and the repeated ids."""
    merged: dict[str, RequiredSkill] = {}
    repeated: set[str] = set()
    for item in items:
        known = merged.get(item.skill_id)
        if known is None:
            merged[item.skill_id] = item
            continue
        repeated.add(item.skill_id)
        both = (known.necessity, item.necessity)
        importances = [value for value in (known.importance, item.importance) if value is not None]
        merged[item.skill_id] = RequiredSkill(
            item.skill_id,
            max(known.level or 0, item.level or 0) or None,
            Necessity.ESSENTIAL if Necessity.ESSENTIAL in both else Necessity.OPTIONAL,
            max(importances, default=None),
        )
    return [merged[skill] for skill in sorted(merged)], sorted(repeated)


def need_weight(necessity: Necessity, importance: float | None, settings: GapSettings) -> float:
    """R of the weight of a need: by necessity, times importance / 100 where that is known."""
    r = settings.essential_weight if necessity is Necessity.ESSENTIAL else settings.optional_weight
    return r * (1.0 if importance is None else importance / 100)


def active_needs(graph: Graph, role_id: str) -> list[Needs]:
    """What a role needs of skills that are not deprecated, in the graph's order."""
    return [
        need for need in graph.needs(role_id) if (skill := graph.concepts.get(need.to_id)) is not None and skill.active
    ]


def _weighed(graph: Graph, items: Iterable[RequiredSkill], settings: GapSettings) -> tuple[Requirement, ...]:
    weighed = [
        Requirement(
            item.skill_id,
            item.level,
            item.necessity,
            item.importance,
            need_weight(item.necessity, item.importance, settings) * graph.idf(item.skill_id),
        )
        for item in items
    ]
    return tuple(sorted(weighed, key=lambda item: item.order))
