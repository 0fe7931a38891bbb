"""How one requirement stands against the holdings: status and credits."""

from dataclasses import dataclass

from skillatlas.taxonomy import Graph, PrerequisiteKind, Requires

from .gap_model import GapStatus
from .holdings import Held, Holdings
from .requirements import Requirement
from .settings import GapSettings
from .transfer import Transferred, transfer

BINDING_KINDS = frozenset({PrerequisiteKind.HARD, PrerequisiteKind.COREQUISITE})


@dataclass(frozen=True, slots=True)
class Assessment:
    """Status and credits (0 to 1) of one requirement: low <= direct <= credit <= high."""

    requirement: Requirement
    status: GapStatus
    held: Held | None
    ruled_out: bool
    transferred: Transferred
    direct: float
    low: float
    high: float

    @property
    def credit(self) -> float:
        """What counts towards readiness."""
        return max(self.direct, self.transferred.credit)


def assess(graph: Graph, holdings: Holdings, requirement: Requirement, settings: GapSettings) -> Assessment:
    """The state of one requirement."""
    skill_id, level = requirement.skill_id, requirement.level
    held = holdings.held.get(skill_id)
    ruled_out = holdings.ruled_out(skill_id)
    transferred = transfer(graph, holdings, skill_id, settings)
    status = _status(held, level, transferred, ruled_out)
    direct = low = 0.0
    high = transferred.credit
    if held is not None:
        direct = held.confidence * _share(held.level or settings.level_if_unknown, level)
        if held.confidence >= settings.sure_confidence:
            low = held.confidence * _share(held.level or settings.level_if_unknown_low, level)
        high = max(high, _share(held.level or settings.level_if_unknown, level))
    open_end = status is GapStatus.LEVEL_UNKNOWN or held is None
    if open_end and not holdings.surely_ruled_out(skill_id):
        high = 1.0
    return Assessment(requirement, status, held, ruled_out, transferred, direct, low, high)


def _share(held: int, required: int | None) -> float:
    return 1.0 if required is None else min(1.0, held / required)


def _status(held: Held | None, level: int | None, transferred: Transferred, ruled_out: bool) -> GapStatus:
    if held is not None:
        if level is None or (held.level is not None and held.level >= level):
            return GapStatus.MET
        return GapStatus.LEVEL_UNKNOWN if held.level is None else GapStatus.LEVEL_GAP
    if transferred.from_id is not None:
        return GapStatus.TRANSFERABLE
    return GapStatus.MISSING if ruled_out else GapStatus.UNKNOWN


def clauses_missing(graph: Graph, holdings: Holdings, skill_id: str, settings: GapSettings) -> tuple[Requires, ...]:
    """The HARD and COREQUISITE clauses of a skill that no held skill satisfies, by edge id."""
    return tuple(
        clause
        for clause in graph.edges.requires.get(skill_id, ())
        if clause.kind in BINDING_KINDS
        and not any(holdings.reaches(option, clause.level, settings) for option in clause.any_of)
    )
