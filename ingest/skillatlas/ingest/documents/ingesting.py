"""Reading the skills of documents, and storing both: in batches, so that a long run loses little when it is stopped."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from skillatlas.taxonomy import Document, Graph, MentionCount, NotFoundError, Override, Store, canonical_json

from ..extraction import DocumentKind, Extraction, LinkPolicy, Requirement, Said, said_at
from ..findings import Finding, ordered, warning
from ..progress import NoProgress, Progress
from ..settings import DEFAULT_SETTINGS, ImportSettings
from .reading import SourceDocument


class ReadsSkills(Protocol):
    """What is needed of an extractor."""

    @property
    def version(self) -> str:
        """Changes when anything but text and release that decides the answer changes."""
        ...

    def extract(
        self, text: str, *, lang: str | None = None, kind: DocumentKind = ..., policy: LinkPolicy = ...
    ) -> Extraction:
        """The skills of a text."""
        ...

    def overridden(self, said: Sequence[Said]) -> "ReadsSkills":
        """The same with what people said of forms laid over it."""
        ...


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What `ingest_documents` did: documents stored and those that were stored alike already, and mentions read."""

    collection: str
    scheme: str
    release: int
    stored: int
    unchanged: int
    mentions: int
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Run:
    stored: int = 0
    unchanged: int = 0
    mentions: int = 0
    waiting: list[Document] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


class _Readers:
    """The extractor for each document of a collection, with the overrides that hold there laid over it."""

    def __init__(
        self, plain: ReadsSkills, graph: Graph, overrides: Sequence[Override], scheme: str, collection: str
    ) -> None:
        near = [one for one in overrides if one.collection in (None, collection)]
        self._single = {one.document for one in near if one.document is not None}
        self._near = near
        self._graph = graph
        self._place = scheme, collection
        self._plain = plain
        self._shared = self._laid(None)

    def of(self, document: str) -> ReadsSkills:
        """The extractor for a document."""
        return self._laid(document) if document in self._single else self._shared

    def _laid(self, document: str | None) -> ReadsSkills:
        said = said_at(self._graph, self._near, *self._place, document)
        return self._plain.overridden(said) if said else self._plain


def ingest_documents(
    store: Store,
    graph: Graph,
    extractor: ReadsSkills,
    documents: Iterable[SourceDocument],
    *,
    collection: str,
    scheme: str = "atlas",
    progress: Progress | None = None,
    settings: ImportSettings = DEFAULT_SETTINGS,
) -> IngestReport:
    """Read the skills of `scheme` at the graph's release in each document, and store both under `collection`.

    Overrides of the scheme, the collection and each document are heeded. A document that is stored already, read
    alike (same content, scheme as it is now, extractor, overrides), is passed over. Of two documents with one id and
    different texts the first counts, with a warning. Each batch is stored whole or not at all. Raises NotFoundError
    for a scheme that the release does not have, and what `documents` raises.
    """
    if scheme not in graph.schemes:
        raise NotFoundError(f"release {graph.release.number} has no scheme {scheme!r}")
    # The scheme's hash rather than the release's number: a release that changes another scheme changes no reading.
    basis = f"{scheme}|{graph.scheme_states[scheme].content_hash}"
    readers = _Readers(extractor, graph, store.overrides(scheme=scheme), scheme, collection)
    run = _Run()
    with (progress or NoProgress()).task(f"reading documents of {collection}") as step:
        for document in documents:
            reader = readers.of(document.id)
            fingerprint = _fingerprint(document, f"{basis}|{reader.version}")
            if _is_new(store, run, document, fingerprint, collection, scheme):
                extraction = reader.extract(document.text, lang=document.lang, kind=document.kind)
                run.mentions += len(extraction.mentions)
                run.waiting.append(_stored(document, extraction, fingerprint, collection, scheme, graph.release.number))
            if len(run.waiting) >= settings.document_batch:
                _flush(store, run)
            step(1)
        _flush(store, run)
    return IngestReport(
        collection, scheme, graph.release.number, run.stored, run.unchanged, run.mentions, ordered(run.findings)
    )


def _is_new(store: Store, run: _Run, document: SourceDocument, fingerprint: str, collection: str, scheme: str) -> bool:
    """Whether a document is to be read; a repetition and one that is stored alike are counted."""
    earlier = run.seen.setdefault(document.id, fingerprint)
    if earlier != fingerprint:
        text = f"the id {document.id!r} was given to another document before; this one is left out"
        run.findings.append(warning(document.file, document.line, text, rule="repeated-id"))
        return False
    if store.fingerprint(collection, document.id, scheme) == fingerprint or any(
        waiting.id == document.id for waiting in run.waiting
    ):
        run.unchanged += 1
        return False
    return True


def _flush(store: Store, run: _Run) -> None:
    if run.waiting:
        with store.writer() as writer:
            run.stored += writer.add_documents(run.waiting)
        run.waiting.clear()


def _fingerprint(document: SourceDocument, basis: str) -> str:
    content = canonical_json([document.text, document.kind, document.lang, document.title, document.url, basis])
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _stored(
    document: SourceDocument, extraction: Extraction, fingerprint: str, collection: str, scheme: str, release: int
) -> Document:
    return Document(
        collection=collection,
        id=document.id,
        kind=document.kind,
        scheme=scheme,
        lang=extraction.lang,
        title=document.title,
        url=document.url,
        text=document.text,
        fingerprint=fingerprint,
        release=release,
        mentions=canonical_json(extraction_json(extraction)),
        counts=mention_counts(extraction),
    )


def mention_counts(extraction: Extraction) -> tuple[MentionCount, ...]:
    """How often each skill is mentioned, and how often as required and as preferred; by skill id."""
    found: dict[str, list[int]] = {}
    for mention in extraction.mentions:
        count = found.setdefault(mention.skill_id, [0, 0, 0])
        count[0] += 1
        count[1] += mention.requirement is Requirement.REQUIRED
        count[2] += mention.requirement is Requirement.PREFERRED
    return tuple(MentionCount(skill, *found[skill]) for skill in sorted(found))


def extraction_json(extraction: Extraction) -> dict[str, Any]:
    """The extraction as it is kept: names as in the public API, skills by id."""
    return {
        "lang": extraction.lang,
        "extractorVersion": extraction.extractor_version,
        "mentions": [
            {
                "text": mention.text,
                "start": mention.start,
                "end": mention.end,
                "skillId": mention.skill_id,
                "confidence": mention.confidence,
                "section": mention.section,
                "requirement": mention.requirement,
                "level": mention.level,
                "minYears": mention.min_years,
                "alternatives": [{"skillId": one.skill_id, "score": one.score} for one in mention.alternatives],
                "evidence": dict(mention.evidence),
            }
            for mention in extraction.mentions
        ],
        "unlinked": [
            {"text": one.text, "start": one.start, "end": one.end, "section": one.section}
            for one in extraction.unlinked
        ],
    }
