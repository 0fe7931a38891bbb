"""Starting servers and commands for a benchmark, and what they cost."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("SKILLATLAS_SHARED_DATA", ROOT.parent / "shared" / "data"))
SKILLATLAS = str(Path(sys.executable).parent / "skillatlas")


def esco_zips(version: str = "1.1.1") -> list[str]:
    return sorted(str(path) for path in (DATA / "esco").glob(f"*v{version}*.zip"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Cost:
    """What a finished command took: wall seconds and peak resident MiB."""

    seconds: float
    peak_mib: float


def run_command(arguments: Sequence[str]) -> Cost:
    """Run a command of ours to its end."""
    started = time.perf_counter()
    process = subprocess.Popen([SKILLATLAS, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    words = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments}: {words.decode()}")
    return Cost(time.perf_counter() - started, usage.ru_maxrss / 1024)


@dataclass(frozen=True)
class Server:
    port: int
    pid: int
    ready_after: float

    def resident_mib(self) -> float:
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("no resident size")

    def forget_peak(self) -> None:
        """Let `peak_mib` begin anew."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")

    def peak_mib(self) -> float:
        """The largest resident size since the start, or since `forget_peak`."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("no peak size")


@contextmanager
def server(command: Sequence[str], port: int, ready: str, env: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A server process, ready when `ready` answers 200; ended with SIGTERM."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, **(env or {})}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
    )
    try:
        while True:
            if process.poll() is not None or time.perf_counter() - started > 120:
                raise RuntimeError(f"{command} is not ready")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{ready}", timeout=5) as answer:
                    if answer.status == 200:
                        break
            except (URLError, ConnectionError):
                time.sleep(0.02)
        yield Server(port, process.pid, time.perf_counter() - started)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
