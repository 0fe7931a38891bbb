"""The lanes together: how near each skill is to a sentence, and which stretch of it says so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..link_settings import LinkSettings
from .index import LinkIndex
from .lanes import LANES, Lanes, Scores
from .learned import Learned
from .near import Near
from .vectors import Floats
from .words import Word

_OWN = tuple(lane for lane in LANES if lane != "learned")


class Linker:
    """Compares sentences with the skills of a scheme. Immutable; keeps nothing between texts."""

    def __init__(
        self,
        index: LinkIndex,
        learned: Learned,
        same_as: Mapping[str, str],
        settings: LinkSettings,
        *,
        described: bool = False,
    ) -> None:
        """`same_as`: for skills of the scheme the learned skill that is the same. `described`: its forms are."""
        self._described = described
        self._index = index
        self._settings = settings
        rows = {name: number for number, name in enumerate(learned.skills)}
        learned_of = np.full(len(learned.skills), -1, dtype=np.int64)
        for skill, name in sorted(same_as.items(), reverse=True):  # of several the first id counts
            if name in rows and skill in index.numbers:
                learned_of[rows[name]] = index.numbers[skill]
        self._lanes = Lanes(index, learned, learned_of, settings.least_covered, settings.forms_each)
        self._known = frozenset(learned_of.tolist()) - {-1}
        self._home = len(self._known) >= settings.home_share * len(learned.skills)
        # What a skill scores that is the best possible in every lane.
        self._highest = float(np.mean([1.0 / settings.scales[lane] for lane in LANES]))

    def scores(self, sentences: Sequence[Sequence[Word]]) -> Mapping[str, float]:
        """How near each skill is to a text, 0 to 1: its best score over the sentences; those of 0 are left out."""
        best = np.zeros(len(self._index.skills))
        if self._index.skills:
            for _, found in self._batches(sentences):
                best = np.maximum(best, self._fused(found)[0].max(axis=0, initial=0.0))
        best = np.minimum(1.0, best / self._highest)
        return {self._index.skills[skill]: float(best[skill]) for skill in np.flatnonzero(best)}

    def near(self, sentences: Sequence[Sequence[Word]], also: Sequence[Sequence[str]]) -> Iterator[list[Near]]:
        """For each sentence the skills nearest to it, and those of `also`; best first, ties by id."""
        if not self._index.skills:
            yield from ([] for _ in sentences)
            return
        done = 0
        for batch, found in self._batches(sentences):
            yield from self._near(batch, found, also[done : done + len(batch)])
            done += len(batch)

    def _batches(self, sentences: Sequence[Sequence[Word]]) -> Iterator[tuple[Sequence[Sequence[Word]], Scores]]:
        size = self._settings.sentences
        for start in range(0, len(sentences), size):
            batch = sentences[start : start + size]
            yield batch, self._lanes.scores(batch)

    def _fused(self, found: Scores) -> tuple[Floats, Floats]:
        """The mean of all lanes, and of the scheme's own."""
        scales = self._settings.scales
        own: Floats = np.zeros_like(found.lanes["word"])
        for lane in _OWN:
            own += found.lanes[lane] * np.float32(1.0 / scales[lane])
        fused = own.copy()
        fused += found.lanes["learned"] * np.float32(1.0 / scales["learned"])
        fused *= np.float32(1.0 / len(LANES))
        own *= np.float32(1.0 / len(_OWN))
        return fused, own

    def _near(
        self, batch: Sequence[Sequence[Word]], found: Scores, also: Sequence[Sequence[str]]
    ) -> Iterator[list[Near]]:
        fused, own = self._fused(found)
        many = min(self._settings.candidates, fused.shape[1])
        top = np.argpartition(-fused, many - 1, axis=1)[:, :many]
        leads, own_leads = _Leads(fused), _Leads(own)
        firsts = np.concatenate(([0], np.cumsum([len(sentence) for sentence in batch])))
        begins = np.searchsorted(found.windows.rows, np.arange(len(batch) + 1))
        for row in range(len(batch)):
            chosen = {*top[row].tolist(), own_leads.best(row)}
            chosen |= {self._index.numbers[skill] for skill in also[row] if skill in self._index.numbers}
            nears = []
            for skill in chosen:
                if fused[row, skill] <= 0:
                    continue
                known = skill in self._known
                near = Near(
                    skill_id=self._index.skills[skill],
                    score=round(float(fused[row, skill]), 6),
                    own=round(float(own[row, skill]), 6),
                    learned=round(float(found.lanes["learned"][row, skill]) / self._settings.scales["learned"], 6),
                    lead=(leads if known else own_leads).of(row, skill),
                    asks=round(float(found.asks[row]), 6),
                    known=known,
                    home=self._home,
                    said=False,
                    lanes={lane: round(float(found.lanes[lane][row, skill]), 6) for lane in LANES},
                )
                ours = slice(begins[row], begins[row + 1])
                places = np.flatnonzero(self._index.owners[found.windows.forms[ours]] == skill) + begins[row]
                nears.append(self._with_window(near, places, found, int(firsts[row])))
            yield sorted(nears, key=lambda one: (-one.score, one.skill_id))

    def _with_window(self, near: Near, places: NDArray[np.intp], found: Scores, first_word: int) -> Near:
        """With the form that the sentence is most like: of equals the most covered, then the first of the index."""
        windows = found.windows
        if not len(places):
            return near
        best = min(places.tolist(), key=lambda at: (-windows.likeness[at], -windows.covered[at], windows.forms[at]))
        likeness, covered = round(float(windows.likeness[best]), 6), round(min(1.0, float(windows.covered[best])), 6)
        return replace(
            near,
            said=self._described and min(likeness, covered) >= self._settings.whole,
            form=self._index.forms[windows.forms[best]],
            likeness=likeness,
            covered=covered,
            first=int(windows.firsts[best]) - first_word,
            last=int(windows.lasts[best]) - first_word,
        )


class _Leads:
    """By how much a skill leads in each row of scores, or lies behind the first."""

    def __init__(self, scores: Floats) -> None:
        self._scores = scores
        self._best = scores.argmax(axis=1)  # the first of equals
        self._highest = scores.max(axis=1)
        rows = np.arange(len(scores))
        others = scores.copy()
        others[rows, self._best] = 0.0
        self._second = others.max(axis=1)

    def best(self, row: int) -> int:
        return int(self._best[row])

    def of(self, row: int, skill: int) -> float:
        rival = self._second[row] if skill == self._best[row] else self._highest[row]
        return round(float(self._scores[row, skill] - rival), 6)
