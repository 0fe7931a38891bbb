"""`dump.ttl`: SKOS that any SKOS tool reads; what SKOS lacks stands in the project's own vocabulary."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from ..graph import Graph
from ..model import (
    Concept,
    ConceptKind,
    Eases,
    Label,
    LabelType,
    Needs,
    PrerequisiteKind,
    Requires,
    Scheme,
)
from ..settling import OWN_SOURCE
from ..turtle_terms import turtle_iri, turtle_string

_PREFIXES = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "dcterms": "http://purl.org/dc/terms/",
    "sa": "https://w3id.org/skillatlas/ns#",
}
_CLASSES: Mapping[ConceptKind, str] = {
    ConceptKind.AREA: "sa:Area",
    ConceptKind.DOMAIN: "sa:Domain",
    ConceptKind.SKILL_GROUP: "sa:SkillGroup",
    ConceptKind.SKILL: "sa:Skill",
    ConceptKind.ROLE_GROUP: "sa:RoleGroup",
    ConceptKind.ROLE: "sa:Role",
}
_LABELS = {
    LabelType.PREFERRED: "skos:prefLabel",
    LabelType.ALTERNATIVE: "skos:altLabel",
    LabelType.HIDDEN: "skos:hiddenLabel",
}
_KINDS = tuple(_LABELS)

Pairs = Iterable[tuple[str, str]]


def dump_turtle(graph: Graph, *, scheme: str | None = None) -> Iterator[bytes]:
    """The bytes of `dump.ttl`: the schemes, then each concept with what begins at it, by id. Courses are not SKOS.

    The own scheme's dump can be imported again to the same entities. skos:related between a concept and one above it
    would break SKOS (S27): such a pair is sa:related.
    """
    schemes = [graph.schemes[key] for key in sorted(graph.schemes) if scheme in (None, key)]
    writer = _Writer(graph, schemes)
    yield "".join(writer.head()).encode()
    wanted = {one.key for one in schemes}
    for concept_id in sorted(graph.concepts):
        concept = graph.concepts[concept_id]
        if concept.scheme in wanted:
            yield f"\n{writer.block(concept)}".encode()


class _Writer:
    def __init__(self, graph: Graph, schemes: list[Scheme]) -> None:
        self._graph = graph
        self._schemes = schemes
        self._namespaces = [(one.key, one.namespace) for one in graph.schemes.values() if one.key not in _PREFIXES]
        self._namespaces.sort()

    def head(self) -> Iterator[str]:
        """Prefixes and schemes."""
        for name, namespace in [*_PREFIXES.items(), *self._namespaces]:
            yield f"@prefix {name}: {turtle_iri(namespace)} .\n"
        for one in self._schemes:
            pairs = [
                ("skos:prefLabel", turtle_string(one.title, "en")),
                ("sa:key", turtle_string(one.key)),
                ("sa:namespace", turtle_string(one.namespace)),
            ]
            for term, value in (
                ("owl:versionInfo", one.version),
                ("dcterms:license", one.licence),
                ("sa:attribution", one.attribution),
                ("dcterms:source", one.source_url),
            ):
                if value is not None:
                    pairs.append((term, turtle_string(value)))
            yield "\n" + _statement(turtle_iri(_scheme_iri(one.key)), "skos:ConceptScheme", pairs)

    def block(self, concept: Concept) -> str:
        """A concept and all that begins at it."""
        return _statement(self._name(concept.id), f"skos:Concept , {_CLASSES[concept.kind]}", self._properties(concept))

    def _properties(self, concept: Concept) -> Iterator[tuple[str, str]]:
        edges = self._graph.edges
        yield "skos:inScheme", turtle_iri(_scheme_iri(concept.scheme))
        for label in _disjoint(concept.labels):
            yield _LABELS[label.type], turtle_string(label.value, label.lang)
        for lang in sorted(concept.definitions):
            yield "skos:definition", turtle_string(concept.definitions[lang], lang)
        parents = edges.broader.get(concept.id, ())
        for parent in parents:
            yield "skos:broader", self._name(parent.to_id)
        if len(parents) > 1:
            yield from (("sa:primaryBroader", self._name(parent.to_id)) for parent in parents if parent.primary)
        if concept.skill_type is not None:
            yield "sa:skillType", f"sa:{concept.skill_type.capitalize()}"
        yield from self._data(concept)
        for clause in edges.requires.get(concept.id, ()):
            yield "sa:requires", self._clause(clause)
        for ease in edges.eases.get(concept.id, ()):
            yield (
                "sa:eases",
                self._node(ease, ("sa:skill", self._name(ease.to_id)), ("sa:transfer", _number(ease.transfer))),
            )
        yield from self._related(concept)
        for need in edges.needs.get(concept.id, ()):
            yield "sa:needs", self._need(need)
        for mapping in edges.mappings.get(concept.id, ()):
            yield f"skos:{mapping.predicate.lower()}Match", turtle_iri(mapping.iri)
            if mapping.confidence != 1.0:
                pair = f"sa:mappedTo {turtle_iri(mapping.iri)} ; sa:confidence {_number(mapping.confidence)}"
                yield "sa:mapping", f"[ {pair} ]"
        yield from self._replacement(concept)

    def _related(self, concept: Concept) -> Iterator[tuple[str, str]]:
        for other in self._graph.edges.related.get(concept.id, ()):
            if concept.id > other:  # stated once, at the smaller id
                continue
            above = other in self._graph.under(concept.id) or concept.id in self._graph.under(other)
            yield ("sa:related" if above else "skos:related"), self._name(other)

    def _replacement(self, concept: Concept) -> Iterator[tuple[str, str]]:
        if concept.active:
            return
        yield "owl:deprecated", "true"
        if concept.replacement is not None:
            for following in concept.replacement.concepts:
                yield "dcterms:isReplacedBy", self._name(following)
            yield "sa:replacementKind", turtle_string(concept.replacement.kind)
            if concept.replacement.reason is not None:
                yield "sa:replacementReason", turtle_string(concept.replacement.reason)

    def _data(self, concept: Concept) -> Iterator[tuple[str, str]]:
        data = dict(concept.data or {})
        for form in data.pop("forms", ()):
            yield "sa:form", _form(form)
        if data:
            yield "sa:data", turtle_string(orjson.dumps(data, option=orjson.OPT_SORT_KEYS).decode())

    def _clause(self, clause: Requires) -> str:
        pairs = [("sa:anyOf", " , ".join(self._name(option) for option in clause.any_of))]
        if clause.kind is not PrerequisiteKind.HARD:
            pairs.append(("sa:kind", f"sa:{clause.kind.capitalize()}"))
        if clause.level is not None:
            pairs.append(("sa:level", str(clause.level)))
        return self._node(clause, *pairs)

    def _need(self, need: Needs) -> str:
        pairs = [("sa:skill", self._name(need.to_id)), ("sa:necessity", f"sa:{need.necessity.capitalize()}")]
        if need.importance is not None:
            pairs.append(("sa:importance", _number(need.importance)))
        if need.level is not None:
            pairs.append(("sa:level", str(need.level)))
        return self._node(need, *pairs)

    def _node(self, edge: Requires | Eases | Needs, *pairs: tuple[str, str]) -> str:
        """A node in brackets; where it comes from is said where it is not of our own making."""
        beside = [] if edge.confidence == 1.0 else [("sa:confidence", _number(edge.confidence))]
        if edge.source != OWN_SOURCE:
            beside.append(("sa:source", turtle_string(edge.source)))
        if edge.data:
            beside.append(("sa:data", turtle_string(orjson.dumps(edge.data, option=orjson.OPT_SORT_KEYS).decode())))
        return "[ " + " ; ".join(f"{term} {value}" for term, value in (*pairs, *beside)) + " ]"

    def _name(self, concept_id: str) -> str:
        """A concept's IRI, short where its namespace has a prefix and the rest may stand after one."""
        concept = self._graph.concepts.get(concept_id)
        iri = concept.uri if concept else concept_id
        return turtle_iri(iri, self._namespaces)


def _disjoint(labels: Iterable[Label]) -> Iterator[Label]:
    """The labels, each text once, as its best kind: SKOS lets no two kinds share one (S13), and sources do."""
    best: dict[tuple[str, str], Label] = {}
    for label in labels:
        held = best.get((label.lang, label.value))
        if held is None or _KINDS.index(label.type) < _KINDS.index(held.type):
            best[label.lang, label.value] = label
    return (label for label in labels if best[label.lang, label.value] is label)


def _scheme_iri(key: str) -> str:
    return f"https://w3id.org/skillatlas/scheme/{key}"


def _form(form: Mapping[str, Any]) -> str:
    pairs = [("sa:text", turtle_string(form["text"], form.get("lang")))]
    if form.get("matchCase") is not None:
        pairs.append(("sa:matchCase", "true" if form["matchCase"] else "false"))
    if form.get("needsContext"):
        pairs.append(("sa:needsContext", "true"))
    for term, key in (("sa:context", "context"), ("sa:except", "except")):
        if form.get(key):
            pairs.append((term, " , ".join(turtle_string(text) for text in form[key])))
    return "[ " + " ; ".join(f"{term} {value}" for term, value in pairs) + " ]"


def _statement(subject: str, kind: str, pairs: Pairs) -> str:
    grouped: dict[str, list[str]] = {}
    for term, value in pairs:
        grouped.setdefault(term, []).append(value)
    lines = [f"{subject} a {kind}"]
    lines += [f"    {term} " + " ,\n        ".join(values) for term, values in grouped.items()]
    return " ;\n".join(lines) + " .\n"


def _number(value: float) -> str:
    """A decimal or double as Turtle writes it: the shortest text that reads back as the same number."""
    return orjson.dumps(int(value) if value.is_integer() else value).decode()
