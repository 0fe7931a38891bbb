"""The served schema: graphene's declarations as one graphql-core schema, every resolver guarded."""

from functools import cache

import graphene
from graphql import GraphQLInterfaceType, GraphQLSchema, print_schema

from .arguments import guard
from .queries.candidates import CandidateQueries
from .queries.confirming import ConfirmingQueries
from .queries.courses import CourseQueries
from .queries.curriculum import CurriculumQueries
from .queries.extraction import ExtractionQueries
from .queries.reskilling import ReskillingQueries
from .queries.resolving import ResolvingQueries
from .queries.stale import StaleQueries
from .queries.sync import SyncQueries
from .queries.taxonomy import TaxonomyQueries
from .queries.transitions import TransitionQueries
from .types.concepts import Group, concept_type
from .types.skills import Role, Skill


class Query(
    SyncQueries,
    ResolvingQueries,
    StaleQueries,
    TaxonomyQueries,
    ExtractionQueries,
    CandidateQueries,
    ReskillingQueries,
    TransitionQueries,
    CurriculumQueries,
    CourseQueries,
    ConfirmingQueries,
    graphene.ObjectType,
):
    """All root fields. Each reads the newest release, unless `release` names another."""


@cache
def get_schema() -> GraphQLSchema:
    """The schema; made once, immutable afterwards."""
    schema: GraphQLSchema = graphene.Schema(query=Query, types=[Group, Skill, Role]).graphql_schema
    concept = schema.type_map["Concept"]
    assert isinstance(concept, GraphQLInterfaceType)
    # Set here, since graphene's own resolver takes classes only, and the classes of Skill and Role come after Concept.
    concept.resolve_type = concept_type
    guard(schema)
    return schema


def schema_text() -> str:
    """The served schema in the schema definition language, ended by a newline."""
    return print_schema(get_schema()) + "\n"
