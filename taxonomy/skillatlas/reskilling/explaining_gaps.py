"""Gaps over several texts, roles side by side, and questions in plain words, from their own figures."""

from collections.abc import Sequence

from skillatlas.taxonomy import Graph

from .adverts import AdvertGap, DemandGap
from .comparing import RoleComparison
from .explaining import SHOWN, label_of, largest, percent
from .phrases import phrases
from .questions import GapAnswer, GapQuestion, QuestionKind


def explain_demand(graph: Graph, found: DemandGap, lang: str = "en") -> tuple[str, ...]:
    """A gap over several texts as sentences in English or Chinese; another language is answered in English."""
    say = phrases(lang)
    counted = [advert for advert in found.adverts if advert.share > 0.0]
    if found.readiness is None or found.readiness_strict is None or not counted:
        return (say["nothing"],)
    lines = [
        say["adverts"].format(
            counted=len(counted), readiness=percent(found.readiness), strict=percent(found.readiness_strict)
        ),
        say["range"].format(low=percent(found.readiness_low or 0.0), high=percent(found.readiness_high or 0.0)),
    ]
    for key, figures in (
        ("adverts most", {row.skill_id: row.frequency for row in found.skills}),
        ("adverts loss", {row.skill_id: row.loss for row in found.skills}),
    ):
        named = largest(graph, figures, lang, say)
        if named:
            lines.append(say[key].format(skills=named))
    if len(counted) > 1:
        ranked = sorted(counted, key=lambda advert: (-(advert.gap.readiness or 0.0), advert.index))
        best, last = ranked[0], ranked[-1]
        lines.append(
            say["adverts best"].format(
                name=_name(best, lang),
                share=percent(best.gap.readiness or 0.0),
                last=_name(last, lang),
                least=percent(last.gap.readiness or 0.0),
            )
        )
    return tuple(lines)


def _name(advert: AdvertGap, lang: str) -> str:
    return advert.name or phrases(lang)["text"].format(number=advert.index + 1)


def explain_comparison(graph: Graph, found: RoleComparison, lang: str = "en") -> tuple[str, ...]:
    """Roles side by side as sentences in English or Chinese; another language is answered in English."""
    say = phrases(lang)
    lines = []
    for role in found.roles:
        target = label_of(graph, role.role_id, lang)
        if role.gap.readiness is None or role.gap.readiness_strict is None:
            lines.append(say["compare none"].format(target=target))
        else:
            figures = {"readiness": percent(role.gap.readiness), "strict": percent(role.gap.readiness_strict)}
            lines.append(say["compare"].format(target=target, **figures))
    shared = found.shared
    if shared:
        lines.append(say["compare shared"].format(count=len(shared), skills=_first(graph, shared, lang)))
    else:
        lines.append(say["compare nothing"])
    for index, role in enumerate(found.roles):
        own = [row.skill_id for row in found.rows if row.needed_by == 1 and row.cells[index] is not None]
        if own:
            target = label_of(graph, role.role_id, lang)
            lines.append(say["compare own"].format(target=target, count=len(own), skills=_first(graph, own, lang)))
    return tuple(lines)


def _first(graph: Graph, skills: Sequence[str], lang: str) -> str:
    return phrases(lang)["list"].join(label_of(graph, skill, lang) for skill in skills[:SHOWN])


def question_text(graph: Graph, question: GapQuestion, lang: str = "en") -> str:
    """A question as it is put to the person, in English or Chinese."""
    say = phrases(lang)
    if question.kind is QuestionKind.LEVEL:
        key = "ask level"
    else:
        key = "ask held" if question.required_level is None else "ask held level"
    return say[key].format(label=label_of(graph, question.skill_id, lang), level=question.required_level)


def answer_text(answer: GapAnswer, lang: str = "en") -> str:
    """An answer as it is offered, in English or Chinese."""
    say = phrases(lang)
    if not answer.holds:
        return say["answer no"]
    return say["answer yes"] if answer.level is None else say[f"level {answer.level}"]
