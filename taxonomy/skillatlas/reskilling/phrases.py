"""The sentences of explanations, one table a language; figures are filled in by name."""

from collections.abc import Mapping
from types import MappingProxyType

from skillatlas.taxonomy import lookup

PHRASES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": MappingProxyType(
            {
                "list": ", ",
                "join": " ",
                "item": "{label} ({share})",
                "this target": "this target",
                "nothing": "Nothing that has any weight is required, so there is no readiness to state.",
                "readiness": (
                    "{readiness} of what {target} requires is held, weighted by necessity, importance and rarity; "
                    "{strict} without credit for related skills."
                ),
                "range": "On this evidence it could be as low as {low} and as high as {high}.",
                "essential": "Essential skills: {counts}.",
                "optional": "Optional skills: {counts}.",
                "counts": (
                    "{met} of {required} met, {level_gap} below the level required, {level_unknown} at a level not "
                    "known, {transferable} close through a related skill, {unknown} not known, {missing} missing"
                ),
                "known": "The profile says something on {share} of the required skills.",
                "from": "Most of it comes from {skills}.",
                "lacks": "Most of what lacks is {skills}.",
                "transfer": "{label} counts for {credit} of itself through {source}.",
                "priorities": (
                    "Worth closing first: {skills}, reckoned by weight, by how much is missing and by the hours of the "
                    "shortest course; demand and pay are not known here and left out."
                ),
                "priorities demand": (
                    "Worth closing first: {skills}, reckoned by weight, by how much is missing, by the share of "
                    "documents that name the skill, and by the hours of the shortest course; pay is not known here and "
                    "left out."
                ),
                "adverts": (
                    "On average over {counted} texts, {readiness} of what they require is held; {strict} without "
                    "credit for related skills."
                ),
                "adverts most": "Most often asked for: {skills}.",
                "adverts loss": "Readiness loses most to {skills}, on average over the texts.",
                "adverts best": "Nearest: {name} ({share}); furthest: {last} ({least}).",
                "text": "text {number}",
                "compare": (
                    "Of what {target} requires, {readiness} is held; {strict} without credit for related skills."
                ),
                "compare none": "{target} requires nothing that has any weight.",
                "compare shared": "Needed by all of them: {count}, among them {skills}.",
                "compare own": "Needed by {target} alone: {count}, among them {skills}.",
                "compare nothing": "No skill is needed by all of them.",
                "ask held": "Do you have {label}?",
                "ask held level": "Do you have {label}, and at which level? Level {level} is asked for.",
                "ask level": "At which level do you have {label}? Level {level} is asked for.",
                "answer no": "no",
                "answer yes": "yes",
                "level 1": "1, aware: know what it is",
                "level 2": "2, basic: do simple things with help",
                "level 3": "3, working: do it alone",
                "level 4": "4, advanced: solve hard cases, guide others",
                "level 5": "5, expert: others come to ask",
                "why target": "It teaches {skills}, which {target} requires.",
                "why steps": "It teaches {skills}; later steps that need it: {steps}.",
                "why both": "It teaches {skills}, which {target} requires; later steps that need it: {steps}.",
                "at level": "{label} (level {level})",
                "assumed": "The course states no level for {skills}; it is taken to reach the one asked for.",
                "through": "{label} is taught as {source}, to which it is mapped as the same (EXACT).",
                "builds on": "It builds on {skills}.",
                "held": "{label} (held already)",
                "from step": "{label} (step {step})",
                "taught here": "{label} (taught in this course)",
                "cost": "It takes {hours} hours.",
                "unpriced": "Its price is not known.",
            }
        ),
        "zh": MappingProxyType(
            {
                "list": "、",
                "join": "",
                "item": "{label}（{share}）",
                "this target": "该目标",
                "nothing": "没有任何有权重的要求，因此无法给出就绪度。",
                "readiness": (
                    "按必要性、重要性和稀缺度加权，{target}所要求的技能已具备 {readiness}；"
                    "不计相近技能的折算时为 {strict}。"
                ),
                "range": "依现有依据，最低可能为 {low}，最高可能为 {high}。",
                "essential": "必备技能：{counts}。",
                "optional": "可选技能：{counts}。",
                "counts": (
                    "共 {required} 项，达到 {met} 项，水平不足 {level_gap} 项，水平不详 {level_unknown} 项，"
                    "可由相近技能转化 {transferable} 项，情况不明 {unknown} 项，缺少 {missing} 项"
                ),
                "known": "对所要求的技能，档案提到了其中的 {share}。",
                "from": "主要来自{skills}。",
                "lacks": "差距主要在{skills}。",
                "transfer": "{label}凭借{source}折算为 {credit}。",
                "priorities": (
                    "建议优先补上：{skills}；依据是权重、差距大小和最短课程的学时，市场需求和薪酬在此未知，未计入。"
                ),
                "priorities demand": (
                    "建议优先补上：{skills}；依据是权重、差距大小、提到该技能的文档比例和最短课程的学时，"
                    "薪酬在此未知，未计入。"
                ),
                "adverts": (
                    "就 {counted} 份文本平均而言，所要求的技能已具备 {readiness}；不计相近技能的折算时为 {strict}。"
                ),
                "adverts most": "最常要求的是{skills}。",
                "adverts loss": "平均而言，就绪度的差距主要在{skills}。",
                "adverts best": "最接近的是{name}（{share}），差距最大的是{last}（{least}）。",
                "text": "文本 {number}",
                "compare": "{target}所要求的技能已具备 {readiness}；不计相近技能的折算时为 {strict}。",
                "compare none": "{target}没有任何有权重的要求。",
                "compare shared": "它们共同需要 {count} 项技能，包括{skills}。",
                "compare own": "只有{target}需要的技能有 {count} 项，包括{skills}。",
                "compare nothing": "没有它们共同需要的技能。",
                "ask held": "您具备{label}吗？",
                "ask held level": "您具备{label}吗？达到哪一级？要求为 {level} 级。",
                "ask level": "您的{label}达到哪一级？要求为 {level} 级。",
                "answer no": "否",
                "answer yes": "是",
                "level 1": "1 级，了解：知道是什么",
                "level 2": "2 级，入门：在帮助下能做简单的事",
                "level 3": "3 级，胜任：能独立完成",
                "level 4": "4 级，精通：能解决难题并指导他人",
                "level 5": "5 级，专家：他人前来请教",
                "why target": "本课程教授{skills}，是{target}所要求的。",
                "why steps": "本课程教授{skills}，是第 {steps} 步的基础。",
                "why both": "本课程教授{skills}，既是{target}所要求的，也是第 {steps} 步的基础。",
                "at level": "{label}（{level} 级）",
                "assumed": "课程未说明{skills}的级别，按达到所要求的级别计算。",
                "through": "课程以{source}教授{label}，两者为等同映射（EXACT）。",
                "builds on": "需要先具备{skills}。",
                "held": "{label}（已具备）",
                "from step": "{label}（第 {step} 步）",
                "taught here": "{label}（本课程同时教授）",
                "cost": "需要 {hours} 学时。",
                "unpriced": "价格不详。",
            }
        ),
    }
)


def phrases(lang: str) -> Mapping[str, str]:
    """The table of the language that look-up finds, else English."""
    return PHRASES[lookup(lang, PHRASES) or "en"]
