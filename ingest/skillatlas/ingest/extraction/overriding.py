"""What people said of forms, laid over an extractor: forms that are never met here, and forms that mean a skill."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from skillatlas.taxonomy import ConceptKind, Graph, Override, Verdict, canonical_json, successors

from .cue_files import CueSet
from .folding import Folded, fold_form
from .lexicon import Sense, build_entries, keys_of
from .matcher import Candidate, Matcher
from .model import Form, SkillMention
from .sense import Decision
from .settings import ExtractionSettings

OVERRIDE = "OVERRIDE"  # the label type of a form that a person named
RULE = "override"  # the rule of its decisions


@dataclass(frozen=True, slots=True)
class Said:
    """An override and the active skill that it means at a release; None where it means none there."""

    override: Override
    skill_id: str | None


def said_at(
    graph: Graph, overrides: Iterable[Override], scheme: str, collection: str | None = None, document: str | None = None
) -> tuple[Said, ...]:
    """What holds for a document of a collection, for all of a collection, or (None) for any text; by key.

    Of one form the nearest word counts: the document's before the collection's before the scheme's. A deprecated
    skill is followed where one came after it; where none did, or somebody has to choose, the form means nothing new.
    """
    found: dict[str, Override] = {}
    for one in sorted(overrides, key=lambda one: one.place):
        own = one.collection is None or (one.collection == collection and one.document in (None, document))
        if one.scheme == scheme and own:
            found[one.key] = one  # places are sorted from far to near
    return tuple(Said(found[key], current_skill(graph, found[key].skill)) for key in sorted(found))


def current_skill(graph: Graph, skill: str | None) -> str | None:
    """The active skill that an id stands for at the graph's release, as `resolve` follows it; None if there is none."""
    concept = None if skill is None else graph.find(skill)
    if concept is not None and not concept.active:
        after = successors(graph.concepts, concept)
        concept = after.concepts[0] if len(after.concepts) == 1 and not after.choice else None
    return concept.id if concept is not None and concept.kind is ConceptKind.SKILL else None


class Overlay:
    """Some overrides, ready to be applied. Immutable."""

    def __init__(
        self, said: Sequence[Said], forms: Iterable[Form], sets: Mapping[str, CueSet], settings: ExtractionSettings
    ) -> None:
        """`forms`: the scheme's, for the domains of its skills."""
        # The release decides the skill, and the text and it are named elsewhere: so the words themselves are enough.
        rows = [override_json(one.override) for one in said]
        self.digest = hashlib.sha256(canonical_json(rows)).hexdigest()[:12]
        self._never = frozenset(one.override.key for one in said if one.override.verdict is Verdict.NEVER)
        self._silent = self._never | {one.override.key for one in said if one.override.verdict is Verdict.REJECTED}
        self._struck = {
            key
            for one in said
            if one.override.verdict is Verdict.NEVER
            for lang in sorted(sets)
            for key, _ in keys_of(Form(one.override.form, lang, "", "PREFERRED"), sets[lang], settings)
        }
        wanted = {one.skill_id for one in said}
        domains = {form.skill_id: form.domain for form in forms if form.skill_id in wanted}
        self._of: dict[Form, Override] = {}
        for one in said:
            if one.override.verdict is Verdict.MEANS and one.skill_id is not None:
                text = one.override.form
                lang = "en" if text.isascii() else "zh"
                self._of[Form(text, lang, one.skill_id, OVERRIDE, domain=domains.get(one.skill_id))] = one.override
        silent = {lang: replace(cues, phrases={}) for lang, cues in sets.items()}
        entries = build_entries(self._of, sets, settings, described=True)
        self._matcher = Matcher(entries, silent, [()]) if entries else None

    def apply(
        self, text: str, folded: Folded, candidates: Sequence[Candidate]
    ) -> tuple[list[Candidate], list[Candidate]]:
        """The candidates that stand, by start and end, and those that were struck out."""
        said = self._matcher.find(text, folded, 0)[0] if self._matcher is not None else []
        taken = {(one.start, one.end) for one in said}
        kept: list[Candidate] = []
        struck: list[Candidate] = []
        for one in candidates:
            senses = one.senses
            if one.entry.key in self._struck:
                senses = tuple(sense for sense in senses if not self._strikes(one.entry.key, sense))
            if senses and (one.start, one.end) not in taken:
                kept.append(one if senses is one.senses else one._replace(senses=senses))
            elif not senses:
                struck.append(one)
        kept += said
        kept.sort(key=lambda one: (one.start, one.end))
        return kept, struck

    def _strikes(self, key: str, sense: Sense) -> bool:
        return key in self._never or fold_form(sense.form.text) in self._never

    def is_never(self, stretch: str) -> bool:
        """Whether a folded stretch of the text is a form that is never met."""
        return stretch in self._never

    def is_silent(self, phrase: str) -> bool:
        """Whether a phrase is no candidate: never met, or turned down."""
        return fold_form(phrase) in self._silent

    def mark(self, decision: Decision) -> Decision:
        """The decision, with the rule that gave it where that was a person's word."""
        override = self._of.get(decision.sense.form)
        return decision if override is None else decision._replace(rule=RULE, detail=source_of(override))

    def explain(self, mention: SkillMention, decision: Decision) -> SkillMention:
        """The mention, its evidence naming the override where one decided."""
        override = self._of.get(decision.sense.form)
        if override is None:
            return mention
        return replace(mention, evidence={**mention.evidence, "override": override_json(override)})


def source_of(override: Override) -> str:
    """Where it holds, for people: `scheme atlas`, `collection adverts`, `document adverts/17`."""
    if override.collection is None:
        return f"scheme {override.scheme}"
    if override.document is None:
        return f"collection {override.collection}"
    return f"document {override.collection}/{override.document}"


def override_json(override: Override) -> dict[str, Any]:
    """An override as files, evidence and lists show it."""
    return {
        "form": override.form,
        "verdict": str(override.verdict),
        "skill": override.skill,
        "scheme": override.scheme,
        "collection": override.collection,
        "document": override.document,
        "release": override.release,
        "reason": override.reason,
    }
