"""What must not get in, and what must not get out."""

from collections.abc import Callable

import httpx
import pytest

from service_process import Served
from skillatlas.service.http.security import allowed_hosts

QUERY = {"query": "{ release { number } }"}


def post(shared_server: Served, headers: dict[str, str]) -> httpx.Response:
    return httpx.post(f"{shared_server.url}/graphql", json=QUERY, headers=headers, timeout=30)


def test_programs_and_our_own_page_may_ask(shared_server: Served) -> None:
    assert post(shared_server, {}).status_code == 200
    assert post(shared_server, {"Sec-Fetch-Site": "same-origin", "Origin": shared_server.url}).status_code == 200
    assert post(shared_server, {"Origin": shared_server.url}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_pages_of_other_sites_may_not(shared_server: Served, headers: dict[str, str]) -> None:
    answer = post(shared_server, headers)
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "FORBIDDEN"


@pytest.mark.parametrize(
    "content_type", ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", ""]
)
def test_only_json_is_read(shared_server: Served, content_type: str) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    answer = httpx.post(f"{shared_server.url}/graphql", content=b'{"query":"{release{number}}"}', headers=headers)
    assert answer.status_code in (400, 415)
    assert "data" not in answer.json()


def test_queries_are_not_taken_by_get(shared_server: Served) -> None:
    answer = httpx.get(f"{shared_server.url}/graphql?query={{release{{number}}}}")
    assert answer.status_code == 405


def test_headers_keep_pages_to_our_origin(shared_server: Served) -> None:
    answer = httpx.get(shared_server.url)
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "server" not in answer.headers


def test_no_cors_without_being_told(shared_server: Served) -> None:
    answer = httpx.options(
        f"{shared_server.url}/graphql",
        headers={"Origin": "https://app.example", "Access-Control-Request-Method": "POST"},
    )
    assert "access-control-allow-origin" not in answer.headers


def test_cors_for_named_origins(start: Callable[..., Served], ready_store: str) -> None:
    served = start(ready_store, "--cors", "https://app.example")
    preflight = httpx.options(
        f"{served.url}/graphql",
        headers={
            "Origin": "https://app.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert preflight.headers["access-control-allow-origin"] == "https://app.example"
    cross = {"Origin": "https://app.example", "Sec-Fetch-Site": "cross-site"}
    asked = httpx.post(f"{served.url}/graphql", json=QUERY, headers=cross)
    assert asked.status_code == 200
    assert asked.headers["access-control-allow-origin"] == "https://app.example"
    other = httpx.post(f"{served.url}/graphql", json=QUERY, headers={"Origin": "https://evil.example"})
    assert other.status_code == 403


def test_introspection_only_with_dev(shared_server: Served, start: Callable[..., Served], ready_store: str) -> None:
    question = {"query": "{ __schema { queryType { name } } }"}
    refused = httpx.post(f"{shared_server.url}/graphql", json=question)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["extensions"]["code"] == "BAD_INPUT"
    answered = httpx.post(f"{start(ready_store, '--dev').url}/graphql", json=question)
    assert answered.json()["data"]["__schema"]["queryType"]["name"] == "Query"


def test_request_ids_are_given_and_kept(shared_server: Served) -> None:
    assert post(shared_server, {"X-Request-ID": "abc-1"}).headers["x-request-id"] == "abc-1"
    assert len(post(shared_server, {"X-Request-ID": "bad id;"}).headers["x-request-id"]) == 32


def test_texts_and_secrets_stay_out_of_the_log(start: Callable[..., Served], ready_store: str) -> None:
    served = start(ready_store)
    secret = "ZebraUnicorn writes Python"
    served.graphql("query($t: String!) { extractSkills(input: {text: $t}) { mentions { text } } }", {"t": secret})
    httpx.post(f"{served.url}/graphql", json={"query": "{ ZebraUnicorn }"})
    assert "ZebraUnicorn" not in served.log.read_text()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:{port}", "LOCALHOST:1", "[::1]:80"])
def test_a_local_server_is_asked_by_local_names(shared_server: Served, host: str) -> None:
    port = shared_server.url.rpartition(":")[2]
    assert shared_server.get("/sync/head", headers={"Host": host.format(port=port)}).status_code == 200


@pytest.mark.parametrize(
    "host", ["rebound.example", "rebound.example:8000", "127.0.0.1.example", "", "[::1", "localhost:x"]
)
def test_a_local_server_is_asked_by_no_other_name(shared_server: Served, host: str) -> None:
    for path in ("/sync/head", "/", "/healthz"):
        answer = shared_server.get(path, headers={"Host": host})
        assert (answer.status_code, answer.json()["error"]["code"]) == (421, "FORBIDDEN")


@pytest.mark.parametrize(
    ("listening", "hosts", "allowed"),
    [
        ("127.0.0.1", (), {"localhost", "127.0.0.1", "[::1]"}),
        ("::1", (), {"localhost", "127.0.0.1", "[::1]"}),
        ("0.0.0.0", (), None),
        ("127.0.0.1", ("Skills.example",), {"skills.example"}),
        ("0.0.0.0", ("skills.example",), {"skills.example"}),
        ("127.0.0.1", ("*",), None),
    ],
)
def test_which_names_are_allowed(listening: str, hosts: tuple[str, ...], allowed: set[str] | None) -> None:
    assert allowed_hosts(listening, hosts) == allowed
