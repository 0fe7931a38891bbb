"""Make or refresh the virtual environment of the project; needs nothing but Python 3.11.

    python3.11 scripts/bootstrap.py .venv

Installs the project editable with its developer tools, at the versions of constraints.txt. On a terminal one
line shows how far it is, elsewhere a few plain lines do; pip's own words are shown only where it fails.
"""

import subprocess
import sys
import venv
from collections import deque
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)


def main() -> int:
    """Set up the folder named on the command line; 0 if it is ready."""
    if sys.version_info < OLDEST:
        return fail(f"skillatlas needs Python {'.'.join(map(str, OLDEST))} or newer, this is {sys.version.split()[0]}")
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".venv")
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not has_pip(python):
        say(f"making {folder} with Python {sys.version.split()[0]}")
        try:
            venv.EnvBuilder(with_pip=True, symlinks=sys.platform != "win32", clear=folder.exists()).create(folder)
        except (subprocess.CalledProcessError, ImportError) as error:
            return fail(f"Python's venv module is not complete here ({error}); on Debian: apt install python3-venv")
    return install(python)


def has_pip(python: Path) -> bool:
    """Whether a usable environment is there already: one made half, or whose Python is gone, is not."""
    if not python.exists():
        return False
    command = [str(python), "-c", f"import pip, sys; sys.exit(sys.version_info < {OLDEST})"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def install(python: Path) -> int:
    """Run pip, showing what it is at."""
    say("installing skillatlas and what it needs (a few minutes the first time)")
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off"]
    command += ["--constraint", "constraints.txt", "--editable", ".[dev]"]
    recent: deque[str] = deque(maxlen=30)
    collected = 0
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            recent.append(line)
            words = line.split()
            if line.startswith(("Collecting", "Requirement already")):
                collected += 1
                name = words[1] if words[0] == "Collecting" else words[3] if len(words) > 3 else ""
                progress(f"{collected} packages found: {name}", plain=collected % 25 == 0)
            elif line.startswith("Installing collected"):
                progress("unpacking", plain=True)
    if pip.returncode:
        sys.stderr.write("\n" + "".join(recent))
        return fail("pip could not install the project; its last words are above")
    progress("", plain=False)
    say("ready")
    return 0


def progress(text: str, *, plain: bool) -> None:
    """One line that is overwritten on a terminal; elsewhere a line now and then."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K  {text[:100]}" if text else "\r\x1b[K")
        sys.stderr.flush()
    elif plain:
        say(text)


def say(text: str) -> None:
    """A line on stderr."""
    sys.stderr.write(f"bootstrap: {text}\n")
    sys.stderr.flush()


def fail(text: str) -> int:
    """Say what is wrong; the exit status for it."""
    say(text)
    return 1


if __name__ == "__main__":
    sys.exit(main())
