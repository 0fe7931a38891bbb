"""The store: a narrow port, and its adapters for SQLite and Neo4j."""

from .opening import open_store
from .port import (
    Change,
    ChangeCount,
    ChangeOperation,
    Document,
    Edit,
    MentionCount,
    NewChange,
    Observation,
    ObservedSkill,
    OperationCount,
    Release,
    SchemeState,
    Store,
    Writer,
)

__all__ = [
    "Change",
    "ChangeCount",
    "ChangeOperation",
    "Document",
    "Edit",
    "MentionCount",
    "NewChange",
    "Observation",
    "ObservedSkill",
    "OperationCount",
    "Release",
    "SchemeState",
    "Store",
    "Writer",
    "open_store",
]
