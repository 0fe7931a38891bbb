"""What a release does to stored records: id by id, and whether an answer would be the same today."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from skillatlas.taxonomy import (
    ConceptKind,
    Differences,
    Graph,
    LabelType,
    NotFoundError,
    Resolution,
    ResolutionStatus,
    Resolver,
    Resolvers,
    Snapshots,
)

from .errors import ImpactError
from .facts import Fact, FactsBetween
from .naming import Names
from .records import ANSWERS, Record, RecordKind

_OWN_SCHEME = "atlas"  # where a catalogue's skills are looked for that are named by a label

_STANDING = frozenset(
    {ResolutionStatus.UNCHANGED, ResolutionStatus.RELABELLED, ResolutionStatus.MOVED, ResolutionStatus.UPDATED}
)
"""The id means what it meant; what else an answer stands on is compared by itself."""


class Outcome(StrEnum):
    """What is to be done about a record; the first that applies."""

    FAULTY = "FAULTY"
    CHOOSE = "CHOOSE"
    ASK_AGAIN = "ASK_AGAIN"
    AUTOMATIC = "AUTOMATIC"
    NAMES = "NAMES"
    UNAFFECTED = "UNAFFECTED"


@dataclass(frozen=True, slots=True)
class JudgedId:
    """An id of a record, where it stands in it, and what became of it."""

    at: tuple[str, ...]
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of a record since `start`: its ids that are not UNCHANGED, and what its answer stands on.

    FAULTY: an id that its release does not have, or a release that there is not (`fault`). CHOOSE: a person has to,
    for an answer the role that it was asked about. ASK_AGAIN: an answer that would, or may, be another now.
    AUTOMATIC: what became of the ids may be applied. NAMES: an answer that shows other names and is the same in
    everything else.
    """

    record: Record
    start: int | None
    outcome: Outcome
    ids: tuple[JudgedId, ...] = ()
    facts: tuple[Fact, ...] = ()
    fault: str | None = None


class Judge:
    """Judges records against one release."""

    def __init__(self, snapshots: Snapshots, resolvers: Resolvers, graph: Graph, *, since: int | None = None) -> None:
        """`since`: the release of records that name none."""
        self._snapshots = snapshots
        self._resolvers = resolvers
        self._graph = graph
        self._since = since
        self._names = Names(graph)
        self._facts: dict[int, FactsBetween] = {}
        self._labels: dict[int, Mapping[str, str]] = {}
        self._resolved: dict[tuple[int, str], Resolution] = {}

    def judge_all(self, records: Iterable[Record]) -> Iterator[Judgement]:
        """What became of each, in their order. One older release at a time is held, however many the records name."""
        listed = list(records)
        self._names.learn(listed)
        found: dict[int, Judgement] = {}
        for place in sorted(range(len(listed)), key=lambda place: self._start(listed[place]) or 0):
            found[place] = self.judge(listed[place])
        return (found[place] for place in range(len(listed)))

    def judge(self, record: Record) -> Judgement:
        """What became of a record. Never raises for what stands in it."""
        start = self._start(record)
        if record.fault is not None:
            return Judgement(record, start, Outcome.FAULTY, fault=record.fault)
        if start is None:
            return Judgement(record, None, Outcome.FAULTY, fault="names no release, and none was given for it")
        try:
            resolver = self._resolver(start)
        except (NotFoundError, ImpactError) as error:
            return Judgement(record, start, Outcome.FAULTY, fault=str(error))
        ids = self._ids(record, resolver)
        facts: tuple[Fact, ...] = ()
        if record.kind in ANSWERS and 0 < start < self._graph.release.number:
            facts = self._answer_facts(record, resolver, ids)
        changed = tuple(one for one in ids if one.resolution.status is not ResolutionStatus.UNCHANGED)
        return Judgement(record, start, self._outcome(record, start, changed, facts), changed, facts)

    def _start(self, record: Record) -> int | None:
        return self._since if record.release is None else record.release

    def _resolver(self, start: int) -> Resolver:
        end = self._graph.release.number
        if start > end:
            raise ImpactError(f"release {start} is after release {end}")
        if not 0 <= start < 2**53:
            raise ImpactError(f"there is no release {start}")
        return self._resolvers.get(self._graph, start)

    def _ids(self, record: Record, resolver: Resolver) -> list[JudgedId]:
        places: dict[str, dict[str, None]] = {}
        for named in self._names.ids(record):
            places.setdefault(named.id, {})[named.at] = None
        return [JudgedId(tuple(at), self._resolve(record, resolver, one)) for one, at in places.items()]

    def _resolve(self, record: Record, resolver: Resolver, asked: str) -> Resolution:
        key = resolver.differences.start, asked
        found = self._resolved.get(key)
        if found is None:
            found = self._resolved[key] = resolver.resolve(asked)
        if found.status is ResolutionStatus.UNKNOWN_ID and record.kind is RecordKind.COURSE and ":" not in asked:
            by_label = self._by_label(resolver).get(asked)
            if by_label is not None:
                return resolver.resolve(by_label)
        return found

    def _by_label(self, resolver: Resolver) -> Mapping[str, str]:
        """Own skills by the preferred labels that they had at the start; two of one label stand for neither."""
        start = resolver.differences.start
        held = self._labels.get(start)
        if held is None:
            found: dict[str, str | None] = {}
            for concept in self._graph.concepts.values():
                if concept.kind is ConceptKind.SKILL and concept.scheme == _OWN_SCHEME:
                    before = resolver.differences.before.get(concept.id, concept)
                    for value in {one.value for one in before.labels if one.type is LabelType.PREFERRED}:
                        found[value] = None if value in found else concept.id
            held = self._labels[start] = {label: one for label, one in found.items() if one is not None}
        return held

    def _answer_facts(self, record: Record, resolver: Resolver, ids: Iterable[JudgedId]) -> tuple[Fact, ...]:
        between = self._between(resolver.differences)
        kind, body = record.kind, record.body
        named = [concept for one in ids if (concept := self._graph.find(one.resolution.id)) is not None]
        skills = [concept.id for concept in named if concept.kind is ConceptKind.SKILL]
        # An answer that found nothing does not say where it looked.
        schemes = sorted({concept.scheme for concept in named} or self._graph.schemes)
        targets = _targets(record)
        # A plan shows only what it teaches; it stands on all that its role needs.
        skills += between.needed(targets or ())
        before = between.before_learning(skills, by_courses=kind in (RecordKind.PLAN, RecordKind.LEARNER))
        facts = [between.prerequisites(before), between.transfers(skills), between.mappings(skills)]
        if kind is RecordKind.EXTRACTION:
            facts = []
        elif kind is RecordKind.TRANSITIONS:
            facts += [between.roles(schemes), between.groups(schemes)]
        else:
            facts += [between.weights(skills), between.courses(before)]
            if targets is None or kind is RecordKind.PLAN:  # a plan also tells which roles its steps unlock
                facts += [between.roles(schemes), between.groups(schemes)]
            facts.append(between.needs(targets or ()))
        # A target that is no role may have been read in a text.
        if kind in (RecordKind.EXTRACTION, RecordKind.DEMAND_GAP) or targets == () or _read_from_text(body):
            facts.append(between.texts(schemes))
        return tuple(fact for fact in facts if fact.ids)

    def _between(self, differences: Differences) -> FactsBetween:
        held = self._facts.get(differences.start)
        if held is None:
            self._facts.clear()  # an older release takes up to 250 MB
            before = self._snapshots.at(differences.start)
            held = self._facts[differences.start] = FactsBetween(before, self._graph, differences)
        return held

    def _outcome(self, record: Record, start: int, changed: Iterable[JudgedId], facts: tuple[Fact, ...]) -> Outcome:
        found = [one.resolution for one in changed]
        if any(one.status is ResolutionStatus.UNKNOWN_ID for one in found):
            return Outcome.FAULTY
        if record.kind not in ANSWERS:
            if any(not one.automatic for one in found):
                return Outcome.CHOOSE
            return Outcome.AUTOMATIC if found else Outcome.UNAFFECTED
        # What an answer found is found anew; what it was asked about has to be chosen again.
        asked = _targets(record) or ()
        if any(one.id in asked and not one.automatic for one in found):
            return Outcome.CHOOSE
        if facts or any(one.status not in _STANDING or one.kind_changed for one in found):
            return Outcome.ASK_AGAIN
        between = self._facts.get(start)
        renamed = between is not None and any(between.renamed(one.id) for one in found)
        return Outcome.NAMES if renamed else Outcome.UNAFFECTED


def _targets(record: Record) -> tuple[str, ...] | None:
    """The roles that an answer is about; none where its target is no role, None where it does not say."""
    body = record.body
    if record.kind in (RecordKind.DEMAND_GAP, RecordKind.EXTRACTION):
        return ()
    if record.kind is RecordKind.COMPARISON:
        found = [row.get("target") for row in body["roles"] if isinstance(row, dict)]
    elif record.kind is RecordKind.LEARNER or "target" not in body:
        return None
    else:
        found = [] if body["target"] is None else [body["target"]]
    ids = [one.get("id") if isinstance(one, dict) else None for one in found]
    return None if None in ids else tuple(str(one) for one in ids)


def _read_from_text(value: object) -> bool:
    """Whether any evidence of an answer was read in a text."""
    if isinstance(value, list):
        return any(map(_read_from_text, value))
    if isinstance(value, dict):
        return value.get("source") == "text" or any(map(_read_from_text, value.values()))
    return False
