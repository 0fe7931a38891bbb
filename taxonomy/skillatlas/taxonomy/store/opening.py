"""From a store's URL to the store."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from ..errors import StoreUnavailableError
from .port import Store

_BOLT_SCHEMES = frozenset({"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"})


def open_store(url: str) -> Store:
    """Open the store at `url`: `sqlite:///relative.db`, `sqlite:////absolute.db`, or a Neo4j URL
    `neo4j://user:password@host:7687/database` (also `bolt://` and the `+s` forms).

    Raises StoreUnavailableError where the URL is of no known form or the store cannot be reached, and
    StoreVersionError where its schema is not this program's.
    """
    if url.startswith("sqlite:///"):
        path = unquote(url.removeprefix("sqlite:///"))
        if not path:
            raise StoreUnavailableError("the store's URL names no file (form: sqlite:///relative.db)")
        from .sqlite import SqliteStore

        return SqliteStore(Path(path))
    if urlsplit(url).scheme in _BOLT_SCHEMES:
        from .neo4j import Neo4jStore

        return Neo4jStore(url)
    raise StoreUnavailableError(
        "the store's URL has no known form: sqlite:///relative.db, sqlite:////absolute/path.db or "
        "neo4j://user:password@host:7687/database"
    )
