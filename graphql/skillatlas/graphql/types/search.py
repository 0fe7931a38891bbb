"""What search finds."""

import graphene

from .concepts import Concept, Label
from .paging import connection


class SearchHit(graphene.ObjectType):
    """`matchedLabel` is the label that the text met; it may be in another language than the answer's."""

    concept = graphene.Field(Concept, required=True)
    matched_label = graphene.Field(Label, required=True)
    score = graphene.Float(required=True)


SearchConnection = connection("Search", lambda: SearchHit, release=True)
