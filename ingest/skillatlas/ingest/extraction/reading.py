"""What a text says of each skill in it: required or not, held or not, at which level, for how many years.

Rules over the cues of the sentence, on the members of a list together. A cue governs up to the end of its clause: a
comma or semicolon outside the list, a contrast word, another cue of its family. Where nothing governs, the section
decides, and where that says nothing, the kind of the document.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .amounts import Amounts
from .cue_files import Cue, CueKind
from .layout import Section
from .matcher import CueHit
from .model import OFFERS, DocumentKind, Requirement, SectionKind
from .page import Page, Sentences
from .scope import Scope, Scopes
from .series import Group, clear
from .settings import ExtractionSettings
from .years import YearReader

NEGATED = frozenset({Requirement.NOT_REQUIRED, Requirement.NOT_HELD})


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of the members of a group, and the cues that said so, as (kind, start, end) at folded places."""

    requirement: Requirement
    level: int | None
    min_years: float | None
    cues: tuple[tuple[str, int, int], ...]
    company: bool


class Reader:
    """Reads the groups of one page."""

    def __init__(
        self,
        page: Page,
        groups: Sequence[Group],
        sentences: Sentences,
        years: YearReader,
        kind: DocumentKind,
        settings: ExtractionSettings,
    ) -> None:
        self._scopes = Scopes(page, groups, sentences, settings)
        self._amounts = Amounts(self._scopes, years)
        self._text = page.folded.text
        self._headed = page.layout.headed
        self._groups = groups
        self._kind = kind
        self._settings = settings
        # Members of a list are read alike, and are asked for one after the other.
        self._last_key: tuple[int, SectionKind, bool] | None = None
        self._last: Reading | None = None

    def read(self, number: int, member: tuple[int, int], section: Section) -> Reading:
        """The reading of one member (a range of folded places) of a group."""
        group = self._groups[number]
        key = None
        if group.end - group.start <= self._settings.sentence:  # else it is one endless list: each for itself
            key = (number, section.kind, member[0] >= group.tail)
            if key == self._last_key and self._last is not None:
                return self._last
        scope = self._scopes.of(group if key else group._replace(start=member[0], end=member[1]), number, member)
        self._last_key, self._last = key, self._read(scope, section)
        return self._last

    def _read(self, scope: Scope, section: Section) -> Reading:
        # How long the employer has been there is not asked of anyone.
        told = section.kind not in OFFERS or self._kind is DocumentKind.CV
        requirement = self._requirement(scope, section.kind)
        return Reading(
            requirement=requirement,
            level=None if requirement in NEGATED else self._amounts.level(scope),
            min_years=self._amounts.min_years(scope) if told else None,
            cues=tuple(sorted(set(scope.used), key=lambda cue: (cue[1], cue[2], cue[0]))),
            company=any(
                (cue := hit.says.company) is not None and scope.group.start - hit.end <= cue.reach_before
                for hit in scope.before
            ),
        )

    def _requirement(self, scope: Scope, section: SectionKind) -> Requirement:
        negated = self._negated(scope)
        match self._kind:
            case DocumentKind.CV:
                if negated:
                    return Requirement.NOT_HELD
                return Requirement.MENTIONED if self._wished(scope) else Requirement.HELD
            case DocumentKind.COURSE:
                return self._of_course(scope, section, negated)
            case _:
                if negated:
                    return self._turned(scope)
                return self._of_job(scope, section)

    def _of_job(self, scope: Scope, section: SectionKind) -> Requirement:
        if section in OFFERS or self._wished(scope):
            return Requirement.MENTIONED
        said = self._said(scope)
        if said is not None:
            return said
        if section is SectionKind.PREFERRED:
            return Requirement.PREFERRED
        if section is not SectionKind.OTHER or not self._headed:
            return Requirement.REQUIRED
        for hit in scope.before + scope.after:
            if hit.says.expected or hit.says.level or hit.says.unit:
                scope.use(hit, CueKind.EXPECTED)
                return Requirement.REQUIRED
        return Requirement.MENTIONED

    def _of_course(self, scope: Scope, section: SectionKind, negated: bool) -> Requirement:
        if negated:
            return self._turned(scope)
        if section in OFFERS:
            return Requirement.MENTIONED
        if self._governed(scope, CueKind.TAUGHT):
            return Requirement.TAUGHT
        if section in {SectionKind.REQUIREMENTS, SectionKind.PREFERRED}:
            said = self._said(scope)
            return said or (Requirement.PREFERRED if section is SectionKind.PREFERRED else Requirement.REQUIRED)
        if self._governed(scope, CueKind.ASSUMED):
            return Requirement.PREFERRED if self._said(scope) is Requirement.PREFERRED else Requirement.REQUIRED
        return Requirement.TAUGHT

    def _negated(self, scope: Scope) -> bool:
        text, group = self._text, scope.group
        for hit in scope.before:
            if hit.says.contrast or not clear(text, hit.end, group.start):
                break
            cue = hit.says.not_required
            if cue is None or not cue.before:
                continue
            if group.start - hit.end <= cue.reach_before and scope.previous <= hit.start:
                if cue.value is not None and self._doubled(scope, hit):
                    return False
                scope.use(hit, CueKind.NOT_REQUIRED)
                return True
        for hit in scope.after:
            if hit.says.contrast or hit.start > scope.following or not clear(text, group.end, hit.start):
                break
            cue = hit.says.not_required
            if cue is not None and cue.after and hit.start - group.end <= cue.reach_after:
                # "Java skills no Kotlin": a negation that stands right before the next skill is that one's.
                following = self._scopes.next_group(hit.end)
                near = following < scope.end and following - hit.end <= cue.reach_before
                if cue.before and near and clear(text, hit.end, following):
                    continue
                scope.use(hit, CueKind.NOT_REQUIRED)
                return True
        return False

    def _doubled(self, scope: Scope, lacking: CueHit) -> bool:
        """Whether a negation before a word of lack turns it round: "you cannot do this job without SQL"."""
        for hit in scope.before:
            if hit.end > lacking.start:
                continue
            if hit.says.contrast or hit.start < scope.previous or not clear(self._text, hit.end, lacking.start):
                return False
            if hit.says.not_required is not None and hit.says.not_required.before:
                return True
        return False

    def _turned(self, scope: Scope) -> Requirement:
        """What a negation asks for: of those who are without and are turned away for it ("勿投"), the skill."""
        denied = any(kind == CueKind.NOT_REQUIRED and start < scope.group.start for kind, start, _ in scope.used)
        for hit in scope.after if denied else ():
            if hit.says.contrast or hit.start > scope.following:
                break
            if hit.says.excludes is not None:
                scope.use(hit, CueKind.EXCLUDES)
                return Requirement.REQUIRED
        return Requirement.NOT_REQUIRED

    def _wished(self, scope: Scope) -> bool:
        """Whether the writer wants to learn it or has begun to; not where another list and a comma lie between."""
        for hit, cue in self._of_kind(scope.before, CueKind.WISH):
            if scope.previous > hit.start and not clear(self._text, hit.end, scope.group.start):
                break
            if cue.before and scope.group.start - hit.end <= cue.reach_before:
                scope.use(hit, CueKind.WISH)
                return True
        return self._governed(scope, CueKind.WISH, behind_only=True)

    def _said(self, scope: Scope) -> Requirement | None:
        """What the nearest cue that governs the group says: first behind it, then before it."""
        text, group = self._text, scope.group
        for hit in scope.after:
            gap = text[group.end : hit.start]
            if hit.says.contrast or len(gap) > self._settings.governs:
                break
            if not clear(text, group.end, hit.start) and gap.strip() != ",":
                break
            if gap.strip() == "," and self._opens(scope, hit):
                break
            for kind, requirement in _SAYS:
                cue = hit.says.of_kind(kind)
                if cue is not None and cue.after:
                    scope.use(hit, kind)
                    return requirement
        required: CueHit | None = None
        for hit in scope.before:
            if hit.says.contrast:
                break
            preferred = hit.says.preferred
            governs = required is None or clear(text, hit.end, required.start)
            if preferred is not None and preferred.before and governs:
                scope.use(hit, CueKind.PREFERRED)
                return Requirement.PREFERRED
            strong = hit.says.required
            if strong is not None and strong.before and required is None:
                required = hit
        if required is not None:
            scope.use(required, CueKind.REQUIRED)
            return Requirement.REQUIRED
        return None

    def _opens(self, scope: Scope, hit: CueHit) -> bool:
        """Whether a cue behind a comma begins a clause of its own: "最好懂SQL,必须会Python"."""
        ahead = any(cue is not None and cue.before for cue in (hit.says.required, hit.says.preferred))
        following = self._scopes.next_group(hit.end)
        return ahead and following < scope.end and clear(self._text, hit.end, following)

    def _governed(self, scope: Scope, kind: CueKind, *, behind_only: bool = False) -> bool:
        for hit, cue in self._of_kind(() if behind_only else scope.before, kind):
            if cue.before and scope.group.start - hit.end <= cue.reach_before:
                scope.use(hit, kind)
                return True
        for hit, cue in self._of_kind(scope.after, kind):
            if (
                cue.after
                and hit.start - scope.group.end <= cue.reach_after
                and clear(self._text, scope.group.end, hit.start)
            ):
                scope.use(hit, kind)
                return True
        return False

    @staticmethod
    def _of_kind(hits: Sequence[CueHit], kind: CueKind) -> Iterator[tuple[CueHit, Cue]]:
        for hit in hits:
            if hit.says.contrast:
                return
            cue = hit.says.of_kind(kind)
            if cue is not None:
                yield hit, cue


_SAYS = ((CueKind.PREFERRED, Requirement.PREFERRED), (CueKind.REQUIRED, Requirement.REQUIRED))
