"""One gap over several texts: what they ask for together, by how often and how badly it is missed."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skillatlas.taxonomy import Graph, Necessity

from .errors import BadInputError
from .gap import gap_of
from .gap_model import GapStatus, Parameter, SkillGap, SkillGapEntry
from .gap_parameters import number, rule
from .identifying import check_range
from .profile import Profile, RequiredSkill, Target
from .requirements import DEFAULT_SCHEME
from .settings import GapSettings
from .standing import Standing, read_standing


@dataclass(frozen=True, slots=True)
class AdvertText:
    """One text of a question: the skills that were read in it, the caller's name for it, and what it weighs (> 0)."""

    skills: tuple[RequiredSkill, ...]
    name: str | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class AdvertGap:
    """The gap to one text, as it is alone; `share`: its part in the whole, 0 where it requires nothing."""

    index: int
    name: str | None
    share: float
    standing: Standing
    gap: SkillGap


@dataclass(frozen=True, slots=True)
class DemandedSkill:
    """One skill over all texts.

    `required` and `preferred`: how many texts ask for it so; `frequency`: the weighted share of the texts that ask
    for it at all. `required_level`: the highest that any asks for. `missed`: 1 - credit, the weighted mean over the
    texts that ask for it. `loss`: what readiness loses to it, the weighted mean over all texts: what it is ranked by.
    The losses add up to 1 - readiness.
    """

    skill_id: str
    status: GapStatus
    required: int
    preferred: int
    frequency: float
    required_level: int | None
    held_level: int | None
    missed: float
    loss: float


@dataclass(frozen=True, slots=True)
class DemandGap:
    """A profile against several texts.

    `readiness`: the weighted mean over the texts that require anything, None where none does. `skills` in the order
    of their loss, then frequency, then id.
    """

    release: int
    readiness: float | None
    readiness_strict: float | None
    readiness_low: float | None
    readiness_high: float | None
    adverts: tuple[AdvertGap, ...]
    skills: tuple[DemandedSkill, ...]
    parameters: tuple[Parameter, ...]
    warnings: tuple[str, ...]


def demand_gap(
    graph: Graph,
    profile: Profile,
    texts: Sequence[AdvertText],
    *,
    scheme: str = DEFAULT_SCHEME,
    settings: GapSettings | None = None,
) -> DemandGap:
    """What a profile lacks for 1 to 50 texts that were read in `scheme`; each text's own gap is that of `skill_gap`.

    Raises BadInputError for no text or too many, a weight that is not above 0, and what `skill_gap` raises.
    """
    settings = settings or GapSettings()
    if not 1 <= len(texts) <= settings.max_texts:
        raise BadInputError("texts", f"1 to {settings.max_texts} texts are needed, not {len(texts)}")
    for index, text in enumerate(texts):
        check_range(f"texts[{index}].weight", text.weight, 0, 1_000_000)
        if text.weight <= 0.0:
            raise BadInputError(f"texts[{index}].weight", "must be above 0")
    standings: list[Standing] = []
    for text in texts:
        target, like = Target(text_skills=text.skills), standings[0] if standings else None
        standings.append(read_standing(graph, profile, target, scheme=scheme, settings=settings, like=like))
    gaps = [gap_of(standing) for standing in standings]
    total = math.fsum(text.weight for text, gap in zip(texts, gaps, strict=True) if gap.readiness is not None)
    adverts = tuple(
        AdvertGap(index, text.name, text.weight / total if gap.readiness is not None else 0.0, standing, gap)
        for index, (text, standing, gap) in enumerate(zip(texts, standings, gaps, strict=True))
    )
    return DemandGap(
        release=graph.release.number,
        readiness=_mean(adverts, [gap.readiness for gap in gaps]),
        readiness_strict=_mean(adverts, [gap.readiness_strict for gap in gaps]),
        readiness_low=_mean(adverts, [gap.readiness_low for gap in gaps]),
        readiness_high=_mean(adverts, [gap.readiness_high for gap in gaps]),
        adverts=adverts,
        skills=_skills(adverts),
        parameters=_parameters(settings, adverts),
        warnings=_warnings(adverts),
    )


def _mean(adverts: Sequence[AdvertGap], values: Sequence[float | None]) -> float | None:
    known = [(advert.share, value) for advert, value in zip(adverts, values, strict=True) if value is not None]
    return min(1.0, math.fsum(share * value for share, value in known)) if known else None


def _skills(adverts: Sequence[AdvertGap]) -> tuple[DemandedSkill, ...]:
    asked: dict[str, list[tuple[AdvertGap, SkillGapEntry]]] = {}
    for advert in adverts:
        for entry in advert.gap.entries:
            asked.setdefault(entry.skill_id, []).append((advert, entry))
    totals = {advert.index: math.fsum(entry.weight for entry in advert.gap.entries) for advert in adverts}
    rows = [_demanded(skill_id, found, totals) for skill_id, found in asked.items()]
    return tuple(sorted(rows, key=lambda row: (-round(row.loss, 6), -round(row.frequency, 6), row.skill_id)))


def _demanded(
    skill_id: str, found: Sequence[tuple[AdvertGap, SkillGapEntry]], totals: Mapping[int, float]
) -> DemandedSkill:
    frequency = math.fsum(advert.share for advert, _ in found)
    missed = math.fsum(advert.share * (1.0 - entry.credit) for advert, entry in found)
    # The text that asks for most shows where the skill stands.
    hardest = max((entry for _, entry in found), key=lambda entry: entry.required_level or 0)
    return DemandedSkill(
        skill_id=skill_id,
        status=hardest.status,
        required=sum(entry.necessity is Necessity.ESSENTIAL for _, entry in found),
        preferred=sum(entry.necessity is Necessity.OPTIONAL for _, entry in found),
        frequency=frequency,
        required_level=hardest.required_level,
        held_level=hardest.held_level,
        missed=missed / frequency if frequency > 0.0 else 0.0,
        loss=math.fsum(
            advert.share * entry.weight * (1.0 - entry.credit) / totals[advert.index]
            for advert, entry in found
            if totals[advert.index] > 0.0
        ),
    )


def _parameters(settings: GapSettings, adverts: Sequence[AdvertGap]) -> tuple[Parameter, ...]:
    counted = sum(advert.share > 0.0 for advert in adverts)
    return (
        number("texts", len(adverts), "texts of the question"),
        number("textsCounted", counted, "of them require anything that has a weight; the means are over these"),
        number("maxTexts", settings.max_texts, "the most texts of one question"),
        rule("share", "weight of the text / sum over the texts counted", "what a text's gap weighs in the whole"),
        rule(
            "loss",
            "sum over the texts of share x weight x (1 - credit) / sum of the text's weights",
            "what a skill is ranked by: how often it is asked for, how much it weighs there, and how badly it is "
            "missed; the losses add up to 1 - readiness",
        ),
        *(adverts[0].gap.parameters),
    )


def _warnings(adverts: Sequence[AdvertGap]) -> tuple[str, ...]:
    """What concerns all texts is said once, what concerns one with its place."""
    everywhere = [word for word in adverts[0].gap.warnings if all(word in advert.gap.warnings for advert in adverts)]
    own = [
        f"texts[{advert.index}]: {word}"
        for advert in adverts
        for word in advert.gap.warnings
        if len(adverts) == 1 or word not in everywhere
    ]
    return tuple(own) if len(adverts) == 1 else (*everywhere, *own)
