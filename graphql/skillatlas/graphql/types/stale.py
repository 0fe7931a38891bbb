"""Stale mappings, with what changed at their other end."""

from dataclasses import dataclass
from typing import Any

import graphene

from skillatlas import taxonomy

from ..views import ConceptView
from .concepts import Concept, many
from .enums import MappingPredicate
from .paging import connection


@dataclass(frozen=True, slots=True)
class StaleView:
    """A stale mapping in a graph."""

    graph: taxonomy.Graph
    stale: taxonomy.StaleMapping


class FieldChange(graphene.ObjectType):
    """One thing that changed at a concept: `field` is status, kind, label (a preferred one) or definition."""

    field = graphene.String(required=True)
    lang = graphene.String()
    before = graphene.String(description="Null: there was none.")
    after = graphene.String(description="Null: there is none.")


class StaleMapping(graphene.ObjectType):
    """A mapping whose other end changed since somebody last looked."""

    id = graphene.ID(required=True, description="The edge's id, as in dumps.")
    source = graphene.Field(Concept, description="Where it begins.")
    target = graphene.Field(Concept, description="Where it leads, as it is now; null where that is not loaded.")
    target_id = graphene.ID(required=True)
    predicate = graphene.Field(MappingPredicate, required=True)
    confidence = graphene.Float(required=True)
    stated_by = graphene.String(required=True, description="The edge's source: curated, or a crosswalk.")
    stale_since = graphene.Int(description="The release in which it turned stale; null where it came in so.")
    changes = many(FieldChange, description="At its target, from before it turned stale to now.")
    followers = many(Concept, description="Active concepts that came after a deprecated target, by id.")
    choose = graphene.Boolean(required=True, description="A person has to choose among the followers.")

    @staticmethod
    def resolve_id(root: StaleView, _info: Any) -> str:
        return root.stale.id

    @staticmethod
    def resolve_source(root: StaleView, _info: Any) -> ConceptView | None:
        concept = root.graph.concepts.get(root.stale.edge.from_id)
        return ConceptView(root.graph, concept) if concept else None

    @staticmethod
    def resolve_target(root: StaleView, _info: Any) -> ConceptView | None:
        return ConceptView(root.graph, root.stale.after) if root.stale.after else None

    @staticmethod
    def resolve_target_id(root: StaleView, _info: Any) -> str:
        return root.stale.edge.to_id

    @staticmethod
    def resolve_predicate(root: StaleView, _info: Any) -> taxonomy.MappingPredicate:
        return root.stale.edge.predicate

    @staticmethod
    def resolve_confidence(root: StaleView, _info: Any) -> float:
        return root.stale.edge.confidence

    @staticmethod
    def resolve_stated_by(root: StaleView, _info: Any) -> str:
        return root.stale.edge.source

    @staticmethod
    def resolve_stale_since(root: StaleView, _info: Any) -> int | None:
        return root.stale.since

    @staticmethod
    def resolve_changes(root: StaleView, _info: Any) -> tuple[taxonomy.FieldChange, ...]:
        return root.stale.changes

    @staticmethod
    def resolve_followers(root: StaleView, _info: Any) -> list[ConceptView]:
        return [ConceptView(root.graph, concept) for concept in root.stale.followers]

    @staticmethod
    def resolve_choose(root: StaleView, _info: Any) -> bool:
        return root.stale.choice


StaleMappingConnection = connection("StaleMapping", lambda: StaleMapping, release=True)
