"""Where a profile stands against a target: the question read once, for every answer that is made from it."""

from dataclasses import dataclass

from skillatlas.taxonomy import Graph

from .demand import Demand
from .holdings import Holdings, read_profile
from .identifying import Identifier
from .profile import Profile, Target
from .requirements import DEFAULT_SCHEME, Requirements, read_target
from .settings import GapSettings


@dataclass(frozen=True, slots=True)
class Standing:
    """A profile and a target as read from a graph: what is required, what is held, and what was warned of."""

    graph: Graph
    profile: Profile
    requirements: Requirements
    holdings: Holdings
    warnings: tuple[str, ...]
    settings: GapSettings
    demand: Demand | None = None
    replaced: tuple[str, ...] = ()
    """What of the warnings is about deprecated ids in the profile."""


def read_standing(
    graph: Graph,
    profile: Profile,
    target: Target,
    *,
    scheme: str = DEFAULT_SCHEME,
    settings: GapSettings | None = None,
    demand: Demand | None = None,
    role_field: str = "target.roleId",
    like: Standing | None = None,
) -> Standing:
    """Read a question. `scheme` is that in which a target text was read, `role_field` what a target role is called.

    `like` is a standing of the same profile, whose reading is taken over where the target is of the same schemes.
    Raises BadInputError for what breaks a rule of the input or names no skill, NotFoundError for an unknown role or
    scheme.
    """
    settings = settings or GapSettings()
    in_target, in_profile = Identifier(graph), Identifier(graph)
    requirements = read_target(graph, target, in_target, scheme=scheme, settings=settings, role_field=role_field)
    if like is not None and like.requirements.schemes == requirements.schemes:
        holdings, replaced = like.holdings, like.replaced
    else:
        holdings = read_profile(graph, profile, in_profile, schemes=requirements.schemes, settings=settings)
        replaced = in_profile.warnings
    warnings = (*in_target.warnings, *replaced, *requirements.warnings, *holdings.warnings)
    return Standing(graph, profile, requirements, holdings, tuple(dict.fromkeys(warnings)), settings, demand, replaced)
