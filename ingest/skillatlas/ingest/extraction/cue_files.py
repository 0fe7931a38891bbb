"""What a language says around its skills, read from one TOML file a language in `cues/`.

`cues/en.toml` explains the keys. Nothing else in this package knows a language, so a third one is a file.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from importlib import resources
from typing import Any

from .errors import CueFileError
from .folding import fold_form
from .model import SectionKind

_REACH = 250  # characters, where a cue file names no other


class CueKind(StrEnum):
    """What a phrase says."""

    REQUIRED = "required"
    EXPECTED = "expected"
    PREFERRED = "preferred"
    NOT_REQUIRED = "not_required"
    NEUTRAL = "neutral"
    CONTRAST = "contrast"
    LINK = "link"
    WISH = "wish"
    EXCLUDES = "excludes"
    ASSUMED = "assumed"
    TAUGHT = "taught"
    COMPANY = "company"
    LEVEL = "level"
    UNIT = "unit"
    PAST = "past"
    TRIGGER = "trigger"


@dataclass(frozen=True, slots=True)
class Cue:
    """One reading of a phrase: on which side of the skill it stands, and how many characters may lie between."""

    kind: CueKind
    lang: str
    before: bool
    after: bool
    value: int | None = None
    reach_before: int = 0
    reach_after: int = 0
    copula: bool = False


@dataclass(frozen=True, slots=True)
class Readings:
    """All that one phrase may say: an attribute a kind, named as the kind."""

    required: Cue | None = None
    expected: Cue | None = None
    preferred: Cue | None = None
    not_required: Cue | None = None
    neutral: Cue | None = None
    contrast: Cue | None = None
    link: Cue | None = None
    wish: Cue | None = None
    excludes: Cue | None = None
    assumed: Cue | None = None
    taught: Cue | None = None
    company: Cue | None = None
    level: Cue | None = None
    unit: Cue | None = None
    past: Cue | None = None
    trigger: Cue | None = None

    @classmethod
    def of(cls, cues: Iterable[Cue]) -> "Readings":
        """The readings of a phrase; of two of one kind the first counts."""
        found: dict[str, Cue] = {}
        for cue in cues:
            found.setdefault(cue.kind.value, cue)
        return cls(**found)

    def of_kind(self, kind: CueKind) -> Cue | None:
        """The reading of a kind."""
        cue: Cue | None = getattr(self, kind.value)
        return cue

    @property
    def copula(self) -> bool:
        """Whether the phrase begins with a verb that may speak of a whole list."""
        return any(cue is not None and cue.copula for cue in (self.preferred, self.required, self.not_required))


@dataclass(frozen=True)
class CueSet:
    """The cues of one language. All phrases are folded as texts are."""

    lang: str
    also: tuple[str, ...]
    phrases: Mapping[str, tuple[Cue, ...]]
    headings: Mapping[str, SectionKind]
    series: tuple[str, ...]
    common: frozenset[str]
    stop: frozenset[str]
    hyphen: frozenset[str]
    enumerators: str
    abbreviations: tuple[str, ...]
    endings: tuple[str, ...]
    drop: tuple[tuple[str, str], ...]
    add: tuple[tuple[str, str], ...]
    keep: tuple[str, ...]
    numbers: Mapping[str, float]
    ranges: tuple[str, ...]
    plus: tuple[str, ...]
    halves: tuple[str, ...]
    not_before: tuple[str, ...]
    digest: str


@dataclass(frozen=True)
class Languages:
    """All cue files, and the merged set for a text of some language."""

    sets: Mapping[str, CueSet]

    @cached_property
    def digest(self) -> str:
        """Changes with any byte of any cue file."""
        joined = "".join(f"{lang}:{self.sets[lang].digest};" for lang in sorted(self.sets))
        return hashlib.sha256(joined.encode()).hexdigest()

    def read_with(self, lang: str) -> tuple[str, ...]:
        """Which files are read for a text in `lang` (its primary subtag); all of them where it is not known."""
        own = self.sets.get(re.split("[-_]", lang, maxsplit=1)[0].lower())
        if own is None:
            return tuple(sorted(self.sets))
        return (own.lang, *(tag for tag in own.also if tag in self.sets))


def load_languages() -> Languages:
    """Read the cue files that come with the package. Raises CueFileError."""
    folder = resources.files("skillatlas.ingest.extraction").joinpath("cues")
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    sets = [parse_cues(entry.name, entry.read_bytes()) for entry in files]
    return Languages({cues.lang: cues for cues in sets})


def parse_cues(name: str, content: bytes) -> CueSet:
    """One cue file; `name` is for the error. Raises CueFileError."""
    try:
        data = tomllib.loads(content.decode("utf-8"))
        words, years, inflection = data["words"], data["years"], data["inflection"]
        return CueSet(
            lang=data["lang"],
            also=tuple(data["also"]),
            phrases=_phrases(data["cues"], data["lang"], [fold_form(word) for word in words["copula"]]),
            headings={
                fold_form(phrase): SectionKind(kind) for kind, phrases in data["headings"].items() for phrase in phrases
            },
            series=_folded(words["series"]),
            common=frozenset(_folded(words["common"])),
            stop=frozenset(_folded(words["stop"])),
            hyphen=frozenset(_folded(words["hyphen"])),
            enumerators=words["enumerators"],
            abbreviations=_folded(words["abbreviations"]),
            endings=_folded(inflection["endings"]),
            drop=tuple((old, new) for old, new in inflection["drop"]),
            add=tuple((old, new) for old, new in inflection["add"]),
            keep=tuple(inflection["keep"]),
            numbers={fold_form(word): float(value) for word, value in data["numbers"].items()},
            ranges=tuple(years["range"]),
            plus=tuple(years["plus"]),
            halves=tuple(years["half"]),
            not_before=_folded(years["not_before"]),
            digest=hashlib.sha256(content).hexdigest(),
        )
    except (KeyError, ValueError, TypeError) as fault:
        message = f"cue file {name}: {fault!r} is missing or not as en.toml describes it"
        raise CueFileError(message) from fault


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(fold_form(word) for word in words)


def _phrases(groups: Iterable[Mapping[str, Any]], lang: str, copulas: list[str]) -> Mapping[str, tuple[Cue, ...]]:
    found: dict[str, list[Cue]] = {}
    for group in groups:
        side = group["side"]
        if side not in {"before", "after", "both"}:
            raise ValueError(side)
        for phrase in group["phrases"]:
            key = fold_form(phrase)
            cue = Cue(
                kind=CueKind(group["kind"]),
                lang=lang,
                before=side != "after",
                after=side != "before",
                value=group.get("value"),
                reach_before=group.get("reach", _REACH) if side != "after" else 0,
                reach_after=group.get("reach", _REACH) if side != "before" else 0,
                copula=key.split(" ")[0] in copulas,
            )
            cues = found.setdefault(key, [])
            for number, known in enumerate(cues):
                if (known.kind, known.value) == (cue.kind, cue.value):  # it may stand on either side
                    cues[number] = replace(
                        known,
                        before=known.before or cue.before,
                        after=known.after or cue.after,
                        reach_before=max(known.reach_before, cue.reach_before),
                        reach_after=max(known.reach_after, cue.reach_after),
                    )
                    break
            else:
                cues.append(cue)
    return {key: tuple(cues) for key, cues in found.items()}
