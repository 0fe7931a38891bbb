"""`skillatlas report` and `POST /report`: the same file, from the same inputs, and nothing of a person left behind."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from service_process import SAMPLES, Served, run_skillatlas

CV = SAMPLES / "documents" / "cv" / "bookkeeper-to-data-analyst.txt"
ROLE = "atlas:role.data-analyst"
ASKED = ("--role", ROLE, "--cv", str(CV), "--start", "2027-01-04", "--date", "2026-12-01", "--label", "Case 17")


def body(**fields: Any) -> dict[str, Any]:
    return {
        "profile": {"text": CV.read_text(encoding="utf-8")},
        "target": {"roleId": ROLE},
        "plan": {"startDate": "2027-01-04"},
        "date": "2026-12-01",
        "label": "Case 17",
        **fields,
    }


def post(served: Served, sent: Any, **headers: str) -> httpx.Response:
    return httpx.post(f"{served.url}/report", json=sent, headers=headers, timeout=60)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_file_and_the_route_give_the_same_bytes(
    ready_store: str, shared_server: Served, tmp_path: Path, lang: str
) -> None:
    out = tmp_path / "report.html"
    done = run_skillatlas("report", *ASKED, "--lang", lang, "--out", str(out), "--store", ready_store)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    again = run_skillatlas("report", *ASKED, "--lang", lang, "--store", ready_store, env={"PYTHONHASHSEED": "7"})
    assert again.stdout.encode() == out.read_bytes()
    answer = post(shared_server, body(lang=lang))
    assert answer.status_code == 200, answer.text
    assert answer.content == out.read_bytes()


def test_the_answer_may_not_be_kept_and_may_fetch_nothing(shared_server: Served) -> None:
    headers = post(shared_server, body(plan=None, near=0)).headers
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == "no-store"
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (body(nationality="x"), 400, "SENSITIVE_INPUT"),
        (body(profile={"religion": "x"}), 400, "SENSITIVE_INPUT"),
        (body(target={"roleId": "atlas:role.none"}), 404, "NOT_FOUND"),
        (body(plan={"hoursPerWeek": 0}), 400, "BAD_INPUT"),
        (body(target={}), 400, "BAD_INPUT"),
        ([], 400, "BAD_INPUT"),
    ],
)
def test_faults_are_said_as_json(shared_server: Served, sent: Any, status: int, code: str) -> None:
    answer = post(shared_server, sent)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.json()["error"]["message"]


def test_only_json_of_our_own_pages_and_programs_is_read(shared_server: Served) -> None:
    assert shared_server.post("/report", content=b"{}").status_code == 415
    assert post(shared_server, body(), Origin="https://evil.example").status_code == 403
    assert shared_server.get("/report").status_code == 405
    assert httpx.post(f"{shared_server.url}/report?x=1", json=body()).status_code == 400


def test_nothing_about_the_person_is_logged(ready_store: str, start: Callable[..., Served]) -> None:
    served = start(ready_store)
    assert post(served, body(label="Unmistakable Person", profile={"text": "Quokka SQL"})).status_code == 200
    assert post(served, body(label="Unmistakable Person", target={"text": "Quokka"}, lang="fr")).status_code == 400
    log = served.log.read_text(encoding="utf-8")
    assert "/report" in log
    assert "Unmistakable" not in log
    assert "Quokka" not in log


def test_the_command_says_what_is_wrong(ready_store: str) -> None:
    for arguments, status, words in (
        ((), 2, "name one target"),
        (("--role", ROLE, "--date", "soon"), 2, "--date soon: must be a day"),
        (("--role", "atlas:role.none"), 1, "atlas:role.none"),
        (("--role", ROLE, "--lang", "fr"), 2, "--lang fr: must be en or zh"),
        (("--role", ROLE, "--hours-per-week", "500"), 1, "hoursPerWeek"),
    ):
        done = run_skillatlas("report", *arguments, "--store", ready_store)
        assert done.returncode == status, (arguments, done.stderr)
        assert words in done.stderr


def test_an_advert_and_named_skills_are_targets_too(ready_store: str) -> None:
    advert = str(SAMPLES / "documents" / "job" / "data-analyst.md")
    done = run_skillatlas("report", "--advert", advert, "--has", "atlas:sql=3", "--no-plan", "--store", ready_store)
    assert done.returncode == 0, done.stderr
    assert "the post that was given" in done.stdout
    done = run_skillatlas(
        "report", "--needs", "atlas:sql=3", "--held-role", ROLE, "--near", "0", "--store", ready_store
    )
    assert done.returncode == 0, done.stderr
    assert "the skills asked for" in done.stdout
