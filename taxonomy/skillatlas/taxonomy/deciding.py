"""Decisions of people on mappings and replacements, written as unpublished edits with a reason."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from .drafts import draft_records
from .entities import Record, edge_id, from_record, record
from .errors import InvalidEntityError, NotFoundError
from .local import LocalPart, local_part, with_local, without_local
from .model import Concept, EntityType, MapsTo, Replacement, ReplacementKind
from .settling import OWN_SOURCE
from .store.port import Edit, Store

_PREFIX = "MAPS_TO|"


@dataclass(frozen=True, slots=True)
class Decided:
    """The ids of the mappings or concepts that were edited, and those left as they are, each with the reason."""

    edited: tuple[str, ...]
    left: tuple[str, ...] = ()


def confirm_mappings(
    store: Store, ids: Collection[str] | None, *, scheme: str | None = None, reason: str = "mapping confirmed"
) -> Decided:
    """Say of stale mappings that they still hold; with `ids` None of all (of those that begin or end in `scheme`).

    A mapping whose end is deprecated cannot be confirmed: named, it raises InvalidEntityError; else it is left. Raises
    NotFoundError for an id that no mapping has, StoreBusyError.
    """
    with store.writer() as writer:
        find = _draft(store)
        edits: list[Edit] = []
        left: list[str] = []
        for row, edge in _wanted(store, find, ids):
            end = find(EntityType.CONCEPT, edge.to_id)
            if ids is None and scheme is not None and scheme not in (row.scheme, end.scheme if end else None):
                continue
            if end is not None and not _concept(end).active:
                text = f"{row.entity_id}: {edge.to_id} is deprecated; move the mapping, or remove it"
                if ids is not None:
                    raise InvalidEntityError(text)
                left.append(text)
            elif edge.stale:
                edits.append(_edit(replace(edge, stale=False), row.scheme, reason))
            elif ids is not None:
                left.append(f"{row.entity_id}: is not stale")
        writer.edit(edits)
    return Decided(tuple(edit.entity_id for edit in edits), tuple(left))


def move_mapping(store: Store, mapping: str, to: str, *, reason: str = "mapping moved") -> Decided:
    """Let a mapping lead to another concept, which is active and of another scheme than it begins in.

    The moved mapping is our own, whoever stated the old one. Raises NotFoundError, InvalidEntityError, StoreBusyError.
    """
    with store.writer() as writer:
        find = _draft(store)
        row, edge = next(iter(_wanted(store, find, [mapping])))
        end = find(EntityType.CONCEPT, to)
        if end is None:
            raise NotFoundError(f"there is no concept {to!r}")
        concept = _concept(end)
        if not concept.active:
            raise InvalidEntityError(f"{to} is deprecated; a mapping leads to an active concept")
        if concept.scheme == row.scheme:
            raise InvalidEntityError(f"{to} is of the scheme {row.scheme!r} too; a mapping leads to another scheme")
        moved = replace(edge, to_id=concept.id, iri=concept.uri, stale=False, source=OWN_SOURCE)
        edits = [_edit(moved, row.scheme, reason)]
        if edge_id(moved) != row.entity_id:
            edits.append(Edit(EntityType.EDGE, row.entity_id, row.scheme, None, reason))
        writer.edit(edits)
    return Decided((edge_id(moved),))


def remove_mapping(store: Store, mapping: str, *, reason: str = "mapping removed") -> Decided:
    """Take a mapping away. Raises NotFoundError, StoreBusyError."""
    with store.writer() as writer:
        row, _edge = next(iter(_wanted(store, _draft(store), [mapping])))
        writer.edit([Edit(EntityType.EDGE, row.entity_id, row.scheme, None, reason)])
    return Decided((mapping,))


def apply_replacements(store: Store, choices: Mapping[str, Sequence[str]], *, reason: str) -> Decided:
    """Say what follows deprecated concepts: one concept (REPLACED), or several (SPLIT).

    It is local: it stands as long as the scheme's source says nothing of its own. Raises NotFoundError for ids that
    no concept has, InvalidEntityError where one is not deprecated, its follower is, or its source names followers.
    """
    edits: list[Edit] = []
    with store.writer() as writer:
        find = _draft(store)
        for concept_id in sorted(choices):
            followers = tuple(sorted(set(choices[concept_id])))
            row = find(EntityType.CONCEPT, concept_id)
            if row is None:
                raise NotFoundError(f"there is no concept {concept_id!r}")
            concept = _concept(row)
            if concept.active:
                raise InvalidEntityError(f"{concept_id} is not deprecated; nothing follows it")
            source = without_local(concept)
            if source.replacement and source.replacement.concepts:
                named = ", ".join(source.replacement.concepts)
                raise InvalidEntityError(f"{concept_id}: its source says already that {named} follows it")
            if not followers:
                raise InvalidEntityError(f"{concept_id}: name at least one concept that follows it")
            for follower in followers:
                end = find(EntityType.CONCEPT, follower)
                if end is None:
                    raise NotFoundError(f"there is no concept {follower!r}")
                if not _concept(end).active:
                    raise InvalidEntityError(f"{follower} is deprecated; only an active concept follows another")
            kind = ReplacementKind.REPLACED if len(followers) == 1 else ReplacementKind.SPLIT
            part = replace(local_part(concept), replacement=Replacement(kind, followers, reason))
            edits.append(_laid(source, part, row.scheme, reason))
        writer.edit(edits)
    return Decided(tuple(edit.entity_id for edit in edits))


def _laid(source: Concept, part: LocalPart, scheme: str, reason: str) -> Edit:
    laid, _conflicts = with_local(source, part)
    row = record(laid, scheme)
    return Edit(row.entity_type, row.entity_id, scheme, row.body, reason)


_Find = Callable[[EntityType, str], Record | None]


def _draft(store: Store) -> _Find:
    """Looks entities up in the draft."""
    head = store.head()
    edits = {edit.order: edit for edit in store.edits()}

    def find(kind: EntityType, name: str) -> Record | None:
        edit = edits.get(Record(kind, name, "", b"").order)
        if edit is not None:
            return None if edit.body is None else Record(kind, name, edit.scheme, edit.body)
        return store.record(head.number, kind, name) if head else None

    return find


def _wanted(store: Store, find: _Find, ids: Collection[str] | None) -> list[tuple[Record, MapsTo]]:
    """The mappings of the draft with these ids, or all that are stale."""
    rows: list[Record] = []
    if ids is None:
        rows += (
            row for row in draft_records(store) if row.entity_id.startswith(_PREFIX) and b'"stale":true' in row.body
        )
    for name in sorted(set(ids or ())):
        row = find(EntityType.EDGE, name) if name.startswith(_PREFIX) else None
        if row is None:
            raise NotFoundError(f"there is no mapping {name!r}")
        rows.append(row)
    found = []
    for row in rows:
        edge = from_record(row)
        assert isinstance(edge, MapsTo)
        found.append((row, edge))
    return found


def _concept(row: Record) -> Concept:
    concept = from_record(row)
    assert isinstance(concept, Concept)
    return concept


def _edit(edge: MapsTo, scheme: str, reason: str) -> Edit:
    row = record(edge, scheme)
    return Edit(row.entity_type, row.entity_id, scheme, row.body, reason)
