"""Real processes on one Neo4j store: killed in the middle of their work, and writing at once.

After each `kill -9` the last release is whole, the explorable graph is exactly it, what was not finished is not
there, and the next writer goes on as if nothing had been and leaves no remains.
"""

import hashlib
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import neo4j
import pytest

import crash_child
from graphs import concept
from histories import put
from live_graph import expected, remains, seen
from neo4j_fixtures import DATABASE
from skillatlas.taxonomy import Store, StoreBusyError, dump_lines, open_store, publish

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
CONCEPTS = 6000  # with their edges three batches
CHILD = [sys.executable, str(Path(crash_child.__file__))]
LEASE = 10.0  # what a writer that was killed still holds the store for


def start(work: str, url: str) -> "subprocess.Popen[str]":
    """A child that has come to the point where its work begins."""
    child = subprocess.Popen([*CHILD, work, url, str(CONCEPTS)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "begin\n"
    return child


def kill(child: "subprocess.Popen[str]") -> None:
    child.kill()
    child.communicate()


def first_release(store: Store) -> None:
    with store.writer() as writer:
        writer.edit([put(concept("atlas:first")), put(concept("atlas:second"))])
    publish(store)


def whole(store: Store, driver: neo4j.Driver) -> int:
    """The number of the newest release, which is what its hash, its counts and the explorable graph say."""
    head = store.head()
    assert head is not None
    lines = list(dump_lines(store, head.number))
    assert "sha256:" + hashlib.sha256(b"".join(lines)).hexdigest() == head.content_hash
    assert len(list(store.changes(head.number - 1, head.number))) == head.change_count
    shown, wanted = seen(driver, DATABASE), expected(lines)
    assert (sorted(shown - wanted)[:3], sorted(wanted - shown)[:3]) == ([], [])
    return head.number


def expire(driver: neo4j.Driver) -> None:
    """Let the lease of the killed end now, to save the wait."""
    driver.execute_query("MATCH (l:WriterLock) SET l.expires = 0", database_=DATABASE)


def test_killed_in_mid_import(neo4j_url: str, neo4j_driver: neo4j.Driver) -> None:
    with closing(open_store(neo4j_url)) as store:
        first_release(store)
        left: set[bool] = set()
        for line in (1, 21, 33, 41):
            child = start("import", neo4j_url)
            assert child.stdout is not None
            for _ in range(line):
                assert child.stdout.readline().startswith("at ")
            time.sleep(0.05)
            kill(child)
            assert whole(store, neo4j_driver) == 1
            assert sum(1 for _ in store.edits()) in (0, 2 * CONCEPTS - 1), "an unfinished import is not there"
            left.add(bool(remains(neo4j_driver, DATABASE)))
            expire(neo4j_driver)
            with store.writer(wait=5) as writer:
                assert remains(neo4j_driver, DATABASE) == {}
                writer.discard_edits()
        assert True in left, "none was killed after its first batch"
        last = start("import", neo4j_url)
        last.communicate()
        assert last.returncode == 0
        assert sum(1 for _ in store.edits()) == 2 * CONCEPTS - 1


def test_killed_in_mid_publish(neo4j_url: str, neo4j_driver: neo4j.Driver) -> None:
    with closing(open_store(neo4j_url)) as store:
        first_release(store)
        with store.writer() as writer:
            writer.edit(put(entity) for entity in crash_child.entities(CONCEPTS))
        left: set[str] = set()
        moment = 0.0
        # Later and later, until one is killed after it was done.
        while whole(store, neo4j_driver) == 1 and moment < 60:
            child = start("publish", neo4j_url)
            time.sleep(moment)
            moment += 0.6
            kill(child)
            if whole(store, neo4j_driver) == 1:
                assert sum(1 for _ in store.edits()) == 2 * CONCEPTS - 1, "all edits still wait"
                left |= remains(neo4j_driver, DATABASE).keys()
            expire(neo4j_driver)
        assert {"changes", "nodes"} <= left, "none was killed while it wrote the log, or while it staged"
        assert list(store.edits()) == []
        with store.writer(wait=5):
            pass
        assert remains(neo4j_driver, DATABASE) == {}
        with store.writer() as writer:
            writer.edit([put(concept("atlas:next"))])
        publish(store)
        assert whole(store, neo4j_driver) == 3


def test_the_lock_of_a_writer_that_was_killed_runs_out(neo4j_url: str, neo4j_driver: neo4j.Driver) -> None:
    with closing(open_store(neo4j_url)) as store:
        first_release(store)
        child = start("import", neo4j_url)
        assert child.stdout is not None
        child.stdout.readline()
        kill(child)
        killed = time.monotonic()
        with pytest.raises(StoreBusyError), store.writer(wait=0.5):
            pass
        with store.writer(wait=LEASE + 5) as writer:
            assert time.monotonic() - killed < LEASE + 2
            writer.edit([put(concept("atlas:next"))])
        assert [item.entity_id for item in store.edits()] == ["atlas:next"]
        assert remains(neo4j_driver, DATABASE) == {}


def test_two_processes_write_in_turn(neo4j_url: str, neo4j_driver: neo4j.Driver) -> None:
    code = f"""
import sys; sys.path.insert(0, {str(Path(crash_child.__file__).parent)!r})
from graphs import concept
from histories import put
from skillatlas.taxonomy import open_store, publish
store = open_store({neo4j_url!r})
for number in range(8):
    with store.writer(wait=120) as writer:
        writer.edit([put(concept(f"atlas:{{sys.argv[1]}}-{{number}}"))])
    publish(store, wait=120)
store.close()
"""
    with closing(open_store(neo4j_url)) as store:
        first_release(store)
        started = [subprocess.Popen([sys.executable, "-c", code, name], stderr=subprocess.PIPE) for name in "xy"]
        met = set()
        while any(process.poll() is None for process in started):
            head = store.head()
            assert head is not None
            met.add(head.number)
            lines = b"".join(dump_lines(store, head.number))
            assert "sha256:" + hashlib.sha256(lines).hexdigest() == head.content_hash
        assert [(process.communicate()[1], process.returncode) for process in started] == [(b"", 0)] * 2
        assert len(met) > 2, "the reader met releases as they came"
        whole(store, neo4j_driver)
        head = store.head()
        assert head is not None
        wanted = ["atlas:first", "atlas:second", *(f"atlas:{name}-{n}" for name in "xy" for n in range(8))]
        assert sorted(row.entity_id for row in store.records(head.number)) == sorted(wanted)
