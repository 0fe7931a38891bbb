"""`dump.csv.zip`: a table a kind of thing, for spreadsheets and data frames."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO, Any

import orjson

from ..finding import find_release, find_scheme_state
from ..model import EntityType
from ..store.port import Store
from .manifest import manifest_of

Row = Sequence[Any]

_EPOCH = (1980, 1, 1, 0, 0, 0)  # archives of the same content are the same bytes: no times in them
_BLOCK = 64 * 1024
_IN_MEMORY = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    columns: tuple[str, ...]
    rows: Callable[[Mapping[str, Any], str], Iterator[Row]]


def _json(value: Any) -> str | None:
    return None if value is None else orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _edge(*fields: str) -> tuple[tuple[str, ...], Callable[[Mapping[str, Any], str], Iterator[Row]]]:
    """Columns and rows of edges with one end."""

    def rows(edge: Mapping[str, Any], _scheme: str) -> Iterator[Row]:
        own = (edge[field] for field in fields)
        yield (edge["from"], edge["to"][0], *own, edge["confidence"], edge["source"], _json(edge["data"]))

    return ("from", "to", *fields, "confidence", "source", "data"), rows


def _schemes(body: Mapping[str, Any], _scheme: str) -> Iterator[Row]:
    yield tuple(body[name] for name in _SCHEME)


def _concepts(body: Mapping[str, Any], _scheme: str) -> Iterator[Row]:
    replacement = body["replacement"] or {}
    yield (
        *(body[name] for name in ("id", "uri", "scheme", "kind", "skillType", "status")),
        replacement.get("kind"),
        " ".join(replacement.get("concepts", ())) or None,
        replacement.get("reason"),
        _json(body["data"]),
    )


def _labels(body: Mapping[str, Any], _scheme: str) -> Iterator[Row]:
    for label in body["labels"]:
        yield body["id"], label["type"], label["lang"], label["value"]


def _definitions(body: Mapping[str, Any], _scheme: str) -> Iterator[Row]:
    for lang in sorted(body["definitions"]):
        yield body["id"], lang, body["definitions"][lang]


def _requires(edge: Mapping[str, Any], _scheme: str) -> Iterator[Row]:
    for option in edge["to"]:
        yield (
            edge["from"],
            edge["id"],
            option,
            edge["kind"],
            edge["level"],
            edge["confidence"],
            edge["source"],
            _json(edge["data"]),
        )


def _courses(body: Mapping[str, Any], scheme: str) -> Iterator[Row]:
    price = body["price"] or {}
    names = ("title", "provider", "url", "lang", "hours")
    yield (
        body["id"],
        scheme,
        *(body[name] for name in names),
        price.get("amount"),
        price.get("currency"),
        body["description"],
        "\n".join(body["outcomes"]) or None,
    )


def _teaches(body: Mapping[str, Any], _scheme: str) -> Iterator[Row]:
    for taught in body["teaches"]:
        yield body["id"], taught["skill"], taught["level"], taught["confidence"]


def _assumes(body: Mapping[str, Any], _scheme: str) -> Iterator[Row]:
    for number, clause in enumerate(body["assumes"], 1):
        for option in clause["anyOf"]:
            yield body["id"], number, clause["kind"], option["skill"], option["level"]


_SCHEME = ("key", "namespace", "title", "version", "licence", "attribution", "sourceUrl")
_CLAUSE = ("from", "clause", "anyOf", "kind", "level", "confidence", "source", "data")
_COURSE = (
    "id", "catalogue", "title", "provider", "url", "lang", "hours", "price", "currency", "description", "outcomes",
)  # fmt: skip
_CONCEPT = (
    "id", "uri", "scheme", "kind", "skillType", "status", "replacementKind", "replacedBy", "replacementReason", "data",
)  # fmt: skip

# By what an entity is: its type, or that of an edge.
_TABLES: Mapping[str, tuple[_Table, ...]] = {
    "SCHEME": (_Table("schemes", _SCHEME, _schemes),),
    "CONCEPT": (
        _Table("concepts", _CONCEPT, _concepts),
        _Table("labels", ("id", "type", "lang", "value"), _labels),
        _Table("definitions", ("id", "lang", "text"), _definitions),
    ),
    "BROADER": (_Table("broader", *_edge("primary")),),
    "RELATED": (_Table("related", *_edge()),),
    "REQUIRES": (_Table("requires", _CLAUSE, _requires),),
    "EASES": (_Table("eases", *_edge("transfer")),),
    "NEEDS": (_Table("needs", *_edge("necessity", "importance", "level")),),
    "MAPS_TO": (_Table("mappings", *_edge("predicate", "stale")),),
    "COURSE": (
        _Table("courses", _COURSE, _courses),
        _Table("teaches", ("course", "skill", "level", "confidence"), _teaches),
        _Table("assumes", ("course", "clause", "kind", "anyOf", "level"), _assumes),
    ),
}


def dump_tables(store: Store, release: int, *, scheme: str | None = None) -> Iterator[bytes]:
    """The bytes of `dump.csv.zip`: UTF-8 tables with a header line, and `manifest.json` with their checksums.

    A null is an empty cell; a list of alternatives has a row each. Made in temporary files, so memory stays bounded.
    Raises NotFoundError as `dump_lines` does.
    """
    found = find_release(store, release)
    if scheme is not None:
        find_scheme_state(store, found.number, scheme)
    return _archive(store, release, scheme)


def _archive(store: Store, release: int, scheme: str | None) -> Iterator[bytes]:
    files: dict[str, IO[bytes]] = {}
    try:
        writers: dict[str, _Rows] = {}
        for table in (table for tables in _TABLES.values() for table in tables):
            files[table.name] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed below
            writers[table.name] = _Rows(files[table.name])
            writers[table.name].write([table.columns])
        for row in store.records(release, scheme=scheme):
            body = orjson.loads(row.body)
            kind = body["type"] if row.entity_type is EntityType.EDGE else row.entity_type
            for table in _TABLES[kind]:
                writers[table.name].write(table.rows(body, row.scheme))
        for rows in writers.values():
            rows.flush()
        with TemporaryFile() as out:
            _zip(out, files, store, release, scheme)
            out.seek(0)
            while block := out.read(_BLOCK):
                yield block
    finally:
        for file in files.values():
            file.close()


class _Rows:
    """Writes rows of a table to a file of bytes, a block at a time."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._text = io.StringIO(newline="")
        self._writer = csv.writer(self._text)  # RFC 4180; a lone carriage return is quoted too

    def write(self, rows: Iterable[Row]) -> None:
        self._writer.writerows(rows)
        if self._text.tell() >= _BLOCK:
            self.flush()

    def flush(self) -> None:
        self._file.write(self._text.getvalue().encode())
        self._text.seek(0)
        self._text.truncate()


def _zip(out: IO[bytes], files: Mapping[str, IO[bytes]], store: Store, release: int, scheme: str | None) -> None:
    sums: dict[str, str] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(files):
            digest = hashlib.sha256()
            files[name].seek(0)
            with archive.open(_member(f"{name}.csv"), "w") as member:
                while block := files[name].read(_BLOCK):
                    digest.update(block)
                    member.write(block)
            sums[f"{name}.csv"] = f"sha256:{digest.hexdigest()}"
        manifest = manifest_of(store, release, scheme=scheme, files=sums)
        archive.writestr(_member("manifest.json"), manifest)


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 3  # the same on every system
    return info
