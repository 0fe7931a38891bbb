"""What may be tuned in the Neo4j adapter, with the reasons."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Neo4jSettings:
    """Limits and waits; times in seconds."""

    batch: int = 5000
    """Rows a transaction writes: 18,000 concepts with 150,000 edges in one ran out of a server's 1 GB heap."""
    batch_bytes: int = 8_000_000
    """Bytes of bodies and texts a transaction writes, where they are long."""
    page: int = 4000
    """Rows a read fetches at a time: bounds memory on both sides."""
    readings: int = 500
    """Documents whose readings a read fetches at a time: an advert's has 10 kB or so."""
    delta: int = 20_000
    """Changes of the explorable graph that the last transaction of a publish may carry; past it the graph is built
    anew beside the old one, and the two change places."""
    lease: float = 10.0
    """How long a writer that does not give a sign of life keeps the store; it gives one every third of it."""
    poll: float = 0.2
    """How often one who waits for the writer looks again."""
    grace: float = 600.0
    """How long superseded edits and documents are kept for readers that have begun before they were superseded."""
    connect: float = 5.0
    """For a connection to come about; a request is waiting."""
    acquire: float = 10.0
    """For a free connection of the pool."""
    retry: float = 15.0
    """How long the driver repeats a transaction that the server asks to repeat."""
