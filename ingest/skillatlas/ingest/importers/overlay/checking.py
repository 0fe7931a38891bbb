"""What a block of an overlay may hold: properties that add to a concept, with values of the right shape."""

from collections.abc import Iterator, Mapping

from rdflib import BNode, Literal, URIRef

from ..ontology import terms
from ..ontology.turtle import Term, TurtleFile
from ..rdf import MATCHES

Values = Mapping[str, list[Term]]

_TEXTS = (terms.PREF_LABEL, terms.ALT_LABEL, terms.HIDDEN_LABEL, terms.DEFINITION)
_ONE_A_LANGUAGE = (terms.PREF_LABEL, terms.DEFINITION)
_NODES = (terms.REQUIRES, terms.EASES, terms.NEEDS)
_ALLOWED = frozenset({terms.RDF_TYPE, *_TEXTS, terms.RELATED, *_NODES, *MATCHES, *terms.NOTES})
_RANGES: Mapping[str, tuple[float, float]] = {
    terms.LEVEL: (1, 5),
    terms.TRANSFER: (0, 1),
    terms.IMPORTANCE: (0, 100),
}
_NEEDED: Mapping[str, tuple[str, ...]] = {
    terms.REQUIRES: (terms.ANY_OF,),
    terms.EASES: (terms.SKILL, terms.TRANSFER),
    terms.NEEDS: (terms.SKILL, terms.NECESSITY),
}
_CHOICES: Mapping[str, Mapping[str, object]] = {
    terms.KIND: terms.PREREQUISITE_KINDS,
    terms.NECESSITY: terms.NECESSITIES,
}


def block_faults(file: TurtleFile, values: Values) -> Iterator[str]:
    """What is wrong with the block of one concept, as texts."""
    for name in sorted(values.keys() - _ALLOWED):
        yield f"{terms.short(name)} is the source's business; an overlay adds labels, definitions and relations"
    for name in _TEXTS:
        tags: list[str] = []
        for value in values.get(name, ()):
            if not isinstance(value, Literal) or not value.language or not str(value).strip():
                yield f"{terms.short(name)} holds a text with a language tag, not {str(value)!r}"
            else:
                tags.append(value.language)
        if name in _ONE_A_LANGUAGE:
            for tag in sorted({tag for tag in tags if tags.count(tag) > 1}):
                yield f"has more than one {terms.short(name)} in the language {tag}"
    for name in (terms.RELATED, *MATCHES):
        if any(not isinstance(value, URIRef) for value in values.get(name, ())):
            yield f"{terms.short(name)} names a concept by its IRI"
    for name in _NODES:
        for node in values.get(name, ()):
            yield from _node_faults(name, file.values.get(node, {}) if isinstance(node, BNode) else {})


def _node_faults(name: str, node: Values) -> Iterator[str]:
    for needed in _NEEDED[name]:
        if not node.get(needed):
            yield f"{terms.short(name)} holds a node in brackets with {terms.short(needed)}"
    for concept in (terms.ANY_OF, terms.SKILL):
        if any(not isinstance(value, URIRef) for value in node.get(concept, ())):
            yield f"{terms.short(concept)} names a concept by its IRI"
    for choice, known in _CHOICES.items():
        for value in node.get(choice, ()):
            if str(value) not in known:
                yield f"{terms.short(choice)} is one of {', '.join(map(terms.short, known))}"
    for number, (least, most) in _RANGES.items():
        for value in node.get(number, ()):
            found = value.toPython() if isinstance(value, Literal) else None
            try:
                good = found is not None and least <= float(found) <= most
            except (TypeError, ValueError, OverflowError):
                good = False
            whole = number != terms.LEVEL or (good and float(str(found)).is_integer())
            if not good or not whole:
                yield f"{terms.short(number)} is {least:g} to {most:g}, not {str(value)!r}"
