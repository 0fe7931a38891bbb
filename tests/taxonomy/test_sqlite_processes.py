"""Real processes on one SQLite file: killed in the middle of their work, reading while another writes, writing at once.

`kill -9` at a dozen moments of an import and of a publish. Each time the last release is whole, what was not
finished is not there, and the store goes on as if nothing had been.
"""

import hashlib
import shutil
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

import crash_child
from graphs import concept
from histories import put
from skillatlas.taxonomy import Store, dump_lines, open_store, publish

CONCEPTS = 3000
MOMENTS = 12
CHILD = [sys.executable, str(Path(crash_child.__file__))]


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def start(work: str, path: Path) -> "subprocess.Popen[str]":
    """A child that has come to the point where its work begins."""
    child = subprocess.Popen([*CHILD, work, url(path), str(CONCEPTS)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "begin\n"
    return child


def kill(child: "subprocess.Popen[str]") -> None:
    child.kill()
    child.communicate()


def whole(store: Store) -> int:
    """The number of the newest release, which is what its hash and counts say."""
    head = store.head()
    if head is None:
        return 0
    lines = list(dump_lines(store, head.number))
    assert "sha256:" + hashlib.sha256(b"".join(lines)).hexdigest() == head.content_hash
    assert sum(b'"entityType":"CONCEPT"' in line for line in lines) == head.concept_count
    assert len(list(store.changes(head.number - 1, head.number))) == head.change_count
    return head.number


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one small release."""
    path = tmp_path_factory.mktemp("published") / "store.db"
    with closing(open_store(url(path))) as store:
        with store.writer() as writer:
            writer.edit([put(concept("atlas:first"))])
        publish(store)
    return path


@pytest.fixture(scope="module")
def imported(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That store with an import that waits to be published."""
    path = tmp_path_factory.mktemp("imported") / "store.db"
    shutil.copy(published, path)
    with closing(open_store(url(path))) as store, store.writer() as writer:
        writer.edit(put(entity) for entity in crash_child.entities(CONCEPTS))
    return path


@pytest.fixture(scope="module")
def final_hash(imported: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the second release is if nothing goes wrong."""
    path = tmp_path_factory.mktemp("final") / "store.db"
    shutil.copy(imported, path)
    with closing(open_store(url(path))) as store:
        done = publish(store)
    assert done.release is not None
    return done.release.content_hash


def finish(path: Path, final_hash: str) -> None:
    """Import and publish as if for the first time; it comes out the same."""
    with closing(open_store(url(path))) as store:
        with store.writer(wait=2) as writer:
            writer.edit(put(entity) for entity in crash_child.entities(CONCEPTS))
        publish(store, wait=2)
        head = store.head()
        assert head is not None
        assert head.content_hash == final_hash
        assert whole(store) == 2


@pytest.mark.slow
def test_killed_in_mid_import(published: Path, final_hash: str, tmp_path: Path) -> None:
    seen = set()
    for moment in range(MOMENTS):
        path = tmp_path / f"{moment}.db"
        shutil.copy(published, path)
        child = start("import", path)
        assert child.stdout is not None
        for _ in range(moment + 1):
            assert child.stdout.readline().startswith("at ")
        kill(child)
        with closing(open_store(url(path))) as store:
            assert whole(store) == 1
            waiting = sum(1 for _ in store.edits())
            assert waiting in (0, 2 * CONCEPTS - 1), "an unfinished import is not there"
            seen.add(waiting)
        if moment % 4 == 0:
            finish(path, final_hash)
    assert 0 in seen, "none was killed before it was done"


@pytest.mark.slow
def test_killed_in_mid_publish(imported: Path, final_hash: str, tmp_path: Path) -> None:
    path = tmp_path / "measured.db"
    shutil.copy(imported, path)
    child = start("publish", path)
    began = time.monotonic()
    assert child.wait() == 0
    seconds = time.monotonic() - began
    child.communicate()
    seen = set()
    for moment in range(MOMENTS):
        path = tmp_path / f"{moment}.db"
        shutil.copy(imported, path)
        child = start("publish", path)
        time.sleep(seconds * moment / MOMENTS)
        kill(child)
        with closing(open_store(url(path))) as store:
            number = whole(store)
            waiting = sum(1 for _ in store.edits())
            assert (number, waiting) in ((1, 2 * CONCEPTS - 1), (2, 0)), "published whole, or all edits still wait"
            seen.add(number)
        finish(path, final_hash)
    assert 1 in seen, "none was killed before it was done"


def read_on(path: Path, done: Path) -> str:
    """Code of a process that reads until it is told to stop, and prints how many releases it met."""
    return f"""
import hashlib, pathlib
from skillatlas.taxonomy import dump_lines, open_store
store = open_store({url(path)!r})
seen = set()
stop = pathlib.Path({str(done)!r})
while True:
    last = stop.exists()
    head = store.head()
    lines = b"".join(dump_lines(store, head.number))
    assert "sha256:" + hashlib.sha256(lines).hexdigest() == head.content_hash, head
    assert sum(1 for _ in store.changes(0, head.number)) == head.last_seq, head
    seen.add(head.number)
    if last:
        break
store.close()
print(len(seen))
"""


def write_on(path: Path, name: str, rounds: int) -> str:
    """Code of a process that edits and publishes again and again."""
    return f"""
from graphs import concept
from histories import put
from skillatlas.taxonomy import open_store, publish
store = open_store({url(path)!r})
for number in range({rounds}):
    with store.writer(wait=60) as writer:
        writer.edit([put(concept(f"atlas:{name}-{{number}}"))])
    publish(store, wait=60)
store.close()
"""


def run(code: str) -> "subprocess.Popen[str]":
    program = f"import sys; sys.path.insert(0, {str(Path(crash_child.__file__).parent)!r})\n{code}"
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended_well(process: "subprocess.Popen[str]") -> str:
    out, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, "")
    return out


@pytest.mark.slow
def test_several_processes_read_while_two_write(published: Path, tmp_path: Path) -> None:
    path, done = tmp_path / "store.db", tmp_path / "done"
    shutil.copy(published, path)
    readers = [run(read_on(path, done)) for _ in range(2)]
    writers = [run(write_on(path, name, 25)) for name in ("x", "y")]
    for writer in writers:
        ended_well(writer)
    done.touch()
    counts = [int(ended_well(reader)) for reader in readers]
    assert max(counts) > 3, "the readers met releases as they came"
    with closing(open_store(url(path))) as store:
        whole(store)
        head = store.head()
        assert head is not None
        published_ids = [row.entity_id for row in store.records(head.number)]
        assert sorted(published_ids) == sorted(["atlas:first", *(f"atlas:{n}-{i}" for n in "xy" for i in range(25))])
        assert list(store.edits()) == []


@pytest.mark.slow
def test_a_writer_that_is_killed_holds_no_lock(published: Path, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    shutil.copy(published, path)
    child = start("import", path)
    kill(child)
    with closing(open_store(url(path))) as store:
        began = time.monotonic()
        with store.writer(wait=1) as writer:
            writer.edit([put(concept("atlas:next"))])
        assert time.monotonic() - began < 1
