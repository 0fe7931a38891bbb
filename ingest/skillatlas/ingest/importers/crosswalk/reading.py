"""From a crosswalk file to a harvest of mappings, which belong to the scheme that they begin in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from skillatlas.taxonomy import (
    ESCO_NAMESPACE,
    EntityType,
    MappingPredicate,
    MapsTo,
    Record,
    Store,
    check_key,
    compact,
    edge_id,
    is_iri,
)

from ...errors import ImportFaultsError
from ...findings import Finding, fault, ordered, warning
from ...progress import NoProgress, Progress
from ..files import decode, read_bytes, unreadable
from ..harvest import Harvest
from ..mappings import Ends, Stated, read_ends, settle_mappings
from . import career_causeways, esco_portal, sssom
from .tables import CrosswalkOptions, CrosswalkRow, CrosswalkTable, headers

_INVERSE: Mapping[MappingPredicate, MappingPredicate] = {
    MappingPredicate.BROAD: MappingPredicate.NARROW,
    MappingPredicate.NARROW: MappingPredicate.BROAD,
}
_CODE = re.compile(r"[\w.-]+")


def read_crosswalk(
    path: Path,
    from_key: str,
    to_key: str,
    options: CrosswalkOptions | None = None,
    *,
    progress: Progress | None = None,
) -> Harvest:
    """The mappings from the scheme `from_key` to `to_key` of one file, whichever way the file states them.

    Raises UnreadableError for a file that is no crosswalk, InvalidIdError for a key that can be none.
    """
    check_key(from_key)
    check_key(to_key)
    if from_key == to_key:
        raise unreadable(path.name, None, f"maps {from_key!r} to itself: name two schemes with --from and --to")
    with (progress or NoProgress()).task("reading the crosswalk") as step:
        table = _read(path)
        step(len(table.rows))
    table = _described(table, options or CrosswalkOptions())
    return Harvest(from_key, (), beside=lambda store: _beside(store, table, path.name, from_key, to_key))


def _read(path: Path) -> CrosswalkTable:
    text = decode(read_bytes(path), path.name)
    for header in headers(text):
        if set(sssom.REQUIRED) <= set(header.names):
            return sssom.read(text, path.name, header)
        if {"concept_uri", "onet_code"} <= set(header.names):
            return career_causeways.read(text, path.name, header)
        if esco_portal.CODE in header.names and esco_portal.uri_column(header.names):
            return esco_portal.read(text, path.name, header)
    raise unreadable(
        path.name,
        1,
        "has no header of a crosswalk: concept_uri, onet_code and confidence; or O*NET Id, ESCO or ISCO URI and "
        "Type of Match; or subject_id, predicate_id and object_id (SSSOM)",
    )


def _described(table: CrosswalkTable, options: CrosswalkOptions) -> CrosswalkTable:
    return replace(
        table,
        name=options.name or table.name,
        version=options.version or table.version,
        licence=options.licence or table.licence,
        attribution=options.attribution or table.attribution,
    )


def _covers(name: str) -> Callable[[Record, Mapping[str, Any]], bool]:
    """The mappings of all versions of one crosswalk, and nothing else."""

    def covers(record: Record, body: Mapping[str, Any]) -> bool:
        return record.entity_type is EntityType.EDGE and (body.get("data") or {}).get("crosswalk") == name

    return covers


def _beside(store: Store, table: CrosswalkTable, file: str, from_key: str, to_key: str) -> Harvest:
    """The mappings whose ends the draft has; of a scheme that is not loaded, all ends."""
    ends = read_ends(store)
    if from_key not in ends.loaded:
        text = f"the store has no scheme {from_key!r}, to which the mappings would belong: import it first"
        raise ImportFaultsError((fault(file, None, text, rule="scheme"),))
    builder = _Builder(table, file, from_key, to_key, ends)
    findings = [warning(file, line, text, rule=rule) for line, text, rule in table.passed_over]
    if to_key not in ends.loaded:
        text = f"the store has no scheme {to_key!r}: the ends there are not checked; import again when it has"
        findings.append(warning(file, None, text, rule="not-checked"))
    if table.version is None:
        text = "neither the file nor --version tells the version of the crosswalk, so the mappings have none"
        findings.append(warning(file, None, text, rule="version"))
    for row in table.rows:
        builder.take(row)
    edges, left_out = settle_mappings(store, from_key, ends, builder.stated(), keep_unknown=False)
    return Harvest(
        key=from_key,
        entities=tuple(edges),
        findings=ordered([*findings, *builder.findings, *left_out]),
        covers=_covers(table.name),
        left_out=frozenset(builder.left_out),
    )


class _Builder:
    """Makes a mapping of each row that joins the two schemes; what is left out is listed in `findings`."""

    def __init__(self, table: CrosswalkTable, file: str, from_key: str, to_key: str, ends: Ends) -> None:
        self._table = table
        self._file = file
        self._keys = from_key, to_key
        self._ends = ends
        self._found: dict[str, Stated] = {}
        self.findings: list[Finding] = []
        self.left_out: set[str] = set()
        self._source = f"{table.name} {table.version}" if table.version else table.name
        about = {
            "crosswalk": table.name,
            "version": table.version,
            "licence": table.licence,
            "attribution": table.attribution,
        }
        self._about = {name: value for name, value in about.items() if value}

    def stated(self) -> list[Stated]:
        """The mappings."""
        return [self._found[name] for name in sorted(self._found)]

    def take(self, row: CrosswalkRow) -> None:
        """Add the mapping of a row."""
        from_key, to_key = self._keys
        first, second = (sssom.expand_curie(end, self._table.prefixes) for end in (row.first, row.second))
        predicate = row.predicate
        start, end = self._iri(first, from_key), self._iri(second, to_key)
        if start is None or end is None:
            start, end = self._iri(second, from_key), self._iri(first, to_key)
            predicate = _INVERSE.get(predicate, predicate)
        if start is None or end is None:
            text = f"{row.first} and {row.second} do not join {from_key!r} and {to_key!r}"
            self._warn(row, text, "other-schemes")
            return
        from_id = compact(start, from_key, self._ends.namespaces[from_key])
        if from_id not in self._ends.active:
            self._warn(row, f"{from_id} {predicate} {end}: the scheme {from_key!r} has no {from_id}", "unknown-end")
            return
        if not self._ends.active[from_id]:
            self._warn(row, f"{from_id} {predicate} {end}: its beginning is deprecated", "deprecated-end")
            return
        edge = MapsTo(
            from_id=from_id,
            to_id=end,
            predicate=predicate,
            iri=end,
            confidence=row.confidence if row.confidence is not None else 0.0,
            source=self._source,
            data={**self._about, **row.data},
        )
        if row.confidence is None:
            text = f"{from_id} {predicate} {end}: the confidence {row.stated!r} is not one that can be read"
            self.findings.append(fault(self._file, row.line, text, rule="row"))
            self.left_out.add(edge_id(edge))
            return
        self._keep(row, edge)

    def _keep(self, row: CrosswalkRow, edge: MapsTo) -> None:
        """Keep the mapping; of two rows that state the same one, that with the higher confidence."""
        name = edge_id(edge)
        earlier = self._found.get(name)
        if earlier is not None:
            what = f"{edge.from_id} {edge.predicate} {edge.iri} stands in line {earlier.line} too"
            same = "" if earlier.edge == edge else ", otherwise; the higher confidence is kept"
            self._warn(row, what + same, "repeated-row")
            if _rank(earlier.edge) >= _rank(edge):
                return
        self._found[name] = Stated(edge, self._file, row.line)

    def _iri(self, end: str, key: str) -> str | None:
        """The IRI of an end in the scheme `key`; None if it is of another one."""
        namespace = self._ends.namespaces.get(key)
        prefix, colon, local = end.partition(":")
        if is_iri(end):
            if namespace is None:
                return None if end.startswith(self._ends.namespaces[self._keys[0]]) else end
            # A concept of a foreign vocabulary may lie outside its namespace: then its id is its IRI.
            own = end.startswith(namespace) and len(end) > len(namespace)
            return end if own or (end in self._ends.active and self._ends.key_of(end) is None) else None
        if colon:
            return namespace + local if namespace is not None and prefix == key and local else None
        return namespace + end if namespace is not None and _CODE.fullmatch(end) and self._is_code(key) else None

    def _is_code(self, key: str) -> bool:
        """Whether bare codes can be of this scheme: in the tables that have them, the other end is an ESCO URI."""
        return self._ends.namespaces.get(key) != ESCO_NAMESPACE

    def _warn(self, row: CrosswalkRow, text: str, rule: str) -> None:
        self.findings.append(warning(self._file, row.line, f"{text}; left out", rule=rule))


def _rank(edge: MapsTo) -> tuple[float, str]:
    """Higher confidence first; of equal ones the choice must not hang on the order of rows."""
    return edge.confidence, str(sorted((edge.data or {}).items()))
