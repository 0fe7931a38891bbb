"""Why a step is in a plan, in plain words, from the plan's own figures."""

from collections.abc import Iterable, Mapping

from skillatlas.taxonomy import Graph

from .explaining import label_of
from .path_model import LearningPlan, LearningStep, SatisfiedPrerequisite, StepUse
from .phrases import phrases


def explain_step(graph: Graph, plan: LearningPlan, step: LearningStep, lang: str = "en") -> str:
    """What a step is taken for and what it builds on, in English or Chinese; other languages get English."""
    say = phrases(lang)
    target = say["this target"] if plan.target_id is None else label_of(graph, plan.target_id, lang)
    lines = []
    for key, uses in (
        ("why target", [use for use in step.uses if use.for_target and not use.for_steps]),
        ("why both", [use for use in step.uses if use.for_target and use.for_steps]),
        ("why steps", [use for use in step.uses if use.for_steps and not use.for_target]),
    ):
        if uses:
            later = sorted({place for use in uses for place in use.for_steps})
            places = say["list"].join(map(str, later))
            lines.append(say[key].format(skills=_named(graph, uses, lang, say), target=target, steps=places))
    assumed = [use for use in step.uses if use.level_assumed]
    if assumed:
        lines.append(say["assumed"].format(skills=_named(graph, assumed, lang, say)))
    for skill, source in sorted({(use.skill_id, use.through) for use in step.uses if use.through is not None}):
        lines.append(say["through"].format(label=label_of(graph, skill, lang), source=label_of(graph, source, lang)))
    if step.prerequisites:
        built = say["list"].join(
            say[_source(item, step)].format(label=label_of(graph, item.by, lang), step=item.step)
            for item in step.prerequisites
        )
        lines.append(say["builds on"].format(skills=built))
    course = graph.courses[step.course_id]
    lines.append(say["cost"].format(hours=f"{course.hours:g}"))
    if course.price is None:
        lines.append(say["unpriced"])
    return say["join"].join(lines)


def _source(item: SatisfiedPrerequisite, step: LearningStep) -> str:
    if item.step is None:
        return "held"
    return "taught here" if item.step == step.order else "from step"


def _named(graph: Graph, uses: Iterable[StepUse], lang: str, say: Mapping[str, str]) -> str:
    # A skill may be used at two levels: each is named.
    names = [
        label_of(graph, use.skill_id, lang)
        if use.level is None
        else say["at level"].format(label=label_of(graph, use.skill_id, lang), level=use.level)
        for use in uses
    ]
    return say["list"].join(dict.fromkeys(names))
