"""Suggesting what may follow a concept that vanished; people decide, nothing here is ever applied by itself."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .model import Concept, ConceptKind, LabelType


@dataclass(frozen=True, slots=True)
class SuggestSettings:
    """How candidates are weighed."""

    label: float = 0.75
    """Weight of the labels; what remains is the weight of shared neighbours. Labels say more: neighbours of a concept
    that vanished have often vanished with it."""

    alternative: float = 0.9
    """What likeness with or between alternative labels counts, against preferred ones."""

    least: float = 0.5
    """Candidates with a lower score are not named: below it, labels share no more than common word parts."""

    most: int = 3
    """Candidates of one concept."""


DEFAULT = SuggestSettings()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept that may follow another.

    `score` (0 to 1) is `0.75 × label + 0.25 × shared`, or `label` where the vanished concept had no neighbours: a
    measure of likeness, not a probability. `label` is the share of three-letter pieces that the most alike labels of
    one language have in common (Dice); `shared` the share of parents, needs and other relations that both have
    (Jaccard), None where it is not known.
    """

    concept: Concept
    score: float
    label: float
    shared: float | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may follow a concept that vanished: the likeliest first; none where nothing is alike."""

    concept: Concept
    candidates: tuple[Candidate, ...]


def suggest_replacements(
    vanished: Iterable[Concept],
    concepts: Iterable[Concept],
    before: Mapping[str, Collection[str]],
    after: Mapping[str, Collection[str]],
    settings: SuggestSettings = DEFAULT,
) -> tuple[Suggestion, ...]:
    """For each vanished concept the active ones of its kind that are most alike, by id.

    `before` has the neighbours of the vanished concepts (followed to what replaced them), `after` those of the
    candidates.
    """
    gone = sorted(vanished, key=lambda concept: concept.id)
    likeness = _likeness(gone, concepts, settings)
    found = []
    for number, concept in enumerate(gone):
        held = frozenset(before.get(concept.id, ()))
        candidates = []
        for candidate, label in likeness[number]:
            other = frozenset(after.get(candidate.id, ()))
            shared = len(held & other) / len(held | other) if held else None
            score = label if shared is None else settings.label * label + (1.0 - settings.label) * shared
            rounded = None if shared is None else round(shared, 6)
            candidates.append(Candidate(candidate, round(score, 6), round(label, 6), rounded))
        best = sorted(
            (candidate for candidate in candidates if candidate.score >= settings.least),
            key=lambda candidate: (-candidate.score, candidate.concept.id),
        )
        found.append(Suggestion(concept, tuple(best[: settings.most])))
    return tuple(found)


def _likeness(
    gone: Sequence[Concept], concepts: Iterable[Concept], settings: SuggestSettings
) -> list[list[tuple[Concept, float]]]:
    """Of each vanished concept, the candidates with any likeness of labels; the candidates are read once."""
    index: dict[tuple[ConceptKind, str, str], list[int]] = {}
    labels: list[tuple[int, int, bool]] = []
    for number, concept in enumerate(gone):
        for label in concept.labels:
            pieces = _pieces(label.value)
            for piece in pieces:
                index.setdefault((concept.kind, label.lang, piece), []).append(len(labels))
            labels.append((number, len(pieces), label.type is LabelType.PREFERRED))
    found: list[list[tuple[Concept, float]]] = [[] for _ in gone]
    ids, kinds = {concept.id for concept in gone}, {concept.kind for concept in gone}
    for candidate in concepts:
        if not candidate.active or candidate.kind not in kinds or candidate.id in ids:
            continue
        best: dict[int, float] = {}
        for label in candidate.labels:
            pieces = _pieces(label.value)
            common: Counter[int] = Counter()
            for piece in pieces:
                common.update(index.get((candidate.kind, label.lang, piece), ()))
            for place, count in common.items():
                number, size, preferred = labels[place]
                share = 2 * count / (size + len(pieces))
                if not (preferred and label.type is LabelType.PREFERRED):
                    share *= settings.alternative
                best[number] = max(best.get(number, 0.0), share)
        for number, share in best.items():
            found[number].append((candidate, share))
    return found


def _pieces(text: str) -> frozenset[str]:
    """The three-letter pieces of a text, its case, width and spaces folded, with its ends marked."""
    folded = f"  {' '.join(unicodedata.normalize('NFKC', text).casefold().split())} "
    return frozenset(folded[start : start + 3] for start in range(len(folded) - 2))
