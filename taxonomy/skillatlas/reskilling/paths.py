"""Learning paths: the best order of courses that closes a gap, proven, and what stays out of reach."""

import math
from collections.abc import Sequence
from dataclasses import replace

from skillatlas.taxonomy import Graph

from .claims import Claim
from .gap import measure
from .gap_model import SkillGap
from .holdings import read_profile
from .identifying import Identifier
from .money import from_minor
from .path_checks import check_request
from .path_dominance import without_dominated
from .path_ground import Ground, build_problem, goals_of, need_of, units_of
from .path_mapped import course_schemes, with_mapped
from .path_model import LearningPaths, LearningPlan, PathObjective, PathRequest, PathStatus, UncoveredSkill
from .path_offers import Offer, Selection, read_offers, select
from .path_order import order_courses, replay
from .path_parameters import path_parameters
from .path_plan import PlanMaker, without_beaten
from .path_problem import Need, Problem, learnt
from .path_reach import reduced
from .path_solver import Found, Meter, Phase, search
from .path_uncovered import Shortfall, explain_uncovered
from .profile import Profile, Target
from .requirements import DEFAULT_SCHEME, Requirements, read_target
from .settings import PathSettings


def learning_paths(
    graph: Graph,
    profile: Profile,
    target: Target,
    request: PathRequest | None = None,
    *,
    scheme: str = DEFAULT_SCHEME,
    settings: PathSettings | None = None,
) -> LearningPaths:
    """The best plan for a request, and alternatives that it does not beat in everything.

    `scheme` is that in which a target text was read. Raises BadInputError and NotFoundError as `skill_gap` does, and
    for a request that cannot be planned for; LimitExceededError when the clock runs out.
    """
    request, settings = request or PathRequest(), settings or PathSettings()
    check_request(graph, request, settings)
    identifier = Identifier(graph)
    requirements = read_target(graph, target, identifier, scheme=scheme, settings=settings.gap)
    planner = _Planner(graph, profile, requirements, request, settings, identifier)
    return planner.answer()


class _Planner:
    """One question on its way to its answer."""

    def __init__(
        self,
        graph: Graph,
        profile: Profile,
        requirements: Requirements,
        request: PathRequest,
        settings: PathSettings,
        identifier: Identifier,
    ) -> None:
        self._graph = graph
        self._profile = profile
        self._requirements = requirements
        self._request = request
        self._settings = settings
        self._meter = Meter(settings)
        holdings = read_profile(graph, profile, identifier, schemes=requirements.schemes, settings=settings.gap)
        warnings = (*identifier.warnings, *requirements.warnings, *holdings.warnings)
        self._gap = measure(graph, requirements, holdings, warnings, settings.gap)
        self._goals = goals_of(self._gap, request)
        self._weights = {need_of(entry): entry.weight for entry in self._goals}
        plain = read_offers(graph, settings.gap.evidence_floor)
        # What courses build on may be of other schemes than the target: there, too, what is held and learnt counts.
        schemes = requirements.schemes | course_schemes(graph, plain)
        self._offers = with_mapped(graph, plain, schemes, settings.gap.evidence_floor)
        self._units = units_of(self._offers, settings)
        if schemes != requirements.schemes:
            holdings = read_profile(graph, profile, Identifier(graph), schemes=schemes, settings=settings.gap)
        self._ground = Ground(graph, holdings, settings, request.assume_unknown_held)
        self._maker = PlanMaker(
            ground=self._ground,
            offers={offer.course.id: offer for offer in self._offers},
            request=request,
            units=self._units,
            goals={need_of(entry): entry for entry in self._goals},
            levels={item.skill_id: item.level for item in requirements.items},
            target_id=requirements.target_id,
            regap=self._regap,
        )

    def answer(self) -> LearningPaths:
        """The whole answer."""
        request = self._request
        selection = select(self._offers, request, request.objective)
        whole = self._problem(selection)
        problem = reduced(whole)
        found, complete = self._best(problem, request.objective)
        plans = [self._plan(problem, found, selection, request.objective)]
        if plans[0].steps:
            plans += self._alternatives(problem, found, selection, plans[0])
        open_needs = {need for need in self._weights if need.skill not in plans[0].covered}
        uncovered = self._uncovered(open_needs, problem, whole, selection) if open_needs else ()
        proven_out = found.proven or complete is False or len(problem.goals) < len(self._goals)
        status = plans[0].status
        if uncovered and proven_out:
            status = PathStatus.INFEASIBLE
        shown = without_beaten(plans)
        return LearningPaths(
            release=self._graph.release.number,
            status=status,
            plans=shown,
            uncovered=uncovered,
            parameters=path_parameters(
                request, selection.currency, len(self._offers), len(problem.candidates), self._settings
            ),
            warnings=(*self._gap.warnings, *_plan_warnings(shown)),
        )

    def _problem(self, selection: Selection) -> Problem:
        return build_problem(self._ground, selection, self._goals, self._request, self._units)

    def _best(self, problem: Problem, objective: PathObjective) -> tuple[Found, bool | None]:
        """The best plan, and whether one for all goals exists (None: not known)."""
        if not problem.goals:
            return Found(frozenset(), frozenset(), frozenset(), {}, True), True
        phases = _phases(objective)
        found = self._search(problem, phases, all_goals=True)
        if found is not None and found.covered:
            return found, True
        complete = None if found is not None else False
        rest = self._search(problem, (Phase.WEIGHT, *phases), all_goals=False)
        assert rest is not None, "the empty plan is always one"
        return rest, complete

    def _search(self, problem: Problem, phases: Sequence[Phase], *, all_goals: bool) -> Found | None:
        fewer = without_dominated(problem)
        return search(fewer, phases, all_goals=all_goals, settings=self._settings, meter=self._meter)

    def _plan(self, problem: Problem, found: Found, selection: Selection, objective: PathObjective) -> LearningPlan:
        order = order_courses(problem, found.courses, found.covered, found.before, self._settings.order_states)
        # An alternative may reach, on its way, what the first plan had to give up.
        reached: dict[str, int] = {}
        for step in replay(problem, order, found.covered):
            reached.update(step.gained)
        covered = {need for need in self._weights if learnt(reached, need)}
        taken = replay(problem, order, covered)
        figures = self._figures(problem, found, selection, objective)
        return self._maker.make(taken, covered, objective, proven=found.proven, figures=figures)

    def _figures(
        self, problem: Problem, found: Found, selection: Selection, objective: PathObjective
    ) -> tuple[float, float]:
        """The value of the objective, and the bound that the search has proven for it."""
        chosen = [course for course in problem.candidates if course.id in found.courses]
        match objective:
            case PathObjective.FASTEST:
                value = float(self._units.exact_hours(sum(course.hours for course in chosen)))
                bound = float(self._units.exact_hours(found.bounds.get(Phase.TIME, 0)))
            case PathObjective.CHEAPEST:
                currency = selection.currency or "EUR"
                value = float(from_minor(sum(course.price or 0 for course in chosen), currency))
                bound = float(from_minor(found.bounds.get(Phase.PRICE, 0), currency))
            case PathObjective.COVERAGE:
                value = math.fsum(sorted(self._weights[need] for need in found.covered))
                bound = found.bounds.get(Phase.WEIGHT, 0) / self._units.weights
                if len(found.covered) == len(problem.goals):
                    bound = value
        return value, value if found.proven else bound

    def _alternatives(
        self, problem: Problem, found: Found, selection: Selection, best: LearningPlan
    ) -> list[LearningPlan]:
        """Plans for the same skills under another objective, then without the first courses of those before.

        The latter are the best without those courses. Measured as all plans are, against every plan for the
        objective, they have the bound of the first plan, and are optimal only where they reach it.
        """
        wanted = self._request.alternatives
        plans = [best]
        if wanted:
            plans += self._other_objective(found)
        firsts: set[str] = set()
        for _ in range(2 * wanted):
            if len(without_beaten(plans)) > wanted:
                break
            firsts |= {plan.steps[0].course_id for plan in plans}
            others = replace(problem, candidates=tuple(c for c in problem.candidates if c.id not in firsts))
            another = self._again(others, found, selection, self._request.objective)
            if another is None:
                break
            reaches = best.status is PathStatus.OPTIMAL and another.objective_value == best.bound
            status = PathStatus.OPTIMAL if reaches else PathStatus.FEASIBLE
            plans.append(replace(another, bound=best.bound, status=status))
        return list(without_beaten(plans))[1 : wanted + 1]

    def _other_objective(self, found: Found) -> list[LearningPlan]:
        """The plan of the other of FASTEST and CHEAPEST; most coverage is what any plan for the same skills has."""
        cheapest = self._request.objective is not PathObjective.CHEAPEST
        objective = PathObjective.CHEAPEST if cheapest else PathObjective.FASTEST
        if cheapest and len(_currencies(self._offers)) > 1 and not (self._request.budget or self._request.currency):
            return []
        selection = select(self._offers, self._request, objective)
        another = self._again(self._problem(selection), found, selection, objective)
        return [] if another is None else [another]

    def _again(
        self, problem: Problem, found: Found, selection: Selection, objective: PathObjective
    ) -> LearningPlan | None:
        """The best plan of another problem that covers the same skills; None where there is none."""
        same = reduced(replace(problem, goals=tuple(g for g in problem.goals if g.need in found.covered)))
        if len(same.goals) < len(found.covered):
            return None
        another = self._search(same, _phases(objective), all_goals=True)
        if another is None or not another.covered:
            return None
        return self._plan(same, another, selection, objective)

    def _uncovered(
        self, open_needs: set[Need], problem: Problem, whole: Problem, selection: Selection
    ) -> tuple[UncoveredSkill, ...]:
        without_deadline = None
        reachable = {goal.need for goal in problem.goals}
        if self._request.budget and self._request.deadline and open_needs & reachable:
            unhurried = replace(problem, hours_limit=None)
            found = self._search(unhurried, (Phase.WEIGHT,), all_goals=False)
            without_deadline = None if found is None else found.covered
        every = Selection(self._offers, None, {})
        everything = build_problem(self._ground, every, self._goals, self._request, self._units)
        shortfall = Shortfall(open_needs, reachable, without_deadline)
        return explain_uncovered(shortfall, whole, everything, selection, self._request)

    def _regap(self, learned: Sequence[Claim]) -> SkillGap:
        holdings = read_profile(
            self._graph,
            self._profile,
            Identifier(self._graph),
            schemes=self._requirements.schemes,
            settings=self._settings.gap,
            learned=learned,
        )
        return measure(self._graph, self._requirements, holdings, (), self._settings.gap)


def _phases(objective: PathObjective) -> tuple[Phase, ...]:
    return (Phase.PRICE, Phase.TIME, Phase.IDS) if objective is PathObjective.CHEAPEST else (Phase.TIME, Phase.IDS)


def _currencies(offers: Sequence[Offer]) -> set[str]:
    prices = (offer.course.price for offer in offers)
    return {price.currency for price in prices if price is not None and price.amount > 0}


def _plan_warnings(plans: Sequence[LearningPlan]) -> list[str]:
    warnings = [
        f"plan {number}: the price is not known and in no sum of: {', '.join(plan.unpriced)}"
        for number, plan in enumerate(plans, 1)
        if plan.unpriced
    ]
    mapped = sorted(
        {
            f"{use.skill_id} as {use.through} ({step.course_id})"
            for plan in plans
            for step in plan.steps
            for use in step.uses
            if use.through is not None
        }
    )
    if mapped:
        warnings.append(f"taught through an EXACT mapping: {', '.join(mapped)}")
    if plans[0].status is PathStatus.FEASIBLE:
        warnings.append("the effort limit ended the proof: a better plan may exist")
    return warnings
