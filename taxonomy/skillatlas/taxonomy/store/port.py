"""The store's port: what every adapter does, and what it promises.

The store keeps one append-only log of changes (whole entities), the releases that cut it, unpublished edits,
and documents with what was read in them. Rules of the domain are not its business: `publishing.py` computes
what a release changes, and hands it over.

Promises of every adapter, held by one contract suite:

- What a writer did counts when its `with` block ends without an exception, all of it or nothing; a process
  killed at any moment leaves the last published release whole, and what was unfinished is invisible and swept.
- There is one writer at a time; a second one waits for `wait` seconds and gets StoreBusyError, having written nothing.
- Readers never wait for a writer. A published release never changes.
- Iterators stream: they hold a bounded part of the answer in memory.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ..entities import TYPE_RANK, Record
from ..model import EntityType


class ChangeOperation(StrEnum):
    """Net effect of a release on an entity. Concepts are never removed; edges and courses may be."""

    CREATE = "CREATE"
    UPDATE = "UPDATE"
    DEPRECATE = "DEPRECATE"
    RESTORE = "RESTORE"
    REMOVE = "REMOVE"


@dataclass(frozen=True, slots=True)
class Release:
    """A published release of the whole graph; `published_at` is RFC 3339 in UTC, whole seconds, with `Z`."""

    number: int
    published_at: str
    note: str | None
    content_hash: str
    concept_count: int
    edge_count: int
    change_count: int
    last_seq: int


@dataclass(frozen=True, slots=True)
class SchemeState:
    """A scheme or catalogue at a release: `changed_in` is the last release up to it that changed the scheme."""

    key: str
    content_hash: str
    concept_count: int
    changed_in: int


@dataclass(frozen=True, slots=True)
class Edit:
    """An unpublished edit: the entity wanted (`body` canonical JSON), or its removal (`body` None)."""

    entity_type: EntityType
    entity_id: str
    scheme: str
    body: bytes | None
    reason: str | None = None

    @property
    def order(self) -> tuple[int, str]:
        """The same order as `Record.order`."""
        return TYPE_RANK[self.entity_type], self.entity_id


@dataclass(frozen=True, slots=True)
class Change:
    """The net change of one entity in one release; `before` and `after` are whole canonical bodies."""

    seq: int
    release: int
    operation: ChangeOperation
    entity_type: EntityType
    entity_id: str
    scheme: str
    before: bytes | None
    after: bytes | None
    reason: str | None
    at: str


@dataclass(frozen=True, slots=True)
class NewChange:
    """A change about to be published; `seq`, `release` and `at` are the release's."""

    operation: ChangeOperation
    entity_type: EntityType
    entity_id: str
    scheme: str
    before: bytes | None
    after: bytes | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ChangeCount:
    """How many changes a selection holds, and the seq of its last (None if empty)."""

    count: int
    last_seq: int | None


@dataclass(frozen=True, slots=True)
class OperationCount:
    """How many changes of a range have a scheme, an entity type and an operation."""

    scheme: str
    entity_type: EntityType
    operation: ChangeOperation
    count: int


@dataclass(frozen=True, slots=True)
class MentionCount:
    """How often one skill was read in one document, by requirement."""

    skill: str
    mentions: int
    required: int
    preferred: int


@dataclass(frozen=True, slots=True)
class Document:
    """A document and what was read in it. It is its `collection` and `id`, read once in each `scheme`.

    `fingerprint` names all that the reading depends on (content, scheme, release, extractor); `mentions` is the
    canonical JSON of the extraction, `counts` what `observed` aggregates: skill ids that are unique in it.
    """

    collection: str
    id: str
    kind: str
    scheme: str
    lang: str
    title: str | None
    url: str | None
    text: str
    fingerprint: str
    release: int
    mentions: bytes
    counts: tuple[MentionCount, ...]


@dataclass(frozen=True, slots=True)
class ObservedSkill:
    """Over a selection of documents: how many mention the skill, and how (documents that require / prefer it)."""

    skill: str
    documents: int
    mentions: int
    required: int
    preferred: int


@dataclass(frozen=True, slots=True)
class Observation:
    """Skills by number of documents (most first, then id) over `documents` documents of the selection."""

    documents: int
    skills: tuple[ObservedSkill, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A stored document without its text: what it is and the canonical JSON of the extraction."""

    collection: str
    id: str
    kind: str
    lang: str
    mentions: bytes


class Verdict(StrEnum):
    """What a person said of a form. REJECTED: no candidate for the taxonomy; it changes no mention."""

    NEVER = "NEVER"
    MEANS = "MEANS"
    REJECTED = "REJECTED"


@dataclass(frozen=True, slots=True)
class Override:
    """What a person said of a form: everywhere in a scheme, in a collection of documents, or in one document of it.

    It is named by `scheme`, `collection`, `document` and `key`, the form as it is compared; `form` is as written.
    `skill` is of MEANS only. `release`: the newest when it was said. It is in no release and no dump.
    """

    scheme: str
    collection: str | None
    document: str | None
    key: str
    form: str
    verdict: Verdict
    skill: str | None
    release: int
    reason: str | None = None

    @property
    def place(self) -> tuple[str, str, str, str]:
        """What names it, and the order of lists: a scheme's own, then those of its collections, then of documents."""
        return self.scheme, self.collection or "", self.document or "", self.key


class Writer(Protocol):
    """Writes within one `Store.writer()` block; nothing counts before the block ends well."""

    def edit(self, edits: Iterable[Edit]) -> int:
        """Add unpublished edits; a later edit of the same entity replaces the earlier. Returns how many came."""
        ...

    def discard_edits(self) -> None:
        """Forget all unpublished edits."""
        ...

    def publish(self, release: Release, states: Iterable[SchemeState], changes: Iterable[NewChange]) -> None:
        """Append a release: its changes get the seqs up to `release.last_seq`; all unpublished edits are used up.

        `changes` come in their final order, `states` hold every scheme and catalogue at the release.
        `release.number` must be the head's number plus one, else StoreBusyError.
        """
        ...

    def add_documents(self, documents: Iterable[Document]) -> int:
        """Store documents; one with the same collection, id and scheme is replaced. Returns how many came."""
        ...

    def put_overrides(self, overrides: Iterable[Override]) -> int:
        """Keep what people said of forms; one at the same place is replaced. Returns how many came."""
        ...

    def remove_overrides(self, overrides: Iterable[Override]) -> int:
        """Forget what people said, by place; one that is not there is no fault. Returns how many came."""
        ...

    def put_measure(self, release: int, name: str, body: bytes) -> None:
        """Keep a figure that was reckoned from a release, which is published or was in this block.

        One of the same release and name is replaced. `body` is canonical JSON.
        """
        ...


class Store(Protocol):
    """A store of the graph. Close it with `close()`; it may be used from several threads."""

    @property
    def url(self) -> str:
        """Where it is, without a password."""
        ...

    def head(self) -> Release | None:
        """The newest published release; None before the first."""
        ...

    def release(self, number: int) -> Release | None:
        """One published release."""
        ...

    def releases(self) -> list[Release]:
        """All published releases, newest first."""
        ...

    def scheme_states(self, release: int) -> list[SchemeState]:
        """Every scheme and catalogue as of the release, by key."""
        ...

    def records(
        self, release: int, *, types: Collection[EntityType] | None = None, scheme: str | None = None
    ) -> Iterator[Record]:
        """All entities of a release in the order of dumps."""
        ...

    def record(self, release: int, entity_type: EntityType, entity_id: str) -> Record | None:
        """One entity of a release."""
        ...

    def edits(self, *, scheme: str | None = None) -> Iterator[Edit]:
        """Unpublished edits that count, one an entity (the latest), in the order of dumps."""
        ...

    def changes(
        self,
        from_release: int,
        to_release: int,
        *,
        after_seq: int = 0,
        scheme: str | None = None,
        types: Collection[EntityType] | None = None,
        limit: int | None = None,
    ) -> Iterator[Change]:
        """Changes of the releases in (from_release, to_release], by seq, those with seq > after_seq."""
        ...

    def count_changes(
        self,
        from_release: int,
        to_release: int,
        *,
        after_seq: int = 0,
        scheme: str | None = None,
        types: Collection[EntityType] | None = None,
    ) -> ChangeCount:
        """How many changes `changes` would give."""
        ...

    def count_operations(self, from_release: int, to_release: int) -> list[OperationCount]:
        """The changes of the releases in (from_release, to_release], counted, by scheme, entity type and operation."""
        ...

    def history(self, entity_type: EntityType, entity_id: str) -> list[Change]:
        """All changes of one entity, oldest first."""
        ...

    def edge_history(self, concept_id: str) -> list[Change]:
        """All changes of the edges that begin at a concept, by seq."""
        ...

    def fingerprint(self, collection: str, document_id: str, scheme: str) -> str | None:
        """The fingerprint under which a document was last read in `scheme`; None if it is not stored."""
        ...

    def measure(self, release: int, name: str) -> bytes | None:
        """A figure that was reckoned from a release, as `put_measure` got it; None where none is kept.

        Measures follow from the release and the program alone: they are in no dump, and may be reckoned again.
        """
        ...

    def overrides(self, *, scheme: str | None = None) -> list[Override]:
        """What people said of forms, of a scheme if named, by place. They belong to no release: they stand in all."""
        ...

    def readings(self, *, scheme: str, collection: str | None = None, kind: str | None = None) -> Iterator[Reading]:
        """What was read in documents in `scheme`, of a collection and a kind if named, by collection and id."""
        ...

    def text_of(self, collection: str, document_id: str, scheme: str) -> str | None:
        """The text of a document that was read in `scheme`; None if it is not stored."""
        ...

    def observed(self, *, scheme: str, collection: str | None = None, kind: str | None = None) -> Observation:
        """Aggregated counts over the documents read in `scheme`, of a collection and a kind if named."""
        ...

    def writer(self, *, wait: float = 10.0) -> AbstractContextManager[Writer]:
        """The one writer. Raises StoreBusyError when another holds the store for longer than `wait` seconds."""
        ...

    def close(self) -> None:
        """Release all resources; using the store afterwards is an error."""
        ...
