"""The client: a mirror of a server's taxonomy in a folder. Needs httpx and the standard library, no more of ours."""

from .errors import DivergedError, IntegrityError, MirrorError, ServerError, SyncError
from .mirror import Mirror, Pulled, Verified
from .server import Head, Server
from .state import MirrorState

__all__ = [
    "DivergedError",
    "Head",
    "IntegrityError",
    "Mirror",
    "MirrorError",
    "MirrorState",
    "Pulled",
    "Server",
    "ServerError",
    "SyncError",
    "Verified",
]
