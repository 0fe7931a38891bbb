"""The skills nearest to a text: the lanes of `linking`, and what stands in the text itself."""

from collections.abc import Iterator, Sequence

from .folding import fold_form
from .linking import Linker, Word, WordRules
from .model import RankedSkill
from .settings import ExtractionSettings


def rank_skills(
    text: str, first: int, exact: Sequence[str], linker: Linker, rules: WordRules, settings: ExtractionSettings
) -> tuple[RankedSkill, ...]:
    """At most `first` skills of score above 0, best first, ties by id. `exact`: skills whose form was met."""
    scores = dict(linker.scores(list(_windows(text, rules, settings))))
    for skill in exact:
        score = scores.get(skill, 0.0)
        scores[skill] = score + (1.0 - score) * settings.rank_exact
    rounded = ((skill, round(score, 6)) for skill, score in scores.items())
    ordered = sorted((one for one in rounded if one[1] > 0), key=lambda one: (-one[1], one[0]))
    return tuple(RankedSkill(skill, score) for skill, score in ordered[: max(0, first)])


def _windows(text: str, rules: WordRules, settings: ExtractionSettings) -> Iterator[list[Word]]:
    """The words of a short text as one; of a longer one line by line, of lines piece by piece."""
    longest = settings.linking.rank_window
    found = 0
    for line in [text] if len(text) <= longest else text.splitlines():
        for start in range(0, len(line), longest):
            words = rules.read(fold_form(line[start : start + longest]))
            if words:
                yield words
                found += 1
                if found == settings.linking.rank_windows:
                    return
