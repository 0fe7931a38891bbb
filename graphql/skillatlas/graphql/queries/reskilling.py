"""Root fields that answer from a graph and a profile."""

from collections.abc import Sequence
from typing import Any

import graphene

from skillatlas import reskilling

from .. import answers, gap_answers
from ..connections import Page, Scope, cursor_release, page_size, paginate
from ..finding import find_under
from ..types.gap import GapView, SkillGap
from ..types.gaps import ComparisonView, DemandGap, DemandGapView, RoleComparison
from ..types.inputs import DemandGapInput, LearningPathsInput, ProfileInput, SkillGapInput
from ..types.paths import LearningPaths, PathsView
from ..types.skills import SkillConnection
from ..views import ConceptView


class ReskillingQueries:
    """`skillGap`, `demandGap`, `compareRoles`, `learningPaths`, `readyToLearn`."""

    skill_gap = graphene.Field(
        SkillGap, input_=graphene.Argument(SkillGapInput, name="input", required=True), release=graphene.Int()
    )
    demand_gap = graphene.Field(
        DemandGap,
        input_=graphene.Argument(DemandGapInput, name="input", required=True),
        release=graphene.Int(),
        description="What a profile lacks for several job or task posts together: weighted by how often each skill is "
        "asked for and how badly it is missed.",
    )
    compare_roles = graphene.Field(
        RoleComparison,
        profile=graphene.Argument(ProfileInput, required=True),
        role_ids=graphene.List(graphene.NonNull(graphene.ID), required=True),
        release=graphene.Int(),
        description="Two to four roles side by side: the gap to each, and a row a skill with a cell for each role.",
    )
    learning_paths = graphene.Field(
        LearningPaths, input_=graphene.Argument(LearningPathsInput, name="input", required=True), release=graphene.Int()
    )
    ready_to_learn = graphene.Field(
        SkillConnection,
        profile=graphene.Argument(ProfileInput, required=True),
        under=graphene.ID(required=True),
        release=graphene.Int(),
        first=graphene.Int(default_value=20),
        after=graphene.String(),
        description="Skills under a concept that the profile does not hold and whose hard and corequisite clauses it "
        "meets, by id. A text is read in the concept's scheme.",
    )

    @staticmethod
    def resolve_skill_gap(
        _root: Any,
        info: Any,
        input_: dict[str, Any],
        release: int | None = None,
    ) -> GapView:
        return gap_answers.skill_gap(info.context, info.context.graph(release), input_)

    @staticmethod
    def resolve_demand_gap(
        _root: Any,
        info: Any,
        input_: dict[str, Any],
        release: int | None = None,
    ) -> DemandGapView:
        return gap_answers.demand_gap(info.context, info.context.graph(release), input_)

    @staticmethod
    def resolve_compare_roles(
        _root: Any,
        info: Any,
        profile: dict[str, Any],
        role_ids: Sequence[str],
        release: int | None = None,
    ) -> ComparisonView:
        return gap_answers.compare_roles(info.context, info.context.graph(release), profile, role_ids)

    @staticmethod
    def resolve_learning_paths(
        _root: Any,
        info: Any,
        input_: dict[str, Any],
        release: int | None = None,
    ) -> PathsView:
        request = info.context
        graph = request.graph(release)
        scheme = answers.text_scheme(graph, input_["target"], input_["scheme"])
        target = answers.read_target(request, graph, input_["target"], scheme)
        profile = answers.read_profile(request, graph, input_["profile"], scheme)
        limits = request.limits
        settings = reskilling.PathSettings(effort=limits.plan_effort, clock_limit=limits.plan_seconds)
        asked = answers.read_request(graph, input_)
        paths = reskilling.learning_paths(graph, profile, target, asked, scheme=scheme, settings=settings)
        unlocked = answers.unlocked_roles(request, graph, profile, scheme)
        name = answers.name_answer(request, graph, "learningPaths", input_)
        role = None if target.role_id is None else graph.find(target.role_id)
        return PathsView(graph, name, paths, unlocked, role)

    @staticmethod
    def resolve_ready_to_learn(
        _root: Any,
        info: Any,
        profile: dict[str, Any],
        under: str,
        first: int,
        release: int | None = None,
        after: str | None = None,
    ) -> Page[ConceptView]:
        request = info.context
        page_size(first, request.limits.page_size)
        graph = request.graph(cursor_release(release, after))
        top = find_under(graph, under)
        held = answers.read_profile(request, graph, profile, top.scheme)
        return paginate(
            reskilling.ready_to_learn(graph, held, top.id),
            lambda skill: (skill,),
            lambda skill: ConceptView(graph, graph.concepts[skill]),
            Scope(
                "Query.readyToLearn",
                {"profile": answers.canonical_input(graph, profile), "under": top.id},
                graph.release.number,
            ),
            first=first,
            after=after,
        )
