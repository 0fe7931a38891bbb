"""Courses held against a role, what a catalogue lacks, and what a profile is ready to learn."""

from typing import Any

import pytest

from api_graphs import concept
from asking import Api
from skillatlas.taxonomy import Broader, ConceptKind, ConceptStatus, Necessity, Needs, Replacement, ReplacementKind

SHARE = "{ required met levelGap levelUnknown transferable unknown missing coverage }"
COVERAGE = f"""query($courses: [ID!]!, $role: ID!) {{ curriculumCoverage(courseIds: $courses, roleId: $role) {{
    release essential {SHARE} optional {SHARE} covered {{ id }} uncovered {{ id }} untargeted {{ id label }} }} }}"""
GAPS = """query($catalogue: String!, $under: ID!, $most: Int, $first: Int, $after: String) {
    catalogueGaps(catalogue: $catalogue, under: $under, maxCourses: $most, first: $first, after: $after) {
    totalCount release pageInfo { endCursor } edges { node { skill { id } neededByRoles taughtByCourses } } } }"""
READY = """query($profile: ProfileInput!, $under: ID!, $first: Int, $after: String) {
    readyToLearn(profile: $profile, under: $under, first: $first, after: $after) {
    totalCount release pageInfo { endCursor } edges { node { id } } } }"""
ANALYST = "atlas:role.data-analyst"
DATA = "atlas:domain.data"


def cover(api: Api, *courses: str, role: str = ANALYST) -> Any:
    return api.ask(COVERAGE, courses=list(courses), role=role)["curriculumCoverage"]


def gaps(api: Api, under: str = DATA, most: int | None = None) -> list[tuple[str, int, int]]:
    found = api.ask(GAPS, catalogue="demo", under=under, most=most)["catalogueGaps"]
    rows = [edge["node"] for edge in found["edges"]]
    assert found["totalCount"] == len(rows)
    return [(row["skill"]["id"], row["neededByRoles"], row["taughtByCourses"]) for row in rows]


def ready(api: Api, profile: dict[str, Any], under: str = DATA) -> list[str]:
    found = api.ask(READY, profile=profile, under=under)["readyToLearn"]
    ids = [edge["node"]["id"].removeprefix("atlas:") for edge in found["edges"]]
    assert found["totalCount"] == len(ids)
    return ids


def share(required: int, met: int, missing: int) -> dict[str, float]:
    counts = {"required": required, "met": met, "levelGap": 0, "levelUnknown": 0, "transferable": 0, "unknown": 0}
    return {**counts, "missing": missing, "coverage": met / required if required else 0}


def test_all_fields_of_a_coverage(api: Api) -> None:
    assert cover(api, "demo:sql-1", "demo:pandas-1", "demo:sql-1") == {
        "release": 1,
        "essential": share(3, 2, 1),
        "optional": share(1, 0, 1),
        "covered": [{"id": "atlas:pandas"}, {"id": "atlas:sql"}],
        "uncovered": [{"id": "atlas:polars"}, {"id": "atlas:statistics"}],
        "untargeted": [{"id": "atlas:data-analysis", "label": "data analysis"}],
    }


def test_no_courses_and_no_needs(api: Api) -> None:
    assert cover(api)["essential"] == share(3, 0, 3)
    found = cover(api, "demo:stats-1", role="https://w3id.org/skillatlas/id/role.idle")
    assert found["essential"] == found["optional"] == share(0, 0, 0)
    assert found["covered"] == found["uncovered"] == []
    assert [skill["id"] for skill in found["untargeted"]] == ["atlas:statistics"]


def test_a_level_that_is_too_low_is_not_covered(own_api: Api) -> None:
    own_api.publish([Needs(from_id=ANALYST, to_id="atlas:python", necessity=Necessity.ESSENTIAL, level=4)])
    found = cover(own_api, "demo:python-1")
    assert found["release"] == 2
    assert (found["essential"]["levelGap"], found["essential"]["missing"]) == (1, 3)
    assert {"id": "atlas:python"} in found["uncovered"]


@pytest.mark.parametrize(
    ("courses", "role", "code", "named"),
    [
        (["demo:sql-1", "demo:none"], ANALYST, "BAD_INPUT", "courseIds[1]: there is no course 'demo:none'"),
        (["atlas:sql"], ANALYST, "BAD_INPUT", "courseIds[0]"),
        (["demo:sql-1"], "atlas:role.none", "NOT_FOUND", "roleId: there is no role 'atlas:role.none'"),
        (["demo:sql-1"], "atlas:sql", "NOT_FOUND", "roleId: there is no role 'atlas:sql'"),
        (["demo:sql-1"] * 501, ANALYST, "LIMIT_EXCEEDED", "courseIds: at most 500"),
    ],
)
def test_faults_of_a_coverage(api: Api, courses: list[str], role: str, code: str, named: str) -> None:
    found, message = api.refuse(COVERAGE, courses=courses, role=role)
    assert (found, message[: len(named)]) == (code, named)


def test_500_courses_are_within_the_limit(api: Api) -> None:
    assert cover(api, *["demo:sql-1"] * 500)["covered"] == [{"id": "atlas:sql"}]


def test_a_role_that_nothing_replaces_is_bad_input(own_api: Api) -> None:
    retired = Replacement(ReplacementKind.RETIRED)
    own_api.publish(
        [concept("atlas:role.idle", ConceptKind.ROLE, "idler", status=ConceptStatus.DEPRECATED, replacement=retired)]
    )
    code, message = own_api.refuse(COVERAGE, courses=[], role="atlas:role.idle")
    assert (code, message[:7]) == ("BAD_INPUT", "roleId:")


def test_what_a_catalogue_lacks(api: Api) -> None:
    assert gaps(api) == [("atlas:polars", 1, 0)]
    assert gaps(api, most=1) == [
        ("atlas:pandas", 1, 1),
        ("atlas:polars", 1, 0),
        ("atlas:sql", 1, 1),
        ("atlas:statistics", 1, 1),
    ]
    assert gaps(api, "https://w3id.org/skillatlas/id/role.data-analyst") == [("atlas:polars", 1, 0)]
    assert gaps(api, "atlas:role.idle") == gaps(api, "atlas:python") == []


def test_most_needed_first_and_pages_keep_the_release(own_api: Api) -> None:
    idle = "atlas:role.idle"
    own_api.publish(
        Needs(from_id=idle, to_id=f"atlas:{skill}", necessity=Necessity.OPTIONAL) for skill in ("polars", "cpp")
    )
    assert gaps(own_api) == [("atlas:polars", 2, 0), ("atlas:cpp", 1, 0)]
    asked = {"catalogue": "demo", "under": DATA, "first": 1}
    page = own_api.ask(GAPS, **asked)["catalogueGaps"]
    own_api.publish([Needs(from_id=idle, to_id="atlas:machine-learning", necessity=Necessity.ESSENTIAL)])
    after = page["pageInfo"]["endCursor"]
    following = own_api.ask(GAPS, **asked, after=after)["catalogueGaps"]
    assert (following["release"], following["totalCount"]) == (2, 2)
    assert following["edges"][0]["node"]["skill"]["id"] == "atlas:cpp"
    assert own_api.ask(GAPS, **asked)["catalogueGaps"]["totalCount"] == 3
    for other in ({"most": 1}, {"under": ANALYST}):
        assert own_api.refuse(GAPS, **{**asked, **other}, after=after)[0] == "BAD_INPUT"
    same = {**asked, "most": None, "under": "https://w3id.org/skillatlas/id/domain.data"}
    assert own_api.ask(GAPS, **same, after=after)["catalogueGaps"] == following


@pytest.mark.parametrize(
    ("catalogue", "under", "most", "code", "named"),
    [
        ("none", DATA, 0, "NOT_FOUND", "catalogue:"),
        ("atlas", DATA, 0, "NOT_FOUND", "catalogue:"),
        ("demo", "atlas:none", 0, "NOT_FOUND", "under:"),
        ("demo", DATA, -1, "BAD_INPUT", "maxCourses:"),
    ],
)
def test_faults_of_catalogue_gaps(api: Api, catalogue: str, under: str, most: int, code: str, named: str) -> None:
    found, message = api.refuse(GAPS, catalogue=catalogue, under=under, most=most)
    assert (found, message[: len(named)]) == (code, named)


def test_what_is_ready_to_learn(api: Api) -> None:
    # Not pandas and machine learning, whose clauses bind; not the deprecated one.
    assert ready(api, {}) == ["cpp", "data-analysis", "polars", "python", "sql", "statistics"]
    assert "pandas" in ready(api, {"skills": [{"skillId": "atlas:python"}]})
    assert "pandas" not in ready(api, {"skills": [{"skillId": "atlas:python", "level": 1}]})
    assert ready(api, {"skills": [{"skillId": "atlas:statistics"}]}) == [
        *("cpp", "data-analysis", "machine-learning", "polars", "python", "sql"),
    ]
    assert ready(api, {"roleIds": [ANALYST], "notHeld": ["atlas:sql"]}, "atlas:group.languages") == ["cpp", "sql"]
    assert ready(api, {}, "https://w3id.org/skillatlas/id/sql") == ["sql"]
    assert ready(api, {}, ANALYST) == []


def test_a_cv_is_read_in_the_scheme_of_the_concept(api: Api) -> None:
    text = "Experience\nI worked with SQL and Python for five years.\n"
    assert ready(api, {"text": text}, "atlas:group.languages") == ["cpp"]
    assert ready(api, {}, "onet:group") == ["onet:tech.Python"]
    assert ready(api, {"text": text}, "onet:group") == []


def test_a_cursor_belongs_to_the_profile_in_whatever_form(api: Api) -> None:
    profile = {"skills": [{"skillId": "atlas:sql"}, {"skillId": "atlas:cpp", "level": 2}], "text": "\ud800 nothing"}
    page = api.ask(READY, profile=profile, under=DATA, first=1)["readyToLearn"]
    after = page["pageInfo"]["endCursor"]
    same = {
        "skills": [
            {"skillId": "https://w3id.org/skillatlas/id/cpp", "level": 2, "confidence": 1},
            {"skillId": "atlas:sql", "confidence": None},
        ],
        "notHeld": None,
        "text": "\ud800 nothing",
    }
    following = api.ask(READY, profile=same, under="https://w3id.org/skillatlas/id/domain.data", after=after)
    assert [edge["node"]["id"] for edge in following["readyToLearn"]["edges"]] == [
        *("atlas:polars", "atlas:python", "atlas:statistics"),
    ]
    for other in ({**profile, "text": "something"}, {**profile, "complete": True}, {}):
        code, message = api.refuse(READY, profile=other, under=DATA, after=after)
        assert (code, message[:6]) == ("BAD_INPUT", "after:")


@pytest.mark.parametrize(
    ("profile", "under", "code", "named"),
    [
        ({}, "atlas:none", "NOT_FOUND", "under:"),
        ({"roleIds": ["atlas:role.none"]}, DATA, "NOT_FOUND", "atlas:role.none"),
        ({"skills": [{"skillId": "atlas:none"}]}, DATA, "BAD_INPUT", "atlas:none"),
        ({"skills": [{"skillId": "atlas:sql", "level": 6}]}, DATA, "BAD_INPUT", "level"),
        ({"notHeld": ["atlas:sql"] * 501}, DATA, "LIMIT_EXCEEDED", "profile.notHeld"),
    ],
)
def test_faults_of_ready_to_learn(api: Api, profile: dict[str, Any], under: str, code: str, named: str) -> None:
    found, message = api.refuse(READY, profile=profile, under=under)
    assert found == code
    assert named in message


def test_fields_about_a_person_are_refused(api: Api) -> None:
    assert api.reject(READY, profile={"gender": "x"}, under=DATA)[0] == "SENSITIVE_INPUT"


def test_releases_are_read_as_they_were(own_api: Api) -> None:
    own_api.publish(
        [
            concept("atlas:scala", ConceptKind.SKILL, "Scala"),
            Broader(from_id="atlas:scala", to_id="atlas:group.languages"),
        ]
    )
    assert "scala" in ready(own_api, {})
    for query in (
        'readyToLearn(profile: {}, under: "atlas:group.languages", release: 1) { release totalCount }',
        'catalogueGaps(catalogue: "demo", under: "atlas:group.languages", release: 1) { release totalCount }',
        'curriculumCoverage(courseIds: [], roleId: "atlas:role.idle", release: 1) { release }',
    ):
        (found,) = own_api.ask(f"{{ {query} }}").values()
        assert found["release"] == 1
        assert own_api.refuse(f"{{ {query.replace('release: 1', 'release: 9')} }}")[0] == "NOT_FOUND"
