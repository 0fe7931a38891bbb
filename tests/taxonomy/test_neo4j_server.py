"""The fixture itself: a run that is meant to cover Neo4j must not turn green by skipping, nor blame the wrong thing."""

from pathlib import Path

import neo4j
import pytest

import neo4j_server
from neo4j_fixtures import require_tools

BROKEN = 'public class Boot { public static void main(String[] arguments) { throw new Error("no"); } }'


def without_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def test_tests_are_skipped_with_the_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    without_programs(monkeypatch, tmp_path)
    monkeypatch.delenv("SKILLATLAS_REQUIRE_NEO4J", raising=False)
    with pytest.raises(pytest.skip.Exception, match="java and mvn not found"):
        require_tools()


def test_tests_fail_where_neo4j_is_required(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    without_programs(monkeypatch, tmp_path)
    monkeypatch.setenv("SKILLATLAS_REQUIRE_NEO4J", "1")
    with pytest.raises(pytest.fail.Exception, match="java and mvn not found"):
        require_tools()


@pytest.mark.neo4j
def test_a_server_that_ends_before_it_is_ready_is_reported_at_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    require_tools()
    (tmp_path / "Boot.java").write_text(BROKEN)
    (tmp_path / "pom.xml").write_text((neo4j_server.SOURCES / "pom.xml").read_text("utf-8"))
    neo4j_server.resolve_jars()
    monkeypatch.setattr(neo4j_server, "SOURCES", tmp_path)
    with (
        pytest.raises(neo4j_server.ServerError, match=r"(?s)before it was ready.*Error: no"),
        neo4j_server.run_server(),
    ):
        pass


@pytest.mark.neo4j
def test_a_remark_of_the_server_is_a_failure(
    neo4j_url: str, neo4j_driver: neo4j.Driver, neo4j_notifications: list[str]
) -> None:
    neo4j_driver.execute_query("MATCH (n:NoSuchLabel) RETURN n", database_="neo4j")
    assert len(neo4j_notifications) == 1
    assert "NoSuchLabel" in neo4j_notifications.pop()
