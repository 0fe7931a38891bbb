"""Reading in pages. Each page is a transaction of its own: what was published never changes, so the pages agree."""

from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

from ...entities import Record
from ...model import EntityType
from ..port import Change, Edit
from . import queries
from .connection import Connection, Row
from .rows import TYPES, body_bytes, read_change, sort_key, type_range
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
        key, end = type_range(entity_type)
        parameters: dict[str, Any] = {
            "release": release, "scheme": scheme, "key": key, "id": "", "end": end, "limit": settings.page,
        }  # fmt: skip
        for page in _pages(connection, entity_type, parameters):
            for entity_id, own_scheme, body in page:
                yield Record(entity_type, entity_id, own_scheme, body.encode())


def _pages(connection: Connection, entity_type: EntityType, parameters: dict[str, Any]) -> Iterator[list[Row]]:
    """Pages of entities of one type; the next is on its way while one is used (a third faster on ESCO)."""

    def fetch() -> list[Row]:
        found: list[Row] = connection.read_rows(queries.RECORDS, parameters)[0][0]
        return found

    page = fetch()
    if len(page) < parameters["limit"]:
        yield page
        return
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="skillatlas-records") as ahead:
        while len(page) == parameters["limit"]:
            parameters["id"] = page[-1][0]
            parameters["key"] = sort_key(entity_type, page[-1][0])
            coming = ahead.submit(fetch)
            yield page
            page = coming.result()
        yield page


def read_edits(connection: Connection, settings: Neo4jSettings, scheme: str | None) -> Iterator[Edit]:
    """The edits that counted when reading began, the latest of each entity, in the order of dumps."""
    *_, last, cleared = connection.read_rows(queries.STATE)[0]
    parameters: dict[str, Any] = {
        "scheme": scheme, "last": last, "cleared": cleared, "key": "", "id": "", "limit": settings.page,
    }  # fmt: skip
    while True:
        page = connection.read_rows(queries.EDITS, parameters)[0][0]
        previous = (-1, "")
        for rank, entity_id, own_scheme, body, reason in page:
            # Of one entity the latest comes first; the next page begins after the entity.
            if (rank, entity_id) != previous and scheme in (None, own_scheme):
                yield Edit(TYPES[rank], entity_id, own_scheme, body_bytes(body), reason)
            previous = (rank, entity_id)
        if len(page) < settings.page:
            break
        parameters["id"] = previous[1]
        parameters["key"] = sort_key(TYPES[previous[0]], previous[1])


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
