"""Questions: each narrows the range whatever the answer, and an answer's figures are those of the gap with it."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reskilling_graphs import build_graph, need, requires, role, skills
from skillatlas.reskilling import (
    EvidenceItem,
    GapQuestion,
    Profile,
    QuestionKind,
    RequiredSkill,
    Target,
    answer_text,
    gap_questions,
    question_text,
    read_standing,
    skill_gap,
    with_answer,
)
from skillatlas.taxonomy import Eases, Edge, Graph, MappingPredicate, MapsTo, Necessity

ROLE = "atlas:role.r"
TARGET = Target(role_id=ROLE)


def ask(graph: Graph, profile: Profile, target: Target = TARGET, first: int = 10) -> tuple[GapQuestion, ...]:
    return gap_questions(read_standing(graph, profile, target), first)


@pytest.fixture
def graph() -> Graph:
    edges: list[Edge] = [
        need(ROLE, "atlas:a", 3),
        need(ROLE, "atlas:b"),
        need(ROLE, "atlas:c", 2, optional=True),
        need(ROLE, "atlas:d", 4),
        requires("atlas:d", "atlas:c", level=2),
        Eases(from_id="atlas:b", to_id="atlas:a", transfer=0.8),
    ]
    return build_graph([*skills(*"abcd"), role(ROLE)], edges)


def test_what_is_not_known_is_asked_best_first(graph: Graph) -> None:
    found = ask(graph, Profile())
    assert [question.narrows for question in found] == sorted((q.narrows for q in found), reverse=True)
    assert {question.kind for question in found} == {QuestionKind.HELD}
    by_id = {question.skill_id[-1]: question for question in found}
    assert set(by_id) == set("abcd")
    assert [(answer.holds, answer.level) for answer in by_id["b"].answers] == [(False, None), (True, None)]
    assert [answer.level for answer in by_id["a"].answers] == [None, 1, 2, 3, 4, 5]
    assert ask(graph, Profile(), first=2) == found[:2]
    assert ask(graph, Profile(), first=0) == ()


def test_a_broad_skill_narrows_what_it_implies_too(graph: Graph) -> None:
    (d,) = (question for question in ask(graph, Profile()) if question.skill_id == "atlas:d")
    denied, *held = d.answers
    # d implies c at the level required of it: with d held, c is no longer open.
    gap = skill_gap(graph, Profile(named=(EvidenceItem("atlas:d", 4),)), TARGET)
    assert next(entry for entry in gap.entries if entry.skill_id == "atlas:c").credit == 1
    assert held[3].readiness_high - held[3].readiness_low < denied.readiness_high - denied.readiness_low


def test_a_level_is_asked_where_only_it_is_not_known(graph: Graph) -> None:
    profile = Profile(named=(EvidenceItem("atlas:a"), EvidenceItem("atlas:d", 4)), complete=True)
    (question,) = ask(graph, profile)
    assert (question.skill_id, question.kind, question.required_level) == ("atlas:a", QuestionKind.LEVEL, 3)
    assert [answer.level for answer in question.answers] == [1, 2, 3, 4, 5]
    assert all(answer.holds for answer in question.answers)


def test_what_is_read_unsurely_is_asked(graph: Graph) -> None:
    unsure = Profile(text=(EvidenceItem("atlas:b", None, 0.7, "text"),), complete=True)
    assert [question.skill_id for question in ask(graph, unsure)] == ["atlas:b"]
    denied = Profile(
        text_not_held=(EvidenceItem("atlas:b", None, 0.7, "text"),),
        not_held=frozenset({"atlas:a", "atlas:c", "atlas:d"}),
    )
    assert [question.skill_id for question in ask(graph, denied)] == ["atlas:b"]


def test_nothing_open_is_nothing_to_ask(graph: Graph) -> None:
    assert ask(graph, Profile(complete=True)) == ()
    assert ask(graph, Profile(), Target(skills=())) == ()
    assert ask(graph, Profile(), Target(skills=(RequiredSkill("atlas:a", importance=0),))) == ()


def test_a_question_that_could_widen_the_range_is_not_asked() -> None:
    # Whoever has y could use it for x, which is ruled out: the most that x can be rises with it.
    edges: list[Edge] = [Eases(from_id="atlas:y", to_id="atlas:x", transfer=1.0)]
    target = Target(skills=(RequiredSkill("atlas:x"), RequiredSkill("atlas:y", None, Necessity.OPTIONAL, 10)))
    profile = Profile(not_held=frozenset({"atlas:x"}))
    assert ask(build_graph(skills("x", "y"), edges), profile, target) == ()
    assert len(ask(build_graph(skills("x", "y")), profile, target)) == 1


def test_a_profile_at_its_limit_can_be_asked() -> None:
    names = [f"n{number}" for number in range(500)]
    graph = build_graph(skills(*names, "x", "y"), [requires("atlas:x", "atlas:y")])
    full = Profile(not_held=frozenset(f"atlas:{name}" for name in names))
    assert len(ask(graph, full, Target(skills=(RequiredSkill("atlas:x"),)))) == 1


def test_questions_in_words(graph: Graph) -> None:
    held = next(q for q in ask(graph, Profile()) if q.skill_id == "atlas:b")
    level = next(q for q in ask(graph, Profile(named=(EvidenceItem("atlas:a"),))) if q.kind is QuestionKind.LEVEL)
    assert question_text(graph, held) == "Do you have b?"
    assert question_text(graph, level) == "At which level do you have a? Level 3 is asked for."
    assert question_text(graph, held, "zh-CN") == "您具备b吗？"
    assert [answer_text(answer) for answer in held.answers] == ["no", "yes"]
    assert [answer_text(answer, "zh")[0] for answer in level.answers] == list("12345")


def test_answers_replace_what_was_said_before() -> None:
    graph = build_graph(skills("a", "b"))
    said = Profile(named=(EvidenceItem("https://example.org/atlas/a", 2, 0.6), EvidenceItem("atlas:b")))
    denied = with_answer(graph, said, "atlas:a", holds=False)
    assert (denied.named, denied.not_held) == ((EvidenceItem("atlas:b"),), frozenset({"atlas:a"}))
    again = with_answer(graph, denied, "atlas:a", holds=True, level=3)
    assert (again.named[-1], again.not_held) == (EvidenceItem("atlas:a", 3), frozenset())


# -- against the gap itself ------------------------------------------------------------------------------

IDS = [f"atlas:s{n}" for n in range(7)]
OTHERS = [f"esco:t{n}" for n in range(3)]
LEVELS = st.none() | st.integers(1, 5)
CONFIDENCES = st.sampled_from([0.2, 0.5, 0.8, 0.95, 1.0])


@st.composite
def questions(draw: st.DrawFn) -> tuple[Graph, Profile, Target]:
    every = IDS + OTHERS
    edges: list[Edge] = []
    pairs = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda pair: pair[0] != pair[1])
    for start, end in sorted(draw(st.sets(pairs, max_size=5))):
        edges.append(requires(start, end, level=draw(LEVELS)))  # cycles included
    for start, end in sorted(draw(st.sets(pairs, max_size=5))):
        edges.append(Eases(from_id=start, to_id=end, transfer=draw(st.sampled_from([0.2, 0.6, 1.0]))))
    mappings = st.tuples(st.sampled_from(OTHERS), st.sampled_from(IDS), st.sampled_from(["EXACT", "CLOSE"]))
    for start, end, predicate in sorted(draw(st.sets(mappings, max_size=4))):
        iri = f"https://example.org/{end.replace(':', '/')}"
        edges.append(MapsTo(from_id=start, to_id=end, predicate=MappingPredicate(predicate), iri=iri, confidence=0.9))
    items = st.builds(EvidenceItem, st.sampled_from(every), LEVELS, CONFIDENCES)
    texts = st.builds(EvidenceItem, st.sampled_from(every), LEVELS, CONFIDENCES, st.just("text"))
    named = draw(st.lists(items, max_size=4))
    free = sorted(set(every) - {item.skill_id for item in named})
    profile = Profile(
        tuple(named),
        draw(st.frozensets(st.sampled_from(free), max_size=2)) if free else frozenset(),
        tuple(draw(st.lists(texts, max_size=3))),
        tuple(draw(st.lists(texts, max_size=2))),
        complete=draw(st.booleans()),
    )
    required = tuple(
        RequiredSkill(one, draw(LEVELS), draw(st.sampled_from(list(Necessity))), draw(st.none() | st.just(40.0)))
        for one in sorted(draw(st.sets(st.sampled_from(every), min_size=1)))
    )
    graph = build_graph([*skills(*(one[6:] for one in IDS)), *skills("t0", "t1", "t2", scheme="esco")], edges)
    return graph, profile, Target(skills=required)


@settings(max_examples=150, deadline=None)
@given(questions())
def test_every_answer_narrows_as_told(question: tuple[Graph, Profile, Target]) -> None:
    graph, profile, target = question
    before = skill_gap(graph, profile, target)
    found = ask(graph, profile, target)
    assert len(found) <= 10
    assert [(-one.narrows, one.skill_id) for one in found] == sorted((-one.narrows, one.skill_id) for one in found)
    for one in found:
        assert before.readiness_high is not None
        assert before.readiness_low is not None
        widths = []
        for answer in one.answers:
            answered = with_answer(graph, profile, one.skill_id, holds=answer.holds, level=answer.level)
            after = skill_gap(graph, answered, target)
            assert (after.readiness_low, after.readiness_high) == (answer.readiness_low, answer.readiness_high)
            widths.append(answer.readiness_high - answer.readiness_low)
        width = before.readiness_high - before.readiness_low
        assert one.narrows > 0
        assert math.isclose(one.narrows, width - max(widths), abs_tol=1e-6)
