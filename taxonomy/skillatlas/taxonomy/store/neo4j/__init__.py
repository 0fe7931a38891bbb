"""The Neo4j adapter of the store's port, and the graph that people explore in Cypher."""

from .settings import Neo4jSettings
from .store import Neo4jStore

__all__ = ["Neo4jSettings", "Neo4jStore"]
