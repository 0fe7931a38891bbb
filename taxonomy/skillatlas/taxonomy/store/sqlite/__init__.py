"""The embedded SQLite adapter of the store's port."""

from .store import SqliteStore

__all__ = ["SqliteStore"]
