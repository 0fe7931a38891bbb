"""Labels, definitions and notes of one concept."""

import re
from collections.abc import Iterator
from typing import Any

from skillatlas.taxonomy import Label, LabelType, choose

from ...findings import Finding, warning
from ...settings import DEFAULT_SETTINGS
from ..rdf import canonical_tag
from . import terms
from .statements import Place
from .vocabulary import Literal, Vocabulary

_RANKS = {LabelType.PREFERRED: 0, LabelType.ALTERNATIVE: 1, LabelType.HIDDEN: 2}
_SUBTAG = re.compile(r"[A-Za-z0-9]{1,8}")


class LabelReader:
    """Reads the texts of concepts; what is left out or mended is listed in `findings`.

    `untagged` is the language of texts that state none.
    """

    def __init__(self, vocabulary: Vocabulary, untagged: str) -> None:
        self._vocabulary = vocabulary
        self._untagged = untagged
        self._tags: dict[str, str] = {"": untagged}
        self.findings: list[Finding] = []

    def labels(self, iri: str, name: str) -> tuple[Label, ...]:
        """The labels of a concept that findings call `name`: at least one, and one preferred label a language."""
        stated = sorted(self._stated(iri), key=lambda item: (_RANKS[item[0]], item[1].lang, item[1].value))
        found: dict[tuple[str, str], LabelType] = {}
        preferred: dict[str, str] = {}
        for stated_as, (value, tag, place) in stated:
            kind = stated_as
            text, lang = value.strip(), self._lang(tag)
            if not text or len(text) > DEFAULT_SETTINGS.label_limit:
                what = "is empty" if not text else f"has more than {DEFAULT_SETTINGS.label_limit:,} characters"
                self._warn(place, f"{name}: a {kind.lower()} label {what}; left out", "label")
                continue
            if kind is LabelType.PREFERRED and preferred.setdefault(lang, text) != text:
                what = f"{name}: {text!r} is a second preferred label in {lang}; kept as an alternative one"
                self._warn(place, what, "second-preferred-label")
                kind = LabelType.ALTERNATIVE
            earlier = found.setdefault((lang, text), kind)
            if earlier is not kind:
                rule = "label-is-preferred" if earlier is LabelType.PREFERRED else "repeated-label"
                what = f"the {kind.lower()} label {text!r} is its {earlier.lower()} label too; left out"
                self._warn(place, f"{name}: {what}", rule)
        if not preferred:
            self._without_preferred(iri, name, found)
        return tuple(sorted(Label(kind, lang, text) for (lang, text), kind in found.items()))

    def _stated(self, iri: str) -> Iterator[tuple[LabelType, Literal]]:
        """Plain labels, and those of SKOS-XL, whose text stands at a node of its own."""
        for predicate, kind in terms.LABELS.items():
            for row in self._vocabulary.all_texts(predicate, iri):
                yield kind, row
            for target, place in self._vocabulary.all_links(predicate, iri):
                forms = self._vocabulary.all_texts(terms.LITERAL_FORM, target)
                if not forms:
                    shown = "a node" if target.startswith("_:") else target
                    text = f"{terms.short(predicate)} leads to {shown}, which has no text; left out"
                    self._warn(place, text, "label")
                for row in forms:
                    yield kind, row._replace(place=place)

    def _without_preferred(self, iri: str, name: str, found: dict[tuple[str, str], LabelType]) -> None:
        """Take another text in place of the preferred label that the source lacks: no concept is without."""
        named = {self._lang(row.lang): row.value.strip() for row in self._vocabulary.all_texts(terms.RDFS_LABEL, iri)}
        named = {lang: text for lang, text in named.items() if text}
        if not named:
            for lang, text in sorted(found, reverse=True):
                if found[lang, text] is LabelType.ALTERNATIVE:
                    named[lang] = text
        if not named:
            notations = [row.value.strip() for row in self._vocabulary.all_texts(terms.NOTATION, iri)]
            local = re.split(r"[/#:]", iri.rstrip("/#:"))[-1]
            named = {self._untagged: next((text for text in notations if text), None) or local}
        lang = choose("en", named) or self._untagged
        found[lang, named[lang]] = LabelType.PREFERRED
        what = f"{name}: has no preferred label; {named[lang]!r} stands in its place"
        self._warn(self._vocabulary.places[iri], what, "no-preferred-label")

    def definitions(self, iri: str) -> dict[str, str]:
        """The definition in each language; several in one language are joined by a line break."""
        found: dict[str, list[str]] = {}
        for row in self._vocabulary.notes(terms.DEFINITION, iri):
            text = row.value.strip()
            if text and text not in found.setdefault(self._lang(row.lang), []):
                found[self._lang(row.lang)].append(text)
        return {lang: "\n".join(texts) for lang, texts in sorted(found.items()) if texts}

    def data(self, iri: str) -> dict[str, Any]:
        """Notations, and notes by kind and language."""
        found: dict[str, Any] = {}
        notations = sorted({row.value.strip() for row in self._vocabulary.all_texts(terms.NOTATION, iri)} - {""})
        if notations:
            found["notations"] = notations
        for predicate, name in terms.NOTES.items():
            notes: dict[str, list[str]] = {}
            for row in self._vocabulary.notes(predicate, iri):
                if row.value.strip():
                    notes.setdefault(self._lang(row.lang), []).append(row.value.strip())
            if notes:
                found[name] = {lang: sorted(set(texts)) for lang, texts in notes.items()}
        return found

    def _lang(self, tag: str) -> str:
        known = self._tags.get(tag)
        if known is None:
            valid = all(_SUBTAG.fullmatch(part) for part in tag.split("-"))
            known = self._tags[tag] = canonical_tag(tag) if valid else self._untagged
        return known

    def _warn(self, place: Place, text: str, rule: str) -> None:
        self.findings.append(warning(place.file, place.line, text, rule=rule))
