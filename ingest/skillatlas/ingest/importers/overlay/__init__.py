"""Own words on concepts of a scheme that others keep: labels, definitions, relations and mappings beside the source."""

from .reading import read_overlay

__all__ = ["read_overlay"]
