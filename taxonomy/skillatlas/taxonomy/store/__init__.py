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
    Override,
    Reading,
    Release,
    SchemeState,
    Store,
    Verdict,
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
    "Override",
    "Reading",
    "Release",
    "SchemeState",
    "Store",
    "Verdict",
    "Writer",
    "open_store",
]
