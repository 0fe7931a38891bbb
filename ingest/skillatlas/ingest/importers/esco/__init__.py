"""ESCO from its official CSV zips."""

from .reading import read_esco

__all__ = ["read_esco"]
