"""The extractor: from a text to its skills, with what the text says of each and why we think so.

It keeps nothing between texts, so one extractor serves all threads.
"""

import copy
import hashlib
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from .addresses import outside_addresses
from .confidence import confidence_of, confidence_of_near
from .cue_files import CueKind, CueSet, Languages, load_languages
from .evidence import make_mention, make_near_mention, mark_sections, mark_skills
from .folding import fold
from .languages import detect, is_mixed
from .layout import Section, Sectioner
from .lexicon import build_entries
from .matcher import Candidate, Matcher
from .meaning import Meanings, Meant, read_meanings
from .model import DocumentKind, Extraction, Form, LinkPolicy, RankedSkill, SkillMention
from .overriding import Overlay, Said
from .page import Page, Sentences
from .reading import NEGATED, Reader, Reading
from .sense import Decision, Judge
from .series import Group, Joints, Series, compile_joints
from .settings import RULES_VERSION, ExtractionSettings
from .tokenizer import LinearTokenizer
from .unlinked import CandidateFinder
from .years import YearReader

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .linking import Linker, Near, WordRules

_NOTHING_MEANT = Meanings({}, ())


class _Tools:
    """What the cue files of one choice of languages give."""

    def __init__(self, languages: Languages, langs: Sequence[str], choice: int) -> None:
        sets: list[CueSet] = [languages.sets[lang] for lang in langs]
        self.choice = choice
        self.sectioner = Sectioner([one.headings for one in sets], "".join(one.enumerators for one in sets))
        self.joints: Joints = compile_joints(word for one in sets for word in one.series)
        self.years = YearReader(sets)
        self.abbreviations = tuple(word for one in sets for word in one.abbreviations)
        self.candidates = CandidateFinder(sets)


@dataclass(frozen=True, slots=True)
class _Read:
    """A text with its skills found, before what it says of them is read."""

    page: Page
    series: Series
    sentences: Sentences
    candidates: Sequence[Candidate]
    decisions: Sequence[Decision]


class Extractor:
    """Reads texts against the forms of one scheme. Made by `build`; immutable; may be shared by threads."""

    version: str

    def __init__(
        self,
        scheme: str,
        forms: Iterable[Form],
        definitions: Mapping[str, str],
        same_as: Mapping[str, str],
        cache: Path | None,
        settings: ExtractionSettings,
    ) -> None:
        self.scheme = scheme
        self._settings = settings
        self._forms = tuple(forms)
        self._known = frozenset(form.text.casefold() for form in self._forms)
        self._definitions = definitions
        self._same_as = same_as
        self._cache = cache
        self._languages = load_languages()
        sets = self._languages.sets
        choices = sorted({self._languages.read_with(lang) for lang in (*sets, "und")})
        self._matcher = Matcher(build_entries(self._forms, sets, settings), sets, choices)
        self._tools = {langs: _Tools(self._languages, langs, choice) for choice, langs in enumerate(choices)}
        self._tokenizer = LinearTokenizer()
        self._linking: tuple[Linker, WordRules] | None = None
        self._linking_lock = threading.Lock()
        self._plain: Extractor | None = None
        self._overlay: Overlay | None = None
        self.version = _version(self._languages, settings)

    @classmethod
    def build(
        cls,
        *,
        scheme: str,
        forms: Iterable[Form],
        definitions: Mapping[str, str] | None = None,
        same_as: Mapping[str, str] | None = None,
        cache: Path | None = None,
        settings: ExtractionSettings | None = None,
    ) -> "Extractor":
        """An extractor for the forms of a scheme; their order does not matter. Raises CueFileError.

        `definitions` by skill id are for linking by meaning, and so is `same_as`: which skill of ESCO ("skill/" and
        its UUID) a skill of the scheme is. `cache`: a folder where the index of meaning is kept from run to run. Takes
        about 5 s for ESCO's 100,000 forms; the index as much again, at the first text.
        """
        return cls(scheme, forms, definitions or {}, same_as or {}, cache, settings or ExtractionSettings())

    def prepare(self) -> None:
        """Make now what would else be made at the first text."""
        self._linked()

    def overridden(self, said: Sequence[Said]) -> "Extractor":
        """This extractor with what people said of forms laid over it; they share all that is large.

        Its version is this one's and names what was said. Without anything said it is this extractor itself.
        """
        plain = self._plain or self
        if not said:
            return plain
        laid = copy.copy(plain)
        laid._plain = plain
        laid._overlay = Overlay(said, self._forms, self._languages.sets, self._settings)
        laid.version = f"{plain.version}.overrides.{laid._overlay.digest}"
        return laid

    def extract(
        self,
        text: str,
        *,
        lang: str | None = None,
        kind: DocumentKind = DocumentKind.JOB,
        policy: LinkPolicy = LinkPolicy.BALANCED,
    ) -> Extraction:
        """All skills of a text of any length (linear time; the caller bounds it), and phrases that may be some.

        `lang`: a BCP 47 tag, else it is detected. The answer depends on the arguments, the forms and `version` only.
        """
        return self._annotate(text, lang, kind, policy)[1]

    def annotate(
        self,
        text: str,
        *,
        lang: str | None = None,
        kind: DocumentKind = DocumentKind.JOB,
        policy: LinkPolicy = LinkPolicy.BALANCED,
    ) -> "Doc":
        """The `Doc` that `extract` works on: `doc.spans["skills"]` (label and `kb_id_`: the skill's id) and
        `doc.spans["sections"]`, both widened to whole tokens.

        `doc.text` has U+FFFD for lone surrogates, which spaCy cannot hold; offsets are the same.
        """
        return self._annotate(text, lang, kind, policy)[0]

    def rank(self, text: str, *, lang: str | None = None, first: int = 10) -> tuple[RankedSkill, ...]:
        """The skills nearest to a text, best first, without a threshold.

        `score` is 0 to 1 and only comparable within one answer; ties by id. Of a long text the first windows count.
        """
        _, tools = self._tools_for(text, lang)
        met = {decision.sense.skill_id for decision in self._read(text, tools).decisions}
        from .ranking import rank_skills

        return rank_skills(text, first, sorted(met), *self._linked(), self._settings)

    def _tools_for(self, text: str, lang: str | None) -> tuple[str, _Tools]:
        tag = lang or detect(text)
        every = lang is None and tag != "zh" and is_mixed(text)
        return tag, self._tools[self._languages.read_with("und" if every else tag)]

    def _read(self, text: str, tools: _Tools) -> _Read:
        folded = fold(text)
        candidates, hits = self._matcher.find(text, folded, tools.choice)
        struck: list[Candidate] = []
        if self._overlay is not None:
            candidates, struck = self._overlay.apply(text, folded, candidates)
        page = Page(text, folded, tools.sectioner.read(text), hits)
        series = Series(page, tools.joints, self._settings)
        sentences = Sentences(page, self._settings.sentence, tools.abbreviations)
        written = outside_addresses(text, folded, candidates)
        decisions = Judge(page, series, sentences, self._settings).decide(written)
        if self._overlay is not None:
            decisions = [self._overlay.mark(decision) for decision in decisions]
            # Struck out is met and refused: what meaning says of those skills here does not count either.
            written = sorted((*written, *struck), key=lambda one: (one.start, one.end))
        return _Read(page, series, sentences, written, decisions)

    def _annotate(
        self, text: str, lang: str | None, kind: DocumentKind, policy: LinkPolicy
    ) -> "tuple[Doc, Extraction]":
        tag, tools = self._tools_for(text, lang)
        read = self._read(text, tools)
        page = read.page
        mentions = self._mentions(read, tools, kind, policy)
        met = [(page.folded.start(one.start), page.folded.end(one.end)) for one in read.decisions]
        unlinked = tools.candidates.find(page, met, self._known, self._settings)
        if self._overlay is not None:
            unlinked = tuple(one for one in unlinked if not self._overlay.is_silent(one.text))
        doc = self._tokenizer(text)
        mark_skills(doc, mentions)
        mark_sections(doc, page.layout)
        return doc, Extraction(tag, self.version, tuple(mentions), unlinked)

    def _mentions(self, read: _Read, tools: _Tools, kind: DocumentKind, policy: LinkPolicy) -> list[SkillMention]:
        page, decisions = read.page, read.decisions
        spans = [(decision.start, decision.end) for decision in decisions]
        groups = read.series.groups(spans)
        bare = page.without_cues_in(spans)
        reader = Reader(bare, groups, read.sentences, tools.years, kind, self._settings)
        meanings = self._meanings(read, kind)
        threshold = self._settings.thresholds[policy]
        mentions: list[SkillMention] = []
        for number, group in enumerate(groups):
            for member in range(group.first, group.last + 1):
                decision = decisions[member]
                section = page.section_at(decision.start)
                near = meanings.of_decisions.get(member)
                confidence = self._confidence(decision, near, section, kind)
                if confidence < threshold:  # what is read can only lower it
                    continue
                reading = reader.read(number, spans[member], section)
                if reading.company:
                    confidence = self._confidence(decision, near, section, kind, company=True)
                if confidence >= threshold:
                    reading = self._graded(page, decision, reading)
                    made = make_mention(page, decision, section, reading, confidence, near)
                    mentions.append(self._overlay.explain(made, decision) if self._overlay else made)
        for meant in meanings.meant:
            if self._overlay is not None and self._overlay.is_never(page.folded.text[meant.start : meant.end]):
                continue
            mention = self._near_mention(meant, bare, read.sentences, tools.years, kind, threshold)
            if mention is not None:
                mentions.append(mention)
        mentions.sort(key=lambda one: (one.start, one.end, one.skill_id))
        return mentions

    def _confidence(
        self, decision: Decision, near: "Near | None", section: Section, kind: DocumentKind, *, company: bool = False
    ) -> float:
        if near is None:
            return confidence_of(decision, section.kind, kind, company=company)
        return confidence_of_near(near, self._settings.linking, section.kind, kind, decision=decision, company=company)

    def _near_mention(
        self, meant: Meant, page: Page, sentences: Sentences, years: YearReader, kind: DocumentKind, threshold: float
    ) -> SkillMention | None:
        near, section = meant.near, meant.section
        confidence = confidence_of_near(near, self._settings.linking, section.kind, kind)
        if confidence < threshold:
            return None
        alone = [Group(0, 0, meant.start, meant.end, False, meant.start)]
        reader = Reader(page, alone, sentences, years, kind, self._settings)
        reading = reader.read(0, (meant.start, meant.end), section)
        if reading.company:
            confidence = confidence_of_near(near, self._settings.linking, section.kind, kind, company=True)
            if confidence < threshold:
                return None
        return make_near_mention(page, meant, section, reading, confidence)

    def _graded(self, page: Page, decision: Decision, reading: Reading) -> Reading:
        """The reading with the level the form itself names: "fluent English", where "English" is the same skill."""
        start, end = decision.start, decision.end
        if end - start <= self._settings.short_letters or reading.requirement in NEGATED:
            return reading
        text = page.folded.text
        for hit in page.hits_between(start, end):
            level = hit.says.level
            if level is None or hit.end > end or hit.end - hit.start == end - start:
                continue
            entry = self._matcher.entry(f"{text[start : hit.start]}{text[hit.end : end]}".strip())
            if entry is not None and any(sense.skill_id == decision.sense.skill_id for sense in entry.senses):
                cues = (*reading.cues, (str(CueKind.LEVEL), hit.start, hit.end))
                return replace(reading, level=level.value, cues=cues)
        return reading

    def _meanings(self, read: _Read, kind: DocumentKind) -> Meanings:
        if not self._settings.by_meaning:
            return _NOTHING_MEANT
        return read_meanings(read.page, read.sentences, read.candidates, read.decisions, kind, *self._linked())

    def _linked(self) -> "tuple[Linker, WordRules]":
        # Built by one thread, once; what it holds never changes afterwards.
        if self._plain is not None:
            return self._plain._linked()
        if self._linking is None:
            with self._linking_lock:
                if self._linking is None:
                    from .linking import make_linker  # numpy and scipy take half a second to import

                    self._linking = make_linker(
                        self._forms, self._definitions, self._same_as, self._cache, self._settings.linking
                    )
        return self._linking


def _version(languages: Languages, settings: ExtractionSettings) -> str:
    try:
        package = version("skillatlas")
    except PackageNotFoundError:  # run from the source without being installed
        package = "0"
    content = hashlib.sha256(f"{languages.digest}|{settings!r}".encode())
    if settings.by_meaning:
        linking = resources.files("skillatlas.ingest.extraction.linking")
        words = sorted((linking / "words").iterdir(), key=lambda one: one.name)
        for file in (linking / "learned.json", *(one for one in words if one.name.endswith(".toml"))):
            content.update(file.read_bytes())
    digest = content.hexdigest()[:12]
    return f"{package}+rules.{RULES_VERSION}.{digest}"
