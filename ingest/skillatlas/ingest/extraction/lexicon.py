"""From forms to what the automaton looks for: keys, and the senses that each may have.

The rules for forms that nobody described (imported schemes) are conservative, for their raw aliases ("IT", "Access",
"space", "data", "processes") are mostly no skills where they stand in a text.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .cue_files import CueSet
from .folding import fold_form
from .model import Form
from .settings import ExtractionSettings

LABEL_RANK: Mapping[str, int] = {"PREFERRED": 0, "ALTERNATIVE": 1, "HIDDEN": 2}
_QUALIFIED = re.compile(r"^(.{2,}\S) \([^()]+\)$")
_DIGIT = re.compile(r"\d")
_SYMBOLS = frozenset("+#./&@0123456789")


@dataclass(frozen=True, slots=True)
class Sense:
    """One skill that a key may mean. `letters`: what the letters in the text must be, where case matters.

    `strict`: met only in the form's own case; else a short form in lower case is met where it stands in a list.
    `listed_only`: of all context only a list of other skills counts. `common`: an ordinary word of the language.
    """

    form: Form
    letters: str | None
    strict: bool
    needs_context: bool
    listed_only: bool
    context: tuple[str, ...]
    excluded: tuple[str, ...]
    common: bool
    named: bool  # a capital or a digit in the form
    variant: bool = False

    @property
    def skill_id(self) -> str:
        """The skill it means."""
        return self.form.skill_id


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its senses, best first. `others`: skills that share the form and lost it."""

    key: str
    senses: tuple[Sense, ...]
    others: tuple[str, ...] = ()
    described: bool = False

    @property
    def long(self) -> bool:
        """Several words, or four Chinese characters: hardly met by chance."""
        return " " in self.key or (len(self.key) >= 4 and not self.key.isascii())


def _rank(form: Form) -> int:
    return LABEL_RANK.get(form.label_type, len(LABEL_RANK))


def _order(form: Form) -> tuple[object, ...]:
    return (
        form.skill_id,
        not form.described,
        _rank(form),
        form.lang,
        form.text,
        str(form.match_case),
        form.needs_context,
        form.context,
        form.excluded,
        form.domain or "",
    )


def letters_of(text: str) -> str:
    """The letters of a text, which decide whether the case is right."""
    return "".join(char for char in text if char.isalpha())


def build_entries(
    forms: Iterable[Form], sets: Mapping[str, CueSet], settings: ExtractionSettings, *, described: bool = False
) -> Mapping[str, Entry]:
    """All keys of a scheme, by key; the same for any order of `forms`.

    `described`: take the forms as they are, though none is described.
    """
    ordered = sorted(set(forms), key=_order)
    common = frozenset().union(*(cues.common for cues in sets.values()))
    described = described or any(form.described for form in ordered)
    senses: dict[str, dict[tuple[str, str], Sense]] = {}
    for form in ordered:
        for key, variant in keys_of(form, sets.get(form.lang.split("-")[0].lower()), settings):
            # Per skill and spelling what is described counts, then the best label: `ordered` brings it first.
            place = senses.setdefault(key, {})
            if (form.skill_id, form.text) not in place:
                place[form.skill_id, form.text] = _sense(form, key, variant, common, settings)
    entries: dict[str, Entry] = {}
    for key in sorted(senses):
        entry = _entry(key, list(senses[key].values()), described, settings)
        if entry is not None:
            entries[key] = entry
    return entries


def keys_of(form: Form, cues: CueSet | None, settings: ExtractionSettings) -> list[tuple[str, bool]]:
    """What a form is looked for as, and whether that is another form of its words (a plural); none for no words."""
    key = fold_form(form.text)
    if not key or len(key) > settings.max_form or not any(char.isalnum() for char in key):
        return []
    keys = {key: False}
    bare = _QUALIFIED.match(key)
    if bare and form.label_type == "PREFERRED":
        keys.setdefault(bare[1], False)
    if "/" in key:
        keys.setdefault(key.replace("/", " / "), False)
        keys.setdefault(key.replace("/", " "), False)
    # Endings of names ("React Natives") and of short forms would make other words.
    if cues is not None and len(key) > settings.short_letters + 1 and (form.text[-1:].islower() or not key.isascii()):
        for variant in _inflections(key, cues):
            keys.setdefault(variant, True)
    return list(keys.items())


def _inflections(key: str, cues: CueSet) -> list[str]:
    found: list[str] = []
    if not key.endswith(cues.keep):
        found += [key[: -len(old)] + new for old, new in cues.drop if key.endswith(old)][:1]
    found += [key[: -len(old)] + new for old, new in cues.add if key.endswith(old) and key[-2:-1] not in "aeiou"]
    return [variant for variant in found if len(variant) > 3]


def _sense(form: Form, key: str, variant: bool, words: frozenset[str], settings: ExtractionSettings) -> Sense:
    strict = form.match_case is True
    cased = strict
    # Case is looked at in short forms only; the rest need not be counted.
    short = len(key) <= 2 * settings.capital_letters
    letters = letters_of(form.text) if short or strict else ""
    if form.match_case is None and letters.isascii() and letters and _SYMBOLS.isdisjoint(form.text):
        cased = len(letters) <= settings.short_letters or (
            form.text.isupper() and len(letters) <= settings.capital_letters
        )
    common = key in words
    return Sense(
        form=form,
        letters=letters if cased else None,
        strict=strict or common,
        needs_context=form.needs_context,
        listed_only=False,
        context=_phrases(form.context),
        excluded=_phrases(form.excluded),
        common=common,
        named=form.text != form.text.lower() or _DIGIT.search(form.text) is not None,
        variant=variant,
    )


def _phrases(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({fold_form(text) for text in texts} - {""})) if texts else ()


def _entry(key: str, senses: list[Sense], described: bool, settings: ExtractionSettings) -> Entry | None:
    skills = sorted({sense.skill_id for sense in senses})
    others: tuple[str, ...] = ()
    if not described:
        senses = [kept for sense in senses if (kept := _conservative(key, sense)) is not None]
        if len(skills) > 1:
            preferred = {sense.skill_id for sense in senses if sense.form.label_type == "PREFERRED"}
            if len(preferred) == 1:
                senses = [sense for sense in senses if sense.skill_id in preferred]
                others = tuple(skill for skill in skills if skill not in preferred)
            elif len(skills) > settings.shared_by:
                return None
    if not senses:
        return None
    senses.sort(key=lambda sense: (_rank(sense.form), sense.variant, sense.skill_id, sense.form.text))
    return Entry(key, tuple(senses), others, described)


def _conservative(key: str, sense: Sense) -> Sense | None:
    """The sense under the rules for schemes that describe no form, or None where it may not fire at all."""
    form = sense.form
    if (form.label_type == "PREFERRED" and fold_form(form.text) == key) or " " in key:
        return sense
    name = form.text
    if sense.common:
        if not (name[:1].isupper() and name[1:2].islower()):
            return None
        return _with_context(sense, letters=letters_of(name), listed_only=True)
    if not key.isascii() or _SYMBOLS & set(name) or name != name.lower():
        return sense
    return _with_context(sense, letters=sense.letters, listed_only=False)


def _with_context(sense: Sense, *, letters: str | None, listed_only: bool) -> Sense:
    return replace(sense, letters=letters, needs_context=True, listed_only=listed_only)
