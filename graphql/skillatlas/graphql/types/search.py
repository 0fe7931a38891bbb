"""What search finds."""

import graphene

from .concepts import Concept, Label
from .paging import connection


class SearchHit(graphene.ObjectType):
    """`matchedLabel` is the label that the text met; it may be in another language than the answer's."""

    concept = graphene.Field(Concept, required=True)
    matched_label = graphene.Field(Label, required=True)
    score = graphene.Float(required=True)
    matched_text = graphene.String(
        description="Where no label met it as well: the longer text of the concept that has every word, such as a task "
        "of an occupation; `matchedLabel` is then the preferred one."
    )


SearchConnection = connection("Search", lambda: SearchHit, release=True)
