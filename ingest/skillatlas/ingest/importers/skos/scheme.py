"""The scheme that a vocabulary becomes: title, version, licence and attribution, as stated or as given."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from skillatlas.taxonomy import Scheme, choose

from ...findings import Finding, fault, warning
from ..files import unreadable
from . import terms
from .vocabulary import Vocabulary

_ROOT = re.compile(r"https?://[^/#?]+/|urn:[^:]+:")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class SkosOptions:
    """What the user says of the vocabulary; what is None is taken from the file.

    `namespace`: what its IRIs begin with; guessed if None. `concept_scheme`: of several skos:ConceptSchemes, only
    the concepts of this one. `lang`: the language of texts that state none (`und`: undetermined).
    """

    namespace: str | None = None
    concept_scheme: str | None = None
    lang: str = "und"
    title: str | None = None
    version: str | None = None
    licence: str | None = None
    attribution: str | None = None
    source_url: str | None = None


def guess_namespace(iris: Iterable[str], file: str) -> str:
    """What all IRIs begin with, up to the last `/`, `#` or `:`. Raises UnreadableError where that is no namespace."""
    ordered = sorted(iris)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(ordered[0], ordered[-1], strict=False))
    common = "".join(first for first, _ in same)
    cut = max(common.rfind(mark) for mark in "/#:") + 1
    if common == ordered[0] and cut == len(common) and len(ordered) == 1:
        cut = max(common[:-1].rfind(mark) for mark in "/#:") + 1
    if not _ROOT.match(common[:cut]):
        text = f"the concepts share no namespace ({ordered[0]} … {ordered[-1]}): give it with --namespace"
        raise unreadable(file, None, text)
    return common[:cut]


def choose_schemes(vocabulary: Vocabulary, sizes: dict[str, int], options: SkosOptions, file: str) -> list[str]:
    """The concept schemes to be read, the one that gives the title first: the chosen one, else the largest.

    Raises UnreadableError where the chosen one is not in the files.
    """
    stated = vocabulary.of_type(terms.CONCEPT_SCHEME) | sizes.keys()
    stated = {iri for iri in stated if not iri.startswith("_:")}
    if options.concept_scheme is not None:
        if options.concept_scheme not in stated:
            known = ", ".join(sorted(stated)[:20]) or "none"
            raise unreadable(file, None, f"has no concept scheme {options.concept_scheme}; it has: {known}")
        return [options.concept_scheme]
    return sorted(stated, key=lambda iri: (-sizes.get(iri, 0), iri))


def build_scheme(
    key: str, namespace: str, vocabulary: Vocabulary, schemes: Sequence[str], options: SkosOptions, file: str
) -> tuple[Scheme, list[Finding]]:
    """The scheme, and what is to be said of it."""
    main = schemes[0] if schemes else ""
    findings = []
    title = options.title or _text(vocabulary, terms.TITLES, main)
    licence = options.licence or _text(vocabulary, terms.LICENCES, main)
    place = vocabulary.places.get(main)
    line = place.line if place and place.file == file else None
    if title is None:
        findings.append(warning(file, line, f"states no title, so it is called {key!r}: give --title", rule="title"))
    if licence is None:
        findings.append(warning(file, line, "states no licence: give --licence before you publish it", rule="licence"))
    if len(schemes) > 1:
        shown = ", ".join(schemes[1 : 1 + _SHOWN]) + (" …" if len(schemes) > 1 + _SHOWN else "")
        text = (
            f"holds {len(schemes)} concept schemes; all come in, under the title of {main}, the others ({shown}) "
            "stand at each concept: --concept-scheme takes one alone"
        )
        findings.append(warning(file, line, text, rule="schemes"))
    scheme = Scheme(
        key=key,
        namespace=namespace,
        title=title or key,
        version=options.version or _text(vocabulary, terms.VERSIONS, main),
        licence=licence,
        attribution=options.attribution or _attribution(vocabulary, main, licence),
        source_url=options.source_url
        or _text(vocabulary, terms.SOURCES, main)
        or (main if main.startswith(("http://", "https://")) else None),
    )
    return scheme, findings


def check_options(key: str, options: SkosOptions, file: str) -> list[Finding]:
    """Faults of what the user gave."""
    if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", options.lang):
        return [fault(file, None, f"--lang {options.lang!r} is no language tag (en, zh-Hans, und)", rule="lang")]
    if options.namespace is not None and not re.fullmatch(r"(https?://[^\s<>\"]+|urn:[^\s<>\"]+)", options.namespace):
        text = f"{key}: --namespace {options.namespace!r} is no beginning of IRIs (http://…/, https://…# or urn:…:)"
        return [fault(file, None, text, rule="namespace")]
    return []


def _attribution(vocabulary: Vocabulary, iri: str, licence: str | None) -> str | None:
    for predicate in terms.ATTRIBUTIONS:
        text = _text(vocabulary, (predicate,), iri)
        if text and text != licence:
            return text
    return None


def _text(vocabulary: Vocabulary, predicates: Sequence[str], iri: str) -> str | None:
    """The first of the properties that is stated, in English if it can be; an IRI counts as text."""
    for predicate in predicates:
        rows = vocabulary.all_texts(predicate, iri)
        by_lang: dict[str, str] = {}
        for row in rows:
            if row.value.strip():
                by_lang.setdefault(row.lang, row.value.strip())
        lang = choose("en", by_lang)
        if lang is not None:
            return by_lang[lang]
        for link in vocabulary.all_links(predicate, iri):
            if not link.target.startswith("_:"):
                return link.target
    return None
