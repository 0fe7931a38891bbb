"""From a profile or a role to other roles: ranked by a symmetric similarity, gated and explained by coverage."""

from collections.abc import Iterator
from dataclasses import dataclass

from skillatlas.taxonomy import Concept, Graph, Necessity

from .assessment import assess
from .errors import BadInputError, NotFoundError
from .gap import share_of
from .gap_model import GapStatus, Parameter
from .gap_parameters import number, rule
from .identifying import Identifier, check_range
from .profile import Profile, Target
from .requirements import read_target
from .similarity import DECIMALS, RoleIndex
from .similarity_position import Position, RoleSpace, read_position
from .threshold import calibrate
from .transitions_model import ExcludedRole, FailedFilter, FilterResult, RankedRole, RoleTransition, TransitionRequest

_NOT_HELD = frozenset({GapStatus.TRANSFERABLE, GapStatus.UNKNOWN, GapStatus.MISSING})


@dataclass(frozen=True, slots=True)
class RoleTransitions:
    """All destinations, the most alike first, and what was left out.

    `describe` and `transitions_counterfactual.fewest_skills` tell more of one of them; they are reckoned when asked.
    """

    release: int
    position: Position
    ranked: tuple[RankedRole, ...]
    filters: tuple[FilterResult, ...]
    excluded: tuple[ExcludedRole, ...]
    threshold: Parameter
    parameters: tuple[Parameter, ...]
    warnings: tuple[str, ...]


def comparable_roles(graph: Graph, scheme: str) -> RoleSpace:
    """The roles of a scheme made comparable; to be kept, since it takes about a second for ESCO.

    Raises NotFoundError for an unknown scheme.
    """
    if scheme not in graph.schemes:
        raise NotFoundError(f"scheme: there is no scheme {scheme!r} in release {graph.release.number}")
    index = RoleIndex(graph, scheme)
    return RoleSpace(graph, index, calibrate(graph, index))


def role_transitions(space: RoleSpace, profile: Profile, request: TransitionRequest | None = None) -> RoleTransitions:
    """Where a profile could lead, among the roles of a space; roles of the profile are no destinations.

    Raises what `skill_gap` raises for a profile, NotFoundError for an unknown `under`, BadInputError for a limit out
    of its range.
    """
    request = request or TransitionRequest()
    graph, index, calibration = space.graph, space.index, space.calibration
    check_range("minCoverage", request.min_coverage, 0, 1)
    distance = index.settings.max_zone_distance if request.max_zone_distance is None else request.max_zone_distance
    if distance < 0:
        raise BadInputError("maxZoneDistance", f"{distance} is not 0 or more")
    position = read_position(space, profile)
    gate = _Gate(position, request, distance)
    likeness = position.likeness
    ranked: list[RankedRole] = []
    excluded = [ExcludedRole(role, 0.0, failed) for role in index.idle if (failed := gate.idle(role))]
    for row, role in enumerate(index.role_ids):
        similarity = float(likeness.similarity[row])
        failed = gate.failed(role, row)
        if failed:
            excluded.append(ExcludedRole(role, similarity, failed))
        else:
            ranked.append(RankedRole(role, row, similarity, float(likeness.skills[row]), float(likeness.profile[row])))
    warnings = position.warnings
    if calibration.threshold is None:
        warnings += (f"{calibration.parameter().meaning}: no threshold can be calibrated, and no role is viable",)
    return RoleTransitions(
        release=graph.release.number,
        position=position,
        ranked=tuple(sorted(ranked, key=lambda one: one.order)),
        filters=gate.results(excluded),
        excluded=tuple(sorted(excluded, key=lambda one: one.order)),
        threshold=calibration.parameter(),
        parameters=transition_parameters(space),
        warnings=warnings,
    )


def describe(answer: RoleTransitions, ranked: RankedRole) -> RoleTransition:
    """One destination with its coverage and what is missing."""
    position = answer.position
    space = position.space
    graph, index = space.graph, space.index
    settings = index.settings.gap
    target = Target(role_id=ranked.role_id)
    requirements = read_target(graph, target, Identifier(graph), scheme=index.scheme, settings=settings)
    found = [assess(graph, position.holdings, requirement, settings) for requirement in requirements.items]
    essential = [item for item in found if item.requirement.necessity is Necessity.ESSENTIAL]
    return RoleTransition(
        role_id=ranked.role_id,
        similarity=ranked.similarity,
        components=_components(index, ranked),
        essential=share_of(item.status for item in essential),
        optional=share_of(item.status for item in found if item.requirement.necessity is Necessity.OPTIONAL),
        viable=space.calibration.viable(ranked.similarity),
        missing=tuple(sorted(item.requirement.skill_id for item in essential if item.status in _NOT_HELD)),
    )


def _components(index: RoleIndex, ranked: RankedRole) -> tuple[Parameter, ...]:
    first, second = index.shares
    return (
        number("skills", ranked.skills, f"cosine of the skills, each weighed as in a gap; share {first:g}"),
        number(
            index.profile_name,
            ranked.profile,
            f"cosine of the {'ratings of importance' if index.rated else 'weights by skill group'}; share {second:g}",
        ),
    )


def transition_parameters(space: RoleSpace) -> tuple[Parameter, ...]:
    """Every number and rule that transitions stand on, in a fixed order."""
    index = space.index
    settings = index.settings
    first, second = index.shares
    return (
        rule(
            "similarity",
            f"{first:g} x skills + {second:g} x {index.profile_name}",
            f"both are cosines; rounded to {DECIMALS} decimals",
        ),
        rule("weight", "r x importance/100 x idf", "weight of a need, as in the skill gap; of a held skill: idf"),
        number("essentialWeight", settings.gap.essential_weight, "r of an essential need"),
        number("optionalWeight", settings.gap.optional_weight, "r of an optional need"),
        number("roles", len(index.role_ids), f"active roles of {index.scheme} that need something"),
        number("maxZoneDistance", settings.max_zone_distance, "job zones apart, where both are known, by default"),
        number("counterfactualSize", settings.counterfactual_size, "most skills that a counterfactual names"),
        number(
            "counterfactualEffort",
            settings.counterfactual_effort,
            "sets of skills looked at before the search for the fewest ends with none",
        ),
        space.calibration.parameter(),
    )


class _Gate:
    """The filters of one question; each role is held against all of them."""

    def __init__(self, position: Position, request: TransitionRequest, distance: int) -> None:
        self._graph = graph = position.space.graph
        self._roles = frozenset(position.roles)
        self._coverage = position.coverage()
        self._least = request.min_coverage
        self._distance = distance
        self._zones = sorted({zone for role in position.roles if (zone := job_zone(graph.concepts[role])) is not None})
        self._top = None if request.under is None else graph.find(request.under)
        if request.under is not None and self._top is None:
            raise NotFoundError(f"under: there is no concept {request.under!r} in release {graph.release.number}")
        self._under = None if self._top is None else graph.under(self._top.id)

    def failed(self, role_id: str, row: int) -> tuple[FailedFilter, ...]:
        """The filters that leave a role out."""
        return tuple(self._common(role_id, float(self._coverage[row])))

    def idle(self, role_id: str) -> tuple[FailedFilter, ...]:
        """The same for a role that needs nothing, of which nothing can be said."""
        return (*self._common(role_id, 0.0), FailedFilter("needs", "0", "1"))

    def _common(self, role_id: str, coverage: float) -> Iterator[FailedFilter]:
        if role_id in self._roles:
            yield FailedFilter("origin", role_id, "another role")
        if self._under is not None and self._top is not None and role_id not in self._under:
            yield FailedFilter("under", "elsewhere", self._top.id)
        zone = job_zone(self._graph.concepts[role_id]) if self._zones else None
        if zone is not None:
            apart = min(abs(zone - own) for own in self._zones)
            if apart > self._distance:
                yield FailedFilter("jobZone", str(apart), str(self._distance))
        if coverage < self._least:
            yield FailedFilter("coverage", f"{round(coverage, DECIMALS):g}", f"{self._least:g}")

    def results(self, excluded: list[ExcludedRole]) -> tuple[FilterResult, ...]:
        """Each filter that was asked for or applies, with how many roles it left out."""
        counts: dict[str, int] = {}
        for role in excluded:
            for failed in role.filters:
                counts[failed.name] = counts.get(failed.name, 0) + 1
        shown = [("needs", "skills that the role needs, at least", "1")]
        if self._roles:
            shown.append(("origin", "a role of the profile is no destination", "another role"))
        if self._top is not None:
            shown.append(("under", "where the role stands", self._top.id))
        if self._zones:
            shown.append(("jobZone", "job zones apart from the profile's roles, at most", str(self._distance)))
        shown.append(("coverage", "share of the essential skills that is met, at least", f"{self._least:g}"))
        return tuple(FilterResult(name, value, limit, counts.get(name, 0)) for name, value, limit in shown)


def job_zone(role: Concept) -> int | None:
    """O*NET's job zone of a role, 1 to 5, where it is known."""
    zone = (role.data or {}).get("jobZone")
    return zone if isinstance(zone, int) else None
