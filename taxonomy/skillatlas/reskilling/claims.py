"""Claims: what each piece of a profile says of a skill, and how strong it is beside the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from skillatlas.taxonomy import Graph, Necessity

from .errors import BadInputError
from .gap_model import Evidence
from .identifying import Identifier, check_count, check_level, check_range
from .profile import NOT_HELD, ROLE, EvidenceItem, Profile
from .requirements import active_needs
from .settings import GapSettings


class Rank(IntEnum):
    """Sources of evidence, strongest first. What comes through a mapping follows what says the same directly."""

    LEARNED = 0
    NAMED = 1
    NOT_HELD = 2
    NAMED_MAPPED = 3
    NOT_HELD_MAPPED = 4
    TEXT = 5
    TEXT_NOT_HELD = 6
    TEXT_MAPPED = 7
    TEXT_NOT_HELD_MAPPED = 8
    ROLE = 9
    ROLE_MAPPED = 10
    PREREQUISITE = 11
    PREREQUISITE_MAPPED = 12


@dataclass(frozen=True, slots=True)
class Claim:
    """That a skill is held (at `level`, None: not known) or is not, by one piece of evidence."""

    skill_id: str
    rank: Rank
    holds: bool
    level: int | None
    evidence: Evidence

    @property
    def strength(self) -> tuple[int, float, float, str, str, int]:
        """Sorts the strongest first: by source, then confidence, then level.

        Of implied levels the highest counts, whatever the confidence.
        """
        confidence, level = -self.evidence.confidence, -(self.level or 0)
        first, second = (level, confidence) if self.rank >= Rank.PREREQUISITE else (confidence, level)
        shown = self.evidence
        return self.rank, first, second, shown.source, shown.text or "", shown.start or 0


def direct_claims(graph: Graph, profile: Profile, identifier: Identifier, settings: GapSettings) -> list[Claim]:
    """What the profile itself says. Raises BadInputError or NotFoundError, naming the field."""
    check_count("profile.skills", profile.named, settings.max_ids)
    check_count("profile.notHeld", profile.not_held, settings.max_ids)
    check_count("profile.roleIds", profile.role_ids, settings.max_ids)
    claims = list(_items(profile.named, "profile.skills", Rank.NAMED, identifier))
    named = {claim.skill_id for claim in claims}
    for claim in _denials(profile.not_held, identifier):
        if claim.skill_id in named:
            raise BadInputError("profile.notHeld", f"{claim.skill_id} is named as held too")
        claims.append(claim)
    claims += _items(profile.text, "profile.text", Rank.TEXT, identifier)
    claims += _items(profile.text_not_held, "profile.text", Rank.TEXT_NOT_HELD, identifier, holds=False)
    for index, role_id in enumerate(profile.role_ids):
        role = identifier.role(f"profile.roleIds[{index}]", role_id)
        if role is not None:
            claims += role_claims(graph, role)
    return claims


def _items(
    items: tuple[EvidenceItem, ...], field: str, rank: Rank, identifier: Identifier, *, holds: bool = True
) -> Iterator[Claim]:
    for index, item in enumerate(items):
        place = f"{field}[{index}]"
        check_level(f"{place}.level", item.level)
        check_range(f"{place}.confidence", item.confidence, 0, 1)
        skill = identifier.skill(f"{place}.skillId", item.skill_id)
        if skill is not None:
            evidence = Evidence(item.source, item.text, item.start, item.end, round(float(item.confidence), 6))
            yield Claim(skill, rank, holds, item.level if holds else None, evidence)


def _denials(ids: frozenset[str], identifier: Identifier) -> Iterator[Claim]:
    for skill_id in sorted(ids):
        skill = identifier.skill("profile.notHeld", skill_id)
        if skill is not None:
            yield Claim(skill, Rank.NOT_HELD, False, None, Evidence(NOT_HELD, None, None, None, 1.0))


def role_claims(graph: Graph, role_id: str, necessity: Necessity = Necessity.ESSENTIAL) -> Iterator[Claim]:
    """What a role once held says: each need of this necessity is held at its level.

    In a gap only the essential ones speak, in transitions all do.
    """
    for need in active_needs(graph, role_id):
        if need.necessity is necessity:
            yield Claim(need.to_id, Rank.ROLE, True, need.level, Evidence(ROLE, role_id, None, None, 1.0))
