"""Input objects; arguments.py fills in their defaults before a resolver sees them."""

import graphene

from skillatlas import reskilling, taxonomy
from skillatlas.ingest import DocumentKind as _DocumentKind
from skillatlas.ingest import LinkPolicy as _LinkPolicy

from .enums import DocumentKind, LinkPolicy, Necessity, PathObjective
from .scalars import Date


class ExtractSkillsInput(graphene.InputObjectType):
    """A text, and how to read it."""

    text = graphene.String(required=True)
    lang = graphene.String(description="Detected if omitted.")
    kind = DocumentKind(default_value=_DocumentKind.JOB)
    scheme = graphene.String(default_value="atlas")
    policy = LinkPolicy(default_value=_LinkPolicy.BALANCED)
    collection = graphene.String(
        description="Of which collection the text is: what curators said of forms there holds too, besides what they "
        "said of the scheme."
    )
    document = graphene.ID(description="Which document of the collection it is: what they said of it holds too.")


class HeldSkillInput(graphene.InputObjectType):
    """`level` null: held at a level not known. `confidence`: how sure it is that the skill is held at all."""

    skill_id = graphene.ID(required=True)
    level = graphene.Int()
    confidence = graphene.Float(default_value=1.0)


class ProfileInput(graphene.InputObjectType):
    """Skills that are named, read from a text, or taken over from roles once held."""

    # Tuples: a list as a default would be one list shared by all requests.
    skills = graphene.List(graphene.NonNull(HeldSkillInput), default_value=())
    not_held = graphene.List(graphene.NonNull(graphene.ID), default_value=())
    role_ids = graphene.List(graphene.NonNull(graphene.ID), default_value=())
    text = graphene.String(description="Read as a CV.")
    lang = graphene.String()
    complete = graphene.Boolean(
        default_value=False,
        description="true: what the profile does not name is not held (MISSING). false: it is UNKNOWN.",
    )


class RequiredSkillInput(graphene.InputObjectType):
    """A skill that is required, at `level` or at any."""

    skill_id = graphene.ID(required=True)
    level = graphene.Int()
    necessity = Necessity(default_value=taxonomy.Necessity.ESSENTIAL)
    importance = graphene.Float()


class TargetInput(graphene.InputObjectType):
    """Exactly one of roleId, skills and text. A text is read as a job or task post."""

    role_id = graphene.ID()
    skills = graphene.List(graphene.NonNull(RequiredSkillInput))
    text = graphene.String()
    lang = graphene.String()


class DemandInput(graphene.InputObjectType):
    """Ingested documents that tell how much a skill is asked for: of a collection, all where it is omitted."""

    collection = graphene.String()
    kind = DocumentKind(default_value=_DocumentKind.JOB)


class SkillGapInput(graphene.InputObjectType):
    """`scheme`: in which texts are read, where the target is no role whose scheme says it."""

    profile = graphene.InputField(ProfileInput, required=True)
    target = graphene.InputField(TargetInput, required=True)
    scheme = graphene.String(default_value="atlas")
    demand = graphene.InputField(
        DemandInput,
        description="Weighs the priorities by how often documents name a skill. Omitted: neutral, since documents "
        "change within a release, and the same question is to have the same answer.",
    )


class AdvertInput(graphene.InputObjectType):
    """A job or task post. `name`: to know it by in the answer. `weight`: how much it counts, above 0."""

    text = graphene.String(required=True)
    lang = graphene.String(description="Detected if omitted.")
    name = graphene.String()
    weight = graphene.Float(default_value=1.0)


class DemandGapInput(graphene.InputObjectType):
    """A profile against 1 to 50 texts, read in `scheme`; together they are no longer than one text may be."""

    profile = graphene.InputField(ProfileInput, required=True)
    texts = graphene.List(graphene.NonNull(AdvertInput), required=True)
    scheme = graphene.String(default_value="atlas")


class MoneyInput(graphene.InputObjectType):
    """An amount in an ISO 4217 currency."""

    amount = graphene.Float(required=True)
    currency = graphene.String(required=True)


class LearningPathsInput(graphene.InputObjectType):
    """From a profile to a target, and how to plan."""

    profile = graphene.InputField(ProfileInput, required=True)
    target = graphene.InputField(TargetInput, required=True)
    scheme = graphene.String(default_value="atlas")
    objective = PathObjective(default_value=reskilling.PathObjective.FASTEST)
    hours_per_week = graphene.Float(default_value=8.0)
    start_date = Date()
    deadline = Date(description="Needs startDate.")
    budget = graphene.InputField(
        MoneyInput, description="Only courses that are free or priced in its currency are used."
    )
    currency = graphene.String(description="For CHEAPEST without a budget, where the catalogue has several.")
    langs = graphene.List(graphene.NonNull(graphene.String))
    catalogues = graphene.List(graphene.NonNull(graphene.String))
    exclude_course_ids = graphene.List(graphene.NonNull(graphene.ID), default_value=())
    alternatives = graphene.Int(
        default_value=2,
        description="How many further plans to offer: each best under another objective, or with another first "
        "course; none that another plan beats in everything.",
    )
    include_optional = graphene.Boolean(default_value=False)
    assume_unknown_held = graphene.Boolean(
        default_value=False,
        description="What is UNKNOWN or LEVEL_UNKNOWN is planned for like what is MISSING, unless this says otherwise.",
    )
    respect_skill_prerequisites = graphene.Boolean(
        default_value=True,
        description="Besides what a course assumes, the hard prerequisites of each skill for which the plan uses it "
        "are held, or taught before or by the same course.",
    )
