"""Phrases that look like skills and match none."""

import graphene

from .concepts import many
from .paging import connection


class Candidate(graphene.ObjectType):
    """A phrase of ingested documents that looks like a skill and matches no form, in all its spellings."""

    text = graphene.String(required=True, description="The commonest spelling.")
    variants = many(graphene.String, description="The other spellings, most frequent first.")
    score = graphene.Float(required=True, description="0 to 1: how much it looks like a skill.")
    documents = graphene.Int(required=True)
    mentions = graphene.Int(required=True)
    listed = graphene.Int(
        required=True, description="Mentions where the text lists what is asked for, preferred or held."
    )


CandidateConnection = connection("Candidate", lambda: Candidate, release=True)
