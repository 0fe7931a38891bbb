"""What stands before a skill: all that it requires and that those require in turn, in an order that can be learnt."""

import heapq
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from skillatlas.taxonomy import Graph, Necessity, PrerequisiteKind, Requires

from .assessment import BINDING_KINDS, assess
from .gap_model import GapStatus
from .holdings import Holdings
from .requirements import Requirement
from .settings import GapSettings
from .standing import Standing


@dataclass(frozen=True, slots=True)
class PrerequisiteStep:
    """A skill that stands before another one.

    `level`: the highest that is asked of it, None: any. `status` is as for what a target requires. `held`: the profile
    reaches the level, one that is not known counted as basic; what stands before a held skill is not followed.
    `needed_for`: the skills of the chain, or the one it leads to, that require it. `any_of`: the other skills that
    would do as well for all of them. `circular`: it and what it requires wait for each other, so no order can be
    right: to be learnt together.
    """

    skill_id: str
    level: int | None
    kind: PrerequisiteKind
    status: GapStatus
    held: bool
    held_level: int | None
    needed_for: tuple[str, ...]
    any_of: tuple[str, ...]
    circular: bool


def prerequisite_chain(standing: Standing, skill_id: str) -> tuple[PrerequisiteStep, ...]:
    """The HARD and COREQUISITE prerequisites of a skill, those of others before them, each once.

    Of several alternatives the one is taken that the profile meets, else the one that leaves least to be learnt; ties
    to the smaller id. Cycles end, and are marked. Empty where the skill requires nothing.
    """
    return _Chain(standing.graph, standing.holdings, standing.settings, skill_id).steps()


class _Chain:
    """The choice of one alternative a clause, over all that can be reached from a skill."""

    def __init__(self, graph: Graph, holdings: Holdings, settings: GapSettings, skill_id: str) -> None:
        self._graph = graph
        self._holdings = holdings
        self._settings = settings
        self._target = skill_id
        self._clauses = self._reached()
        self._costs = self._settle()

    def steps(self) -> tuple[PrerequisiteStep, ...]:
        """In post-order: what a skill requires comes before it."""
        uses: dict[str, list[tuple[Requires, str]]] = {}
        order: list[str] = []
        entered = {self._target}
        stack = [(self._target, self._chosen(self._target))]
        while stack:
            skill_id, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                order.append(skill_id)
                continue
            clause, option = following
            uses.setdefault(option, []).append((clause, skill_id))
            if option not in entered:
                entered.add(option)
                stack.append((option, self._chosen(option)))
        return tuple(self._step(skill_id, uses[skill_id]) for skill_id in order if skill_id != self._target)

    def _step(self, skill_id: str, uses: list[tuple[Requires, str]]) -> PrerequisiteStep:
        level = max((clause.level or 0 for clause, _ in uses), default=0) or None
        held = self._holdings.held.get(skill_id)
        others = set.intersection(*({*self._options(clause)} - {skill_id} for clause, _ in uses))
        asked = Requirement(skill_id, level, Necessity.ESSENTIAL, None, 1.0)
        hard = any(clause.kind is PrerequisiteKind.HARD for clause, _ in uses)
        return PrerequisiteStep(
            skill_id=skill_id,
            level=level,
            kind=PrerequisiteKind.HARD if hard else PrerequisiteKind.COREQUISITE,
            status=assess(self._graph, self._holdings, asked, self._settings).status,
            held=self._holdings.reaches(skill_id, level, self._settings),
            held_level=held.level if held else None,
            needed_for=tuple(sorted({needing for _, needing in uses})),
            any_of=tuple(sorted(others)),
            circular=math.isinf(self._costs[skill_id]),
        )

    def _reached(self) -> Mapping[str, tuple[Requires, ...]]:
        """The binding clauses of the skill and of every skill below it that is not held."""
        found: dict[str, tuple[Requires, ...]] = {}
        stack = [self._target]
        while stack:
            skill_id = stack.pop()
            if skill_id in found:
                continue
            follow = skill_id == self._target or skill_id not in self._holdings.held
            clauses = self._binding(skill_id) if follow else ()
            found[skill_id] = clauses
            stack += [option for clause in clauses for option in self._options(clause)]
        return found

    def _binding(self, skill_id: str) -> tuple[Requires, ...]:
        clauses = self._graph.edges.requires.get(skill_id, ())
        return tuple(clause for clause in clauses if clause.kind in BINDING_KINDS and self._options(clause))

    def _options(self, clause: Requires) -> tuple[str, ...]:
        """The alternatives that are there to be learnt."""
        return tuple(
            option
            for option in clause.any_of
            if option != clause.from_id and (skill := self._graph.concepts.get(option)) is not None and skill.active
        )

    def _settle(self) -> Mapping[str, float]:
        """For each skill reached, how many skills are to be learnt to have it; infinite for what waits for itself.

        The least costs are settled first, as in the shortest path through an AND/OR graph, so cycles do no harm.
        """
        waiting: dict[str, list[tuple[str, int]]] = {}
        left: dict[str, set[int]] = {}
        costs: dict[str, float] = dict.fromkeys(self._clauses, math.inf)
        sums: dict[str, float] = {}
        heap: list[tuple[float, str]] = []
        for skill_id, clauses in self._clauses.items():
            sums[skill_id] = 1.0
            left[skill_id] = set()
            for index, clause in enumerate(clauses):
                if self._met(clause) is None:
                    left[skill_id].add(index)
                    for option in self._options(clause):
                        waiting.setdefault(option, []).append((skill_id, index))
            if not left[skill_id]:
                heap.append((1.0, skill_id))
        heapq.heapify(heap)
        while heap:
            cost, skill_id = heapq.heappop(heap)
            if cost >= costs[skill_id]:
                continue
            costs[skill_id] = cost
            for needing, index in waiting.get(skill_id, ()):
                if index in left[needing]:
                    left[needing].discard(index)
                    sums[needing] += cost
                    if not left[needing]:
                        heapq.heappush(heap, (sums[needing], needing))
        return costs

    def _met(self, clause: Requires) -> str | None:
        return next(
            (
                option
                for option in self._options(clause)
                if self._holdings.reaches(option, clause.level, self._settings)
            ),
            None,
        )

    def _chosen(self, skill_id: str) -> Iterator[tuple[Requires, str]]:
        for clause in self._clauses[skill_id]:
            met = self._met(clause)
            if met is not None:
                yield clause, met
            else:
                yield clause, min(self._options(clause), key=lambda option: (self._costs[option], option))
