"""The scheme that a set of ontology files describes."""

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import Literal, URIRef

from skillatlas.taxonomy import ATLAS_NAMESPACE, InvalidIdError, Scheme, check_key, choose

from ...errors import ImportFaultsError
from ...findings import fault
from . import terms
from .turtle import TurtleFile


@dataclass(frozen=True, slots=True)
class FoundScheme:
    """A scheme, its IRI, and whether the files state it (else it is only known which one they mean)."""

    scheme: Scheme
    iri: str
    stated: bool


def find_scheme(files: Sequence[TurtleFile], name: str, *, partial: bool) -> FoundScheme:
    """The one scheme of the files. A part of the project's own scheme need not state it.

    Raises ImportFaultsError where there is none, more than one, or one without key or namespace.
    """
    found = [
        (file, subject)
        for file in files
        for subject, values in file.values.items()
        if isinstance(subject, URIRef) and URIRef(terms.CONCEPT_SCHEME) in values.get(terms.RDF_TYPE, ())
    ]
    if not found:
        means = {
            str(iri) for file in files for values in file.values.values() for iri in values.get(terms.IN_SCHEME, ())
        }
        if partial and means == {terms.ATLAS_SCHEME}:
            return FoundScheme(Scheme("atlas", ATLAS_NAMESPACE, "skillatlas"), terms.ATLAS_SCHEME, stated=False)
        text = "no skos:ConceptScheme with sa:key and sa:namespace stands in the files"
        raise ImportFaultsError((fault(name, None, text, rule="scheme"),))
    if len(found) > 1:
        raise ImportFaultsError(
            [
                fault(file.name, file.line(iri), f"there is more than one scheme: {iri}", rule="scheme")
                for file, iri in found
            ]
        )
    file, iri = found[0]
    return FoundScheme(_scheme(file, iri), str(iri), stated=True)


def _scheme(file: TurtleFile, iri: URIRef) -> Scheme:
    def text(term: str) -> str | None:
        return next((str(value).strip() for value in file.values[iri].get(term, ()) if str(value).strip()), None)

    key, namespace = text(terms.KEY), text(terms.NAMESPACE)
    titles = {
        value.language or "": str(value)
        for value in file.values[iri].get(terms.PREF_LABEL, ())
        if isinstance(value, Literal)
    }
    lang = choose("en", titles)
    try:
        if not key or not namespace or lang is None:
            raise InvalidIdError("the scheme needs sa:key, sa:namespace and skos:prefLabel")
        check_key(key)
        if not namespace.startswith(("http://", "https://")) or namespace[-1] not in "/#":
            raise InvalidIdError(f"sa:namespace {namespace!r} is no IRI that ends in / or #")
    except InvalidIdError as error:
        raise ImportFaultsError((fault(file.name, file.line(iri), str(error), rule="scheme"),)) from None
    return Scheme(
        key=key,
        namespace=namespace,
        title=titles[lang],
        version=text(terms.VERSION_INFO),
        licence=text(terms.LICENCE),
        attribution=text(terms.ATTRIBUTION),
        source_url=text(terms.SOURCE),
    )
