"""All limits of the API in one place; the service sets them from its settings."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may ask for. Exceeding any of them is LIMIT_EXCEEDED, but for `first` (BAD_INPUT).

    `cost` counts the objects a query may touch (see costs.py); an adviser's page needs some hundreds.
    """

    depth: int = 15
    cost: int = 20_000
    aliases: int = 30
    directives: int = 30
    root_fields: int = 20
    # Merging of repeated fields is checked pair by pair: 1,900 times the same field took 0.5 s to validate.
    repeated_fields: int = 30
    fragments: int = 50
    # Every operation of a document is validated, though one is run: 500 of them took up to a second.
    operations: int = 20
    tokens: int = 4_000
    # Characters of the query texts whose documents are kept. A document took 120 to 180 bytes a character: about 35 MB.
    cached_characters: int = 200_000
    page_size: int = 100
    ids: int = 500
    text: int = 1_000_000
    string: int = 100_000
    body: int = 32 * 1024 * 1024
    releases: int = 2
    errors: int = 5
    # Changes that one field may walk through (the whole of ESCO is about 170,000).
    changes: int = 2_000_000
    # Documents whose readings one field may walk through: 10,000 adverts took about a second.
    candidate_documents: int = 10_000
    # What planning may cost: deterministic units, by which the answer is the same everywhere, and seconds, after
    # which there is none (see PathSettings).
    plan_effort: float = 8.0
    plan_seconds: float = 30.0
