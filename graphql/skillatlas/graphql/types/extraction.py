"""What is read in a text."""

import graphene

from .concepts import many
from .enums import Requirement, SectionKind
from .scalars import JSON
from .skills import Skill


class RankedSkill(graphene.ObjectType):
    """A skill with a score, for comparison within one answer."""

    skill = graphene.Field(Skill, required=True)
    score = graphene.Float(required=True)


class SkillMention(graphene.ObjectType):
    """A place in the text that names a skill. Offsets count code points of the text as sent; `end` is exclusive."""

    text = graphene.String(required=True)
    start = graphene.Int(required=True)
    end = graphene.Int(required=True)
    skill = graphene.Field(Skill, required=True)
    confidence = graphene.Float(required=True, description="Calibrated: of mentions at 0.8, about 80 % are right.")
    section = graphene.Field(SectionKind, required=True)
    requirement = graphene.Field(Requirement, required=True)
    level = graphene.Int()
    min_years = graphene.Float(description="Years of experience asked for or held.")
    alternatives = many(RankedSkill)
    evidence = JSON(
        required=True,
        description="Why: which form met, which rule decided, which cues were read and where they stand.",
    )


class UnlinkedMention(graphene.ObjectType):
    """A phrase that looks like a skill and matches no concept."""

    text = graphene.String(required=True)
    start = graphene.Int(required=True)
    end = graphene.Int(required=True)
    section = graphene.Field(SectionKind, required=True)


class Extraction(graphene.ObjectType):
    """What was read in one text."""

    lang = graphene.String(required=True)
    release = graphene.Int(required=True)
    extractor_version = graphene.String(
        required=True,
        description="Names everything besides the text and the release that the answer depends on.",
    )
    mentions = many(SkillMention)
    unlinked = many(
        UnlinkedMention,
        description="Phrases that look like skills and match no concept: candidates for the taxonomy.",
    )


class ObservedSkill(graphene.ObjectType):
    """How often a skill was read in the ingested documents.

    `share` = documents / all documents of the selection.
    """

    skill = graphene.Field(Skill, required=True)
    documents = graphene.Int(required=True)
    mentions = graphene.Int(required=True)
    required = graphene.Int(required=True)
    preferred = graphene.Int(required=True)
    share = graphene.Float(required=True)
