"""Courses and the fields of their types."""

import pytest

from asking import Api


def test_fields_of_a_course(api: Api) -> None:
    data = api.ask(
        """{ course(id: "demo:pandas-1") { id catalogue release title provider url lang hours price { amount currency }
            teaches { skill { id } level confidence }
            assumes { kind anyOf { skill { id } level } } }
            sql: course(id: "demo:sql-1") { provider url lang price { amount } assumes { kind } }
            python: course(id: "demo:python-1") { price { amount } } none: course(id: "demo:nothing") { id } }"""
    )
    assert data["course"] == {
        "id": "demo:pandas-1",
        "catalogue": "demo",
        "release": 1,
        "title": "Working with pandas",
        "provider": None,
        "url": None,
        "lang": None,
        "hours": 15.0,
        "price": {"amount": 49.0, "currency": "EUR"},
        "teaches": [
            {"skill": {"id": "atlas:data-analysis"}, "level": 2, "confidence": 1.0},
            {"skill": {"id": "atlas:pandas"}, "level": 3, "confidence": 1.0},
        ],
        "assumes": [{"kind": "HARD", "anyOf": [{"skill": {"id": "atlas:python"}, "level": 2}]}],
    }
    assert data["sql"] == {
        "provider": "Open School",
        "url": "https://example.org/sql",
        "lang": "en",
        "price": {"amount": 0.0},  # free
        "assumes": [],
    }
    assert data["python"] == {"price": None}  # not known
    assert data["none"] is None


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ("", ["demo:pandas-1", "demo:python-1", "demo:sql-1", "demo:stats-1"]),
        ('catalogue: "demo", first: 1', ["demo:pandas-1"]),
        ('text: "PANDAS working"', ["demo:pandas-1"]),
        ('text: "open school"', ["demo:sql-1"]),
        ('text: ""', ["demo:pandas-1", "demo:python-1", "demo:sql-1", "demo:stats-1"]),
        ('skillId: "atlas:statistics"', ["demo:stats-1"]),
        ('skillId: "https://w3id.org/skillatlas/id/statistics", text: "sql"', []),
        ('skillId: "atlas:cpp"', []),
    ],
)
def test_courses_are_selected(api: Api, arguments: str, found: list[str]) -> None:
    call = f"courses({arguments})" if arguments else "courses"
    data = api.ask(f"{{ {call} {{ totalCount edges {{ node {{ id }} }} }} }}")["courses"]
    assert [edge["node"]["id"] for edge in data["edges"]] == found


def test_an_unknown_skill_is_bad_input_and_named(api: Api) -> None:
    for name in ("atlas:nothing", "atlas:domain.data"):
        code, message = api.refuse("query($s: ID) { courses(skillId: $s) { totalCount } }", s=name)
        assert code == "BAD_INPUT"
        assert name in message
