"""A server's life: new releases come without a restart, SIGTERM lets requests finish, several processes serve."""

import json
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import httpx

from service_process import Served, is_answering, run_skillatlas, wait_until

TURTLE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sa: <https://w3id.org/skillatlas/ns#> .
@prefix atlas: <https://w3id.org/skillatlas/id/> .

atlas:basket-weaving a sa:Skill ;
    skos:inScheme <https://w3id.org/skillatlas/scheme/atlas> ;
    skos:prefLabel "basket weaving"@en , "编篮"@zh ;
    skos:definition "Making baskets from willow or cane by hand."@en ;
    skos:broader atlas:group.programming-foundations ;
    sa:skillType sa:Competence .
"""


def test_a_new_release_is_served_without_a_restart(
    start: Callable[..., Served], own_store: str, tmp_path: Path
) -> None:
    served = start(own_store)
    before = served.graphql('{ release { number } concept(id: "atlas:basket-weaving") { id } }')["data"]
    assert before["concept"] is None
    (tmp_path / "new.ttl").write_text(TURTLE, encoding="utf-8")
    done = run_skillatlas("import", "ontology", str(tmp_path / "new.ttl"), "--store", own_store)
    assert done.returncode == 0, done.stderr
    unpublished = served.graphql('{ concept(id: "atlas:basket-weaving") { id } }')["data"]
    assert unpublished["concept"] is None
    done = run_skillatlas("publish", "--note", "Baskets", "--store", own_store)
    assert done.returncode == 0, done.stderr

    def served_now() -> bool:
        answer = served.graphql('{ release { number } concept(id: "atlas:basket-weaving") { label(lang: "zh") } }')
        return bool(answer["data"]["concept"] == {"label": "编篮"})

    wait_until(served_now, seconds=30)
    old = served.graphql('{ concept(id: "atlas:basket-weaving", release: 1) { id } }')["data"]
    assert old["concept"] is None


def test_sigterm_finishes_what_is_under_way(start: Callable[..., Served], ready_store: str) -> None:
    served = start(ready_store)
    text = "We need Python, SQL and Excel. " * 8000
    answers: list[httpx.Response] = []

    def ask() -> None:
        question = {
            "query": "query($t: String!) { extractSkills(input: {text: $t}) { lang } }",
            "variables": {"t": text},
        }
        answers.append(httpx.post(f"{served.url}/graphql", json=question, timeout=60))

    asking = threading.Thread(target=ask)
    asking.start()
    threading.Event().wait(0.4)
    served.process.send_signal(signal.SIGTERM)
    asking.join()
    assert served.process.wait(40) == 0
    assert answers[0].status_code == 200
    assert answers[0].json()["data"]["extractSkills"]["lang"] == "en"


def test_several_worker_processes_serve(start: Callable[..., Served], ready_store: str) -> None:
    served = start(ready_store, "--workers", "2")
    for _ in range(5):
        assert served.graphql("{ release { number } }")["data"]["release"]["number"] == 2


def test_health_readiness_and_metrics(shared_server: Served) -> None:
    shared_server.graphql("{ release { number } }")
    assert httpx.get(f"{shared_server.url}/healthz").text == "ok\n"
    ready = httpx.get(f"{shared_server.url}/readyz").json()
    assert ready == {"ready": True, "release": 2, "head": 2}
    metrics = httpx.get(f"{shared_server.url}/metrics").text
    assert 'skillatlas_graphql_fields_total{field="release",outcome="ok"}' in metrics
    assert "skillatlas_release 2.0" in metrics


def test_an_empty_store_is_alive_but_not_ready(start: Callable[..., Served], tmp_path: Path) -> None:
    served = start(f"sqlite:///{tmp_path / 'empty.db'}", ready=False)
    wait_until(lambda: is_answering(f"{served.url}/healthz"))
    assert httpx.get(f"{served.url}/readyz").status_code == 503
    assert httpx.get(f"{served.url}/sync/head").status_code == 404
    answer = served.graphql("{ release { number } }")
    assert answer["data"]["release"] is None
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def test_the_log_is_structured(start: Callable[..., Served], ready_store: str) -> None:
    served = start(ready_store)
    served.graphql("{ release { number } }")
    lines = [json.loads(line) for line in served.log.read_text().splitlines() if line.startswith("{")]
    request = next(line for line in lines if line.get("event") == "request" and line["route"] == "/graphql")
    assert request["status"] == 200
    assert request["request_id"]
