"""The extractor: from a text to its skills, with what the text says of each and why we think so.

It keeps nothing between texts, so one extractor serves all threads.
"""

import hashlib
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from .addresses import outside_addresses
from .confidence import confidence_of
from .cue_files import CueKind, CueSet, Languages, load_languages
from .evidence import make_mention, mark_sections, mark_skills
from .folding import fold
from .languages import detect, is_mixed
from .layout import Sectioner
from .lexicon import build_entries
from .matcher import Matcher
from .model import DocumentKind, Extraction, Form, LinkPolicy, RankedSkill, SkillMention
from .page import Page, Sentences
from .reading import NEGATED, Reader, Reading
from .sense import Decision, Judge
from .series import Joints, Series, compile_joints
from .settings import RULES_VERSION, ExtractionSettings
from .tokenizer import LinearTokenizer
from .unlinked import CandidateFinder
from .years import YearReader

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .ranking import Ranker


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
    decisions: Sequence[Decision]


class Extractor:
    """Reads texts against the forms of one scheme. Made by `build`; immutable; may be shared by threads."""

    version: str

    def __init__(
        self, scheme: str, forms: Iterable[Form], definitions: Mapping[str, str], settings: ExtractionSettings
    ) -> None:
        self.scheme = scheme
        self._settings = settings
        self._forms = tuple(forms)
        self._known = frozenset(form.text.casefold() for form in self._forms)
        self._definitions = definitions
        self._languages = load_languages()
        sets = self._languages.sets
        choices = sorted({self._languages.read_with(lang) for lang in (*sets, "und")})
        self._matcher = Matcher(build_entries(self._forms, sets, settings), sets, choices)
        self._tools = {langs: _Tools(self._languages, langs, choice) for choice, langs in enumerate(choices)}
        self._tokenizer = LinearTokenizer()
        self._ranker: Ranker | None = None
        self._ranker_lock = threading.Lock()
        self.version = _version(self._languages, settings)

    @classmethod
    def build(
        cls,
        *,
        scheme: str,
        forms: Iterable[Form],
        definitions: Mapping[str, str] | None = None,
        settings: ExtractionSettings | None = None,
    ) -> "Extractor":
        """An extractor for the forms of a scheme; their order does not matter. Raises CueFileError.

        `definitions` by skill id are kept for ranking. Takes about 5 s for ESCO's 100,000 forms.
        """
        return cls(scheme, forms, definitions or {}, settings or ExtractionSettings())

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
        """The skills nearest to a text, best first, without a threshold; the index is built at the first call.

        `score` is 0 to 1 and only comparable within one answer; ties by id. Of a long text the first windows count.
        """
        _, tools = self._tools_for(text, lang)
        met = {decision.sense.skill_id for decision in self._read(text, tools).decisions}
        return self._index().rank(text, first, sorted(met))

    def _tools_for(self, text: str, lang: str | None) -> tuple[str, _Tools]:
        tag = lang or detect(text)
        every = lang is None and tag != "zh" and is_mixed(text)
        return tag, self._tools[self._languages.read_with("und" if every else tag)]

    def _read(self, text: str, tools: _Tools) -> _Read:
        folded = fold(text)
        candidates, hits = self._matcher.find(text, folded, tools.choice)
        page = Page(text, folded, tools.sectioner.read(text), hits)
        series = Series(page, tools.joints, self._settings)
        sentences = Sentences(page, self._settings.sentence, tools.abbreviations)
        written = outside_addresses(text, folded, candidates)
        decisions = Judge(page, series, sentences, self._settings).decide(written)
        return _Read(page, series, sentences, decisions)

    def _annotate(
        self, text: str, lang: str | None, kind: DocumentKind, policy: LinkPolicy
    ) -> "tuple[Doc, Extraction]":
        tag, tools = self._tools_for(text, lang)
        read = self._read(text, tools)
        page = read.page
        mentions = self._mentions(read, tools, kind, policy)
        met = [(page.folded.start(one.start), page.folded.end(one.end)) for one in read.decisions]
        unlinked = tools.candidates.find(page, met, self._known, self._settings)
        doc = self._tokenizer(text)
        mark_skills(doc, mentions)
        mark_sections(doc, page.layout)
        return doc, Extraction(tag, self.version, tuple(mentions), unlinked)

    def _mentions(self, read: _Read, tools: _Tools, kind: DocumentKind, policy: LinkPolicy) -> list[SkillMention]:
        page, decisions = read.page, read.decisions
        spans = [(decision.start, decision.end) for decision in decisions]
        groups = read.series.groups(spans)
        reader = Reader(page.without_cues_in(spans), groups, read.sentences, tools.years, kind, self._settings)
        threshold = self._settings.thresholds[policy]
        mentions: list[SkillMention] = []
        for number, group in enumerate(groups):
            for member in range(group.first, group.last + 1):
                decision = decisions[member]
                section = page.section_at(decision.start)
                confidence = confidence_of(decision, section.kind, kind)
                if confidence < threshold:  # what is read can only lower it
                    continue
                reading = reader.read(number, spans[member], section)
                if reading.company:
                    confidence = confidence_of(decision, section.kind, kind, company=True)
                if confidence >= threshold:
                    reading = self._graded(page, decision, reading)
                    mentions.append(make_mention(page, decision, section, reading, confidence))
        return mentions

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

    def _index(self) -> "Ranker":
        # Built by one thread, once; what it holds never changes afterwards.
        with self._ranker_lock:
            if self._ranker is None:
                from .ranking import Ranker  # scikit-learn takes a second to import

                self._ranker = Ranker(self._forms, self._definitions, self._settings)
            return self._ranker


def _version(languages: Languages, settings: ExtractionSettings) -> str:
    try:
        package = version("skillatlas")
    except PackageNotFoundError:  # run from the source without being installed
        package = "0"
    digest = hashlib.sha256(f"{languages.digest}|{settings!r}".encode()).hexdigest()[:12]
    return f"{package}+rules.{RULES_VERSION}.{digest}"
