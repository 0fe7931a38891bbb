"""Resolving: what became of a stored id since the release that it was stored under."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from .differences import Differences
from .following import successors
from .graph import Graph
from .model import Concept, LabelType


class ResolutionStatus(StrEnum):
    """What became of an id; the first that applies, in the order of `resolve`."""

    UNCHANGED = "UNCHANGED"
    RELABELLED = "RELABELLED"
    MOVED = "MOVED"
    UPDATED = "UPDATED"
    REPLACED = "REPLACED"
    SPLIT_CHOOSE = "SPLIT_CHOOSE"
    RETIRED = "RETIRED"
    UNKNOWN_ID = "UNKNOWN_ID"


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of `id`, as it was asked. `candidates` are active: the concept itself, or what came after it.

    `automatic`: a client may apply it without a person choosing. `kind_changed`: the concept, or the one candidate
    that replaced it, is of another kind than it was.
    """

    id: str
    status: ResolutionStatus
    candidates: tuple[Concept, ...]
    automatic: bool
    kind_changed: bool
    detail: str


class Resolver:
    """Resolves ids from the release `differences.start` to the release of `graph`, which is `differences.end`."""

    def __init__(self, graph: Graph, differences: Differences) -> None:
        self.graph = graph
        self.differences = differences
        self._followed: dict[str, frozenset[str]] = {}

    def resolve(self, asked: str) -> Resolution:
        """What became of a compact id or full IRI; the first status that holds, in the order of the contract.

        UNKNOWN_ID, RETIRED, SPLIT_CHOOSE, REPLACED, MOVED, RELABELLED, UPDATED, UNCHANGED. Never raises: an id that
        never was, or is none, is UNKNOWN_ID. The id of a course is UNCHANGED, UPDATED, or RETIRED where its catalogue
        has it no more; it has no candidates.
        """
        now = self.graph.find(asked)
        if now is None and (asked in self.graph.courses or asked in self.differences.courses):
            return self._course(asked)
        start, end = self.differences.start, self.differences.end
        if now is None or start == 0 or now.id in self.differences.created:
            detail = f"release {start} has no such concept" if start else "the empty release has no concept"
            if now is not None and start:
                detail += f"; it came after, up to release {end}"
            return Resolution(asked, ResolutionStatus.UNKNOWN_ID, (), False, False, detail)
        before = self.differences.before.get(now.id, now)
        if not now.active:
            return self.follow(asked, before, now)
        return self._active(asked, before, now)

    def resolve_all(self, asked: Iterable[str]) -> Iterator[Resolution]:
        """Resolve ids in the order asked, each as often as it stands there."""
        found: dict[str, Resolution] = {}  # what people store repeats: 100,000 ids are of some thousand concepts
        for one in asked:
            held = found.get(one)
            if held is None:
                held = found[one] = self.resolve(one)
            yield held

    def _course(self, asked: str) -> Resolution:
        start, end = self.differences.start, self.differences.end
        stands, stood = asked in self.graph.courses, self.differences.courses.get(asked)
        if stood is False:
            came = f"; it came after, up to release {end}" if stands else ""
            return Resolution(
                asked, ResolutionStatus.UNKNOWN_ID, (), False, False, f"release {start} has no such course{came}"
            )
        if not stands:
            return Resolution(
                asked, ResolutionStatus.RETIRED, (), False, False, "its catalogue has this course no more"
            )
        if stood is None:
            return Resolution(asked, ResolutionStatus.UNCHANGED, (), True, False, "as it was")
        return Resolution(asked, ResolutionStatus.UPDATED, (), True, False, "the course changed")

    def follow(self, asked: str, before: Concept, now: Concept) -> Resolution:
        """What came after a concept that is deprecated `now`; `before` is what it was when it was stored."""
        found = successors(self.graph.concepts, now)
        reason = now.replacement.reason if now.replacement else None
        because = f" ({reason})" if reason else ""
        if not found.concepts:
            why = "its replacements lead in a circle" if found.cycle else "nothing follows it"
            return Resolution(asked, ResolutionStatus.RETIRED, (), False, False, f"deprecated; {why}{because}")
        ids = ", ".join(concept.id for concept in found.concepts)
        if found.choice:
            detail = f"split; choose among {ids}{because}"
            return Resolution(asked, ResolutionStatus.SPLIT_CHOOSE, found.concepts, False, False, detail)
        turned = found.concepts[0].kind is not before.kind
        detail = f"replaced by {ids}{because}"
        if turned:
            detail += f"; the kind was {before.kind} and is {found.concepts[0].kind}"
        return Resolution(asked, ResolutionStatus.REPLACED, found.concepts, not turned, turned, detail)

    def _active(self, asked: str, before: Concept, now: Concept) -> Resolution:
        turned = before.kind is not now.kind
        parts: list[tuple[ResolutionStatus, str]] = []
        if move := self._move(now.id):
            parts.append((ResolutionStatus.MOVED, move))
        if relabelled := _relabelled(before, now):
            parts.append((ResolutionStatus.RELABELLED, relabelled))
        if updated := self._updated(before, now):
            parts.append((ResolutionStatus.UPDATED, updated))
        status = parts[0][0] if parts else ResolutionStatus.UNCHANGED
        detail = "; ".join(text for _status, text in parts) or "as it was"
        automatic = status is not ResolutionStatus.UPDATED or not turned
        return Resolution(asked, status, (now,), automatic, turned, detail)

    def _move(self, concept_id: str) -> str | None:
        """Which parents differ, after replacements are followed; None if they are the same."""
        edges = self.differences.parents.get(concept_id)
        if edges is None:
            return None
        now = {parent.id for parent in self.graph.broader(concept_id)}
        was = {parent for parent in now if parent not in edges} | {parent for parent, stood in edges.items() if stood}
        followed = {parent: self._follow(parent) for parent in was}
        left = sorted(parent for parent in was if not followed[parent] & now)
        came = sorted(now - frozenset().union(*followed.values()))
        if not left and not came:
            return None
        return f"moved from {', '.join(left) or 'no other'} to {', '.join(came) or 'no other'}"

    def _follow(self, concept_id: str) -> frozenset[str]:
        """The active concepts that a parent has become."""
        found = self._followed.get(concept_id)
        if found is None:
            concept = self.graph.concepts.get(concept_id)
            after: tuple[Concept, ...] = ()
            if concept is not None:
                after = (concept,) if concept.active else successors(self.graph.concepts, concept).concepts
            found = self._followed[concept_id] = frozenset(item.id for item in after)
        return found

    def _updated(self, before: Concept, now: Concept) -> str | None:
        parts = []
        if before.kind is not now.kind:
            parts.append(f"the kind was {before.kind} and is {now.kind}")
        if not before.active:
            parts.append("restored")
        if before.labels != now.labels and not _relabelled(before, now):
            parts.append("other labels changed")
        if before.definitions != now.definitions:
            parts.append("the definition changed")
        if (before.skill_type, before.data, before.uri) != (now.skill_type, now.data, now.uri):
            parts.append("its type or data changed")
        if now.id in self.differences.edges:
            parts.append("relations from it changed")
        return "; ".join(parts) or None


def _relabelled(before: Concept, now: Concept) -> str | None:
    """Which preferred labels differ; None if none does."""
    if before.labels == now.labels:
        return None
    was, are = _preferred(before), _preferred(now)
    tags = sorted(tag for tag in was.keys() | are.keys() if was.get(tag) != are.get(tag))
    if not tags:
        return None
    texts = (f"{was.get(tag) or 'none'!r} to {are.get(tag) or 'none'!r} ({tag})" for tag in tags)
    return "preferred label changed from " + ", ".join(texts)


def _preferred(concept: Concept) -> dict[str, str]:
    return {label.lang: label.value for label in concept.labels if label.type is LabelType.PREFERRED}
