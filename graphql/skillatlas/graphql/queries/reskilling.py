"""Root fields that answer from a graph and a profile."""

from typing import Any

import graphene

from skillatlas import reskilling

from .. import answers
from ..types.gap import GapView, SkillGap
from ..types.inputs import LearningPathsInput, SkillGapInput
from ..types.paths import LearningPaths, PathsView


class ReskillingQueries:
    """`skillGap`, `learningPaths`."""

    skill_gap = graphene.Field(
        SkillGap, input_=graphene.Argument(SkillGapInput, name="input", required=True), release=graphene.Int()
    )
    learning_paths = graphene.Field(
        LearningPaths, input_=graphene.Argument(LearningPathsInput, name="input", required=True), release=graphene.Int()
    )

    @staticmethod
    def resolve_skill_gap(
        _root: Any,
        info: Any,
        input_: dict[str, Any],
        release: int | None = None,
    ) -> GapView:
        request = info.context
        graph = request.graph(release)
        scheme = answers.text_scheme(graph, input_["target"], input_["scheme"])
        target = answers.read_target(request, graph, input_["target"], scheme)
        profile = answers.read_profile(request, graph, input_["profile"], scheme)
        gap = reskilling.skill_gap(graph, profile, target, scheme=scheme)
        return GapView(graph, answers.name_answer(request, graph, "skillGap", input_), gap)

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
        paths = reskilling.learning_paths(graph, profile, target, answers.read_request(graph, input_), scheme=scheme)
        return PathsView(graph, answers.name_answer(request, graph, "learningPaths", input_), paths)
