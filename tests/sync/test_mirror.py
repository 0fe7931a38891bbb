"""The mirror against a real server, and against what networks and disks do to it."""

import dataclasses
import json
import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from faulty_proxy import FaultyProxy, faulty_proxy
from graphs import concept
from skillatlas.sync import DivergedError, IntegrityError, Mirror, MirrorError, Server, ServerError
from skillatlas.taxonomy import Broader, ConceptStatus, Course, Replacement, ReplacementKind, open_store
from sync_source import Source, serving


@pytest.fixture
def proxy(source: Source) -> Iterator[FaultyProxy]:
    with faulty_proxy(source.url) as running:
        yield running


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("scheme", [None, "atlas", "moocs"])
def test_a_mirror_follows_the_server(source: Source, tmp_path: Path, scheme: str | None) -> None:
    with Server(source.url) as server:
        mirror = Mirror.create(tmp_path / "mirror", server, scheme=scheme)
        assert mirror.file.read_bytes() == source.dump(1, scheme)
        assert mirror.pull(server).changes == 0
        source.relabel("second")
        gone = Course(id="moocs:2", catalogue="moocs", title="Course", hours=1e-7)
        newest = source.publish([Course(id="moocs:3", catalogue="moocs", title="New", hours=2.5)], [gone])
        pulled = mirror.pull(server)
        assert mirror.file.read_bytes() == source.dump(newest, scheme)
        assert b"".join(mirror.lines()) == mirror.file.read_bytes()
        assert pulled.content_hash == mirror.state.content_hash
        assert pulled.changes == {None: 402, "atlas": 400, "moocs": 2}[scheme]
        assert names(mirror.folder) == {"state.json", "lock", mirror.file.name}, "nothing older is left"
        assert not mirror.verify(server).behind
        again = Mirror(tmp_path / "mirror")
        assert again.state == mirror.state


def test_several_releases_at_once_and_ids_of_ones_own(source: Source, tmp_path: Path) -> None:
    with Server(source.url) as server:
        mirror = Mirror.create(tmp_path / "mirror", server)
        source.relabel("second", range(10))
        source.relabel("third", range(5, 15))
        pulled = mirror.pull(server)
        assert pulled.changes == 20
        rows = mirror.impact(server, ["atlas:0001", "atlas:0300", "nothing"], start=pulled.start)
        assert [(row["id"], row["status"]) for row in rows] == [("atlas:0001", "RELABELLED"), ("nothing", "UNKNOWN_ID")]


@pytest.mark.parametrize("breaks", [False, True], ids=["cut cleanly", "cut hard"])
def test_a_stream_that_is_cut_goes_on_where_it_was_cut(
    source: Source, proxy: FaultyProxy, tmp_path: Path, breaks: bool
) -> None:
    with Server(proxy.url) as server:
        mirror = Mirror.create(tmp_path / "mirror", server)
        source.relabel("second")

        def cut(path: str, body: bytes) -> tuple[bytes, bool]:
            changes = path.startswith("/sync/changes")
            return (body[: 60_000 + len(body) % 7], breaks) if changes and len(body) > 60_000 else (body, False)

        proxy.fault = cut
        proxy.requests.clear()
        assert mirror.pull(server).changes == 400
        assert mirror.file.read_bytes() == source.dump(2)
        asked = [path for path in proxy.requests if path.startswith("/sync/changes")]
        assert len(asked) > 2
        starts = [int(found[1]) for path in asked if (found := re.search(r"after=(\d+)", path))]
        assert starts == sorted(set(starts)), "each attempt begins after the last whole line"


def test_a_stream_that_brings_nothing_ends(source: Source, proxy: FaultyProxy, tmp_path: Path) -> None:
    with Server(proxy.url) as server:
        mirror = Mirror.create(tmp_path / "mirror", server)
        source.relabel("second")
        proxy.fault = lambda path, body: (b"", False) if path.startswith("/sync/changes") else (body, False)
        with pytest.raises(ServerError, match="ended the stream early 3 times"):
            mirror.pull(server)
        assert Mirror(tmp_path / "mirror").file.read_bytes() == source.dump(1)


def altered(path: str, body: bytes) -> tuple[bytes, bool]:
    return body.replace(b"second 7", b"seconD 7"), False


def shuffled(path: str, body: bytes) -> tuple[bytes, bool]:
    lines = body.splitlines(keepends=True)
    return (b"".join([*lines[5:], *lines[:5]]) if path.startswith("/sync/changes") else body), False


def swapped(path: str, body: bytes) -> tuple[bytes, bool]:
    return (body.replace(b'"after":{', b'"After":{') if path.startswith("/sync/changes") else body), False


def doubled(path: str, body: bytes) -> tuple[bytes, bool]:
    return (body + body if path.startswith("/sync/changes") else body), False


@pytest.mark.parametrize("fault", [altered, shuffled, swapped, doubled])
def test_of_altered_changes_nothing_is_kept(source: Source, proxy: FaultyProxy, tmp_path: Path, fault: object) -> None:
    with Server(proxy.url) as server:
        mirror = Mirror.create(tmp_path / "mirror", server)
        source.relabel("second")
        proxy.fault = fault  # type: ignore[assignment]
        with pytest.raises(IntegrityError, match="nothing was kept"):
            mirror.pull(server)
        assert Mirror(tmp_path / "mirror").file.read_bytes() == source.dump(1)
        proxy.fault = lambda _path, body: (body, False)
        assert mirror.pull(server).end == 2
        assert mirror.file.read_bytes() == source.dump(2)


@pytest.mark.parametrize("breaks", [False, True])
def test_of_an_altered_or_cut_dump_nothing_is_kept(proxy: FaultyProxy, tmp_path: Path, breaks: bool) -> None:
    folder = tmp_path / "mirror"
    with Server(proxy.url) as server:
        proxy.fault = lambda path, body: (body[:-9], breaks) if path.startswith("/releases") else (body, False)
        with pytest.raises(ServerError if breaks else IntegrityError):
            Mirror.create(folder, server)
        with pytest.raises(MirrorError, match="holds no mirror"):
            Mirror(folder)
        proxy.fault = lambda _path, body: (body, False)
        assert Mirror.create(folder, server).verify(server).newest == 1


def test_a_server_that_goes_back_is_noticed(source: Source, proxy: FaultyProxy, tmp_path: Path) -> None:
    """The proxy leads to another server, over a backup, or over a copy in which something else was published."""
    backup = tmp_path / "backup"
    backup.mkdir()
    source.store.close()
    for file in tmp_path.glob("source.db*"):
        shutil.copy(file, backup / file.name)
    source.store = open_store(f"sqlite:///{tmp_path / 'source.db'}")
    source.relabel("second")
    with Server(proxy.url) as server:
        mirror = Mirror.create(tmp_path / "mirror", server)
        before = mirror.file.read_bytes()
        url = f"sqlite:///{backup / 'source.db'}"
        with serving(url) as upstream:
            proxy.upstream = upstream
            with pytest.raises(DivergedError, match="older copy"):
                mirror.pull(server)
            restored = Source(open_store(url), upstream)
            restored.relabel("something else")
            with pytest.raises(DivergedError, match="another one"):
                mirror.pull(server)
            restored.relabel("a third", range(3))
            with pytest.raises(IntegrityError, match="another history"):
                mirror.pull(server)
            assert Mirror(tmp_path / "mirror").file.read_bytes() == before, "the mirror is kept"
            anew = Mirror.create(tmp_path / "mirror", server, again=True)
            assert anew.file.read_bytes() == restored.dump(3)
            restored.store.close()


def test_what_somebody_did_to_the_file_is_found(source: Source, tmp_path: Path) -> None:
    with Server(source.url) as server:
        mirror = Mirror.create(tmp_path / "mirror", server)
        text = mirror.file.read_bytes()
        mirror.file.write_bytes(text.replace(b"atlas:0007", b"atlas:0008", 1))
        with pytest.raises(IntegrityError, match="init --again"):
            mirror.verify()
        source.relabel("second", range(300, 310))
        with pytest.raises(IntegrityError):
            mirror.pull(server)
        mirror.file.unlink()
        with pytest.raises(IntegrityError):
            mirror.verify()


def test_folders_that_are_no_mirror(source: Source, tmp_path: Path) -> None:
    with Server(source.url) as server:
        with pytest.raises(MirrorError, match="init"):
            Mirror(tmp_path)
        Mirror.create(tmp_path / "mirror", server)
        with pytest.raises(MirrorError, match="already"):
            Mirror.create(tmp_path / "mirror", server)
    state = tmp_path / "mirror" / "state.json"
    for text in ("", "[]", "{}", json.dumps({"format": 9}), state.read_text()[:-5]):
        state.write_text(text)
        with pytest.raises(MirrorError):
            Mirror(tmp_path / "mirror")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "nonsense", "http://"])
def test_a_server_that_is_not_there(url: str, tmp_path: Path) -> None:
    with Server(url) as server, pytest.raises(ServerError):
        Mirror.create(tmp_path / "mirror", server)


def test_a_scheme_that_is_not_there(source: Source, tmp_path: Path) -> None:
    with Server(source.url) as server, pytest.raises(ServerError, match=r"404.*nowhere"):
        Mirror.create(tmp_path / "mirror", server, scheme="nowhere")


def test_ids_that_are_none_and_texts_with_other_ends_of_lines(source: Source, tmp_path: Path) -> None:
    odd = ["a\nb", "\u2028", "", "\x85", "atlas:0001", "x" * 10_000]
    with Server(source.url) as server:
        mirror = Mirror.create(tmp_path / "mirror", server)
        gone = Replacement(ReplacementKind.RETIRED, (), "one\u2028two\nthree\x85")
        source.publish(
            [dataclasses.replace(concept("atlas:0001"), status=ConceptStatus.DEPRECATED, replacement=gone)],
            [Broader(from_id="atlas:0001", to_id="atlas:0000", confidence=0.1 + 1e-7),
             *(Broader(from_id=f"atlas:{n:04}", to_id="atlas:0001", confidence=0.1 + n * 1e-7) for n in (2, 3))],
        )  # fmt: skip
        start = mirror.pull(server).start
        rows = mirror.impact(server, odd, start=start)
        assert [row["id"] for row in rows] == odd
        assert {row["id"]: row["status"] for row in rows}["atlas:0001"] == "RETIRED"
        assert "\u2028" in rows[4]["detail"]


def test_more_ids_than_one_request_takes(source: Source, tmp_path: Path) -> None:
    with Server(source.url) as server:
        mirror = Mirror.create(tmp_path / "mirror", server)
        source.relabel("second", [7])
        start = mirror.pull(server).start
        ids = ["atlas:0007", *(["atlas:0008"] * 150_000), "atlas:0007"]
        assert [row["id"] for row in mirror.impact(server, ids, start=start)] == ["atlas:0007"] * 2
        assert mirror.impact(server, [], start=start) == []


@pytest.mark.parametrize("breaks", [False, True])
def test_a_cut_answer_about_ids_is_no_answer(source: Source, proxy: FaultyProxy, tmp_path: Path, breaks: bool) -> None:
    with Server(proxy.url) as server:
        mirror = Mirror.create(tmp_path / "mirror", server)
        source.relabel("second", range(3))
        start = mirror.pull(server).start
        for cut in (-5, -100, 0):
            proxy.fault = partial(cut_impact, cut, breaks)
            with pytest.raises(ServerError):
                mirror.impact(server, [f"atlas:{number:04}" for number in range(10)], start=start)


def cut_impact(cut: int, breaks: bool, path: str, body: bytes) -> tuple[bytes, bool]:
    return (body[:cut], breaks) if path.startswith("/sync/impact") else (body, False)
