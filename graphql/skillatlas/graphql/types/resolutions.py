"""What became of stored ids."""

from typing import Any

import graphene

from skillatlas import taxonomy

from ..views import ConceptView, ImpactView, ResolutionView
from .concepts import Concept, many
from .enums import ResolutionStatus


class Resolution(graphene.ObjectType):
    """`automatic`: a client may apply it without a person choosing."""

    id = graphene.ID(required=True, description="As it was asked.")
    status = graphene.Field(ResolutionStatus, required=True)
    candidates = many(Concept, description="Active: the concept itself, or what came after it, by id.")
    automatic = graphene.Boolean(required=True)
    kind_changed = graphene.Boolean(
        required=True, description="The concept, or the one that replaced it, is of another kind than it was."
    )
    detail = graphene.String(required=True)

    @staticmethod
    def resolve_id(root: ResolutionView, _info: Any) -> str:
        return root.resolution.id

    @staticmethod
    def resolve_status(root: ResolutionView, _info: Any) -> taxonomy.ResolutionStatus:
        return root.resolution.status

    @staticmethod
    def resolve_candidates(root: ResolutionView, _info: Any) -> list[ConceptView]:
        return [ConceptView(root.graph, concept) for concept in root.resolution.candidates]

    @staticmethod
    def resolve_automatic(root: ResolutionView, _info: Any) -> bool:
        return root.resolution.automatic

    @staticmethod
    def resolve_kind_changed(root: ResolutionView, _info: Any) -> bool:
        return root.resolution.kind_changed

    @staticmethod
    def resolve_detail(root: ResolutionView, _info: Any) -> str:
        return root.resolution.detail


class ImpactCount(graphene.ObjectType):
    """How many of the ids have a status; a status of none is left out."""

    status = graphene.Field(ResolutionStatus, required=True)
    count = graphene.Int(required=True)


class ImpactReport(graphene.ObjectType):
    """What a range of releases did to stored ids."""

    from_release = graphene.Int(required=True)
    to_release = graphene.Int(required=True)
    counts = many(ImpactCount)
    affected = many(Resolution, description="In the order asked, without those that are UNCHANGED.")

    @staticmethod
    def resolve_from_release(root: ImpactView, _info: Any) -> int:
        return root.start

    @staticmethod
    def resolve_to_release(root: ImpactView, _info: Any) -> int:
        return root.graph.release.number

    @staticmethod
    def resolve_counts(root: ImpactView, _info: Any) -> list[dict[str, Any]]:
        return [{"status": status, "count": count} for status, count in root.counts]

    @staticmethod
    def resolve_affected(root: ImpactView, _info: Any) -> tuple[ResolutionView, ...]:
        return root.affected
