"""Pages and cursors: all pages joined are the list, and a cursor serves its own query only."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api_graphs import concept
from asking import Api
from skillatlas.graphql import BadInputError
from skillatlas.graphql.connections import Cursor, Scope, paginate
from skillatlas.taxonomy import ConceptKind

ROOTS = {
    "search": 'search(text: "data python analyst", {page})',
    "courses": "courses({page})",
    "changes": "changes(fromRelease: 0, {page})",
    "releases": "releases({page})",
    "readyToLearn": 'readyToLearn(profile: {{complete: true}}, under: "atlas:domain.data", {page})',
    "catalogueGaps": 'catalogueGaps(catalogue: "demo", under: "atlas:domain.data", maxCourses: 1, {page})',
}
NESTED = {
    "narrower": 'concept(id: "atlas:domain.data") {{ narrower({page}) {body} }}',
    "needs": 'concept(id: "atlas:role.data-analyst") {{ ... on Role {{ needs({page}) {body} }} }}',
    "neededBy": 'concept(id: "atlas:sql") {{ ... on Skill {{ neededBy({page}) {body} }} }}',
    "taughtBy": 'concept(id: "atlas:sql") {{ ... on Skill {{ taughtBy({page}) {body} }} }}',
    "diff": "releaseDiff(from: 0) {{ changes({page}) {body} }}",
}
BODY = "{ totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor } }"


def query(name: str, page: str) -> str:
    if name in ROOTS:
        return f"{{ {ROOTS[name].format(page=page)} {BODY} }}"
    return f"{{ {NESTED[name].format(page=page, body=BODY)} }}"


def connection(data: Any) -> Any:
    """The one connection somewhere in an answer."""
    while "edges" not in data:
        (data,) = data.values()
    return data


@pytest.mark.parametrize("name", [*ROOTS, *NESTED])
def test_pages_join_to_the_whole(api: Api, name: str) -> None:
    whole = connection(api.ask(query(name, "first: 100")))
    cursors = [edge["cursor"] for edge in whole["edges"]]
    assert whole["totalCount"] == len(set(cursors)) == len(cursors) > 0
    joined: list[str] = []
    after = None
    while True:
        page = connection(api.ask(query(name, f"first: 1, after: {json.dumps(after)}")))
        info = page["pageInfo"]
        assert info["hasPreviousPage"] is (after is not None)
        assert page["totalCount"] == whole["totalCount"]
        joined += [edge["cursor"] for edge in page["edges"]]
        assert info["startCursor"] == info["endCursor"] == joined[-1]
        if not info["hasNextPage"]:
            break
        after = info["endCursor"]
    assert joined == cursors


@pytest.mark.parametrize("name", [*ROOTS, *NESTED])
def test_a_page_of_none(api: Api, name: str) -> None:
    page = connection(api.ask(query(name, "first: 0")))
    assert page["edges"] == []
    assert page["totalCount"] > 0
    assert page["pageInfo"] == {"hasNextPage": True, "hasPreviousPage": False, "startCursor": None, "endCursor": None}


@pytest.mark.parametrize("name", [*ROOTS, *NESTED])
@pytest.mark.parametrize("first", [-1, 101, 2**31 - 1])
def test_page_sizes_outside_0_to_100_are_bad_input(api: Api, name: str, first: int) -> None:
    reply = api.answer(query(name, f"first: {first}"))
    codes = {error["extensions"]["code"] for error in reply.body["errors"]}
    assert codes <= {"BAD_INPUT", "LIMIT_EXCEEDED"}
    assert codes == {"BAD_INPUT"} or reply.status == 400  # a cost limit may refuse the largest


@pytest.mark.parametrize("name", [*ROOTS, *NESTED])
@pytest.mark.parametrize("other", ["search", "narrower", "releases"])
def test_another_querys_cursor_is_bad_input(api: Api, name: str, other: str) -> None:
    cursor = connection(api.ask(query(other, "first: 1")))["edges"][0]["cursor"]
    if name != other:
        code, message = api.refuse(query(name, f'first: 1, after: "{cursor}"'))
        assert (code, message[:6]) == ("BAD_INPUT", "after:")


def test_other_arguments_are_another_query(api: Api) -> None:
    cursor = connection(api.ask(query("search", "first: 1")))["edges"][0]["cursor"]
    for change in (
        'text: "data"',
        'text: "data python analyst", scheme: "*"',
        'text: "data python analyst", lang: "zh"',
    ):
        assert api.refuse(f'{{ search({change}, after: "{cursor}") {{ totalCount }} }}')[0] == "BAD_INPUT"
    nulls = "kinds: null, scheme: null, first: 5"
    same = f'{{ search(text: "data python analyst", {nulls}, after: "{cursor}") {{ totalCount }} }}'
    assert api.ask(same)["search"]["totalCount"] > 1
    narrower = connection(api.ask(query("narrower", "first: 1")))["edges"][0]["cursor"]
    assert (
        api.refuse(f'{{ concept(id: "atlas:group.languages") {{ narrower(after: "{narrower}") {{ totalCount }} }} }}')[
            0
        ]
        == "BAD_INPUT"
    )


def _encoded(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize("name", [*ROOTS, *NESTED])
@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "§",
        "a" * 99_999,
        _encoded("text"),
        _encoded([]),
        _encoded([1, 2, 3, 4]),
        _encoded(["Query.search", "0" * 16, 1, ["x"]]),
        _encoded(["Query.search", "0" * 16, 10**30, ["x"]]),
        base64.b64encode(b"[" * 20_000).decode(),
        base64.b64encode(b"\xff\xfe").decode(),
    ],
)
def test_forged_cursors_are_bad_input(api: Api, name: str, cursor: str) -> None:
    reply = api.answer(
        query(name, "first: 1, after: $after").replace("{", "query($after: String) {", 1), {"after": cursor}
    )
    (error,) = reply.body["errors"]
    assert error["extensions"]["code"] in ("BAD_INPUT", "NOT_FOUND")  # an unknown release may be what is wrong first
    assert not reply.internal


@pytest.mark.parametrize(
    "key", [[], ["x"], [1], [None], [0.5, None], [0.5, "x", 1], [{}], [[1]], [True], [2**70], [-1]]
)
@pytest.mark.parametrize("name", [*ROOTS, *NESTED])
def test_forged_keys_do_no_harm(api: Api, name: str, key: list[Any]) -> None:
    cursor = connection(api.ask(query(name, "first: 1")))["edges"][0]["cursor"]
    field, digest, release, _ = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    reply = api.answer(query(name, f'first: 1, after: "{_encoded([field, digest, release, key])}"'))
    assert not reply.internal
    for error in reply.body.get("errors", ()):
        assert error["extensions"]["code"] == "BAD_INPUT"


def test_following_pages_keep_the_release(own_api: Api) -> None:
    first = own_api.ask('{ search(text: "data", first: 1) { totalCount release pageInfo { endCursor } } }')["search"]
    narrower = connection(own_api.ask(query("narrower", "first: 1")))["edges"][0]["cursor"]
    own_api.publish([concept("atlas:data-entry", ConceptKind.SKILL, "data entry")])
    cursor = first["pageInfo"]["endCursor"]
    after = own_api.ask(f'{{ search(text: "data", after: "{cursor}") {{ totalCount release }} }}')["search"]
    assert after == {"totalCount": first["totalCount"], "release": 1}
    assert own_api.ask('{ search(text: "data") { totalCount release } }')["search"] == {
        "totalCount": first["totalCount"] + 1,
        "release": 2,
    }
    code, _ = own_api.refuse(f'{{ search(text: "data", release: 2, after: "{cursor}") {{ release }} }}')
    assert code == "BAD_INPUT"
    # Below a concept the release is the concept's: the message says how to go on.
    code, message = own_api.refuse(query("narrower", f'after: "{narrower}"'))
    assert code == "BAD_INPUT"
    assert "release: 1" in message
    assert own_api.ask(
        f'{{ concept(id: "atlas:domain.data", release: 1) {{ narrower(after: "{narrower}") {{ totalCount }} }} }}'
    )


@settings(max_examples=100, deadline=None)
@given(
    st.sets(st.tuples(st.floats(0, 1), st.text(max_size=3))),
    st.integers(0, 5),
    st.tuples(st.floats(0, 1), st.text(max_size=3)),
)
def test_keyset_pages_follow_their_key(items: set[tuple[float, str]], first: int, place: tuple[float, str]) -> None:
    scope = Scope("test", {"x": "é\ud800"}, 3)
    rows = sorted(items)
    page = paginate(rows, lambda row: row, lambda row: row, scope, first=first, after=scope.cursor(place))
    expected = [row for row in rows if row > place]
    assert [edge.node for edge in page.edges] == expected[:first]
    assert page.page_info.has_next_page is (len(expected) > first)
    assert page.page_info.has_previous_page is (len(expected) < len(rows))


@given(st.text())
def test_no_text_breaks_the_decoding(text: str) -> None:
    try:
        cursor = Cursor.decode(text)
    except BadInputError:
        return
    assert Cursor.decode(cursor.encode()) == cursor
