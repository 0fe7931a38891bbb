"""A gap's figures worked out a second time, from the lines of a dump alone: no code of the analyses is used here.

For a profile that names one role once held, or a list of skills, against a role; what the rules say is written out
anew. For tests and benchmarks.
"""

import json
import math
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skillatlas.reskilling import SkillGap

STATUSES = ("met", "level_gap", "level_unknown", "transferable", "unknown", "missing")


@dataclass
class Dump:
    """What the lines of a dump say of roles, skills and what joins them."""

    active: set[str] = field(default_factory=set)
    roles: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    needs: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    needed_by: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    hard: dict[str, list[tuple[str, int | None]]] = field(default_factory=lambda: defaultdict(list))
    eases: dict[str, list[tuple[str, float]]] = field(default_factory=lambda: defaultdict(list))
    taught: dict[str, list[tuple[float, int | None]]] = field(default_factory=lambda: defaultdict(list))
    scheme: dict[str, str] = field(default_factory=dict)


def read_dump(lines: Iterable[bytes]) -> Dump:
    """The dump of a release; edges come after the concepts."""
    dump = Dump()
    for line in lines:
        row = json.loads(line)
        kind, entity = row["entityType"], row["entity"]
        if kind == "CONCEPT":
            dump.scheme[entity["id"]] = entity["scheme"]
            if entity["status"] == "ACTIVE":
                dump.active.add(entity["id"])
                if entity["kind"] == "ROLE":
                    dump.roles[entity["scheme"]].add(entity["id"])
        elif kind == "EDGE":
            _edge(dump, entity)
        elif kind == "COURSE":
            for taught in entity["teaches"]:
                dump.taught[taught["skill"]].append((entity["hours"], taught["level"]))
    return dump


def _edge(dump: Dump, entity: Mapping[str, Any]) -> None:
    start, ends = entity["from"], entity["to"]
    if entity["type"] == "NEEDS":
        if ends[0] in dump.active:
            dump.needs[start].append(dict(entity))
        if start in dump.active and dump.scheme[start] == dump.scheme[ends[0]]:
            dump.needed_by[ends[0]].add(start)
    elif entity["type"] == "REQUIRES" and entity["kind"] == "HARD" and len(ends) == 1 and ends[0] in dump.active:
        dump.hard[start].append((ends[0], entity["level"]))
    elif entity["type"] == "EASES":
        dump.eases[ends[0]].append((start, entity["transfer"]))


@dataclass
class Figures:
    """What a gap must say: the four readinesses, counts by necessity, and a row a skill."""

    readiness: float | None
    strict: float | None
    low: float | None
    high: float | None
    known_share: float | None
    counts: dict[str, dict[str, int]]
    rows: dict[str, dict[str, Any]]


def held_after_role(dump: Dump, role: str) -> dict[str, int | None]:
    """Skills and levels of one who held a role: its essential needs, and what these cannot be without."""
    held = {need["to"][0]: need["level"] for need in dump.needs[role] if need["necessity"] == "ESSENTIAL"}
    implied: dict[str, int] = {}
    queue, seen = list(held), set(held)
    while queue:
        for needed, level in dump.hard.get(queue.pop(), ()):
            implied[needed] = max(implied.get(needed, 0), level or 0)
            if needed not in seen:
                seen.add(needed)
                queue.append(needed)
    return {**{skill: level or None for skill, level in implied.items()}, **held}


def figures(dump: Dump, held: Mapping[str, int | None], target: str) -> Figures:
    """A profile of sure evidence, not complete, against a role."""
    rows: dict[str, dict[str, Any]] = {}
    counts: dict[str, dict[str, int]] = {name: defaultdict(int) for name in ("ESSENTIAL", "OPTIONAL")}
    for need in dump.needs[target]:
        skill, wanted = need["to"][0], need["level"]
        roles = len(dump.roles[dump.scheme[skill]])
        weight = 1.0 if need["necessity"] == "ESSENTIAL" else 0.4
        if need["importance"] is not None:
            weight *= need["importance"] / 100
        weight *= 1 + math.log((1 + roles) / (1 + len(dump.needed_by[skill])))
        carried = max((t for start, t in dump.eases.get(skill, ()) if start in held and t >= 0.2), default=0.0) / 2
        status, direct, low, high = "UNKNOWN", 0.0, 0.0, 1.0
        if skill in held:
            level = held[skill]
            direct = 1.0 if wanted is None else min(1.0, (level or 2) / wanted)
            low = 1.0 if wanted is None else min(1.0, (level or 1) / wanted)
            enough = wanted is None or (level is not None and level >= wanted)
            status = "MET" if enough else "LEVEL_UNKNOWN" if level is None else "LEVEL_GAP"
            high = 1.0 if status != "LEVEL_GAP" else max(carried, direct)
        elif carried > 0.0:
            status = "TRANSFERABLE"
        credit = max(direct, carried)
        counts[need["necessity"]][status] += 1
        rows[skill] = {"status": status, "weight": weight, "credit": credit, "strict": direct, "low": low, "high": high}
    total = math.fsum(row["weight"] for row in rows.values())

    def share(name: str) -> float | None:
        return math.fsum(row["weight"] * row[name] for row in rows.values()) / total if total > 0 else None

    for row in rows.values():
        row["contribution"] = row["weight"] * row["credit"] / total
    known = sum(skill in held for skill in rows) / len(rows) if rows else None
    return Figures(
        share("credit"),
        share("strict"),
        share("low"),
        share("high"),
        known,
        {name: dict(found) for name, found in counts.items()},
        rows,
    )


def pairs(dump: Dump, scheme: str, count: int, seed: int) -> list[tuple[str, str]]:
    """Random pairs of different active roles of a scheme, the same in every run."""
    roles = sorted(dump.roles[scheme])
    chance = random.Random(seed)
    return [(first, second) for first, second in (chance.sample(roles, 2) for _ in range(count))]


def near_pairs(dump: Dump, scheme: str, count: int, seed: int) -> list[tuple[str, str]]:
    """Random pairs of roles that need a skill in common: of two drawn at random few do."""
    roles = sorted(role for role in dump.roles[scheme] if dump.needs[role])
    chance = random.Random(seed)
    found: list[tuple[str, str]] = []
    while len(found) < count:
        first = chance.choice(roles)
        skill = chance.choice(sorted(need["to"][0] for need in dump.needs[first]))
        second = chance.choice(sorted(dump.needed_by[skill]))
        if first != second:
            found.append((first, second))
    return found


def differences(gap: "SkillGap", expected: Figures) -> Iterator[str]:
    """Where a gap does not say what the second working-out says; nothing where all agrees."""
    found = (gap.readiness, gap.readiness_strict, gap.readiness_low, gap.readiness_high, gap.known_share)
    wanted = (expected.readiness, expected.strict, expected.low, expected.high, expected.known_share)
    for name, ours, other in zip(("readiness", "strict", "low", "high", "known"), found, wanted, strict=True):
        if ours is None or other is None:
            if ours is not other:
                yield f"{name}: {ours} {other}"
        elif not math.isclose(ours, other, rel_tol=0, abs_tol=1e-9):
            yield f"{name}: {ours} {other}"
    if {entry.skill_id for entry in gap.entries} != set(expected.rows):
        yield "the skills required"
    for entry in gap.entries:
        row = expected.rows[entry.skill_id]
        if entry.status != row["status"]:
            yield f"{entry.skill_id}: {entry.status} {row['status']}"
        for name, value in (("weight", entry.weight), ("credit", entry.credit), ("contribution", entry.contribution)):
            if not math.isclose(value, row[name], rel_tol=0, abs_tol=1e-9):
                yield f"{entry.skill_id} {name}: {value} {row[name]}"
    for share, necessity in ((gap.essential, "ESSENTIAL"), (gap.optional, "OPTIONAL")):
        counted = {name.upper(): getattr(share, name) for name in STATUSES if getattr(share, name)}
        if counted != expected.counts[necessity]:
            yield f"{necessity}: {counted} {expected.counts[necessity]}"
    if gap.readiness is not None:
        summed = math.fsum(entry.contribution for entry in gap.entries)
        if not math.isclose(summed, gap.readiness, rel_tol=0, abs_tol=1e-9):
            yield f"contributions add up to {summed}, not {gap.readiness}"
