"""Mappings to other schemes, finished beside what the store has: the ids of their ends, and what is left out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from skillatlas.taxonomy import (
    ATLAS_NAMESPACE,
    ESCO_NAMESPACE,
    ONET_NAMESPACE,
    EntityType,
    MapsTo,
    Store,
    compact,
    edge_id,
    from_record,
    is_iri,
)

from ..findings import Finding, warning
from .draft import draft_schemes, open_draft

_WELL_KNOWN = {"atlas": ATLAS_NAMESPACE, "esco": ESCO_NAMESPACE, "onet": ONET_NAMESPACE}


@dataclass(frozen=True, slots=True)
class Stated:
    """A mapping as its source states it, and where: its end is an IRI in `edge.iri`."""

    edge: MapsTo
    file: str
    line: int | None


@dataclass(slots=True)
class Ends:
    """The schemes of the draft, and of each concept there whether it is active."""

    namespaces: dict[str, str] = field(default_factory=dict)
    loaded: frozenset[str] = frozenset()
    active: dict[str, bool] = field(default_factory=dict)

    def id_of(self, iri: str) -> str:
        """The id of an IRI in a scheme that is loaded or well known; any other IRI is its own id."""
        for key, namespace in sorted(self.namespaces.items(), key=lambda item: (-len(item[1]), item[0])):
            found = compact(iri, key, namespace)
            if not is_iri(found):
                return found
        return iri

    def key_of(self, iri: str) -> str | None:
        """The loaded scheme in whose namespace an IRI lies, else None."""
        found = self.id_of(iri)
        key = None if is_iri(found) else found.partition(":")[0]
        return key if key in self.loaded else None


def read_ends(store: Store) -> Ends:
    """What mappings may end at in the draft."""
    schemes = draft_schemes(store)
    found = Ends(_WELL_KNOWN | {key: scheme.namespace for key, scheme in schemes.items()}, frozenset(schemes))
    with open_draft(store) as rows:
        for row in rows:
            if row.entity_type is EntityType.CONCEPT:
                # Labels are JSON strings, in which a quote is escaped: these bytes are the field itself.
                found.active[row.entity_id] = b'"status":"ACTIVE"' in row.body
            elif row.entity_type is EntityType.EDGE:
                break
    return found


def settle_mappings(
    store: Store, key: str, ends: Ends, stated: Iterable[Stated], *, keep_unknown: bool
) -> tuple[list[MapsTo], list[Finding]]:
    """The mappings of the scheme `key` that can be written, and a warning for each of the others.

    Left out: what another source states already (the earlier one stays) and what leads from an active to a
    deprecated concept. An end that its scheme lacks is left out too, unless `keep_unknown` is set: then the mapping
    leads to the IRI.
    """
    held = {edge_id(edge): edge for edge in _held(store, key)}
    found: dict[str, MapsTo] = {}
    findings: list[Finding] = []
    for item in stated:
        edge = replace(item.edge, to_id=ends.id_of(item.edge.iri))
        name = edge_id(edge)
        what = f"{edge.from_id} {edge.predicate} {edge.to_id}"
        scheme = ends.key_of(edge.iri)
        before = held.get(name)
        if scheme is not None and edge.to_id not in ends.active:
            if not keep_unknown:
                text = f"{what}: the scheme {scheme!r} has no {edge.to_id}; left out"
                findings.append(warning(item.file, item.line, text, rule="unknown-end"))
                continue
            text = f"{what}: the scheme {scheme!r} has no such concept; kept with its IRI"
            findings.append(warning(item.file, item.line, text, rule="unknown-end"))
            edge = replace(edge, to_id=edge.iri)
        elif ends.active.get(edge.from_id, True) and not ends.active.get(edge.to_id, True):
            text = f"{what}: its end is deprecated; left out"
            findings.append(warning(item.file, item.line, text, rule="deprecated-end"))
            continue
        if before is not None and before.source != edge.source and not _same_family(before, edge):
            text = f"{what}: is stated by {before.source!r} already; left out"
            findings.append(warning(item.file, item.line, text, rule="stated-already"))
            continue
        found[name] = edge
    return [found[name] for name in sorted(found)], findings


def _same_family(first: MapsTo, second: MapsTo) -> bool:
    """Whether two sources are versions of one crosswalk."""
    name: Mapping[str, object] = second.data or {}
    return "crosswalk" in name and (first.data or {}).get("crosswalk") == name["crosswalk"]


def _held(store: Store, key: str) -> Iterator[MapsTo]:
    """The mappings of a scheme in the draft."""
    with open_draft(store, scheme=key) as rows:
        for row in rows:
            if row.entity_type is EntityType.EDGE and row.entity_id.startswith("MAPS_TO|"):
                edge = from_record(row)
                assert isinstance(edge, MapsTo)
                yield edge
