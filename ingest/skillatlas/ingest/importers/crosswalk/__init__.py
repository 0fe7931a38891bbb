"""Crosswalks: mappings between two schemes, from CSV and SSSOM."""

from .reading import read_crosswalk
from .tables import CrosswalkOptions

__all__ = ["CrosswalkOptions", "read_crosswalk"]
