"""How much of a skill: the level by level words, and years of experience."""

from .cue_files import CueKind
from .matcher import CueHit
from .scope import Scope, Scopes
from .series import clear
from .years import YearReader

_TIGHT = frozenset(" (:-|")


class Amounts:
    """Reads levels and years in the scopes of one page."""

    def __init__(self, scopes: Scopes, years: YearReader) -> None:
        self._scopes = scopes
        self._years = years

    def level(self, scope: Scope) -> int | None:
        """1 to 5, or None where no level word governs the group."""
        text, group = self._scopes.text, scope.group
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
            near = group.start - hit.end <= self._scopes.settings.governs and clear(text, hit.end, group.start)
            if near and (linked or scope.previous <= hit.start):
                return self._use_level(scope, hit)
            break
        return self._use_level(scope, behind) if behind is not None else None

    def _level_behind(self, scope: Scope) -> CueHit | None:
        text, group = self._scopes.text, scope.group
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
    def _use_level(scope: Scope, hit: CueHit) -> int | None:
        cue = hit.says.level
        scope.use(hit, CueKind.LEVEL)
        return cue.value if cue else None

    def min_years(self, scope: Scope) -> float | None:
        """The years that the clause asks for or tells of: those before the group, else those behind it."""
        text, group = self._scopes.text, scope.group
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
            read = self._years.read(text, hit.start, scope.start, hit.says.unit.value or 1)
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
            read = self._years.read(text, hit.start, group.end, hit.says.unit.value or 1)
            if read is None:
                continue
            if read[1] - group.end > 2 * self._scopes.settings.gap or not self._reaches(scope, read[1]):
                break
            following = self._scopes.next_group(hit.end)
            taken = following < min(scope.end, hit.end + 40) and clear(text, hit.end, following)
            if taken and ")" not in text[hit.end : following]:  # "Java, 3 years of Kotlin"
                break
            scope.use(hit, CueKind.UNIT, read[1])
            return read[0]
        return None

    def _reaches(self, scope: Scope, number: int) -> bool:
        """Whether a number of years behind a group may be its own: none between, or it opens the clause after all."""
        if number <= scope.following:
            return True
        comma = self._scopes.text.rfind(",", scope.group.end, number)
        if comma < 0 or not clear(self._scopes.text, scope.group.end, comma):
            return False
        return self._scopes.next_group(comma) > number
