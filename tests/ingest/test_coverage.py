"""An ontology held against other lists and real text: small files of the test's own, counted by hand."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

import esco_package
import onet_package
from graphs import concept, graph_of
from skillatlas.ingest import (
    CoverageSettings,
    Measure,
    UnreadableError,
    advert_coverage,
    esco_coverage,
    outlined_courses,
    subject_finder,
    technology_coverage,
)
from skillatlas.taxonomy import (
    ONET_NAMESPACE,
    Concept,
    Graph,
    Label,
    LabelType,
    MappingPredicate,
    MapsTo,
    Scheme,
)


def skill(local: str, *labels: str, forms: list[dict[str, Any]] | None = None) -> Concept:
    made = concept(f"atlas:{local}", label=labels[0])
    others = tuple(Label(LabelType.ALTERNATIVE, "en", label) for label in labels[1:])
    data = {"forms": forms} if forms else None
    return Concept(made.id, made.uri, made.scheme, made.kind, (*made.labels, *others), data=data)


def maps(local: str, iri: str) -> MapsTo:
    return MapsTo(from_id=f"atlas:{local}", to_id=iri, predicate=MappingPredicate.CLOSE, iri=iri)


def graph_with(*entities: Concept | MapsTo) -> Graph:
    scheme = Scheme("atlas", "https://example.org/atlas/", "atlas")
    return graph_of([scheme, *entities])


def names(measures: tuple[Measure, ...]) -> list[tuple[int, int]]:
    return [(one.met, one.total) for one in measures]


# -- measures ------------------------------------------------------------------------------------------------


def test_a_measure_is_reached_from_the_wanted_share_on() -> None:
    assert Measure("x", 3, 4, 0.75).reached is True
    assert Measure("x", 2, 4, 0.75).reached is False
    assert Measure("x", 1, 3).share == 0.333333
    nothing = Measure("x", 0, 0, 0.5)
    assert (nothing.share, nothing.reached, Measure("x", 1, 2).reached) == (None, None, None)


# -- technologies --------------------------------------------------------------------------------------------


def test_a_technology_is_met_by_a_mapping_or_by_its_name_without_the_acronym(tmp_path: Path) -> None:
    path = onet_package.write(tmp_path, onet_package.tables())
    graph = graph_with(
        skill("sql", "Structured Query Language"),
        skill("c", "the C language"),
        skill("tills", "tills"),
        maps("c", f"{ONET_NAMESPACE}tech.C"),
    )
    found = technology_coverage(graph, [path], scheme="atlas", settings=CoverageSettings(most_listed=4))
    # Hot: C, Access, SQL; in demand: C, SQL; most listed: SQL (two occupations), then C, Access, Node.js by name.
    assert names(found.measures) == [(2, 3), (2, 2), (2, 4)]
    assert [(one.name, one.occupations, one.hot, one.in_demand) for one in found.missed] == [
        ("Microsoft Access", 1, True, False),
        ("Node.js", 1, False, False),
    ]
    assert found.version == "29.2"


def test_a_package_without_technologies_says_so(tmp_path: Path) -> None:
    tables = onet_package.tables()
    del tables["technology_skills"]
    with pytest.raises(UnreadableError, match="lacks the table Technology Skills"):
        technology_coverage(graph_with(skill("a", "a")), [onet_package.write(tmp_path, tables)], scheme="atlas")


# -- ESCO ----------------------------------------------------------------------------------------------------


def chosen_package(folder: Path) -> list[Path]:
    """Two occupations of a chosen group, one of them excepted, and one of a group that is not chosen."""
    content = esco_package.tables()
    uri = esco_package.uri
    head = content["occupations"][0]
    content["occupations"] = [
        head,
        [uri("occupation/o1"), "2512", "2512.4", "software developer", "", "", ""],
        [uri("occupation/o2"), "2641", "2641.3", "literary scholar", "", "", ""],
        [uri("occupation/o3"), "2641", "2641.9", "writer", "", "", ""],
        [uri("occupation/o4"), "2612", "2612.1", "judge", "", "", ""],
    ]
    content["occupationSkillRelations"] = [
        ["occupationUri", "relationType", "skillType", "skillUri"],
        *(
            [uri(f"occupation/{occupation}"), relation, "", uri(f"skill/{name}")]
            for occupation, relation, name in (
                ("o1", "essential", "a"),
                ("o1", "essential", "b"),
                ("o1", "optional", "c"),
                ("o2", "essential", "c"),
                ("o3", "essential", "b"),
                ("o3", "essential", "gone"),
                ("o4", "essential", "c"),
            )
        ),
    ]
    return esco_package.write(folder, content)


def test_essential_skills_of_the_chosen_occupations_are_counted(tmp_path: Path) -> None:
    graph = graph_with(skill("sum", "sum"), maps("sum", esco_package.uri("skill/a")))
    found = esco_coverage(graph, chosen_package(tmp_path), scheme="atlas")
    assert names(found.measures) == [(1, 2), (1, 3)]
    assert [(one.label, one.occupations) for one in found.missed] == [("numbers", 2)]
    assert [(one.isco, one.occupations) for one in found.selected] == [
        ("2512", ("software developer",)),
        ("2641", ("writer",)),
    ]
    assert all(one.reason for one in found.selected)


def test_one_zip_of_esco_is_not_enough(tmp_path: Path) -> None:
    classification, relations = chosen_package(tmp_path)
    graph = graph_with(skill("a", "a"))
    with pytest.raises(UnreadableError, match="give the relations zip"):
        esco_coverage(graph, [classification], scheme="atlas")
    with pytest.raises(UnreadableError, match="give the classification zip"):
        esco_coverage(graph, [relations], scheme="atlas")


# -- adverts -------------------------------------------------------------------------------------------------


def advert(path: Path, *rows: tuple[str, str]) -> Path:
    """Lines of tokens and tags, each text split at its spaces."""
    lines = [json.dumps({"tokens": tokens.split(), "tags_knowledge": tags.split()}) for tokens, tags in rows]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path


def test_concrete_spans_that_hold_a_form_are_met(tmp_path: Path) -> None:
    path = advert(
        tmp_path / "adverts.jsonl.gz",
        ("You know Go and Rust or go", "O O B O B O B"),
        ("Bachelor's degree and relevant technologies", "B I O B I"),
        ("modern Rust tooling , Pascal B", "B I I O B B"),
        ("Pascal at <ORGANIZATION> with all its tools", "B I I I I I I"),
        ("pascal or . NET", "B O B I"),
    )
    go = {"text": "Go", "matchCase": True, "needsContext": True}
    graph = graph_with(skill("go", "Go", forms=[go]), skill("rust", "Rust"), skill("net", ".NET"))
    found = advert_coverage(graph, [path], scheme="atlas")
    # Not concrete: the degree, the technologies, and the one that is too long (the placeholder is no word of it).
    # Met: Go, Rust, modern Rust tooling, .NET; not met: Pascal and pascal, B, and go, which is met as Go only.
    assert (found.spans, found.general) == (11, 3)
    assert names(found.measures) == [(4, 8), (3, 6)]
    assert [(one.text, one.spans) for one in found.missed] == [("pascal", 2), ("b", 1), ("go", 1)]


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "{",
        '{"tokens": ["a"]}',
        '{"tokens": ["a"], "tags_knowledge": []}',
        '{"tokens": [1], "tags_knowledge": ["B"]}',
    ],
)
def test_a_line_that_is_no_annotated_advert_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"broken\.jsonl:2"):
        advert_coverage(graph_with(skill("a", "a")), [path], scheme="atlas")


# -- courses -------------------------------------------------------------------------------------------------

CURRICULUM = """# A curriculum

- [Contents](#contents)

[Fork](https://example.org/fork) the [repository](https://example.org/r) first.

## First section

Courses | Weeks
:-- | :--:
[Learn Rust](https://example.org/rust) ([alternative](https://example.org/other)) | 4

| not | a table of courses |
|--|--|
| [Nothing](https://example.org/nothing) | 1 |

## Second

[Go in Depth](https://example.org/go) ([Textbook](https://example.org/book)) or [Go for All](https://example.org/all)
"""


def test_courses_are_rows_of_their_tables_and_lines_of_links(tmp_path: Path) -> None:
    path = tmp_path / "curriculum.md"
    path.write_text(CURRICULUM, encoding="utf-8")
    found = outlined_courses([path])
    assert [(one.title, one.url, one.section, one.line) for one in found] == [
        ("Learn Rust", "https://example.org/rust", "First section", 11),
        ("Go in Depth", "https://example.org/go", "Second", 19),
    ]
    find = subject_finder(graph_with(skill("rust", "Rust"), skill("go", "Go")), "atlas")
    assert [find(one.title) for one in found] == [("atlas:rust",), ("atlas:go",)]


def test_a_file_without_courses_is_named(tmp_path: Path) -> None:
    path = tmp_path / "prose.md"
    path.write_text("# Nothing here\n", encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"prose\.md.*names no course"):
        outlined_courses([path])
    with pytest.raises(UnreadableError, match="no such file"):
        outlined_courses([tmp_path / "absent.md"])
