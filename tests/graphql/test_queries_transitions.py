"""Role transitions, what-if, and places to stop, as clients ask for them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api_graphs import concept, publish_entities, small_graph
from asking import Api
from skillatlas.graphql import store_calibrations
from skillatlas.taxonomy import Broader, ConceptKind, Entity, Necessity, Needs, open_store

TRANSITIONS = """
query($input: RoleTransitionsInput!, $release: Int) {
  roleTransitions(input: $input, release: $release) {
    id release totalCount endCursor hasNextPage
    threshold { name value number meaning }
    transitions {
      role { id } similarity components { name number } viable
      essential { required met coverage } optional { required } missing { id } counterfactual { id }
      explanation zh: explanation(lang: "zh")
    }
    filters { name value limit excluded }
    excluded(first: 1) {
      totalCount pageInfo { endCursor } edges { node { role { id } similarity filters { name value limit } } }
    }
    parameters { name value }
    warnings
  }
}"""
ANALYST = "atlas:role.data-analyst"
ROLES = {
    "scientist": ("python", "statistics", "machine-learning"),
    "engineer": ("python", "sql", "cpp"),
    "modeller": ("statistics", "machine-learning"),
    "coder": ("cpp",),
}


def more_roles() -> list[Entity]:
    entities: list[Entity] = []
    for name, needed in ROLES.items():
        role = f"atlas:role.{name}"
        entities.append(concept(role, ConceptKind.ROLE, name))
        entities.append(Broader(from_id=role, to_id="atlas:roles.analysts"))
        entities += [
            Needs(from_id=role, to_id=f"atlas:{skill}", necessity=Necessity.ESSENTIAL, level=2) for skill in needed
        ]
    return entities


@pytest.fixture(scope="module")
def roles_api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('roles') / 'store.db'}")
    publish_entities(store, [*small_graph(), *more_roles()], "first")
    yield Api.over(store)
    store.close()


def transitions(api: Api, profile: dict[str, Any], release: int | None = None, **options: Any) -> Any:
    return api.ask(TRANSITIONS, input={"profile": profile, **options}, release=release)["roleTransitions"]


def test_a_role_is_answered_with_its_neighbours(roles_api: Api) -> None:
    found = transitions(roles_api, {"roleIds": [ANALYST]})
    assert found["totalCount"] == 4
    assert [row["role"]["id"] for row in found["excluded"]["edges"][:1] for row in [row["node"]]] == [ANALYST]
    assert found["excluded"]["totalCount"] == 2
    similarities = [row["similarity"] for row in found["transitions"]]
    assert similarities == sorted(similarities, reverse=True)
    threshold = found["threshold"]["number"]
    for row in found["transitions"]:
        assert row["viable"] is (row["similarity"] > threshold)
        assert row["viable"] is not bool(row["counterfactual"])
        assert len(row["explanation"]) == len(row["zh"]) >= 4
    engineer = next(row for row in found["transitions"] if row["role"]["id"] == "atlas:role.engineer")
    assert engineer["essential"] == {"required": 3, "met": 2, "coverage": pytest.approx(2 / 3)}
    assert engineer["missing"] == [{"id": "atlas:cpp"}]
    assert not found["hasNextPage"]
    assert found["warnings"] == []


def test_pages_fit_together_and_hold_to_their_release(roles_api: Api) -> None:
    whole = transitions(roles_api, {"roleIds": [ANALYST]})
    pages, after = [], None
    while True:
        page = transitions(roles_api, {"roleIds": [ANALYST]}, first=1, after=after)
        pages += page["transitions"]
        assert page["totalCount"] == 4
        after = page["endCursor"]
        if not page["hasNextPage"]:
            break
    assert pages == whole["transitions"]
    given = {"profile": {"roleIds": ["atlas:role.coder"]}, "after": after}
    assert roles_api.refuse(TRANSITIONS, input=given)[0] == "BAD_INPUT"
    given = {"profile": {"roleIds": [ANALYST]}, "after": "nonsense"}
    assert roles_api.refuse(TRANSITIONS, input=given)[0] == "BAD_INPUT"
    nothing = transitions(roles_api, {"roleIds": [ANALYST]}, first=0)
    assert (nothing["transitions"], nothing["endCursor"], nothing["hasNextPage"]) == ([], None, True)


def test_a_cursor_of_an_older_release_stays_there(own_api: Api) -> None:
    own_api.publish(more_roles())
    first = transitions(own_api, {"roleIds": [ANALYST]}, first=1)
    own_api.publish([concept("atlas:rust", ConceptKind.SKILL, "Rust")])
    second = transitions(own_api, {"roleIds": [ANALYST]}, first=1, after=first["endCursor"])
    assert (first["release"], second["release"]) == (2, 2)


def test_what_was_left_out_can_be_paged_through(roles_api: Api) -> None:
    query = """query($after: String) { roleTransitions(input: {
      profile: {roleIds: ["atlas:role.data-analyst"]}, minCoverage: 0.6
    }) { filters { name excluded } excluded(first: 2, after: $after) {
      totalCount release pageInfo { hasNextPage endCursor } edges { node { role { id } filters { name value limit } } }
    } } }"""
    seen: list[Any] = []
    after = None
    while True:
        found = roles_api.ask(query, after=after)["roleTransitions"]
        page = found["excluded"]
        seen += [edge["node"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == page["totalCount"] == len({row["role"]["id"] for row in seen})
    counts = {row["name"]: row["excluded"] for row in found["filters"]}
    for name, count in counts.items():
        assert sum(any(one["name"] == name for one in row["filters"]) for row in seen) == count
    assert counts["coverage"] >= 2
    assert counts["needs"] == 1


def test_a_counterfactual_is_true_when_asked_again(roles_api: Api) -> None:
    held = {"skills": [{"skillId": "atlas:sql"}]}
    checked = 0
    for row in transitions(roles_api, held)["transitions"]:
        if row["counterfactual"]:
            more = {"skills": [*held["skills"], *({"skillId": skill["id"]} for skill in row["counterfactual"])]}
            again = {one["role"]["id"]: one["viable"] for one in transitions(roles_api, more)["transitions"]}
            assert again[row["role"]["id"]]
            checked += 1
    assert checked


def test_the_name_of_an_answer_is_that_of_its_question(roles_api: Api) -> None:
    one = transitions(roles_api, {"roleIds": [ANALYST, "atlas:role.coder"]}, under="atlas:domain.data")
    two = transitions(
        roles_api,
        {"roleIds": ["https://w3id.org/skillatlas/id/role.coder", ANALYST], "text": " "},
        under="https://w3id.org/skillatlas/id/domain.data",
        first=None,
        minCoverage=None,
    )
    assert one == two
    assert one["id"] != transitions(roles_api, {"roleIds": [ANALYST]})["id"]


def test_an_empty_profile_has_similarity_0_and_a_warning(roles_api: Api) -> None:
    found = transitions(roles_api, {})
    assert {row["similarity"] for row in found["transitions"]} == {0.0}
    assert "names no skill" in found["warnings"][0]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"scheme": "none"}, "NOT_FOUND"),
        ({"under": "atlas:none"}, "NOT_FOUND"),
        ({"minCoverage": 2.0}, "BAD_INPUT"),
        ({"maxZoneDistance": -1}, "BAD_INPUT"),
        ({"first": 101}, "BAD_INPUT"),
        ({"profile": {"roleIds": ["atlas:role.none"]}}, "NOT_FOUND"),
        ({"profile": {"skills": [{"skillId": "atlas:none"}]}}, "BAD_INPUT"),
    ],
)
def test_what_is_wrong_has_its_code(roles_api: Api, options: dict[str, Any], code: str) -> None:
    assert roles_api.refuse(TRANSITIONS, input={"profile": {}, **options})[0] == code


def test_the_threshold_is_kept_with_its_release(own_api: Api, tmp_path: Path) -> None:
    own_api.publish(more_roles())
    (kept,) = (one for one in store_calibrations(own_api.store, 2) if one.scheme == "atlas")
    assert transitions(own_api, {})["threshold"]["number"] == kept.threshold
    # A store whose releases an older program published: it is reckoned and kept when it is first asked for.
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    publish_entities(other, [*small_graph(), *more_roles()], "first")
    assert other.measure(1, "transitions-1/atlas") is None
    assert transitions(Api.over(other), {})["threshold"]["number"] == kept.threshold
    assert other.measure(1, "transitions-1/atlas") == own_api.store.measure(2, "transitions-1/atlas")
    other.close()


def test_while_another_writes_the_threshold_is_reckoned_and_not_kept(own_api: Api) -> None:
    own_api.publish(more_roles())
    with own_api.store.writer():
        found = transitions(own_api, {})
    assert found["threshold"]["number"] is not None
    assert own_api.store.measure(2, "transitions-1/atlas") is None


OPENING = """
query($profiles: [ProfileInput!]!, $first: Int, $after: String, $under: ID) {
  openingSkills(profiles: $profiles, first: $first, after: $after, under: $under) {
    release threshold { number } totalCount hasNextPage endCursor warnings
    skills { skill { id } opened people roles { role { id } people } }
  }
}"""
OPENED = """
query($profile: ProfileInput!, $skills: [HeldSkillInput!]!, $first: Int, $after: String) {
  openedRoles(profile: $profile, skills: $skills, first: $first, after: $after) {
    release totalCount pageInfo { hasNextPage endCursor } edges { node { id } }
  }
}"""


def test_which_skill_opens_most_is_what_asking_each_would_say(roles_api: Api) -> None:
    people: list[dict[str, Any]] = [{"skills": [{"skillId": "atlas:sql"}]}, {"roleIds": ["atlas:role.coder"]}]
    answer = roles_api.ask(OPENING, profiles=people)["openingSkills"]
    assert answer["skills"]
    assert answer["totalCount"] == len(answer["skills"])
    for row in answer["skills"]:
        skill = row["skill"]["id"]
        opened: dict[str, int] = {}
        for person in people:
            if {"skillId": skill} in person.get("skills", []):
                continue
            found = roles_api.ask(OPENED, profile=person, skills=[{"skillId": skill}])["openedRoles"]
            for edge in found["edges"]:
                opened[edge["node"]["id"]] = opened.get(edge["node"]["id"], 0) + 1
        assert row["opened"] == sum(opened.values())
        assert {one["role"]["id"]: one["people"] for one in row["roles"]} == opened
    first = roles_api.ask(OPENING, profiles=people, first=1)["openingSkills"]
    second = roles_api.ask(OPENING, profiles=people, first=1, after=first["endCursor"])["openingSkills"]
    assert first["skills"] + second["skills"] == answer["skills"][:2]


def test_what_if_refuses_what_is_wrong(roles_api: Api) -> None:
    assert roles_api.refuse(OPENING, profiles=[])[0] == "BAD_INPUT"
    assert roles_api.refuse(OPENING, profiles=[{}] * 101)[0] == "BAD_INPUT"
    assert roles_api.refuse(OPENING, profiles=[{}], under="atlas:none")[0] == "NOT_FOUND"
    assert roles_api.refuse(OPENED, profile={}, skills=[{"skillId": "atlas:none"}])[0] == "BAD_INPUT"


def test_a_plan_says_which_roles_each_step_makes_viable(roles_api: Api) -> None:
    query = """query($input: LearningPathsInput!) { learningPaths(input: $input) {
      plans { steps { teaches { skill { id } } unlocks { id } } }
    } }"""
    given = {"profile": {"skills": [{"skillId": "atlas:python", "level": 3}]}, "target": {"roleId": ANALYST}}
    plans = roles_api.ask(query, input=given)["learningPaths"]["plans"]
    held = [{"skillId": "atlas:python", "level": 3}]

    def viable() -> set[str]:
        rows = transitions(roles_api, {"skills": held})["transitions"]
        return {row["role"]["id"] for row in rows if row["viable"]}

    before = viable()
    unlocked = 0
    for step in plans[0]["steps"]:
        held += [{"skillId": taught["skill"]["id"], "level": 3} for taught in step["teaches"]]
        after = viable()
        assert {role["id"] for role in step["unlocks"]} == after - before
        unlocked += len(step["unlocks"])
        before = after
    assert unlocked
