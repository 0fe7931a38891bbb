"""What a profile holds: of all evidence for a skill the strongest counts, and all of it is kept to be shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from skillatlas.taxonomy import Graph

from .claims import Claim, Rank, direct_claims
from .gap_model import Evidence
from .identifying import Identifier
from .implied import implied_claims
from .mapped import mapped_claims
from .profile import Profile
from .settings import GapSettings

_READ_DENIALS = frozenset({Rank.TEXT_NOT_HELD, Rank.TEXT_NOT_HELD_MAPPED})


@dataclass(frozen=True, slots=True)
class Held:
    """A skill that is held: at `level` (None: not known), with `confidence` from 0.5 to 1."""

    level: int | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Holdings:
    """The three-valued state of every skill: held, denied (stated or read not to be held), or without a word.

    `doubtful`: the denied skills of which only a text says so, and not surely: they may be held after all.
    `close` has, for a skill, the held skills of other schemes that map to it by CLOSE, with the mapping's confidence.
    """

    held: Mapping[str, Held]
    denied: frozenset[str]
    doubtful: frozenset[str]
    complete: bool
    evidence: Mapping[str, tuple[Evidence, ...]]
    close: Mapping[str, tuple[tuple[str, float], ...]]
    warnings: tuple[str, ...]

    def known(self, skill_id: str) -> bool:
        """Whether the profile says anything on a skill."""
        return self.complete or skill_id in self.held or skill_id in self.denied

    def ruled_out(self, skill_id: str) -> bool:
        """Whether the profile says that a skill is not held."""
        return skill_id in self.denied or (self.complete and skill_id not in self.held)

    def surely_ruled_out(self, skill_id: str) -> bool:
        """Whether a skill cannot be held: what is ruled out, but for the doubtful word of a text."""
        return self.ruled_out(skill_id) and (self.complete or skill_id not in self.doubtful)

    def reaches(self, skill_id: str, level: int | None, settings: GapSettings) -> bool:
        """Whether a skill is held at a level; an unknown level counts as `level_if_unknown`."""
        held = self.held.get(skill_id)
        return held is not None and (held.level or settings.level_if_unknown) >= (level or 1)


def read_profile(
    graph: Graph,
    profile: Profile,
    identifier: Identifier,
    *,
    schemes: frozenset[str],
    settings: GapSettings,
    learned: Iterable[Claim] = (),
) -> Holdings:
    """The holdings of a profile, with what counts through mappings into `schemes` and what held skills imply.

    `learned` are claims stronger than all evidence, of courses taken on the way. Raises BadInputError or
    NotFoundError, naming the field.
    """
    claims = [*direct_claims(graph, profile, identifier, settings), *learned]
    implied = implied_claims(graph, _winners(claims, settings))
    # What a held skill implies in its own scheme is held too, so it is mapped like what is named.
    mapped = mapped_claims(graph, _winners([*claims, *implied], settings), schemes)
    claims += mapped.claims
    claims += implied_claims(graph, _winners(claims, settings))
    winners = _winners(claims, settings)
    shown: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda claim: claim.strength):
        shown.setdefault(claim.skill_id, []).append(claim)
    return Holdings(
        held={skill: Held(claim.level, claim.evidence.confidence) for skill, claim in winners.items() if claim.holds},
        denied=frozenset(skill for skill, claim in winners.items() if not claim.holds),
        doubtful=frozenset(
            skill
            for skill, claim in winners.items()
            if claim.rank in _READ_DENIALS and claim.evidence.confidence < settings.sure_confidence
        ),
        complete=profile.complete,
        evidence={
            skill: tuple(dict.fromkeys(claim.evidence for claim in group)) for skill, group in sorted(shown.items())
        },
        close=mapped.close,
        warnings=mapped.warnings,
    )


def _winners(claims: Iterable[Claim], settings: GapSettings) -> dict[str, Claim]:
    winners: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda claim: claim.strength):
        if claim.evidence.confidence >= settings.evidence_floor:
            winners.setdefault(claim.skill_id, claim)
    return dict(sorted(winners.items()))
