"""What changed, for people: the net changes between two releases, and any change in words."""

from .net import NetChange, NetChanges, find_net_changes
from .page import write_notes
from .wording import describe_change

__all__ = ["NetChange", "NetChanges", "describe_change", "find_net_changes", "write_notes"]
