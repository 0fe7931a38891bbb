"""Root fields on schemes, concepts and search."""

from collections.abc import Sequence
from typing import Any

import graphene

from skillatlas import taxonomy

from ..connections import Page, PageEdge, Scope, cursor_release, make_page, page_size
from ..errors import BadInputError
from ..finding import find_scheme, find_scheme_or_any, find_under
from ..types.concepts import Concept, Scheme
from ..types.enums import ConceptKind
from ..types.search import SearchConnection, SearchHit
from ..views import ConceptView, HitView, SchemeView


class TaxonomyQueries:
    """`schemes`, `concept`, `concepts`, `topConcepts`, `search`, `suggest`."""

    schemes = graphene.List(graphene.NonNull(Scheme), release=graphene.Int())
    concept = graphene.Field(
        Concept,
        id_=graphene.Argument(graphene.ID, name="id", required=True),
        release=graphene.Int(),
        description="null where the id never existed; a deprecated concept is answered with its replacement.",
    )
    concepts = graphene.List(
        Concept,
        ids=graphene.List(graphene.NonNull(graphene.ID), required=True),
        release=graphene.Int(),
        description="In the order asked; null where an id never existed.",
    )
    top_concepts = graphene.List(
        graphene.NonNull(Concept),
        scheme=graphene.String(default_value="atlas"),
        kinds=graphene.List(graphene.NonNull(ConceptKind)),
        release=graphene.Int(),
    )
    search = graphene.Field(
        SearchConnection,
        text=graphene.String(required=True),
        kinds=graphene.List(graphene.NonNull(ConceptKind)),
        scheme=graphene.String(default_value="atlas"),
        under=graphene.ID(),
        lang=graphene.String(),
        release=graphene.Int(),
        first=graphene.Int(default_value=20),
        after=graphene.String(),
        description='`scheme` "*": all schemes. `under`: the concept itself and all below it, along every broader '
        "edge. `lang`: labels in this language come first.",
    )
    suggest = graphene.List(
        graphene.NonNull(SearchHit),
        prefix=graphene.String(required=True),
        kinds=graphene.List(graphene.NonNull(ConceptKind)),
        scheme=graphene.String(default_value="atlas"),
        under=graphene.ID(),
        lang=graphene.String(),
        release=graphene.Int(),
        first=graphene.Int(default_value=10),
        description="Completions of a typed prefix, for an input field.",
    )

    @staticmethod
    def resolve_schemes(_root: Any, info: Any, release: int | None = None) -> list[SchemeView]:
        graph = info.context.graph(release)
        return [SchemeView(graph, graph.schemes[key]) for key in sorted(graph.schemes)]

    @staticmethod
    def resolve_concept(_root: Any, info: Any, id_: str, release: int | None = None) -> ConceptView | None:
        graph = info.context.graph(release)
        found = graph.find(id_)
        return None if found is None else ConceptView(graph, found)

    @staticmethod
    def resolve_concepts(
        _root: Any, info: Any, ids: Sequence[str], release: int | None = None
    ) -> list[ConceptView | None]:
        graph = info.context.graph(release)
        return [None if (found := graph.find(one)) is None else ConceptView(graph, found) for one in ids]

    @staticmethod
    def resolve_top_concepts(
        _root: Any,
        info: Any,
        scheme: str,
        kinds: Sequence[taxonomy.ConceptKind] | None = None,
        release: int | None = None,
    ) -> list[ConceptView]:
        graph = info.context.graph(release)
        return [ConceptView(graph, top) for top in graph.top_concepts(find_scheme(graph, scheme), kinds)]

    @staticmethod
    def resolve_search(
        _root: Any,
        info: Any,
        text: str,
        scheme: str,
        first: int,
        kinds: Sequence[taxonomy.ConceptKind] | None = None,
        under: str | None = None,
        lang: str | None = None,
        release: int | None = None,
        after: str | None = None,
    ) -> Page[HitView]:
        page_size(first, info.context.limits.page_size)
        graph = info.context.graph(cursor_release(release, after))
        key = find_scheme_or_any(graph, scheme)
        top = None if under is None else find_under(graph, under)
        scope = Scope(
            "Query.search",
            {
                "text": text,
                "kinds": None if kinds is None else sorted(set(kinds)),
                "scheme": scheme,
                "under": top and top.id,
                "lang": lang,
            },
            graph.release.number,
        )
        place = None if after is None else _hit_key(scope.key_of(after))
        result = info.context.index(graph).search(
            text,
            kinds=kinds,
            scheme=key,
            within=None if top is None else graph.under(top.id),
            lang=lang,
            after=place,
            first=first,
        )
        edges = [
            PageEdge(
                HitView(ConceptView(graph, hit.concept), hit.label, hit.score, hit.text),
                (hit.score, hit.concept.id),
                scope,
            )
            for hit in result.hits
        ]
        return make_page(
            edges,
            scope,
            total=result.total,
            has_next=result.start + len(edges) < result.total,
            has_previous=result.start > 0,
        )

    @staticmethod
    def resolve_suggest(
        _root: Any,
        info: Any,
        prefix: str,
        scheme: str,
        first: int,
        kinds: Sequence[taxonomy.ConceptKind] | None = None,
        under: str | None = None,
        lang: str | None = None,
        release: int | None = None,
    ) -> list[HitView]:
        page_size(first, info.context.limits.page_size)
        graph = info.context.graph(release)
        hits = info.context.index(graph).suggest(
            prefix,
            kinds=kinds,
            scheme=find_scheme_or_any(graph, scheme),
            within=None if under is None else graph.under(find_under(graph, under).id),
            lang=lang,
            first=first,
        )
        return [HitView(ConceptView(graph, hit.concept), hit.label, hit.score) for hit in hits]


def _hit_key(key: tuple[Any, ...]) -> tuple[float, str]:
    match key:
        case (float() | int() as score, str() as concept_id):
            return float(score), concept_id
        case _:
            raise BadInputError("after: is no cursor of this API")
