"""Runs the `$` lines of a page's console blocks and writes their output below them: of the README, or of pages named.

    SKILLATLAS_URL=http://127.0.0.1:8000 SKILLATLAS_STORE=sqlite:///var/skillatlas.db python scripts/readme_outputs.py
    … python scripts/readme_outputs.py docs/advisers.md docs/providers.md    # over a store that has ESCO too

The tests of the README and of the stories on ESCO do the same and compare.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"


def run_line(command: str, url: str) -> str:
    """What one line prints; lines that only set the shell up print nothing."""
    if command.startswith("export "):
        return ""
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command.replace("http://127.0.0.1:8000", url)],
        capture_output=True,
        text=True,
        env=env,
        cwd=README.parent,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stderr}"
    return "\n".join(line.rstrip() for line in done.stdout.rstrip("\n").split("\n")) if done.stdout else ""


def rewrite(text: str, run: Callable[[str], str]) -> str:
    """The text with the output of every command line put in anew."""
    out: list[str] = []
    inside = False
    for line in text.splitlines():
        if line.startswith("```"):
            inside = line == "```console"
            out.append(line)
        elif not inside:
            out.append(line)
        elif line.startswith("$ "):
            out.append(line)
            printed = run(line[2:])
            if printed:
                out.append(printed)
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    address = os.environ.get("SKILLATLAS_URL", "http://127.0.0.1:8000")
    for page in [Path(name) for name in sys.argv[1:]] or [README]:
        renewed = rewrite(page.read_text(encoding="utf-8"), lambda line: run_line(line, address))
        page.write_text(renewed, encoding="utf-8")
