"""Processes killed at random moments: client and server; and two publishers, and two pulls, at once."""

import contextlib
import dataclasses
import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from graphs import concept
from histories import put
from service_process import Served, run_skillatlas, start_server
from skillatlas.sync import Mirror, MirrorError, Server, ServerError
from skillatlas.sync.state import locked
from skillatlas.taxonomy import dump_lines, open_store, publish
from sync_source import Source, first_release, publish_edits, serving

pytestmark = pytest.mark.slow

KILLS = 50


def pulling(folder: Path) -> "subprocess.Popen[bytes]":
    """The client on its own, as a platform starts it."""
    command = [sys.executable, "-m", "skillatlas.sync", "pull", "--dir", str(folder)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_a_client_killed_fifty_times_never_holds_half_a_release(source: Source, tmp_path: Path) -> None:
    folder = tmp_path / "mirror"
    with Server(source.url) as server:
        Mirror.create(folder, server)
        dumps = {1: source.dump(1)}
        moments = random.Random(8)
        killed = 0
        started = time.monotonic()
        process = pulling(folder)
        process.wait(60)
        whole = time.monotonic() - started
        for _attempt in range(KILLS):
            if Mirror(folder).state.release == max(dumps):
                number = source.relabel(f"round {len(dumps)}")
                dumps[number] = source.dump(number)
            process = pulling(folder)
            time.sleep(moments.uniform(0.3, 1.05) * whole)
            killed += process.poll() is None
            process.kill()
            process.wait()
            mirror = Mirror(folder)
            mirror.verify()
            assert mirror.file.read_bytes() == dumps[mirror.state.release]
        assert killed > KILLS / 4, "most of them were killed at work"
        Mirror(folder).pull(server)
        assert Mirror(folder).file.read_bytes() == dumps[max(dumps)]


def test_a_server_killed_in_mid_stream_is_found_again(served: Served, store_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "mirror"
    source = Source(open_store(store_url), served.url)
    with Server(served.url) as server:
        mirror = Mirror.create(folder, server)
        for round_number in range(20):
            source.relabel(f"round {round_number}")
        whole = source.dump(21)
        timer = threading.Timer(0.02, served.process.kill)
        timer.start()
        with contextlib.suppress(ServerError):
            mirror.pull(server, attempts=2)
        timer.join()
        served.process.wait()
        assert Mirror(folder).file.read_bytes() in (source.dump(1), whole)
    with serving(store_url) as url, Server(url) as restarted:
        Mirror(folder).pull(restarted)
        assert Mirror(folder).file.read_bytes() == whole
    source.store.close()


def test_two_pulls_at_once_and_two_publishers(source: Source, store_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "mirror"
    with Server(source.url) as server:
        Mirror.create(folder, server)
        source.relabel("second")
        with locked(folder), pytest.raises(MirrorError, match="another process"):
            Mirror(folder).pull(server)
        publishers = [
            threading.Thread(target=run_skillatlas, args=("publish", "--note", "none", "--store", store_url))
            for _ in range(2)
        ]
        for publisher in publishers:
            publisher.start()
        Mirror(folder).pull(server)
        for publisher in publishers:
            publisher.join()
        assert Mirror(folder).state.release == server.head().release == 2


class KillingTransport(httpx.HTTPTransport):
    """Passes requests on; when the first bytes of a dump have come, the server is killed."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        super().__init__()
        self._process = process

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = super().handle_request(request)
        if not request.url.path.endswith("/dump.jsonl"):
            return answer
        assert isinstance(answer.stream, httpx.SyncByteStream)
        return httpx.Response(200, headers=answer.headers, stream=KilledStream(answer.stream, self._process))


class KilledStream(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, process: "subprocess.Popen[bytes]") -> None:
        self._stream = stream
        self._process = process

    def __iter__(self) -> Iterator[bytes]:
        chunks = iter(self._stream)
        yield next(chunks)
        self._process.kill()
        self._process.wait()
        yield from chunks

    def close(self) -> None:
        self._stream.close()


def test_a_server_killed_in_mid_dump_leaves_no_mirror(store_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "mirror"
    with first_release(store_url) as store:
        # More than the buffers between two processes hold.
        text = "a definition " * 200
        publish_edits(
            store, (dataclasses.replace(concept(f"atlas:x{n}"), definitions={"en": text}) for n in range(10_000))
        )
        served = start_server(store_url, tmp_path)
        served.wait_ready()
        killing = Server(served.url, transport=KillingTransport(served.process))
        with killing as server, pytest.raises(ServerError, match="the connection broke"):
            Mirror.create(folder, server)
        with pytest.raises(MirrorError, match="holds no mirror"):
            Mirror(folder)
        with serving(store_url) as url, Server(url) as restarted:
            mirror = Mirror.create(folder, restarted)
            assert mirror.file.read_bytes() == b"".join(dump_lines(store, 2))
            assert sorted(path.name for path in folder.iterdir()) == ["lock", "release-2.jsonl", "state.json"]


def test_two_publishers_at_once_and_a_client_that_pulls_meanwhile(
    source: Source, store_url: str, tmp_path: Path
) -> None:
    def publishing(numbers: range) -> None:
        store = open_store(store_url)
        for round_number in range(5):
            named = [concept(f"atlas:{number:04}", label=f"round {round_number} {number}") for number in numbers]
            with store.writer() as writer:
                writer.edit(map(put, named))
            publish(store)  # nothing is left to do where the other published these edits with its own
        store.close()

    with Server(source.url) as server:
        mirror = Mirror.create(tmp_path / "mirror", server)
        publishers = [threading.Thread(target=publishing, args=(part,)) for part in (range(100), range(100, 200))]
        for publisher in publishers:
            publisher.start()
        while any(publisher.is_alive() for publisher in publishers):
            mirror.pull(server)
            assert mirror.file.read_bytes() == source.dump(mirror.state.release)
        mirror.pull(server)
        assert 6 <= mirror.state.release <= 11
        labels = [json.loads(line)["entity"]["labels"][0]["value"] for line in mirror.lines() if b'"CONCEPT"' in line]
        assert labels[:200] == [f"round 4 {number}" for number in range(200)]
