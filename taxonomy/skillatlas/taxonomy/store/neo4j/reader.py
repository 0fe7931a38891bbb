"""Reading in pages. Each page is a transaction of its own: what was published never changes, so the pages agree."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from operator import itemgetter
from typing import Any, LiteralString

from ...entities import Record
from ...model import EntityType
from ..port import Change, Edit
from . import queries
from .connection import Connection, Row
from .rows import TYPES, body_bytes, in_order, read_change, sort_key, type_range
from .settings import Neo4jSettings


def read_records(
    connection: Connection,
    settings: Neo4jSettings,
    release: int,
    types: Collection[EntityType] | None,
    scheme: str | None,
) -> Iterator[Record]:
    """The entities of a release in the order of dumps."""
    for entity_type in TYPES if types is None else [kind for kind in TYPES if kind in types]:
        parameters = {"release": release, "scheme": scheme}
        found = (row for page in _pages(connection, settings, queries.RECORDS, entity_type, parameters) for row in page)
        for entity_id, own_scheme, body in in_order(found, itemgetter(0)):
            yield Record(entity_type, entity_id, own_scheme, body.encode())


def read_edits(connection: Connection, settings: Neo4jSettings, scheme: str | None) -> Iterator[Edit]:
    """The edits that counted when reading began, the latest of each entity, in the order of dumps."""
    *_, last, cleared = connection.read_rows(queries.STATE)[0]
    for entity_type in TYPES:
        parameters = {"scheme": scheme, "last": last, "cleared": cleared}
        pages = _pages(connection, settings, queries.EDITS, entity_type, parameters)
        for entity_id, own_scheme, body, reason in in_order(_first_of_each(pages), itemgetter(0)):
            if scheme in (None, own_scheme):
                yield Edit(entity_type, entity_id, own_scheme, body_bytes(body), reason)


def _first_of_each(pages: Iterable[list[Row]]) -> Iterator[Row]:
    """Of the edits of one entity, which follow each other in a page, the first: it is the latest."""
    for page in pages:
        previous = None
        for row in page:
            if row[0] != previous:
                yield row
            previous = row[0]


def _pages(
    connection: Connection,
    settings: Neo4jSettings,
    query: LiteralString,
    entity_type: EntityType,
    parameters: Mapping[str, Any],
) -> Iterator[list[Row]]:
    """Pages of entities of one type; the next is on its way while one is used (a third faster on ESCO)."""
    start, end = type_range(entity_type)

    def fetch(key: str) -> list[Row]:
        # A page ends with an entity, and the next begins after it, whatever else there is of the entity.
        wanted = {**parameters, "key": key, "end": end, "limit": settings.page}
        found: list[Row] = connection.read_rows(query, wanted)[0][0]
        return found

    page = fetch(start)
    if len(page) < settings.page:
        yield page
        return
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="skillatlas-pages") as ahead:
        while len(page) == settings.page:
            coming = ahead.submit(fetch, sort_key(entity_type, page[-1][0]))
            yield page
            page = coming.result()
        yield page


def read_changes(
    connection: Connection, settings: Neo4jSettings, bounds: Mapping[str, Any], limit: int | None
) -> Iterator[Change]:
    """Changes within bounds by seq, up to `limit`."""
    parameters = dict(bounds)
    for done in count(0, settings.page):
        parameters["limit"] = settings.page if limit is None else min(settings.page, limit - done)
        if parameters["limit"] <= 0:
            break
        page = connection.read_rows(queries.CHANGES, parameters)[0][0]
        for row in page:
            yield read_change(row)
        if len(page) < settings.page:
            break
        parameters["after"] = page[-1][0]
