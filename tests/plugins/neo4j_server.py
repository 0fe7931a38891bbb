"""A real Neo4j Community server in a process of its own, from Maven jars; for tests and benchmarks.

Needs a JDK (17 or 21) and Maven; the jars are kept under `.build/neo4j/lib`. Speaks Bolt on 127.0.0.1 only.
"""

import fcntl
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "tests" / "neo4j_server"
JARS = ROOT / ".build" / "neo4j" / "lib"
TOOLS = ("java", "mvn")
RESOLVE_LIMIT = 600.0  # seconds; the first time 116 MB come from the registry
READY_LIMIT = 60.0  # seconds; measured: 5 s on an idle machine
STOP_LIMIT = 30.0  # seconds between SIGTERM and SIGKILL
_OPENS = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")


class ServerError(RuntimeError):
    """Raised when the server cannot be started; the text holds the end of its output."""


@dataclass(frozen=True, slots=True)
class Neo4jServer:
    """A running server. `pid` is None where the environment named one that others started."""

    uri: str
    pid: int | None = None


def missing_tools() -> list[str]:
    """Which of the programs that the server needs are not on the path."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def resolve_jars() -> Path:
    """The folder with the server's jars, fetched if it is not there yet. Raises ServerError."""
    marker = JARS.parent / "complete"
    wanted = (SOURCES / "pom.xml").read_text("utf-8")
    JARS.parent.mkdir(parents=True, exist_ok=True)
    with (JARS.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two test runs may start at once
        if marker.is_file() and marker.read_text("utf-8") == wanted:
            return JARS
        marker.unlink(missing_ok=True)
        shutil.rmtree(JARS, ignore_errors=True)
        command = [
            "mvn", "-q", "-B", "-f", str(SOURCES / "pom.xml"), "dependency:copy-dependencies",
            f"-DoutputDirectory={JARS}", "-DincludeScope=runtime",
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, timeout=RESOLVE_LIMIT, check=False)
        if done.returncode:
            raise ServerError(f"the server's jars cannot be resolved:\n{(done.stdout + done.stderr)[-3000:]}")
        marker.write_text(wanted, "utf-8")
    return JARS


@contextmanager
def run_server(*, auth: bool = False, heap: str = "1g") -> Iterator[Neo4jServer]:
    """A server on a free port with an empty database, ended afterwards. Raises ServerError if it does not start.

    With `auth`, user and password are `neo4j`, to be changed before anything else.
    """
    jars = resolve_jars()
    home = Path(tempfile.mkdtemp(prefix="skillatlas-neo4j-"))
    port = _free_port()
    output = home / "output.txt"
    command = [
        "java", *(f"--add-opens={name}=ALL-UNNAMED" for name in _OPENS), f"-Xmx{heap}", "-cp", f"{jars}/*",
        str(SOURCES / "Boot.java"), str(home / "data"), str(port), "true" if auth else "false",
    ]  # fmt: skip
    try:
        with output.open("wb") as sink:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink)
        try:
            uri = f"bolt://127.0.0.1:{port}"
            _await_ready(process, uri, output)
            yield Neo4jServer(uri, process.pid)
        finally:
            _stop(process)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _await_ready(process: subprocess.Popen[bytes], uri: str, output: Path) -> None:
    deadline = time.monotonic() + READY_LIMIT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ServerError(f"Neo4j ended with status {process.returncode} before it was ready:\n{_end(output)}")
        try:
            with neo4j.GraphDatabase.driver(uri, connection_timeout=2.0) as driver:
                driver.verify_connectivity()
        except AuthError:
            return  # it answers, and wants to know who asks
        except (DriverError, Neo4jError, OSError):
            time.sleep(0.5)
        else:
            return
    raise ServerError(f"Neo4j did not answer within {READY_LIMIT:.0f} s:\n{_end(output)}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the process that was started here, by its own id."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _end(output: Path) -> str:
    with output.open("rb") as source:
        source.seek(max(0, output.stat().st_size - 3000))
        return source.read().decode("utf-8", "replace")
