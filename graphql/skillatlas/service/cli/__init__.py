"""The command line, `skillatlas`. Every command imports what it needs when it runs: `--help` stays quick."""

from .app import main

__all__ = ["main"]
