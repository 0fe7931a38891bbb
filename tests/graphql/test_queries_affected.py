"""`affectedCourses`: which courses name concepts that are not as they were, what of it is automatic, in pages."""

import dataclasses

import pytest

from api_graphs import concept, small_graph
from asking import Api
from histories import removal
from skillatlas.taxonomy import (
    Broader,
    ConceptKind,
    ConceptStatus,
    Course,
    Replacement,
    ReplacementKind,
    TaughtSkill,
)

QUERY = """query($from: Int!, $to: Int, $catalogue: String, $automatic: Boolean, $first: Int, $after: String) {
  affectedCourses(from: $from, to: $to, catalogue: $catalogue, automatic: $automatic, first: $first, after: $after) {
    fromRelease toRelease totalCount pageInfo { hasNextPage endCursor }
    catalogues { catalogue courses affected automatic }
    edges { cursor node { course { id release } automatic rewritten
      skills { use level resolution { id status automatic candidates { id } } } } } } }"""
RESOLVE = "query($ids: [ID!]!) { resolve(ids: $ids, fromRelease: 1) { id status automatic detail candidates { id } } }"
SKILL = ConceptKind.SKILL


def course(local: str) -> Course:
    return next(one for one in small_graph() if isinstance(one, Course) and one.id == f"demo:{local}")


@pytest.fixture
def history(own_api: Api) -> Api:
    """Release 2 renames SQL, merges cpp into python; 3 adds go and courses in it, cpp and sql; 4 splits go."""
    merged = Replacement(ReplacementKind.MERGED, ("atlas:python",))
    own_api.publish(
        [
            concept("atlas:sql", SKILL, "SQL queries"),
            concept("atlas:cpp", SKILL, "C++", status=ConceptStatus.DEPRECATED, replacement=merged),
        ]
    )
    own_api.publish(
        [
            concept("atlas:go", SKILL, "Go"),
            *(concept(f"atlas:go-{part}", SKILL, f"Go {part}") for part in ("concurrency", "syntax")),
            *(
                Broader(from_id=f"atlas:{one}", to_id="atlas:group.languages")
                for one in ("go-concurrency", "go-syntax")
            ),
            dataclasses.replace(course("sql-1"), hours=30.0),
            Course("other:go", "other", "Go", 5.0, teaches=(TaughtSkill("atlas:go"),)),
            Course("other:cpp", "other", "C++", 5.0, teaches=(TaughtSkill("atlas:cpp", 2),)),
        ]
    )
    split = Replacement(ReplacementKind.SPLIT, ("atlas:go-concurrency", "atlas:go-syntax"))
    own_api.publish([concept("atlas:go", SKILL, "Go", status=ConceptStatus.DEPRECATED, replacement=split)])
    return own_api


def ids(page: dict[str, list[dict[str, dict[str, dict[str, str]]]]]) -> list[str]:
    return [edge["node"]["course"]["id"] for edge in page["edges"]]


def test_courses_with_what_became_of_their_skills(history: Api) -> None:
    page = history.ask(QUERY, **{"from": 3})["affectedCourses"]
    assert (page["fromRelease"], page["toRelease"], page["totalCount"]) == (3, 4, 2)
    assert [edge["node"] for edge in page["edges"]] == [
        {
            # Deprecated before release 3 already, and told until the course names another skill.
            "course": {"id": "other:cpp", "release": 4},
            "automatic": True,
            "rewritten": False,
            "skills": [
                {
                    "use": "TEACHES",
                    "level": 2,
                    "resolution": {
                        "id": "atlas:cpp",
                        "status": "REPLACED",
                        "automatic": True,
                        "candidates": [{"id": "atlas:python"}],
                    },
                }
            ],
        },
        {
            "course": {"id": "other:go", "release": 4},
            "automatic": False,
            "rewritten": False,
            "skills": [
                {
                    "use": "TEACHES",
                    "level": None,
                    "resolution": {
                        "id": "atlas:go",
                        "status": "SPLIT_CHOOSE",
                        "automatic": False,
                        "candidates": [{"id": "atlas:go-concurrency"}, {"id": "atlas:go-syntax"}],
                    },
                }
            ],
        },
    ]
    assert page["catalogues"] == [
        {"catalogue": "demo", "courses": 4, "affected": 0, "automatic": 0},
        {"catalogue": "other", "courses": 2, "affected": 2, "automatic": 1},
    ]


def test_what_is_younger_than_the_range_is_not_affected_by_what_came_with_it(history: Api) -> None:
    page = history.ask(QUERY, to=3, **{"from": 1})["affectedCourses"]
    assert ids(page) == ["demo:sql-1", "other:cpp"]
    assert [edge["node"]["rewritten"] for edge in page["edges"]] == [True, True]
    assert ids(history.ask(QUERY, to=1, **{"from": 0})["affectedCourses"]) == []
    assert ids(history.ask(QUERY, to=2, **{"from": 1})["affectedCourses"]) == ["demo:sql-1"]
    assert ids(history.ask(QUERY, to=2, **{"from": 2})["affectedCourses"]) == []


def test_selections_and_pages(history: Api) -> None:
    assert ids(history.ask(QUERY, automatic=False, **{"from": 1})["affectedCourses"]) == ["other:go"]
    assert ids(history.ask(QUERY, automatic=True, **{"from": 1})["affectedCourses"]) == ["demo:sql-1", "other:cpp"]
    one = history.ask(QUERY, catalogue="demo", **{"from": 1})["affectedCourses"]
    assert ids(one) == ["demo:sql-1"]
    assert [row["catalogue"] for row in one["catalogues"]] == ["demo"]
    first = history.ask(QUERY, first=2, **{"from": 1})["affectedCourses"]
    assert first["pageInfo"]["hasNextPage"] is True
    history.publish([concept("atlas:sql", SKILL, "SQL once more")])
    rest = history.ask(QUERY, first=2, after=first["pageInfo"]["endCursor"], **{"from": 1})["affectedCourses"]
    assert (rest["toRelease"], ids(first) + ids(rest)) == (4, ["demo:sql-1", "other:cpp", "other:go"])


def test_what_is_refused(history: Api) -> None:
    assert history.refuse(QUERY, **{"from": 9})[0] == "NOT_FOUND"
    assert history.refuse(QUERY, to=9, **{"from": 1})[0] == "NOT_FOUND"
    assert history.refuse(QUERY, catalogue="nowhere", **{"from": 1})[0] == "NOT_FOUND"
    code, message = history.refuse(QUERY, to=1, **{"from": 2})
    assert (code, message) == ("BAD_INPUT", "from: 2 is after to, 1")
    assert history.refuse(QUERY, first=101, **{"from": 1})[0] == "BAD_INPUT"
    cursor = history.ask(QUERY, first=1, **{"from": 1})["affectedCourses"]["pageInfo"]["endCursor"]
    code, message = history.refuse(QUERY, after=cursor, **{"from": 2})
    assert code == "BAD_INPUT"
    assert "another query" in message


def test_ids_of_courses_are_resolved_too(history: Api) -> None:
    gone = course("stats-1")
    with history.store.writer() as writer:
        writer.edit([removal(gone)])
    history.publish([])
    asked = ["demo:sql-1", "demo:pandas-1", "demo:stats-1", "other:go", "demo:never"]
    rows = history.ask(RESOLVE, ids=asked)["resolve"]
    assert [(row["status"], row["automatic"], row["candidates"]) for row in rows] == [
        ("UPDATED", True, []),
        ("UNCHANGED", True, []),
        ("RETIRED", False, []),
        ("UNKNOWN_ID", False, []),
        ("UNKNOWN_ID", False, []),
    ]
    assert "came after" in rows[3]["detail"]
