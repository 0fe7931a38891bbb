"""Installing what was built into environments of their own, without the network."""

import os
import subprocess
import sys
from pathlib import Path


def run(*command: str | Path, folder: Path) -> str:
    """What a command prints, run outside the repository."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("SKILLATLAS_", "PYTHON"))}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def install(python: Path, *what: str | Path) -> None:
    """Install wheels or folders into the environment of a Python, alone."""
    options = ("--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check")
    run(sys.executable, "-m", "pip", "--python", python, "install", *options, *what, folder=python.parent)
