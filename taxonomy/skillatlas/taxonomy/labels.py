"""The one label by which a concept is shown."""

from .languages import choose
from .model import Concept, LabelType


def preferred_label(concept: Concept, lang: str = "en") -> str:
    """The preferred label by RFC 4647 look-up, then English, then the smallest tag; the id if there is none."""
    preferred = {label.lang: label.value for label in concept.labels if label.type is LabelType.PREFERRED}
    tag = choose(lang, preferred)
    if tag is not None:
        return preferred[tag]
    return concept.labels[0].value if concept.labels else concept.id
