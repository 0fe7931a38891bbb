"""O*NET from its official text zip or its tables as CSV."""

from .reading import read_onet

__all__ = ["read_onet"]
