"""From the triples of one concept to a concept of the taxonomy and its edges."""

from collections.abc import Iterator, Mapping
from typing import Any

from rdflib import BNode, Literal, URIRef

from skillatlas.taxonomy import (
    ATLAS_NAMESPACE,
    ESCO_NAMESPACE,
    ONET_NAMESPACE,
    Broader,
    Concept,
    ConceptKind,
    ConceptStatus,
    Eases,
    Edge,
    Label,
    LabelType,
    MapsTo,
    Necessity,
    Needs,
    PrerequisiteKind,
    Related,
    Replacement,
    ReplacementKind,
    Requires,
    compact,
    edge_id,
    is_iri,
)

from ..rdf import MATCHES
from . import terms
from .content import Content, Place
from .turtle import Term, TurtleFile

_WELL_KNOWN = (("atlas", ATLAS_NAMESPACE), ("esco", ESCO_NAMESPACE), ("onet", ONET_NAMESPACE))
_LABELS = (
    (terms.PREF_LABEL, LabelType.PREFERRED),
    (terms.ALT_LABEL, LabelType.ALTERNATIVE),
    (terms.HIDDEN_LABEL, LabelType.HIDDEN),
)

Values = Mapping[str, list[Term]]


class ConceptBuilder:
    """Builds the concept that one block of a file describes.

    Values of a wrong shape are left out here: the SHACL shapes report them, and a concept with a fault is not
    written. What the shapes cannot say (an unknown property, an edge stated twice) is reported here.
    """

    def __init__(self, content: Content, file: TurtleFile) -> None:
        self._content = content
        self._file = file

    def build(self, subject: URIRef, kind: ConceptKind) -> None:
        """Add the concept and its edges to the content."""
        values = self._file.values[subject]
        identifier = self.own_id(subject)
        self._content.places[identifier] = Place(self._file.name, self._file.line(subject))
        self._check_properties(identifier, values)
        for scheme in _iris(values, terms.IN_SCHEME):
            if scheme != self._content.scheme_iri:
                self._content.fault(
                    identifier, "scheme", f"is in the scheme <{scheme}>, not <{self._content.scheme_iri}>"
                )
        replacement, deprecated = self._replacement(identifier, values)
        skill_type = next(
            (terms.SKILL_TYPES[iri] for iri in _iris(values, terms.SKILL_TYPE) if iri in terms.SKILL_TYPES), None
        )
        forms = sorted(self._forms(values), key=lambda form: (form["text"], form["lang"] or ""))
        self._content.concepts[identifier] = Concept(
            id=identifier,
            uri=str(subject),
            scheme=self._content.scheme.key,
            kind=kind,
            labels=self._labels(identifier, values),
            skill_type=skill_type if kind is ConceptKind.SKILL else None,
            status=ConceptStatus.DEPRECATED if deprecated else ConceptStatus.ACTIVE,
            definitions={value.language or "": str(value).strip() for value in _literals(values, terms.DEFINITION)},
            replacement=replacement,
            data={"forms": forms} if forms else None,
        )
        edges: dict[str, Edge] = {}
        for edge in self._edges(identifier, values):
            name = edge_id(edge)
            if name in edges and not isinstance(edge, Related):
                self._content.fault(identifier, "stated-twice", f"{name} is stated twice")
                continue
            edges[name] = edge
        self._content.edges += edges.values()

    def own_id(self, iri: str) -> str:
        """The id of an IRI in this scheme, or in a well-known one; any other IRI is its own id."""
        scheme = self._content.scheme
        for key, namespace in ((scheme.key, scheme.namespace), *_WELL_KNOWN):
            found = compact(str(iri), key, namespace)
            if not is_iri(found):
                return found
        return str(iri)

    def _labels(self, identifier: str, values: Values) -> tuple[Label, ...]:
        found: dict[tuple[str, str], LabelType] = {}
        for term, kind in _LABELS:
            for value in _literals(values, term):
                text, lang = str(value), value.language or ""
                if text != text.strip() or not text:
                    self._content.fault(identifier, "label", f"the label {text!r} is empty or has spaces around it")
                if (lang, text.strip()) in found:
                    what = f"{found[lang, text.strip()].lower()} and {kind.lower()} label"
                    self._content.fault(identifier, "label", f"{text!r}@{lang} is its {what}")
                    continue
                found[lang, text.strip()] = kind
        return tuple(sorted(Label(kind, lang, text) for (lang, text), kind in found.items()))

    def _check_properties(self, identifier: str, values: Values) -> None:
        """Report properties that nothing here knows: a misspelt one would be lost in silence."""
        for iri in sorted(values.keys() - terms.CONCEPT_PROPERTIES - terms.NOTES):
            self._content.fault(
                identifier, "property", f"has {terms.short(iri)}, which is no property of a concept here"
            )
        for term, known in terms.NODE_PROPERTIES.items():
            for node in values.get(term, ()):
                if not isinstance(node, BNode):
                    what = f"{terms.short(term)} holds a node in brackets, not {terms.short(str(node))}"
                    self._content.fault(identifier, "property", what)
                for iri in sorted(self._file.values.get(node, {}).keys() - known - {terms.RDF_TYPE}):
                    what = f"a {terms.short(term)} node has {terms.short(iri)}, which is not known there"
                    self._content.fault(identifier, "property", what)

    def _replacement(self, identifier: str, values: Values) -> tuple[Replacement | None, bool]:
        deprecated = any(value.toPython() is True for value in _literals(values, terms.DEPRECATED))
        successors = tuple(sorted({self.own_id(iri) for iri in _iris(values, terms.REPLACED_BY)}))
        reason = next((str(value) for value in _literals(values, terms.REPLACEMENT_REASON)), None)
        stated = next((str(value) for value in _literals(values, terms.REPLACEMENT_KIND)), None)
        if not deprecated:
            if successors or stated or reason:
                self._content.fault(identifier, "replacement", "says what replaces it, but is not owl:deprecated")
            return None, False
        usual = (ReplacementKind.RETIRED, ReplacementKind.REPLACED, ReplacementKind.SPLIT)
        kind = usual[min(len(successors), 2)]
        if stated in list(ReplacementKind):
            kind = ReplacementKind(stated)
        wanted = {ReplacementKind.RETIRED: len(successors) == 0, ReplacementKind.SPLIT: len(successors) > 1}
        if not wanted.get(kind, len(successors) == 1):
            what = f"is {kind}, but dcterms:isReplacedBy names {len(successors)} concepts"
            self._content.fault(identifier, "replacement", what)
        if kind is ReplacementKind.RETIRED and not reason:
            what = "name what follows it (dcterms:isReplacedBy), or why nothing does (sa:replacementReason)"
            self._content.fault(identifier, "replacement", f"is owl:deprecated: {what}")
        return Replacement(kind, successors, reason), True

    def _forms(self, values: Values) -> Iterator[dict[str, Any]]:
        for node in values.get(terms.FORM, ()):
            inner = self._file.values.get(node, {})
            text = next(_literals(inner, terms.TEXT), None)
            if text is None:
                continue
            yield {
                "text": str(text),
                "lang": text.language,
                "matchCase": _stated(inner, terms.MATCH_CASE),
                "needsContext": _true(inner, terms.NEEDS_CONTEXT),
                "context": sorted({str(value) for value in _literals(inner, terms.CONTEXT)}),
                "except": sorted({str(value) for value in _literals(inner, terms.EXCEPT)}),
            }

    def _edges(self, start: str, values: Values) -> Iterator[Edge]:
        parents = sorted({self.own_id(iri) for iri in _iris(values, terms.BROADER)})
        primary = tuple(sorted({self.own_id(iri) for iri in _iris(values, terms.PRIMARY_BROADER)}))
        self._content.primary[start] = primary
        for parent in parents:
            yield Broader(from_id=start, to_id=parent, primary=len(parents) == 1 or parent in primary)
        for iri in _iris(values, terms.RELATED):
            first, second = sorted((start, self.own_id(iri)))
            yield Related(from_id=first, to_id=second)
        for node in self._nodes(values, terms.REQUIRES):
            options = tuple(sorted({self.own_id(iri) for iri in _iris(node, terms.ANY_OF)}))
            kind = next(_iris(node, terms.KIND), None)
            if options and (kind is None or kind in terms.PREREQUISITE_KINDS):
                found = PrerequisiteKind.HARD if kind is None else terms.PREREQUISITE_KINDS[kind]
                yield Requires(from_id=start, any_of=options, kind=found, level=_level(node))
        for node in self._nodes(values, terms.EASES):
            skill, transfer = next(_iris(node, terms.SKILL), None), _number(node, terms.TRANSFER)
            if skill is not None and transfer is not None:
                yield Eases(from_id=start, to_id=self.own_id(skill), transfer=transfer)
        for node in self._nodes(values, terms.NEEDS):
            skill, necessity = next(_iris(node, terms.SKILL), None), next(_iris(node, terms.NECESSITY), "")
            if skill is not None:
                yield Needs(
                    from_id=start,
                    to_id=self.own_id(skill),
                    necessity=terms.NECESSITIES.get(necessity, Necessity.OPTIONAL),
                    importance=_number(node, terms.IMPORTANCE),
                    level=_level(node),
                )
        yield from self._mappings(start, values)

    def _mappings(self, start: str, values: Values) -> Iterator[MapsTo]:
        """The mappings, each as sure as its sa:mapping node says; 1 where none does."""
        sure: dict[str, float | None] = {}
        for node in self._nodes(values, terms.MAPPING):
            for iri in _iris(node, terms.MAPPED_TO):
                if iri in sure:
                    self._content.fault(start, "mapping", f"two sa:mapping nodes name <{iri}>")
                sure[iri] = _number(node, terms.CONFIDENCE)
        mapped = [(predicate, iri) for term, predicate in MATCHES.items() for iri in _iris(values, term)]
        for predicate, iri in mapped:
            # A confidence that is none is a breach of the shapes; what has a fault is not written.
            known = sure.get(iri)
            confidence = 1.0 if known is None else known
            yield MapsTo(from_id=start, to_id=self.own_id(iri), predicate=predicate, iri=iri, confidence=confidence)
        for iri in sorted(sure.keys() - {iri for _, iri in mapped}):
            self._content.fault(start, "mapping", f"a sa:mapping node names <{iri}>, to which nothing is mapped")

    def _nodes(self, values: Values, term: str) -> Iterator[Values]:
        for node in values.get(term, ()):
            yield self._file.values.get(node, {})


def _iris(values: Values, term: str) -> Iterator[str]:
    for value in values.get(term, ()):
        if isinstance(value, URIRef):
            yield str(value)


def _literals(values: Values, term: str) -> Iterator[Literal]:
    for value in values.get(term, ()):
        if isinstance(value, Literal):
            yield value


def _true(values: Values, term: str) -> bool:
    return any(value.toPython() is True for value in _literals(values, term))


def _stated(values: Values, term: str) -> bool | None:
    """True or false where stated, None where the usual rules decide."""
    return next((value.toPython() is True for value in _literals(values, term)), None)


def _number(values: Values, term: str) -> float | None:
    for value in _literals(values, term):
        try:
            return float(value)
        except (TypeError, ValueError, OverflowError):
            continue
    return None


def _level(values: Values) -> int | None:
    number = _number(values, terms.LEVEL)
    return int(number) if number is not None and number.is_integer() and 1 <= number <= 5 else None
