"""The sync routes, over HTTP: a client can mirror, and know that its mirror is whole."""

import hashlib
import json

import httpx
import pytest

from service_process import Served


def test_head_names_the_newest_release_and_answers_304(shared_server: Served) -> None:
    answer = shared_server.get("/sync/head")
    assert answer.status_code == 200
    body = answer.json()
    assert set(body) == {"release", "contentHash", "publishedAt"}
    assert body["release"] == 2
    again = shared_server.get("/sync/head", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    other = shared_server.get("/sync/head", headers={"If-None-Match": '"something-else"'})
    assert other.status_code == 200


def test_head_of_a_scheme_is_the_last_release_that_changed_it(shared_server: Served) -> None:
    assert shared_server.get("/sync/head?scheme=atlas").json()["release"] == 1
    assert shared_server.get("/sync/head?scheme=samples").json()["release"] == 2
    assert shared_server.get("/sync/head?scheme=nowhere").status_code == 404


def test_dump_is_hashed_ordered_and_cached_for_ever(shared_server: Served) -> None:
    head = shared_server.get("/sync/head").json()
    dump = shared_server.get(f"/releases/{head['release']}/dump.jsonl")
    assert dump.status_code == 200
    assert f"sha256:{hashlib.sha256(dump.content).hexdigest()}" == head["contentHash"]
    assert "immutable" in dump.headers["cache-control"]
    lines = dump.content.decode().splitlines()
    order = ["SCHEME", "CONCEPT", "EDGE", "COURSE"]
    keys = [(order.index(row["entityType"]), row["entityId"]) for row in map(json.loads, lines)]
    assert keys == sorted(keys)
    assert all(set(json.loads(line)) == {"entity", "entityId", "entityType", "scheme"} for line in lines)
    tag = dump.headers["etag"]
    assert shared_server.get("/releases/2/dump.jsonl", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("scheme", [None, "atlas", "samples"])
def test_replay_over_http_gives_the_next_dump_line_for_line(shared_server: Served, scheme: str | None) -> None:
    selection = f"?scheme={scheme}" if scheme else ""
    also = f"&scheme={scheme}" if scheme else ""
    before = [] if scheme == "samples" else shared_server.get(f"/releases/1/dump.jsonl{selection}").text.splitlines()
    entities = {(row["entityType"], row["entityId"]): row for row in map(json.loads, before)}
    feed = shared_server.get(f"/sync/changes?from=1&to=2{also}")
    changes = [json.loads(line) for line in feed.text.splitlines()]
    assert int(feed.headers["skillatlas-changes"]) == len(changes)
    seqs = [change["seq"] for change in changes]
    assert seqs == sorted(set(seqs))
    if changes:
        assert int(feed.headers["skillatlas-last-seq"]) == seqs[-1]
    for change in changes:
        key = (change["entityType"], change["entityId"])
        if change["after"] is None:
            del entities[key]
        else:
            entities[key] = {
                "entity": change["after"],
                "entityId": change["entityId"],
                "entityType": change["entityType"],
                "scheme": change["scheme"],
            }
    after = shared_server.get(f"/releases/2/dump.jsonl{selection}")
    order = ["SCHEME", "CONCEPT", "EDGE", "COURSE"]
    mirror = [entities[key] for key in sorted(entities, key=lambda key: (order.index(key[0]), key[1]))]
    assert mirror == [json.loads(line) for line in after.text.splitlines()]
    digest = f"sha256:{hashlib.sha256(after.content).hexdigest()}"
    assert feed.headers["skillatlas-content-hash"] == digest


def test_feed_resumes_after_any_seq(shared_server: Served) -> None:
    whole = shared_server.get("/sync/changes?from=0").text.splitlines()
    middle = json.loads(whole[len(whole) // 2])["seq"]
    rest = shared_server.get(f"/sync/changes?from=0&after={middle}")
    assert rest.text.splitlines() == whole[len(whole) // 2 + 1 :]
    assert int(rest.headers["skillatlas-changes"]) == len(whole) - len(whole) // 2 - 1


@pytest.mark.parametrize("path", ["/sync/changes?from=0&to=0", "/sync/changes?from=0&to=0&scheme=atlas"])
def test_the_empty_range_is_empty(shared_server: Served, path: str) -> None:
    feed = shared_server.get(path)
    assert (feed.status_code, feed.content) == (200, b"")
    assert (feed.headers["skillatlas-changes"], feed.headers["skillatlas-release"]) == ("0", "0")
    assert feed.headers["skillatlas-content-hash"] == f"sha256:{hashlib.sha256().hexdigest()}"
    assert shared_server.get("/sync/changes?from=1&to=0").status_code == 400
    same = shared_server.get("/sync/changes?from=2&to=2")
    assert (same.content, same.headers["skillatlas-changes"]) == (b"", "0")


def test_malformed_ids_among_good_ones(shared_server: Served) -> None:
    good = ["atlas:sql", "https://w3id.org/skillatlas/id/python"]
    bad = ["", " ", "atlas:", ":", "%%%", "x" * 5000, "\u2028", "\x00", "' OR 1=1", "a|b", "\U0001f600", "-1", "null"]
    ids = [one for pair in zip(bad, good * 7, strict=False) for one in pair]
    answer = shared_server.post("/sync/impact?from=1&unchanged=true", content=json.dumps(ids))
    rows = [json.loads(line) for line in answer.content.split(b"\n") if line]
    assert [row["id"] for row in rows] == ids
    assert [row["status"] for row in rows] == ["UNKNOWN_ID", "UNCHANGED"] * len(bad)
    resolved = shared_server.graphql(
        "query($ids: [ID!]!) { resolve(ids: $ids, fromRelease: 1) { id status } }", {"ids": ids}
    )
    assert [row["status"] for row in resolved["data"]["resolve"]] == ["UNKNOWN_ID", "UNCHANGED"] * len(bad)


def test_feed_by_entity_type(shared_server: Served) -> None:
    feed = shared_server.get("/sync/changes?from=0&types=SCHEME,COURSE")
    assert {json.loads(line)["entityType"] for line in feed.text.splitlines()} == {"SCHEME", "COURSE"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sync/changes", 400),
        ("/sync/changes?from=-1", 400),
        ("/sync/changes?from=one", 400),
        ("/sync/changes?from=99", 404),
        ("/sync/changes?from=2&to=1", 400),
        ("/sync/changes?from=0&to=99", 404),
        ("/sync/changes?from=0&types=SKILL", 400),
        ("/sync/changes?from=0&shceme=atlas", 400),
        ("/sync/changes?from=0&from=1", 400),
        ("/sync/changes?from=0&scheme=nowhere", 404),
        ("/releases/99/dump.jsonl", 404),
        ("/releases/0/dump.jsonl", 404),
        ("/releases/99999999999999999999999/dump.jsonl", 404),
        ("/releases/1/dump.jsonl?scheme=nowhere", 404),
        ("/releases/one/dump.jsonl", 404),
        ("/nowhere", 404),
    ],
)
def test_faulty_requests_are_told_what_is_wrong(shared_server: Served, path: str, status: int) -> None:
    answer = shared_server.get(path)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["code"] == ("NOT_FOUND" if status == 404 else "BAD_INPUT")
    assert error["message"]


def test_head_requests_send_no_body(shared_server: Served) -> None:
    answer = httpx.head(f"{shared_server.url}/releases/1/dump.jsonl")
    assert answer.status_code == 200
    assert answer.headers["etag"]


def test_impact_takes_any_number_of_ids(shared_server: Served) -> None:
    ids = ["atlas:python", "nothing", "atlas:sql", "", "atlas:python"] * 20_000
    answer = shared_server.post("/sync/impact?from=1", content="\n".join(ids))
    assert answer.status_code == 200
    assert answer.headers["skillatlas-release"] == "2"
    assert "UNCHANGED=60000" in answer.headers["skillatlas-impact"]
    rows = [json.loads(line) for line in answer.text.splitlines()]
    assert len(rows) == int(answer.headers["skillatlas-lines"]) == 20_000
    assert {(row["id"], row["status"], row["automatic"]) for row in rows} == {("nothing", "UNKNOWN_ID", False)}
    whole = shared_server.post("/sync/impact?from=1&to=2&unchanged=true", content=b'["atlas:sql", "x"]')
    assert [(row["id"], row["status"]) for row in map(json.loads, whole.text.splitlines())] == [
        ("atlas:sql", "UNCHANGED"),
        ("x", "UNKNOWN_ID"),
    ]


@pytest.mark.parametrize(
    ("query", "body", "status", "word"),
    [
        ("", b"", 400, "from"),
        ("?from=9", b"", 404, "release 9"),
        ("?from=2&to=1", b"", 400, "after"),
        ("?from=1&unchanged=yes", b"", 400, "unchanged"),
        ("?from=1&form=2", b"", 400, "form"),
        ("?from=1", b"\xff\xfe", 400, "UTF-8"),
        ("?from=1", b"[1]", 400, "strings"),
        ("?from=1", b"[", 400, "JSON"),
    ],
)
def test_impact_refuses_what_it_cannot_read(
    shared_server: Served, query: str, body: bytes, status: int, word: str
) -> None:
    answer = shared_server.post(f"/sync/impact{query}", content=body)
    assert answer.status_code == status
    assert word in answer.json()["error"]["message"]


@pytest.mark.parametrize("extension", ["jsonl", "json", "csv.zip", "ttl"])
def test_every_format_is_served_with_its_checksum(shared_server: Served, extension: str) -> None:
    dump = shared_server.get(f"/releases/2/dump.{extension}")
    assert dump.status_code == 200
    manifest = shared_server.get("/releases/2/manifest.json").json()
    assert manifest["files"][f"dump.{extension}"] == f"sha256:{hashlib.sha256(dump.content).hexdigest()}"
    assert [(part["key"], part["licence"]) for part in manifest["schemes"]] == [
        ("atlas", "CC BY 4.0"),
        ("samples", None),
    ]
    tag = dump.headers["etag"]
    again = shared_server.get(f"/releases/2/dump.{extension}", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    part = shared_server.get(f"/releases/2/dump.{extension}?scheme=atlas")
    assert part.status_code == 200
    assert part.headers["etag"] != tag
    assert shared_server.get(f"/releases/9/dump.{extension}").status_code == 404
    assert shared_server.get(f"/releases/2/dump.{extension}?scheme=nowhere").status_code == 404


def test_impact_takes_records_too(shared_server: Served) -> None:
    gap = shared_server.graphql(
        '{ skillGap(input: {profile: {}, target: {roleId: "atlas:role.data-analyst"}}, release: 1) '
        "{ id release target { id } readiness skills { skill { id } } } }"
    )["data"]["skillGap"]
    course = {"id": "1", "teaches": [{"skill": "atlas:sql"}, {"skill": "atlas:never"}]}
    body = "\n".join(map(json.dumps, (gap, course, {"skill": "atlas:sql"})))
    answer = shared_server.post("/sync/impact?from=1&unchanged=true", content=body)
    assert answer.status_code == 200
    rows = [json.loads(line) for line in answer.text.splitlines()]
    assert [(row["record"], row["kind"], row["fromRelease"]) for row in rows] == [
        ("line 1", "GAP", 1),
        ("line 2", "COURSE", 1),
        ("line 3", "IDS", 1),
    ]
    # Between the two releases sample courses came, by which its priorities are ranked.
    assert rows[0]["outcome"] == "ASK_AGAIN"
    assert [fact["kind"] for fact in rows[0]["facts"]] == ["COURSES"]
    assert (rows[1]["outcome"], rows[1]["ids"][0]["at"]) == ("FAULTY", ["teaches[1].skill"])
    assert rows[2]["outcome"] == "UNAFFECTED"
    assert answer.headers["skillatlas-impact"].startswith("FAULTY=1, CHOOSE=0, ASK_AGAIN=1,")
    assert answer.headers["skillatlas-lines"] == "3"
    named = shared_server.post("/sync/impact", content=json.dumps(gap, indent=2))
    assert json.loads(named.content)["answerId"] == gap["id"]
    nameless = shared_server.post("/sync/impact", content='{"skill": "atlas:sql"}')
    assert json.loads(nameless.content)["fault"] == "names no release, and none was given for it"
    broken = shared_server.post("/sync/impact?from=1", content='{"skill": \n{"skill": "atlas:never"}').text.splitlines()
    assert [json.loads(line)["outcome"] for line in broken] == ["FAULTY", "FAULTY"]
    many = "\n".join(json.dumps({**gap, "release": number}) for number in (1, 3, 4))
    assert shared_server.post("/sync/impact", content=many).json()["error"]["code"] == "LIMIT_EXCEEDED"
