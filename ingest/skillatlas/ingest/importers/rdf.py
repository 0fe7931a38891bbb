"""What the readers of RDF share: IRIs, and what they need to know of the parser: how it spells tags, what it says."""

import re
from collections.abc import Mapping

from skillatlas.taxonomy import MappingPredicate

RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"

MATCHES: Mapping[str, MappingPredicate] = {
    SKOS + f"{predicate.lower()}Match": predicate for predicate in MappingPredicate
}
BASE = "https://w3id.org/skillatlas/file/"
"""What relative IRIs of a file are relative to."""

_PLACE = re.compile(r"^Parser error (?:at|between) line .*?: ")


def canonical_tag(tag: str) -> str:
    """A language tag as RFC 5646, section 2.1.1, spells it: `zh-Hans`, `en-US`. The parser gives it in lower case."""
    parts = tag.lower().split("-")
    after_singleton = False
    for place, part in enumerate(parts[1:], start=1):
        after_singleton = after_singleton or len(parts[place - 1]) == 1
        if not after_singleton and len(part) == 2:
            parts[place] = part.upper()
        elif not after_singleton and len(part) == 4 and part.isalpha():
            parts[place] = part.title()
    return "-".join(parts)


def syntax_reason(error: SyntaxError) -> str:
    """What the parser says of a syntax error, without the place."""
    text = re.sub(r"has not been declared$", "is not bound", _PLACE.sub("", error.msg or ""))
    return " ".join(text.split())
