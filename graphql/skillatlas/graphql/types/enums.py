"""GraphQL enums over the enums of the packages below."""

import graphene

from skillatlas import reskilling, taxonomy
from skillatlas.ingest import DocumentKind as _DocumentKind
from skillatlas.ingest import LinkPolicy as _LinkPolicy
from skillatlas.ingest import Requirement as _Requirement
from skillatlas.ingest import SectionKind as _SectionKind

ConceptKind = graphene.Enum.from_enum(taxonomy.ConceptKind)
SkillType = graphene.Enum.from_enum(taxonomy.SkillType)
ConceptStatus = graphene.Enum.from_enum(taxonomy.ConceptStatus)
LabelType = graphene.Enum.from_enum(taxonomy.LabelType)
Necessity = graphene.Enum.from_enum(taxonomy.Necessity)
PrerequisiteKind = graphene.Enum.from_enum(taxonomy.PrerequisiteKind)
MappingPredicate = graphene.Enum.from_enum(taxonomy.MappingPredicate)
ReplacementKind = graphene.Enum.from_enum(taxonomy.ReplacementKind)
ResolutionStatus = graphene.Enum.from_enum(taxonomy.ResolutionStatus)
ChangeOperation = graphene.Enum.from_enum(taxonomy.ChangeOperation)
EntityType = graphene.Enum.from_enum(taxonomy.EntityType)
DocumentKind = graphene.Enum.from_enum(_DocumentKind)
LinkPolicy = graphene.Enum.from_enum(_LinkPolicy)
Requirement = graphene.Enum.from_enum(_Requirement)
SectionKind = graphene.Enum.from_enum(_SectionKind)
GapStatus = graphene.Enum.from_enum(reskilling.GapStatus)
QuestionKind = graphene.Enum.from_enum(reskilling.QuestionKind)
PathObjective = graphene.Enum.from_enum(reskilling.PathObjective)
PathStatus = graphene.Enum.from_enum(reskilling.PathStatus)
UncoveredReason = graphene.Enum.from_enum(reskilling.UncoveredReason)
