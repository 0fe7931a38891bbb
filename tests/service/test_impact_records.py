"""Which ids stand in what people store, by file, place and field; nothing that is an id is passed over."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from api_graphs import publish_entities, small_graph
from skillatlas.service.impact import (
    Judge,
    Judgement,
    Names,
    Outcome,
    RecordKind,
    UnreadableFileError,
    find_records,
    read_files,
    read_records,
)
from skillatlas.taxonomy import Graph, Resolvers, Snapshots, Store, load_graph, open_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('records') / 'store.db'}")
    publish_entities(store, small_graph())
    yield store
    store.close()


@pytest.fixture(scope="module")
def graph(store: Store) -> Graph:
    return load_graph(store)


def named(graph: Graph, content: bytes, suffix: str) -> list[tuple[str, str, str]]:
    records = list(read_records(content, suffix, "f"))
    names = Names(graph)
    names.learn(records)
    return [(record.place, one.at, one.id) for record in records for one in names.ids(record)]


def in_json(graph: Graph, value: Any) -> list[tuple[str, str, str]]:
    return named(graph, orjson.dumps(value), ".json")


def test_a_list_is_an_id_a_line(graph: Graph) -> None:
    text = "\ufeff# mine\natlas:sql\r\n\n https://w3id.org/skillatlas/id/python \nno id at all\n".encode()
    assert named(graph, text, ".txt") == [
        ("line 2", "", "atlas:sql"),
        ("line 4", "", "https://w3id.org/skillatlas/id/python"),
        ("line 5", "", "no id at all"),
    ]
    assert named(graph, text, "") == named(graph, text, ".ids")
    assert in_json(graph, ["atlas:sql", "nope"]) == [("[0]", "", "atlas:sql"), ("[1]", "", "nope")]
    assert named(graph, b'"atlas:sql"\n"nope"\n', ".jsonl") == [("line 1", "", "atlas:sql"), ("line 2", "", "nope")]


def test_tables_by_column(graph: Graph) -> None:
    table = (
        b"who;skill;seen\n"
        b"ann:7;atlas:sql=3 | atlas:nothing;atlas:python\n"
        b"bob;SQL;atlas:lost\n"
        b';;"demo:sql-1 NO_COURSE"\n'
    )
    assert named(graph, table, ".csv") == [
        ("line 2", "skill", "atlas:sql"),
        ("line 2", "skill", "atlas:nothing"),
        ("line 2", "seen", "atlas:python"),
        ("line 3", "skill", "SQL"),
        ("line 3", "seen", "atlas:lost"),
        ("line 4", "seen", "demo:sql-1"),
    ]


def test_a_column_of_ids_is_read_whole_whatever_its_name(graph: Graph) -> None:
    assert named(graph, b"code\tremark\natlas:sql\thello\natals:typo\tx:y\n", ".tsv") == [
        ("line 2", "code", "atlas:sql"),
        ("line 3", "code", "atals:typo"),
    ]
    assert named(graph, b"atlas:sql,1\natlas:cpp,2\n", ".csv") == [
        ("line 1", "column 1", "atlas:sql"),
        ("line 2", "column 1", "atlas:cpp"),
    ]


def test_a_row_may_name_its_release(store: Store) -> None:
    rows = list(read_records(b"skill,release\natlas:sql,1\natlas:sql,\natlas:sql,x\n", ".csv", "f"))
    assert [row.release for row in rows] == [1, None, None]


def test_catalogues_as_json_and_as_csv(graph: Graph) -> None:
    line = b'{"id": "a:1", "title": "atlas:python", "teaches": [{"skill": "atlas:sql", "level": 3}, {"skill": "SQL"}], '
    line += b'"assumes": [{"anyOf": [{"skill": "atlas:gone"}]}]}\n'
    assert named(graph, line, ".jsonl") == [
        ("line 1", "teaches[0].skill", "atlas:sql"),
        ("line 1", "teaches[1].skill", "SQL"),
        ("line 1", "assumes[0].anyOf[0].skill", "atlas:gone"),
    ]
    table = b'id,title,teaches,assumes\n1,T,atlas:sql=3; Old name,"atlas:python=2 | atlas:r=2; atlas:cpp"\n'
    (record,) = read_records(table, ".csv", "f")
    assert record.kind is RecordKind.COURSE
    assert [one for _, _, one in named(graph, table, ".csv")] == [
        "atlas:sql",
        "Old name",
        "atlas:python",
        "atlas:r",
        "atlas:cpp",
    ]


def test_answers_are_found_wherever_they_lie() -> None:
    gap = {"id": "f00", "release": 3, "readiness": 0.5, "skills": []}
    plan = {"id": "ba5", "release": 4, "plans": []}
    saved = [{"who": 7, "release": 2, "answers": {"first": gap, "then": [plan]}, "likes": "atlas:sql"}, gap]
    found = [(one.place, one.kind, one.release, one.answer_id) for one in find_records(saved, "f")]
    assert found == [
        ("[0].answers.first", RecordKind.GAP, 3, "f00"),
        ("[0].answers.then[0]", RecordKind.PLAN, 4, "ba5"),
        ("[0]", RecordKind.IDS, 2, None),
        ("[1]", RecordKind.GAP, 3, "f00"),
    ]


def test_words_of_sentences_and_other_peoples_ids_are_no_ids(graph: Graph) -> None:
    value = {
        "id": "ann:7",
        "note": "atlas:sql",
        "text": "atlas:sql",
        "mail": "mailto:ann@example.org",
        "page": "https://example.org/x",
        "namespace": "https://w3id.org/skillatlas/id/",
        "level": 3,
        "wants": ["atlas:lost", "sleep"],
        "role": {"id": "who:knows", "label": "atlas:python"},
        "uri": "https://w3id.org/skillatlas/id/gone",
    }
    assert in_json(graph, value) == [
        ("", "wants[0]", "atlas:lost"),
        ("", "role.id", "who:knows"),
        ("", "uri", "https://w3id.org/skillatlas/id/gone"),
    ]


@pytest.mark.parametrize(
    ("content", "suffix", "words"),
    [
        (b"{", ".json", "f: is no JSON"),
        (b'{"a":' * 101 + b"1" + b"}" * 101, ".json", "f: is nested deeper than 100 levels"),
        (b"\xff\xfe", ".txt", "f: is not UTF-8"),
        (b"<html>", ".html", "save the answers: gap --json"),
        (b'a,b\n"x' + b"y" * 200_000 + b'"\n', ".csv", "is no CSV"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(content: bytes, suffix: str, words: str) -> None:
    with pytest.raises(UnreadableFileError, match=words):
        list(read_records(content, suffix, "f"))


def test_a_line_that_is_no_json_is_faulty_and_its_neighbours_are_read(store: Store, graph: Graph) -> None:
    content = b'{"skill": "atlas:sql"}\n{\n' + b"[" * 101 + b"]" * 101 + b"\n"
    good, broken, deep = judge(store, graph, content, ".jsonl")
    assert good.outcome is Outcome.UNAFFECTED
    assert (broken.record.place, broken.outcome) == ("line 2", Outcome.FAULTY)
    assert broken.fault is not None
    assert broken.fault.startswith("is no JSON")
    assert deep.fault == "is nested deeper than 100 levels"


def test_files_are_told_apart_by_their_names(tmp_path: Path) -> None:
    (tmp_path / "a.TXT").write_text("atlas:sql\n")
    (tmp_path / "b.json").write_text('{"skill": "atlas:sql"}')
    found = [(Path(one.file).name, one.place) for one in read_files([tmp_path / "a.TXT", tmp_path / "b.json"])]
    assert found == [("a.TXT", "line 1"), ("b.json", "")]


def judge(store: Store, graph: Graph, content: bytes, suffix: str) -> list[Judgement]:
    judge = Judge(Snapshots(store), Resolvers(store), graph, since=1)
    return list(judge.judge_all(read_records(content, suffix, "f")))


def test_unknown_ids_are_faults_and_the_good_ones_are_answered(store: Store, graph: Graph) -> None:
    rows = judge(store, graph, b"atlas:sql\natlas:nope\ndemo:sql-1\ndemo:nope\n\x00\n", ".txt")
    assert [row.outcome for row in rows] == [
        Outcome.UNAFFECTED,
        Outcome.FAULTY,
        Outcome.UNAFFECTED,
        Outcome.FAULTY,
        Outcome.FAULTY,
    ]


def test_a_catalogue_may_name_skills_by_their_labels(store: Store, graph: Graph) -> None:
    line = b'{"id": "1", "teaches": [{"skill": "SQL"}, {"skill": "statistics"}]}\n'
    other = b'{"id": "2", "teaches": [{"skill": "sql"}]}\n'
    assert [row.outcome for row in judge(store, graph, line + other, ".jsonl")] == [Outcome.UNAFFECTED, Outcome.FAULTY]
