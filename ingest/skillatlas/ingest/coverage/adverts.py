"""Phrases that people marked as knowledge in job adverts: which of them hold a form of a skill."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import orjson

from skillatlas.taxonomy import Graph

from ..extraction.folding import fold_form
from ..importers.files import decode, read_bytes, unreadable
from ..settings import CoverageSettings
from .known import FormFinder
from .model import Measure

_GENERAL = "general_words.txt"
_PLACEHOLDER = re.compile(r"<[A-Z_]+>")
_WORD = re.compile(r"[^\W_]+")
_SPLIT_DOT = re.compile(r"(?:^|(?<= ))\. (?=[A-Za-z])")  # ".NET", of which the corpus makes two tokens


@dataclass(frozen=True, slots=True)
class MissedPhrase:
    """A phrase without a form, folded, and how often it was marked."""

    text: str
    spans: int


@dataclass(frozen=True, slots=True)
class AdvertCoverage:
    """`spans` were marked, `general` of them name nothing concrete; `missed` by frequency, then text."""

    spans: int
    general: int
    measures: tuple[Measure, ...]
    missed: tuple[MissedPhrase, ...]


def advert_coverage(
    graph: Graph, paths: Iterable[Path], *, scheme: str, settings: CoverageSettings | None = None
) -> AdvertCoverage:
    """How many concrete knowledge spans hold a form of a skill.

    A span is concrete that has at most `span_words` words, one of which is no general word: the words listed in
    `general_words.txt` speak of degrees, or of knowledge as such ("technologies", "best practices"). `paths` are files
    of JSON Lines with `tokens` and `tags_knowledge` (B, I, O). Raises UnreadableError.
    """
    settings = settings or CoverageSettings()
    general = _general_words()
    spans = Counter(span for path in paths for span in _spans(path))
    concrete = {span: count for span, count in spans.items() if _is_concrete(span, general, settings.span_words)}
    finder = FormFinder(graph, scheme)
    missed: Counter[str] = Counter()
    for span, count in concrete.items():
        if not finder.find(span):
            missed[fold_form(span)] += count
    total, lacking = sum(concrete.values()), sum(missed.values())
    phrases = len({fold_form(span) for span in concrete})
    return AdvertCoverage(
        spans=sum(spans.values()),
        general=sum(spans.values()) - total,
        measures=(
            Measure("concrete spans", total - lacking, total, settings.spans),
            Measure("different concrete phrases", phrases - len(missed), phrases),
        ),
        missed=tuple(MissedPhrase(span, missed[span]) for span in sorted(missed, key=lambda one: (-missed[one], one))),
    )


def _is_concrete(span: str, general: frozenset[str], most: int) -> bool:
    words = _WORD.findall(fold_form(_PLACEHOLDER.sub(" ", span)))
    return len(words) <= most and any(word not in general and not word.isdigit() for word in words)


def _spans(path: Path) -> Iterator[str]:
    """The marked phrases of a file, their tokens joined by spaces."""
    for number, line in enumerate(decode(read_bytes(path), str(path)).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
            tokens, tags = row["tokens"], row["tags_knowledge"]
            if not all(isinstance(one, str) for one in (*tokens, *tags)) or len(tokens) != len(tags):
                raise ValueError("tokens and tags_knowledge are no lists of texts of one length")
        except (ValueError, TypeError, KeyError) as error:
            text = f"is no line of an annotated advert, with tokens and tags_knowledge ({error})"
            raise unreadable(str(path), number, text) from None
        span: list[str] = []
        for token, tag in (*zip(tokens, tags, strict=True), ("", "O")):
            if tag != "I" and span:
                yield _SPLIT_DOT.sub(".", " ".join(span))
                span = []
            if tag != "O":
                span.append(token)


def _general_words() -> frozenset[str]:
    text = resources.files("skillatlas.ingest.coverage").joinpath(_GENERAL).read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
