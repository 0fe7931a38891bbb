"""What people say of forms: said, taken back, and carried from store to store as a small file."""

from .files import read_overrides, write_overrides
from .saying import SaidReport, Wish, say_overrides, take_back

__all__ = ["SaidReport", "Wish", "read_overrides", "say_overrides", "take_back", "write_overrides"]
