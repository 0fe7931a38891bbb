"""Concept and Group; schemes, labels, mappings, replacements."""

from collections.abc import Sequence
from typing import Any

import graphene

from skillatlas import taxonomy

from ..changes import ChangePage
from ..concept_history import StatusRange, history_page, status_ranges
from ..connections import Page, Scope, page_size, paginate
from ..views import ConceptView, SchemeView, concept_views
from .enums import (
    ConceptKind,
    ConceptStatus,
    LabelType,
    MappingPredicate,
    ReplacementKind,
)
from .paging import connection
from .releases import ChangeConnection
from .scalars import JSON


def many(kind: Any, **options: Any) -> Any:
    """`[kind!]!`."""
    return graphene.List(graphene.NonNull(kind), required=True, **options)


_TYPE_NAMES = {taxonomy.ConceptKind.SKILL: "Skill", taxonomy.ConceptKind.ROLE: "Role"}


def concept_type(view: ConceptView, _info: Any, _kind: Any) -> str:
    """The name of the type that answers for a concept's kind."""
    return _TYPE_NAMES.get(view.concept.kind, "Group")


class Scheme(graphene.ObjectType):
    """A concept scheme. `contentHash` changes exactly when something of this scheme does."""

    key = graphene.String(required=True)
    namespace = graphene.String(required=True)
    title = graphene.String(required=True)
    version = graphene.String()
    licence = graphene.String()
    attribution = graphene.String()
    source_url = graphene.String()
    concept_count = graphene.Int(required=True)
    content_hash = graphene.String(required=True)

    @staticmethod
    def resolve_key(root: SchemeView, _info: Any) -> str:
        return root.scheme.key

    @staticmethod
    def resolve_namespace(root: SchemeView, _info: Any) -> str:
        return root.scheme.namespace

    @staticmethod
    def resolve_title(root: SchemeView, _info: Any) -> str:
        return root.scheme.title

    @staticmethod
    def resolve_version(root: SchemeView, _info: Any) -> str | None:
        return root.scheme.version

    @staticmethod
    def resolve_licence(root: SchemeView, _info: Any) -> str | None:
        return root.scheme.licence

    @staticmethod
    def resolve_attribution(root: SchemeView, _info: Any) -> str | None:
        return root.scheme.attribution

    @staticmethod
    def resolve_source_url(root: SchemeView, _info: Any) -> str | None:
        return root.scheme.source_url

    @staticmethod
    def resolve_concept_count(root: SchemeView, _info: Any) -> int:
        return root.graph.scheme_states[root.scheme.key].concept_count

    @staticmethod
    def resolve_content_hash(root: SchemeView, _info: Any) -> str:
        return root.graph.scheme_states[root.scheme.key].content_hash


class Label(graphene.ObjectType):
    """A label with its language and SKOS type."""

    value = graphene.String(required=True)
    lang = graphene.String(required=True)
    type = graphene.Field(LabelType, required=True)


class Mapping(graphene.ObjectType):
    """A mapping to a concept of another scheme. `stale`: the mapped concept changed after the mapping was made."""

    predicate = graphene.Field(MappingPredicate, required=True)
    target = graphene.Field(lambda: Concept)
    target_id = graphene.ID(required=True)
    confidence = graphene.Float()
    source = graphene.String()
    stale = graphene.Boolean(required=True)


class Replacement(graphene.ObjectType):
    """What became of a deprecated concept."""

    kind = graphene.Field(ReplacementKind, required=True)
    concepts = many(lambda: Concept)
    reason = graphene.String()
    release = graphene.Int(required=True)


class ReleaseRange(graphene.ObjectType):
    """Releases, both ends included, in which a concept has one status."""

    from_release = graphene.Int(required=True)
    to_release = graphene.Int(required=True, description="At most the release that is read.")
    status = graphene.Field(ConceptStatus, required=True)


class Concept(graphene.Interface):
    """A node of the taxonomy, of any scheme."""

    id = graphene.ID(required=True)
    uri = graphene.String(required=True)
    scheme = graphene.Field(Scheme, required=True)
    release = graphene.Int(required=True, description="The release it was read at.")
    kind = graphene.Field(ConceptKind, required=True)
    status = graphene.Field(ConceptStatus, required=True)
    label = graphene.String(required=True, lang=graphene.String(default_value="en"))
    labels = many(Label, langs=graphene.List(graphene.NonNull(graphene.String)))
    definition = graphene.String(lang=graphene.String(default_value="en"))
    data = JSON(description="What the source says besides: ESCO's reuse level, code and collections; O*NET's job zone.")
    broader = many(lambda: Concept)
    narrower = graphene.Field(
        lambda: ConceptConnection,
        required=True,
        kinds=graphene.List(graphene.NonNull(ConceptKind)),
        first=graphene.Int(default_value=20),
        after=graphene.String(),
    )
    ancestors = many(
        lambda: Concept, description="From the top concept down to the nearest parent, along the primary parents."
    )
    mappings = many(Mapping)
    replacement = graphene.Field(Replacement)
    history = graphene.Field(
        ChangeConnection,
        required=True,
        edges=graphene.Boolean(default_value=False),
        first=graphene.Int(default_value=20),
        after=graphene.String(),
        description="Its changes up to this release, oldest first; `edges`: those of the edges from it too.",
    )
    releases = many(ReleaseRange, description="The releases that contain it, by its status in them.")

    @staticmethod
    def resolve_id(root: ConceptView, _info: Any) -> str:
        return root.concept.id

    @staticmethod
    def resolve_uri(root: ConceptView, _info: Any) -> str:
        return root.concept.uri

    @staticmethod
    def resolve_scheme(root: ConceptView, _info: Any) -> SchemeView:
        return SchemeView(root.graph, root.graph.schemes[root.concept.scheme])

    @staticmethod
    def resolve_release(root: ConceptView, _info: Any) -> int:
        return root.graph.release.number

    @staticmethod
    def resolve_kind(root: ConceptView, _info: Any) -> taxonomy.ConceptKind:
        return root.concept.kind

    @staticmethod
    def resolve_status(root: ConceptView, _info: Any) -> taxonomy.ConceptStatus:
        return root.concept.status

    @staticmethod
    def resolve_label(root: ConceptView, _info: Any, lang: str) -> str:
        return root.graph.label(root.concept, lang)

    @staticmethod
    def resolve_labels(root: ConceptView, _info: Any, langs: Sequence[str] | None = None) -> tuple[taxonomy.Label, ...]:
        return root.graph.labels(root.concept, langs)

    @staticmethod
    def resolve_definition(root: ConceptView, _info: Any, lang: str) -> str | None:
        return root.graph.definition(root.concept, lang)

    @staticmethod
    def resolve_data(root: ConceptView, _info: Any) -> Any:
        return root.concept.data

    @staticmethod
    def resolve_broader(root: ConceptView, _info: Any) -> list[ConceptView]:
        return [ConceptView(root.graph, parent) for parent in root.graph.broader(root.concept.id)]

    @staticmethod
    def resolve_narrower(
        root: ConceptView,
        info: Any,
        first: int,
        kinds: Sequence[taxonomy.ConceptKind] | None = None,
        after: str | None = None,
    ) -> Page[ConceptView]:
        graph = root.graph
        return paginate(
            graph.narrower(root.concept.id, kinds),
            lambda concept: (concept.id,),
            lambda concept: ConceptView(graph, concept),
            Scope(
                "Concept.narrower",
                {"of": root.concept.id, "kinds": None if kinds is None else sorted(set(kinds))},
                graph.release.number,
            ),
            first=page_size(first, info.context.limits.page_size),
            after=after,
        )

    @staticmethod
    def resolve_ancestors(root: ConceptView, _info: Any) -> list[ConceptView]:
        return [ConceptView(root.graph, above) for above in root.graph.ancestors(root.concept.id)]

    @staticmethod
    def resolve_mappings(root: ConceptView, _info: Any) -> list[dict[str, Any]]:
        graph = root.graph
        return [
            {
                "predicate": edge.predicate,
                "target": None if (target := graph.mapping_target(edge)) is None else ConceptView(graph, target),
                "target_id": edge.to_id,
                "confidence": edge.confidence,
                "source": edge.source,
                "stale": edge.stale,
            }
            for edge in graph.mappings(root.concept.id)
        ]

    @staticmethod
    def resolve_replacement(root: ConceptView, info: Any) -> dict[str, Any] | None:
        concept = root.concept
        if concept.active or concept.replacement is None:
            return None
        return {
            "kind": concept.replacement.kind,
            "concepts": concept_views(root.graph, concept.replacement.concepts),
            "reason": concept.replacement.reason,
            "release": info.context.deprecated_in(root.graph, concept.id),
        }

    @staticmethod
    def resolve_history(root: ConceptView, info: Any, edges: bool, first: int, after: str | None = None) -> ChangePage:
        first = page_size(first, info.context.limits.page_size)
        return history_page(info.context.store, root, edges=edges, first=first, after=after)

    @staticmethod
    def resolve_releases(root: ConceptView, info: Any) -> list[StatusRange]:
        return status_ranges(info.context.store, root)


ConceptConnection: Any = connection("Concept", lambda: Concept, release=True)


class Group(graphene.ObjectType):
    """An area, domain, skill group or role group."""

    class Meta:
        interfaces = (Concept,)

    skill_count = graphene.Int(required=True, description="Active skills below it, at any depth.")
    role_count = graphene.Int(required=True, description="Active roles below it, at any depth.")

    @staticmethod
    def resolve_skill_count(root: ConceptView, _info: Any) -> int:
        return root.graph.count_under(root.concept.id, taxonomy.ConceptKind.SKILL)

    @staticmethod
    def resolve_role_count(root: ConceptView, _info: Any) -> int:
        return root.graph.count_under(root.concept.id, taxonomy.ConceptKind.ROLE)
