"""Whether a stored answer would be another now: what is called unaffected is answered the same again."""

import dataclasses
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api_graphs import concept, publish_entities, small_graph
from asking import Api
from histories import put, removal
from skillatlas.service.cli.gap_queries import COMPARISON, GAP
from skillatlas.service.cli.questions import PATHS
from skillatlas.service.impact import FactKind, Judge, Judgement, Outcome, find_records
from skillatlas.taxonomy import (
    Broader,
    Concept,
    ConceptKind,
    ConceptStatus,
    Course,
    CourseClause,
    Eases,
    Entity,
    MappingPredicate,
    MapsTo,
    Money,
    Necessity,
    Needs,
    Replacement,
    ReplacementKind,
    Requires,
    SkillAtLevel,
    TaughtSkill,
    open_store,
    publish,
)

SKILL, ROLE = ConceptKind.SKILL, ConceptKind.ROLE
ANALYST = "atlas:role.data-analyst"
TRANSITIONS = """query($input: RoleTransitionsInput!) { roleTransitions(input: $input) {
  id release threshold { name number } transitions { role { id label } similarity viable missing { id label }
  counterfactual { id } essential { required met missing } } } }"""
PROFILE = {"skills": [{"skillId": "atlas:sql", "level": 2}, {"skillId": "atlas:pandas"}]}
QUESTIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "skillGap": (GAP, {"input": {"profile": PROFILE, "target": {"roleId": ANALYST}}, "more": True}),
    "ofText": (
        GAP.replace("skillGap(", "ofText: skillGap("),
        {"input": {"profile": {"text": "Skills: SQL, polars"}, "target": {"roleId": ANALYST}}, "more": True},
    ),
    "ofSkills": (
        GAP.replace("skillGap(", "ofSkills: skillGap("),
        {"input": {"profile": PROFILE, "target": {"skills": [{"skillId": "atlas:statistics"}]}}, "more": False},
    ),
    "learningPaths": (PATHS, {"input": {"profile": PROFILE, "target": {"roleId": ANALYST}}, "more": True}),
    "compareRoles": (COMPARISON, {"profile": PROFILE, "roles": [ANALYST, "atlas:role.idle"]}),
    "roleTransitions": (TRANSITIONS, {"input": {"profile": {"roleIds": [ANALYST]}}}),
}


def need(role: str, skill: str, **more: Any) -> Needs:
    return Needs(from_id=f"atlas:{role}", to_id=f"atlas:{skill}", necessity=Necessity.ESSENTIAL, **more)


def found(concept_id: str) -> Concept:
    return next(one for one in small_graph() if isinstance(one, Concept) and one.id == concept_id)


def course(local: str) -> Course:
    return next(one for one in small_graph() if isinstance(one, Course) and one.id == f"demo:{local}")


def in_group(local: str) -> Broader:
    return Broader(from_id=f"atlas:{local}", to_id="atlas:roles.analysts")


GONE = Replacement(ReplacementKind.MERGED, ("atlas:python",), "one is enough")
EDITS: dict[str, list[Entity]] = {
    "a name that no answer shows": [concept("atlas:cpp", SKILL, "C plus plus")],
    "a name that answers show": [concept("atlas:sql", SKILL, "SQL queries", "结构化查询语言")],
    "a definition": [dataclasses.replace(found("atlas:statistics"), definitions={"en": "Counting."})],
    "an alternative name": [concept("atlas:pandas", SKILL, "pandas", alt=["pandas library", "python pandas"])],
    "another group": [Broader(from_id="atlas:polars", to_id="atlas:group.languages", primary=False)],
    "a role more": [concept("atlas:role.tester", ROLE, "tester"), in_group("role.tester"), need("role.tester", "cpp")],
    "a role that needs the same": [need("role.idle", "sql", importance=50.0)],
    "another level": [need("role.data-analyst", "statistics", level=4)],
    "another prerequisite": [Requires(from_id="atlas:statistics", any_of=("atlas:cpp",), level=1)],
    "a prerequisite of what nobody needs": [Requires(from_id="atlas:cpp", any_of=("atlas:machine-learning",))],
    "another transfer": [Eases(from_id="atlas:pandas", to_id="atlas:polars", transfer=0.4)],
    "a transfer to what nobody needs": [Eases(from_id="atlas:cpp", to_id="atlas:machine-learning", transfer=0.9)],
    "a mapping": [
        MapsTo(
            from_id="atlas:sql",
            to_id="onet:tech.Python",
            predicate=MappingPredicate.CLOSE,
            iri="https://w3id.org/skillatlas/onet/tech.Python",
        )
    ],
    "another price": [dataclasses.replace(course("stats-1"), price=Money(200.0, "EUR"))],
    "a shorter course": [
        Course(
            id="demo:stats-2",
            catalogue="demo",
            title="Statistics in a day",
            hours=8.0,
            teaches=(TaughtSkill("atlas:statistics", 4),),
            assumes=(CourseClause((SkillAtLevel("atlas:sql", 1),)),),
        )
    ],
    "a course in what nobody needs": [
        Course(id="demo:cpp-1", catalogue="demo", title="C++", hours=1.0, teaches=(TaughtSkill("atlas:cpp", 3),))
    ],
    "a skill more": [concept("atlas:r", SKILL, "polars engineering")],
    "a skill less that nobody holds": [
        concept("atlas:cpp", SKILL, "C plus plus", status=ConceptStatus.DEPRECATED, replacement=GONE)
    ],
    "another job zone": [dataclasses.replace(found("atlas:role.idle"), data={"jobZone": 2})],
}
# What may not stay when cpp goes.
REMOVED: dict[str, list[Entity]] = {
    "a skill less that nobody holds": [
        need("role.tester", "cpp"),
        Requires(from_id="atlas:statistics", any_of=("atlas:cpp",), level=1),
    ]
}


@pytest.fixture
def api(tmp_path: Path) -> Iterator[Api]:
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    publish_entities(store, small_graph())
    yield Api.over(store)
    store.close()


def ask(api: Api) -> dict[str, Any]:
    return {name: api.ask(query, lang="en", **asked)[name] for name, (query, asked) in QUESTIONS.items()}


def same(answer: Any, again: Any, *, names: bool) -> bool:
    """But for its own id and release, and for what people read if `names`."""
    left_out = {"id", "release"} if names else {"id", "release", "label", "explanation", "text", "why", "detail"}

    def bare(value: Any, top: bool = True) -> Any:
        if isinstance(value, list):
            return [bare(item, False) for item in value]
        if isinstance(value, dict):
            # Only answers have both: the ids of concepts are compared.
            own = left_out if top or "readiness" in value else left_out - {"id", "release"}
            return {key: bare(inner, False) for key, inner in value.items() if key not in own}
        return value

    return bool(bare(answer) == bare(again))


def test_what_is_unaffected_is_answered_the_same(api: Api) -> None:
    seen: Counter[tuple[Outcome, bool]] = Counter()
    facts: set[FactKind] = set()
    for what, entities in EDITS.items():
        before = ask(api)
        with api.store.writer() as writer:
            writer.edit([*map(put, entities), *map(removal, REMOVED.get(what, []))])
        assert publish(api.store).release is not None, what
        graph = api.context.snapshots.refresh()
        after = ask(api)
        records = [one for one in find_records({"data": before}, "saved.json") if "data" in one.place]
        assert len(records) == len(QUESTIONS)
        judgements = list(Judge(api.context.snapshots, api.context.resolvers, graph).judge_all(records))
        for judgement in judgements:
            name = judgement.record.place.removeprefix("data.")
            equal = same(before[name], after[name], names=True)
            seen[judgement.outcome, equal] += 1
            facts |= {fact.kind for fact in judgement.facts}
            if judgement.outcome is Outcome.UNAFFECTED:
                assert equal, (what, name, before[name], after[name])
            if judgement.outcome is Outcome.NAMES:
                assert same(before[name], after[name], names=False), (what, name)
    assert facts == set(FactKind)
    assert {outcome for outcome, _ in seen} == {Outcome.UNAFFECTED, Outcome.NAMES, Outcome.ASK_AGAIN}
    # It may cry wolf, but in so small a graph, where all hangs together, no oftener than not.
    assert seen[Outcome.ASK_AGAIN, False] >= seen[Outcome.ASK_AGAIN, True], seen
    assert seen[Outcome.UNAFFECTED, True] > 25, seen


def judged(api: Api, saved: Any, *, since: int | None = None, to: int | None = None) -> list[Judgement]:
    api.context.snapshots.refresh()
    graph = api.context.snapshots.at(to)
    judge = Judge(api.context.snapshots, api.context.resolvers, graph, since=since)
    return list(judge.judge_all(find_records(json.loads(json.dumps(saved)), "saved.json")))


def test_a_target_that_was_split_has_to_be_chosen(api: Api) -> None:
    saved = ask(api)
    parts = ("atlas:role.reporting-analyst", "atlas:role.product-analyst")
    split = Replacement(ReplacementKind.SPLIT, tuple(sorted(parts)))
    entities: list[Entity] = [concept(one, ROLE, one) for one in parts]
    entities += [in_group(one.removeprefix("atlas:")) for one in parts]
    role = dataclasses.replace(found(ANALYST), status=ConceptStatus.DEPRECATED, replacement=split)
    publish_entities(api.store, [*entities, role])
    outcomes = {one.record.place: one.outcome for one in judged(api, saved)}
    assert outcomes["skillGap"] is Outcome.CHOOSE
    assert outcomes["learningPaths"] is Outcome.CHOOSE
    assert outcomes["roleTransitions"] is Outcome.ASK_AGAIN


def test_releases_that_cannot_be_compared_are_told(api: Api) -> None:
    gap = ask(api)["skillGap"]
    publish_entities(api.store, EDITS["another price"])
    (of_nine,) = judged(api, {**gap, "release": 9})
    assert (of_nine.outcome, of_nine.fault) == (Outcome.FAULTY, "release 9 is after release 2")
    (later,) = judged(api, {**gap, "release": 2}, to=1)
    assert (later.outcome, later.fault) == (Outcome.FAULTY, "release 2 is after release 1")
    (negative,) = judged(api, {**gap, "release": -1})
    assert (negative.outcome, negative.fault) == (Outcome.FAULTY, "there is no release -1")
    (nameless,) = judged(api, {"skill": "atlas:sql"})
    assert nameless.outcome is Outcome.FAULTY
    assert [one.outcome for one in judged(api, {**gap, "release": 2})] == [Outcome.UNAFFECTED]
    (empty,) = judged(api, {"skill": "atlas:sql"}, since=0)
    assert empty.outcome is Outcome.FAULTY
