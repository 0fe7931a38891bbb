"""The root field on phrases that may become skills."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import graphene

from skillatlas.taxonomy import Reading

from ..connections import Page, Scope, cursor_release, page_size, paginate
from ..errors import BadInputError, LimitError
from ..finding import find_scheme
from ..types.candidates import CandidateConnection
from ..types.enums import DocumentKind

if TYPE_CHECKING:
    from skillatlas import ingest

_FEWEST = 2  # documents: what one alone says may be its writer's own


class CandidateQueries:
    """`candidates`."""

    candidates = graphene.Field(
        CandidateConnection,
        collection=graphene.String(),
        kind=DocumentKind(description="Not CV: what stands in one may be about a person. Omitted: all others."),
        lang=graphene.String(description="Only of documents in this language."),
        scheme=graphene.String(default_value="atlas"),
        min_documents=graphene.Int(default_value=_FEWEST, description="At least 2."),
        first=graphene.Int(default_value=20),
        after=graphene.String(),
        description="Phrases of ingested documents that look like skills and match no form of the newest release, most "
        "likely skills first; without what curators have decided on, without CVs, and without any context.",
    )

    @staticmethod
    def resolve_candidates(
        _root: Any,
        info: Any,
        scheme: str,
        first: int,
        min_documents: int,
        collection: str | None = None,
        kind: "ingest.DocumentKind | None" = None,
        lang: str | None = None,
        after: str | None = None,
    ) -> "Page[ingest.PhraseCandidate]":
        from skillatlas import ingest

        request = info.context
        page_size(first, request.limits.page_size)
        if kind is ingest.DocumentKind.CV:
            raise BadInputError("kind: candidates are not read in CVs, which are about people")
        if min_documents < _FEWEST:
            raise BadInputError(f"minDocuments: must be at least {_FEWEST}, not {min_documents}")
        graph = request.graph(cursor_release(None, after))
        find_scheme(graph, scheme)
        readings = request.store.readings(scheme=scheme, collection=collection, kind=kind and str(kind))
        report = ingest.gather_candidates(
            _limited(readings, request.limits.candidate_documents),
            ingest.Vocabulary.of(graph, scheme),
            request.store.overrides(scheme=scheme),
            lang=lang,
            examples=0,
        )
        arguments = {
            "scheme": scheme,
            "collection": collection,
            "kind": kind and str(kind),
            "lang": lang,
            "minDocuments": min_documents,
        }
        return paginate(
            [one for one in report.candidates if one.documents >= min_documents],
            lambda one: (-one.score, one.key),
            lambda one: one,
            Scope("Query.candidates", arguments, graph.release.number),
            first=first,
            after=after,
        )


def _limited(readings: Iterator[Reading], most: int) -> Iterator[Reading]:
    for number, reading in enumerate(readings):
        if number == most:
            raise LimitError(f"candidates: the selection has more than {most} documents; name a collection or a kind")
        yield reading
