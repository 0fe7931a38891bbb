"""Processes killed at random moments: client and server; and two publishers, and two pulls, at once."""

import contextlib
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from service_process import Served, run_skillatlas
from skillatlas.sync import Mirror, MirrorError, Server, ServerError
from skillatlas.sync.state import locked
from skillatlas.taxonomy import open_store
from sync_source import Source, serving

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
