"""`skillatlas sync` and `python -m skillatlas.sync`: what a platform's script sees."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from service_process import COMMAND
from sync_source import Source

ALONE = [sys.executable, "-m", "skillatlas.sync"]
WHOLE = [str(COMMAND), "sync"]


def run(command: list[str], *arguments: str | Path, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*command, *map(str, arguments)], input=stdin, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize("command", [ALONE, WHOLE], ids=["alone", "whole"])
def test_a_mirror_from_the_command_line(source: Source, tmp_path: Path, command: list[str]) -> None:
    folder = tmp_path / "mirror"
    done = run(command, "init", "--from", source.url, "--dir", folder)
    assert done.returncode == 0, done.stderr
    assert "release 1" in done.stdout
    source.relabel("second", range(3))
    done = run(command, "pull", "--dir", folder, "--ids", "-", stdin="atlas:0001\n\natlas:0100\n")
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["status"] for line in done.stdout.splitlines()] == ["RELABELLED"]
    assert "release 1 to 2, 3 changes" in done.stderr
    assert "is the newest" in run(command, "pull", "--dir", folder).stderr
    done = run(command, "verify", "--dir", folder)
    assert "whole, release 2" in done.stdout
    source.relabel("third", range(3))
    assert "run `pull`" in run(command, "verify", "--dir", folder).stdout
    assert "run `pull`" not in run(command, "verify", "--dir", folder, "--offline").stdout
    (release,) = folder.glob("release-2.jsonl")
    release.write_bytes(release.read_bytes()[:-10])
    done = run(command, "verify", "--dir", folder, "--offline")
    assert done.returncode == 1
    assert "init --again" in done.stderr
    assert "Traceback" not in done.stderr
    assert run(command, "init", "--from", source.url, "--dir", folder, "--again").returncode == 0


@pytest.mark.parametrize("command", [ALONE, WHOLE], ids=["alone", "whole"])
def test_statuses(command: list[str], tmp_path: Path) -> None:
    done = run(command, "init", "--from", "http://127.0.0.1:9", "--dir", tmp_path / "mirror")
    assert (done.returncode, "Traceback" in done.stderr) == (3, False)
    assert run(command, "pull", "--dir", tmp_path).returncode == 1
    assert run(command, "pull").returncode == 2


def test_the_client_loads_nothing_else_of_ours() -> None:
    code = """
import sys, skillatlas.sync.__main__
ours = {name for name in sys.modules if name.startswith("skillatlas.") and not name.startswith("skillatlas.sync")}
print(sorted(ours | {"spacy", "ortools", "orjson", "numpy"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
