"""A transition in plain words, from its own figures."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from skillatlas.taxonomy import Graph, lookup

from .explaining import SHOWN, label_of, percent
from .threshold import Calibration
from .transitions_model import RoleTransition

PHRASES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": MappingProxyType(
            {
                "list": ", ",
                "more": "{names} and {rest} more",
                "similarity": (
                    "{role}: similarity {similarity} of 1, made of {skills} for the skills themselves and {profile} "
                    "for {of}."
                ),
                "groups": "their groups",
                "importances": "their rated importance",
                "viable": "It is above the threshold of {threshold}: a viable step.",
                "not viable": "It is not above the threshold of {threshold}: not yet a viable step.",
                "no threshold": "No threshold can be calibrated here, so it is not said whether the step is viable.",
                "essential": "{met} of {required} essential skills are met ({share}).",
                "no essential": "The role has no essential skill.",
                "missing": "Essential and not held: {skills}.",
                "enough": "It would be viable with: {skills}.",
            }
        ),
        "zh": MappingProxyType(
            {
                "list": "、",
                "more": "{names}等 {count} 项",
                "similarity": ("{role}：相似度为 {similarity}（满分 1），其中技能本身为 {skills}，{of}为 {profile}。"),
                "groups": "技能组",
                "importances": "重要性评分",
                "viable": "高于阈值 {threshold}：可行。",
                "not viable": "未高于阈值 {threshold}：目前尚不可行。",
                "no threshold": "此处无法校准阈值，因此不判断是否可行。",
                "essential": "必备技能共 {required} 项，已达到 {met} 项（{share}）。",
                "no essential": "该职业没有必备技能。",
                "missing": "尚不具备的必备技能：{skills}。",
                "enough": "具备以下技能即可行：{skills}。",
            }
        ),
    }
)


def explain_transition(
    graph: Graph,
    transition: RoleTransition,
    calibration: Calibration,
    counterfactual: Sequence[str] = (),
    lang: str = "en",
) -> tuple[str, ...]:
    """A destination as sentences in English or Chinese; another language is answered in English."""
    say = PHRASES[lookup(lang, PHRASES) or "en"]
    skills, profile = transition.components
    lines = [
        say["similarity"].format(
            role=label_of(graph, transition.role_id, lang),
            similarity=f"{transition.similarity:g}",
            skills=skills.value,
            profile=profile.value,
            of=say[profile.name],
        )
    ]
    if calibration.threshold is None:
        lines.append(say["no threshold"])
    else:
        key = "viable" if transition.viable else "not viable"
        lines.append(say[key].format(threshold=f"{calibration.threshold:g}"))
    essential = transition.essential
    if essential.required:
        share = percent(essential.coverage)
        lines.append(say["essential"].format(met=essential.met, required=essential.required, share=share))
    else:
        lines.append(say["no essential"])
    for key, named in (("missing", transition.missing), ("enough", counterfactual)):
        if named:
            lines.append(say[key].format(skills=_names(graph, named, lang, say)))
    return tuple(lines)


def _names(graph: Graph, skills: Sequence[str], lang: str, say: Mapping[str, str]) -> str:
    names = say["list"].join(label_of(graph, skill, lang) for skill in skills[:SHOWN])
    if len(skills) <= SHOWN:
        return names
    # A language counts either the rest or, as Chinese does, all of them.
    return say["more"].format(names=names, count=len(skills), rest=len(skills) - SHOWN)
