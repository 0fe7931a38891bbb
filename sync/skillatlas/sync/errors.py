"""Errors of the client: each says what is wrong and what to do; the mirror is as it was before."""


class SyncError(Exception):
    """Base of all errors of the client."""


class MirrorError(SyncError):
    """The folder holds no mirror, holds one of something else, or is in use by another process."""


class ServerError(SyncError):
    """The server cannot be reached, ended the stream again and again, or refused the request."""


class DivergedError(SyncError):
    """The server's history is not the one that the mirror was made from: an older copy was restored, or another one."""


class IntegrityError(SyncError):
    """What arrived does not have the hash that the server names; nothing of it was kept."""
