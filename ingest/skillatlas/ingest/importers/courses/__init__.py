"""Course catalogues, as JSON Lines or CSV."""

from .reading import Extract, read_courses

__all__ = ["Extract", "read_courses"]
