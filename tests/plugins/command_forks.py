"""Commands in processes of their own that start quickly: forked from one process that has loaded the program.

Run as a script this is that process. It reads a job a line from stdin and answers with a line when it has ended; it
never runs a command itself, so that each one starts from the same state. Only where there is `os.fork`.
"""

import atexit
import json
import os
import select
import subprocess
import sys
import threading
import traceback
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

_PRELOADED = ("skillatlas.service.cli.app", "skillatlas.service.runtime", "skillatlas.ingest.extraction", "spacy")
# What Python itself reads when it starts.
_AT_START = ("PYTHON", "LC_", "LANG")


class Forks:
    """The process that forks, started at the first command; one command at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def run(
        self, arguments: list[str], stdin: str | None, env: dict[str, str], timeout: float
    ) -> subprocess.CompletedProcess[str] | None:
        """The command run to its end; None where it has to be a fresh interpreter, or another command is running."""
        fresh = any(env.get(name) != os.environ.get(name) for name in env if name.startswith(_AT_START))
        if fresh or not hasattr(os, "fork") or not self._lock.acquire(blocking=False):
            return None
        try:
            with TemporaryDirectory() as folder:
                given, out, err = (Path(folder) / name for name in ("stdin", "stdout", "stderr"))
                given.write_text(stdin or "", encoding="utf-8")
                command = ["skillatlas", *arguments]
                job = {"argv": command, "env": env, "cwd": str(Path.cwd()), "files": [str(given), str(out), str(err)]}
                status = self._ended(job, timeout)
                texts = (path.read_text(encoding="utf-8") for path in (out, err))
                return subprocess.CompletedProcess(command, status, *texts)
        finally:
            self._lock.release()

    def _ended(self, job: dict[str, Any], timeout: float) -> int:
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(job) + "\n")
        process.stdin.flush()
        child = int(process.stdout.readline())
        if not select.select([process.stdout], [], [], timeout)[0]:
            os.kill(child, 9)
            process.stdout.readline()
            raise subprocess.TimeoutExpired(job["argv"], timeout)
        return int(process.stdout.readline())

    def _started(self) -> "subprocess.Popen[str]":
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            atexit.register(self._process.kill)
        return self._process


def _serve() -> None:
    for name in _PRELOADED:
        __import__(name)
    answers = os.dup(1)
    os.dup2(2, 1)  # nothing but answers goes to the one who asks
    while line := sys.stdin.readline():
        job = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(job)
        os.write(answers, f"{child}\n".encode())
        _, status = os.waitpid(child, 0)
        os.write(answers, f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _run(job: dict[str, Any]) -> NoReturn:
    written = os.O_CREAT | os.O_WRONLY
    for target, path, flags in zip((0, 1, 2), job["files"], (os.O_RDONLY, written, written), strict=True):
        opened = os.open(path, flags, 0o600)
        os.dup2(opened, target)
        os.close(opened)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    os.environ.clear()
    os.environ.update(job["env"])
    os.chdir(job["cwd"])
    sys.argv = job["argv"]
    status: object = 0
    try:
        from skillatlas.service.cli import main

        main()
    except SystemExit as ended:
        status = ended.code or 0
    except BaseException:
        traceback.print_exc()
        status = 1
    if not isinstance(status, int):
        sys.stderr.write(f"{status}\n")
        status = 1
    atexit._run_exitfuncs()  # a fork ends without them
    for stream in (sys.stdout, sys.stderr):
        if not stream.closed:
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    _serve()
