"""The SQLite file: its version, what it refuses, its locks, its limits. The port's contract: tests/contract."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from graphs import concept
from histories import put
from skillatlas.taxonomy import (
    Edit,
    Store,
    StoreBusyError,
    StoreError,
    StoreUnavailableError,
    StoreVersionError,
    dump_lines,
    open_store,
    publish,
)
from skillatlas.taxonomy.store.sqlite.connection import APPLICATION_ID
from skillatlas.taxonomy.store.sqlite.queries import MIGRATIONS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{path}")
    yield opened
    opened.close()


def pragma(path: Path, statement: str) -> int:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        row = connection.execute(f"PRAGMA {statement}").fetchone()
        return int(row[0]) if row else 0
    finally:
        connection.close()


def edit(store: Store, name: str = "atlas:a", *, wait: float = 10.0) -> None:
    with store.writer(wait=wait) as writer:
        writer.edit([put(concept(name))])


# -- opening ---------------------------------------------------------------------------------------------------


def test_a_new_file_is_made_and_marked(path: Path, store: Store) -> None:
    assert path.is_file()
    assert pragma(path, "application_id") == APPLICATION_ID
    assert pragma(path, "user_version") == len(MIGRATIONS)
    assert store.url == f"sqlite:///{path}"
    assert store.head() is None


def test_opening_again_changes_nothing_and_finds_everything(path: Path, store: Store) -> None:
    edit(store)
    publish(store)
    store.close()
    again = open_store(f"sqlite:///{path}")
    assert len(list(dump_lines(again, 1))) == 1
    again.close()


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.touch()
    open_store(f"sqlite:///{path}").close()
    assert pragma(path, "user_version") == len(MIGRATIONS)


def test_a_newer_schema_is_refused_and_left_alone(path: Path, store: Store) -> None:
    store.close()
    pragma(path, f"user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StoreVersionError, match=rf"schema version {len(MIGRATIONS) + 1}.*use a newer skillatlas"):
        open_store(f"sqlite:///{path}")
    assert pragma(path, "user_version") == len(MIGRATIONS) + 1


def test_an_older_schema_is_migrated_and_keeps_what_it_holds(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(store)
    publish(store)
    store.close()
    newer = (*MIGRATIONS, "CREATE TABLE extra (x TEXT) STRICT; CREATE INDEX extra_x ON extra (x)")
    monkeypatch.setattr("skillatlas.taxonomy.store.sqlite.connection.MIGRATIONS", newer)
    migrated = open_store(f"sqlite:///{path}")
    assert pragma(path, "user_version") == len(newer)
    assert len(list(dump_lines(migrated, 1))) == 1
    migrated.close()
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM extra").fetchone() == (0,)
    connection.close()


def test_a_migration_that_fails_leaves_the_former_schema(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(store)
    publish(store)
    store.close()
    broken = (*MIGRATIONS, "CREATE TABLE extra (x TEXT) STRICT; CREATE TABLE extra (x TEXT) STRICT")
    with monkeypatch.context() as patch:
        patch.setattr("skillatlas.taxonomy.store.sqlite.connection.MIGRATIONS", broken)
        with pytest.raises(StoreError, match="extra"):
            open_store(f"sqlite:///{path}")
    assert pragma(path, "user_version") == len(MIGRATIONS)
    again = open_store(f"sqlite:///{path}")
    assert len(list(dump_lines(again, 1))) == 1
    again.close()


def test_processes_that_make_a_store_together_agree(path: Path) -> None:
    code = "import sys; from skillatlas.taxonomy import open_store; open_store(sys.argv[1]).close()"
    command = [sys.executable, "-c", code, f"sqlite:///{path}"]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [(process.communicate()[1], process.returncode) for process in started] == [("", 0)] * 4
    assert pragma(path, "user_version") == len(MIGRATIONS)


@pytest.mark.parametrize("marked", [False, True], ids=["unmarked", "with-an-application-id"])
def test_the_database_of_another_program_is_refused_and_left_alone(path: Path, marked: bool) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (x)")
    if marked:
        connection.execute("PRAGMA application_id = 1234")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreVersionError, match="database of another program"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" * 200, b"id,title\n1,x\n" * 100])
def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreUnavailableError, match="is no SQLite database"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == content


def test_a_damaged_store_says_so(path: Path, store: Store) -> None:
    for number in range(300):
        edit(store, f"atlas:{number:0200}")
    publish(store)
    store.close()
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    path.write_bytes(bytes(content))

    def read() -> None:
        with closing(open_store(f"sqlite:///{path}")) as damaged:
            list(dump_lines(damaged, 1))

    with pytest.raises(StoreUnavailableError, match="damaged"):
        read()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match=r"the folder .*/none does not exist"):
        open_store(f"sqlite:///{tmp_path}/none/store.db")
    assert not (tmp_path / "none").exists()


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="cannot be opened"):
        open_store(f"sqlite:///{tmp_path}")


@pytest.mark.parametrize("url", ["", "store.db", "sqlite://store.db", "sqlite:///", "postgres://x/y", "file:///x"])
def test_urls_of_no_known_form(url: str) -> None:
    with pytest.raises(StoreUnavailableError, match="URL"):
        open_store(url)


def test_paths_may_hold_blanks_and_other_letters(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/my%20store%3F 数据.db")
    edit(store)
    store.close()
    assert (tmp_path / "my store? 数据.db").is_file()


def test_a_relative_path_is_relative_to_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    open_store("sqlite:///here.db").close()
    assert (tmp_path / "here.db").is_file()


def test_a_closed_store_is_not_used(store: Store) -> None:
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.head()


# -- one writer, many readers ----------------------------------------------------------------------------------


def test_a_second_writer_is_told_within_its_wait(path: Path, store: Store) -> None:
    other = open_store(f"sqlite:///{path}")
    with store.writer() as writer:
        writer.edit([put(concept("atlas:a"))])
        started = time.monotonic()
        with pytest.raises(StoreBusyError, match="another process is writing"):
            edit(other, "atlas:b", wait=0.3)
        assert 0.2 < time.monotonic() - started < 5
    assert [item.entity_id for item in other.edits()] == ["atlas:a"]
    other.close()


def test_a_second_writer_that_waits_loses_nothing(path: Path, store: Store) -> None:
    other = open_store(f"sqlite:///{path}")
    inside = threading.Event()

    def second() -> None:
        inside.wait()
        edit(other, "atlas:b", wait=20)

    thread = threading.Thread(target=second)
    thread.start()
    with store.writer() as writer:
        inside.set()
        time.sleep(0.3)
        writer.edit([put(concept("atlas:a"))])
    thread.join()
    assert [item.entity_id for item in store.edits()] == ["atlas:a", "atlas:b"]
    other.close()


def test_readers_do_not_wait_for_a_writer_and_see_nothing_of_it(path: Path, store: Store) -> None:
    edit(store)
    publish(store)
    other = open_store(f"sqlite:///{path}")
    with store.writer() as writer:
        writer.edit([put(concept("atlas:b"))])
        started = time.monotonic()
        assert list(other.edits()) == []
        assert len(list(dump_lines(other, 1))) == 1
        assert time.monotonic() - started < 2
    assert len(list(other.edits())) == 1
    other.close()


def test_an_exception_inside_the_block_undoes_all_of_it(store: Store) -> None:
    def fails_midway() -> Iterator[Edit]:
        yield put(concept("atlas:a"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), store.writer() as writer:
        writer.edit(fails_midway())
    assert list(store.edits()) == []
    edit(store)


def test_a_reader_keeps_its_view_while_releases_are_published(store: Store) -> None:
    with store.writer() as writer:
        writer.edit(put(concept(f"atlas:{number:04}")) for number in range(5000))
    publish(store)
    lines = dump_lines(store, 1)
    first = next(lines)
    edit(store, "atlas:0001x")
    publish(store)
    assert len([first, *lines]) == 5000


def test_a_reader_that_stops_early_holds_nothing_up(store: Store) -> None:
    with store.writer() as writer:
        writer.edit(put(concept(f"atlas:{number:04}")) for number in range(5000))
    publish(store)
    lines = dump_lines(store, 1)
    next(lines)
    lines.close()  # type: ignore[attr-defined]
    edit(store, "atlas:x", wait=0.5)


# -- no room ---------------------------------------------------------------------------------------------------


def test_a_full_disk_is_told_and_nothing_is_half_written(path: Path, store: Store) -> None:
    """The child may write no file beyond a size, which the system reports as it reports a full disk."""
    edit(store)
    publish(store)
    store.close()
    code = f"""
import resource, signal, sys
sys.path[:0] = {[str(Path(__file__).resolve().parent.parent / "plugins")]!r}
from graphs import concept
from histories import put
from skillatlas.taxonomy import StoreUnavailableError, open_store
store = open_store(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
try:
    with store.writer() as writer:
        writer.edit(put(concept(f"atlas:{{number}}", label="x" * 500)) for number in range(100_000))
except StoreUnavailableError as error:
    print(error)
else:
    print("there was room")
assert store.head().number == 1 and not list(store.edits())
store.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", code, f"sqlite:///{path}"], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "nothing was written" in done.stdout or "cannot be opened or written" in done.stdout, done.stdout
    again = open_store(f"sqlite:///{path}")
    assert len(list(dump_lines(again, 1))) == 1
    edit(again, "atlas:b")
    assert publish(again).release is not None
    again.close()


def test_a_store_that_may_grow_no_more_says_so(path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own limit on pages raises the error of a full disk."""
    from skillatlas.taxonomy.store.sqlite.connection import Connections

    edit(store)
    publish(store)
    original = Connections.open

    def small(self: Connections, *, wait: float = 10.0) -> sqlite3.Connection:
        connection = original(self, wait=wait)
        connection.execute("PRAGMA max_page_count = 60")
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(Connections, "open", small)
        with pytest.raises(StoreUnavailableError, match="the disk is full; nothing was written"), store.writer() as w:
            w.edit(put(concept(f"atlas:{number}")) for number in range(10_000))
    assert list(store.edits()) == []
    assert len(list(dump_lines(store, 1))) == 1
    edit(store, "atlas:b")
    assert publish(store).release is not None


@pytest.mark.skipif(os.geteuid() == 0, reason="rights do not stop root")
def test_a_file_that_may_not_be_written_can_be_read(path: Path, store: Store) -> None:
    edit(store)
    publish(store)
    store.close()
    path.chmod(0o400)
    try:
        with closing(open_store(f"sqlite:///{path}")) as again:
            with pytest.raises(StoreUnavailableError, match="cannot be opened or written"):
                edit(again, "atlas:b")
            assert len(list(dump_lines(again, 1))) == 1
    finally:
        path.chmod(0o600)


def test_a_copy_that_lost_its_journal_mode_has_it_again(path: Path, tmp_path: Path, store: Store) -> None:
    edit(store)
    publish(store)
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    with closing(open_store(f"sqlite:///{copy}")) as again:
        assert len(list(dump_lines(again, 1))) == 1
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
