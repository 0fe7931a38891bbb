"""What a text says of each skill in it: required or not, held or not, at which level, for how many years.

Rules over the cues of the sentence, on the members of a list together. A cue governs up to the end of its clause: a
comma or semicolon outside the list, a contrast word, another cue of its family. Where nothing governs, the section
decides, and where that says nothing, the kind of the document.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .cue_files import Cue, CueKind
from .layout import Section
from .matcher import CueHit
from .model import DocumentKind, Requirement, SectionKind
from .page import Page, Sentences
from .series import Group, clear
from .settings import ExtractionSettings
from .years import YearReader

_OFFERS = frozenset({SectionKind.BENEFITS, SectionKind.ABOUT})
_TIGHT = frozenset(" (:-|")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of the members of a group, and the cues that said so, as (kind, start, end) at folded places."""

    requirement: Requirement
    level: int | None
    min_years: float | None
    cues: tuple[tuple[str, int, int], ...]
    company: bool


@dataclass(slots=True)
class _Scope:
    """A group in its sentence."""

    group: Group
    start: int
    end: int
    before: list[CueHit]  # nearest first
    after: list[CueHit]
    previous: int  # end of the group before, or the sentence's start
    following: int  # start of the group after, or the sentence's end
    used: list[tuple[str, int, int]] = field(default_factory=list)

    def use(self, hit: CueHit, kind: str, start: int | None = None) -> None:
        self.used.append((kind, hit.start if start is None else start, hit.end))


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
        self._page = page
        self._text = page.folded.text
        self._groups = groups
        self._starts = [group.start for group in groups]
        self._years = years
        self._kind = kind
        self._settings = settings
        self._sentences = sentences
        # Members of a list are read alike, and are asked for one after the other.
        self._last_key: tuple[int, SectionKind, bool] | None = None
        self._last: Reading | None = None

    def read(self, number: int, member: tuple[int, int], section: Section) -> Reading:
        """The reading of one member (a range of folded places) of a group."""
        group = self._groups[number]
        key = None
        if group.end - group.start <= self._settings.sentence:  # else it is one endless list: each for itself
            key = (number, section.kind, group.conjunction or member[1] == group.end)
            if key == self._last_key and self._last is not None:
                return self._last
        scope = self._scope(group if key else group._replace(start=member[0], end=member[1]), number, member)
        self._last_key, self._last = key, self._read(scope, section)
        return self._last

    def _read(self, scope: _Scope, section: Section) -> Reading:
        return Reading(
            requirement=self._requirement(scope, section.kind),
            level=self._level(scope),
            min_years=None if section.kind in _OFFERS and self._kind is not DocumentKind.CV else self._min_years(scope),
            cues=tuple(sorted(set(scope.used), key=lambda cue: (cue[1], cue[2], cue[0]))),
            company=any(
                (cue := hit.says.company) is not None and scope.group.start - hit.end <= cue.reach_before
                for hit in scope.before
            ),
        )

    def _scope(self, group: Group, number: int, member: tuple[int, int]) -> _Scope:
        start, end = self._sentences.around(member[0])
        most = self._settings.cues_each_side
        previous = self._groups[number - 1].end if number else 0
        following = self._groups[number + 1].start if number + 1 < len(self._groups) else len(self._text)
        before = self._page.hits_before(group.start, max(start, group.start - self._settings.context), most)
        after = self._page.hits_after(group.end, min(max(end, group.end), group.end + self._settings.context), most)
        if not group.conjunction and member[1] < group.end and after:
            # "Strong Java, Kotlin a plus": what follows a list that no conjunction closes is said of its last member.
            after = [hit for hit in after if hit.says.copula]
        return _Scope(group, start, end, before, after, max(previous, start), min(following, max(end, group.end)))

    # -- required, held, taught -------------------------------------------------------------------------------

    def _requirement(self, scope: _Scope, section: SectionKind) -> Requirement:
        negated = self._negated(scope)
        match self._kind:
            case DocumentKind.CV:
                if negated:
                    return Requirement.NOT_HELD
                return Requirement.MENTIONED if self._governed(scope, CueKind.WISH) else Requirement.HELD
            case DocumentKind.COURSE:
                return self._of_course(scope, section, negated)
            case _:
                if negated:
                    return Requirement.NOT_REQUIRED
                return self._of_job(scope, section)

    def _of_job(self, scope: _Scope, section: SectionKind) -> Requirement:
        if section in _OFFERS or self._governed(scope, CueKind.WISH):
            return Requirement.MENTIONED
        said = self._said(scope)
        if said is not None:
            return said
        if section is SectionKind.PREFERRED:
            return Requirement.PREFERRED
        if section is not SectionKind.OTHER or not self._page.layout.headed:
            return Requirement.REQUIRED
        for hit in scope.before + scope.after:
            if hit.says.expected or hit.says.level or hit.says.unit:
                scope.use(hit, CueKind.EXPECTED)
                return Requirement.REQUIRED
        return Requirement.MENTIONED

    def _of_course(self, scope: _Scope, section: SectionKind, negated: bool) -> Requirement:
        if negated:
            return Requirement.NOT_REQUIRED
        if section in _OFFERS:
            return Requirement.MENTIONED
        if self._governed(scope, CueKind.TAUGHT):
            return Requirement.TAUGHT
        if section in {SectionKind.REQUIREMENTS, SectionKind.PREFERRED}:
            said = self._said(scope)
            return said or (Requirement.PREFERRED if section is SectionKind.PREFERRED else Requirement.REQUIRED)
        if self._governed(scope, CueKind.ASSUMED):
            return Requirement.PREFERRED if self._said(scope) is Requirement.PREFERRED else Requirement.REQUIRED
        return Requirement.TAUGHT

    def _negated(self, scope: _Scope) -> bool:
        text, group = self._text, scope.group
        for hit in scope.before:
            if hit.says.contrast or not clear(text, hit.end, group.start):
                break
            cue = hit.says.not_required
            if cue is None or not cue.before:
                continue
            if group.start - hit.end <= cue.reach_before and scope.previous <= hit.start:
                scope.use(hit, CueKind.NOT_REQUIRED)
                return True
        for hit in scope.after:
            if hit.says.contrast or hit.start > scope.following or not clear(text, group.end, hit.start):
                break
            cue = hit.says.not_required
            if cue is not None and cue.after and hit.start - group.end <= cue.reach_after:
                # "Java skills no Kotlin": a negation that stands right before the next skill is that one's.
                following = self._next_group(hit.end)
                near = following < scope.end and following - hit.end <= cue.reach_before
                if cue.before and near and clear(text, hit.end, following):
                    continue
                scope.use(hit, CueKind.NOT_REQUIRED)
                return True
        return False

    def _said(self, scope: _Scope) -> Requirement | None:
        """What the nearest cue that governs the group says: first behind it, then before it."""
        text, group = self._text, scope.group
        for hit in scope.after:
            gap = text[group.end : hit.start]
            if hit.says.contrast or len(gap) > self._settings.governs:
                break
            if not clear(text, group.end, hit.start) and gap.strip() != ",":
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

    def _governed(self, scope: _Scope, kind: CueKind) -> bool:
        for hit, cue in self._of_kind(scope.before, kind):
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

    # -- level and years --------------------------------------------------------------------------------------

    def _level(self, scope: _Scope) -> int | None:
        text, group = self._text, scope.group
        behind = self._level_behind(scope)
        if behind is not None and text[group.end : behind.start].strip():  # "Java (advanced)", "Java: advanced"
            return self._use_level(scope, behind)
        linked = False
        for hit in scope.before:
            if hit.says.contrast:
                break
            linked = linked or hit.says.link is not None
            cue = hit.says.level
            if cue is None:
                continue
            near = group.start - hit.end <= self._settings.governs and clear(text, hit.end, group.start)
            if near and (linked or scope.previous <= hit.start):
                return self._use_level(scope, hit)
            break
        return self._use_level(scope, behind) if behind is not None else None

    def _level_behind(self, scope: _Scope) -> CueHit | None:
        text, group = self._text, scope.group
        for hit in scope.after[:2]:
            if hit.says.level is None:
                continue
            gap = text[group.end : hit.start]
            if len(gap) > 4 or not _TIGHT.issuperset(gap):
                return None
            bracketed = bool(gap.strip())
            # A level word between two skills belongs to the second unless a mark stands between them.
            following = scope.following
            apart = following - hit.end > 14 or following >= scope.end or not clear(text, hit.end, following)
            return hit if bracketed or apart else None
        return None

    @staticmethod
    def _use_level(scope: _Scope, hit: CueHit) -> int | None:
        cue = hit.says.level
        scope.use(hit, CueKind.LEVEL)
        return cue.value if cue else None

    def _min_years(self, scope: _Scope) -> float | None:
        text, group = self._text, scope.group
        linked = False
        opened = False  # a new phrase began after another skill: "3 years of marketing and knowledge of Excel"
        for hit in scope.before:
            if hit.says.contrast:
                break
            linked = linked or hit.says.link is not None
            if hit.says.unit is None:
                opener = hit.says.trigger or hit.says.level
                if opener is not None and opener.before and scope.start < scope.previous <= hit.start:
                    opened = True
                continue
            read = self._years.read(text, hit.start, scope.start)
            if read is None:
                continue
            if (linked or clear(text, hit.end, group.start)) and not opened:
                scope.use(hit, CueKind.UNIT, read[1])
                return read[0]
            break
        for hit in scope.after:
            if hit.says.contrast:
                break
            if hit.says.unit is None:
                continue
            read = self._years.read(text, hit.start, group.end)
            if read is None:
                continue
            if read[1] - group.end > 2 * self._settings.gap or not self._reaches(scope, read[1]):
                break
            following = self._next_group(hit.end)
            taken = following < min(scope.end, hit.end + 40) and clear(text, hit.end, following)
            if taken and ")" not in text[hit.end : following]:  # "Java, 3 years of Kotlin"
                break
            scope.use(hit, CueKind.UNIT, read[1])
            return read[0]
        return None

    def _reaches(self, scope: _Scope, number: int) -> bool:
        """Whether a number of years behind a group may be its own: none between, or it opens the clause after all."""
        if number <= scope.following:
            return True
        comma = self._text.rfind(",", scope.group.end, number)
        if comma < 0 or not clear(self._text, scope.group.end, comma):
            return False
        return self._next_group(comma) > number

    def _next_group(self, place: int) -> int:
        number = bisect_left(self._starts, place)
        return self._starts[number] if number < len(self._starts) else len(self._text)


_SAYS = ((CueKind.PREFERRED, Requirement.PREFERRED), (CueKind.REQUIRED, Requirement.REQUIRED))
