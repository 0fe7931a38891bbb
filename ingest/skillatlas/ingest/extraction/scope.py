"""A list of skills in its sentence, with the cues to either side: where all reading rules look."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from .matcher import CueHit
from .page import Page, Sentences
from .series import Group, clear
from .settings import ExtractionSettings


@dataclass(slots=True)
class Scope:
    """A group in its sentence; all places are folded. Rules note the cues that they went by in `used`."""

    group: Group
    start: int
    end: int
    before: list[CueHit]  # nearest first
    after: list[CueHit]
    previous: int  # end of the group before, or the sentence's start
    following: int  # start of the group after, or the sentence's end
    used: list[tuple[str, int, int]] = field(default_factory=list)

    def use(self, hit: CueHit, kind: str, start: int | None = None) -> None:
        """Note that a cue was gone by; `start`: where what was read begins, if before the cue."""
        self.used.append((kind, hit.start if start is None else start, hit.end))


class Scopes:
    """Makes the scopes of one page's groups."""

    def __init__(self, page: Page, groups: Sequence[Group], sentences: Sentences, settings: ExtractionSettings) -> None:
        self.page = page
        self.text = page.folded.text
        self.groups = groups
        self.settings = settings
        self._starts = [group.start for group in groups]
        self._sentences = sentences

    def next_group(self, place: int) -> int:
        """Where the next group begins, the end of the text if there is none."""
        number = bisect_left(self._starts, place)
        return self._starts[number] if number < len(self._starts) else len(self.text)

    def of(self, group: Group, number: int, member: tuple[int, int]) -> Scope:
        """The scope of one member (a range) of the group with this number."""
        start, end = self._sentences.around(member[0])
        most = self.settings.cues_each_side
        previous = self.groups[number - 1].end if number else 0
        following = self.groups[number + 1].start if number + 1 < len(self.groups) else len(self.text)
        before = self.page.hits_before(group.start, max(start, group.start - self.settings.context), most)
        after = self.page.hits_after(group.end, min(max(end, group.end), group.end + self.settings.context), most)
        if member[0] < group.tail:
            # "Strong Java, Kotlin a plus": what follows a list that no conjunction closes is said of its last member,
            # and of "Java and Kotlin, Docker is a plus" of what follows the comma.
            after = [] if group.conjunction else [hit for hit in after if hit.says.copula]
        elif group.start < group.tail and self._preferred(group.end, after):
            group, before = group._replace(start=group.tail), []
        return Scope(group, start, end, before, after, max(previous, start), min(following, max(end, group.end)))

    def _preferred(self, end: int, after: Sequence[CueHit]) -> bool:
        """Whether a clause of its own ends in a wish: what was said before it does not hold for it."""
        for hit in after[:3]:
            if hit.says.contrast or not clear(self.text, end, hit.start):
                return False
            if hit.says.preferred is not None and hit.says.preferred.after:
                return True
        return False
