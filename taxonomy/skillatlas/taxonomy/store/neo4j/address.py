"""From a store's URL to where the server is and who asks."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from ...errors import StoreUnavailableError

FORM = "neo4j://user:password@host:7687/database"
DEFAULT_DATABASE = "neo4j"


@dataclass(frozen=True, slots=True)
class Address:
    """`uri` for the driver, `shown` for people (without the password); `user` None: the server asks for none."""

    uri: str
    database: str
    user: str | None
    password: str
    shown: str

    def __repr__(self) -> str:
        """Without the password, which must not reach a log."""
        return f"Address({self.shown})"


def parse_address(url: str) -> Address:
    """The parts of `neo4j://user:password@host:7687/database`; port and database may be left out.

    Raises StoreUnavailableError where the URL has another form.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or 7687
    except ValueError:
        raise StoreUnavailableError(f"the store's URL is malformed (form: {FORM})") from None
    if not parts.hostname or parts.fragment:
        raise StoreUnavailableError(f"the store's URL names no server (form: {FORM})")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    database = unquote(parts.path.strip("/")) or DEFAULT_DATABASE
    if "/" in database:
        raise StoreUnavailableError(f"the store's URL has more than a database after the server (form: {FORM})")
    query = f"?{parts.query}" if parts.query else ""  # the routing context of a cluster
    user = unquote(parts.username) if parts.username else None
    return Address(
        uri=f"{parts.scheme}://{host}:{port}{query}",
        database=database,
        user=user,
        password=unquote(parts.password or ""),
        shown=f"{parts.scheme}://{f'{parts.username}@' if user else ''}{host}:{port}/{database}",
    )
