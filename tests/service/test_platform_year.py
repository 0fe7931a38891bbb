"""The platform's first year of the docs: the script runs, and prints what its page shows."""

import subprocess
import sys
from pathlib import Path

from service_process import ROOT, clean_environment

DOCS = ROOT / "docs"


def test_a_platform_keeps_its_copy_right_for_a_year(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, DOCS / "platform-year.py"],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
        env=clean_environment(),
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    shown = (DOCS / "platform-year.md").read_text("utf-8").split("```text\n", 1)[1].split("```", 1)[0]
    assert done.stdout.strip() == shown.strip()
    assert done.stdout.rstrip().endswith("the mirror is the server's dump of release 4: True")
