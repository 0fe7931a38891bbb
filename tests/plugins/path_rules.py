"""What a sequence of courses brings, by the words of the contract: nothing here uses the planner's own modules."""

from collections.abc import Sequence

from skillatlas.reskilling import Profile, RequiredSkill
from skillatlas.taxonomy import Course, Graph, PrerequisiteKind

HARD, TOGETHER = PrerequisiteKind.HARD, PrerequisiteKind.COREQUISITE

Learnt = dict[str, int]
"""The level that courses have brought each skill to; 9 where a course states none."""


class Rules:
    """What a sequence of courses brings, by the words of the contract."""

    def __init__(self, graph: Graph, profile: Profile, *, respect: bool) -> None:
        self.graph = graph
        self.respect = respect
        self.held: dict[str, int] = {}
        self.unknown_level: set[str] = set()
        for item in profile.named:
            self.held[item.skill_id] = item.level or 2
            if item.level is None:
                self.unknown_level.add(item.skill_id)
        named = set(self.held)
        while True:
            implied = {
                (edge.any_of[0], edge.level)
                for skill in self.held
                for edge in graph.edges.requires.get(skill, ())
                if edge.kind is HARD and len(edge.any_of) == 1 and edge.any_of[0] not in named
            }
            levels: dict[str, int] = {}
            for skill, level in implied:
                levels[skill] = max(levels.get(skill, 0), level or 0)
            new = {**{s: self.held[s] for s in named}, **{s: level or 2 for s, level in levels.items()}}
            self.unknown_level |= {s for s, level in levels.items() if not level}
            self.unknown_level -= {s for s, level in levels.items() if level}
            if new == self.held:
                break
            self.held = new

    def met(self, item: RequiredSkill) -> bool:
        if item.skill_id not in self.held:
            return False
        if item.level is None:
            return True
        return item.skill_id not in self.unknown_level and self.held[item.skill_id] >= item.level

    def take(self, taken: Course, learnt: Learnt) -> Learnt | None:
        """What is learnt after a course; None where it may not be taken."""

        def has(skill: str, level: int | None, *more: dict[str, int]) -> bool:
            return any(source.get(skill, 0) >= (level or 1) for source in (self.held, learnt, *more))

        brings = {item.skill: 9 if item.level is None else item.level for item in taken.teaches}
        while self.respect:
            lost = [
                skill
                for skill in brings
                for edge in self.graph.edges.requires.get(skill, ())
                if edge.kind is HARD and not any(has(option, edge.level, brings) for option in edge.any_of)
            ]
            if not lost:
                break
            brings = {skill: level for skill, level in brings.items() if skill not in lost}
        for rule in taken.assumes:
            if rule.kind in (HARD, TOGETHER):
                more = (brings,) if rule.kind is TOGETHER else ()
                if not any(has(option.skill, option.level, *more) for option in rule.any_of):
                    return None
        return {skill: max(learnt.get(skill, 0), brings.get(skill, 0)) for skill in learnt.keys() | brings.keys()}

    def run(self, sequence: Sequence[Course]) -> Learnt | None:
        learnt: Learnt | None = {}
        for taken in sequence:
            assert learnt is not None
            learnt = self.take(taken, learnt)
            if learnt is None:
                return None
        return learnt

    def learns(self, learnt: Learnt, item: RequiredSkill) -> bool:
        """Whether courses have met a requirement."""
        return learnt.get(item.skill_id, 0) >= (item.level or 1)
