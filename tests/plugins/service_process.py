"""Running skillatlas as a user does: commands and servers in processes of their own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from command_forks import Forks

COMMAND = Path(sys.executable).parent / "skillatlas"
ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "ontologies" / "skillatlas" / "ontologies" / "samples"

Done = subprocess.CompletedProcess[str]
_FORKS = Forks()
# Not in the user's cache.
_INDEXES = TemporaryDirectory(prefix="skillatlas-indexes-")


def clean_environment(env: dict[str, str] | None = None) -> dict[str, str]:
    """The environment without settings of ours, so that a developer's do not leak into a test."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SKILLATLAS_")}
    return {**kept, "SKILLATLAS_INDEX_FOLDER": _INDEXES.name, **(env or {})}


def run_skillatlas(
    *arguments: str, stdin: str | None = None, env: dict[str, str] | None = None, timeout: float = 120
) -> Done:
    """Run the command line to its end, in a process of its own."""
    forked = _FORKS.run(list(arguments), stdin, clean_environment(env), timeout)
    if forked is not None:
        return forked
    return subprocess.run(
        [str(COMMAND), *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        env=clean_environment(env),
        check=False,
    )


def wait_until(condition: Callable[[], bool], *, seconds: float = 60) -> None:
    """Poll until it holds; fails after `seconds`."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "not within the time"
        time.sleep(0.05)


def is_answering(url: str, status: int = 200) -> bool:
    """Whether a GET is answered with the status."""
    try:
        return httpx.get(url, timeout=5).status_code == status
    except httpx.TransportError:
        return False


@dataclass
class Served:
    """A running server."""

    process: "subprocess.Popen[bytes]"
    url: str
    log: Path

    def graphql(self, query: str, variables: dict[str, object] | None = None) -> Any:
        """The body of the answer."""
        answer = httpx.post(f"{self.url}/graphql", json={"query": query, "variables": variables}, timeout=60)
        return answer.json()

    def get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        """A GET of a path."""
        return httpx.get(self.url + path, headers=headers, timeout=60)

    def post(self, path: str, *, content: bytes | str) -> httpx.Response:
        """POST a body as it is."""
        return httpx.post(f"{self.url}{path}", content=content, timeout=60)

    def wait_ready(self) -> None:
        """Wait for /readyz; fails with the log if the process ends before."""
        wait_until(lambda: is_answering(f"{self.url}/readyz") or self.process.poll() is not None)
        assert self.process.poll() is None, self.log.read_text()


def start_server(store: str, folder: Path, *options: str, env: dict[str, str] | None = None) -> Served:
    """Start `skillatlas serve` on a free port; it may not be ready yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / f"serve-{port}.log"
    command = [str(COMMAND), "serve", "--store", store, "--port", str(port), *options]
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env=clean_environment(env))
    return Served(process, f"http://127.0.0.1:{port}", log)


def stop_server(served: Served) -> int:
    """End it with SIGTERM, or by force after a while; returns its exit status."""
    if served.process.poll() is None:
        served.process.send_signal(signal.SIGTERM)
        try:
            served.process.wait(40)
        except subprocess.TimeoutExpired:
            served.process.kill()
            served.process.wait()
    return served.process.returncode
