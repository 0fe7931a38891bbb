"""The curves of linking, fitted: `python -m benchmarks.fit_linking` prints what `link_settings.py` holds.

Rows are all skills that the extractor would name at any confidence, of the sentences of the two validation files (those
whose skills are not in ESCO too) and of SkillSpan's training lines without a skill. The latter weigh as much together
as the share of such lines in adverts asks for; whether their sentences ask for a skill is told by curves that were
fitted without them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import numpy as np

from benchmarks.annotated import SETS, validation
from benchmarks.extraction import esco_forms
from benchmarks.learn_linking import asking, esco_rows, skillspan, stems
from benchmarks.processes import DATA
from skillatlas.ingest.extraction import ExtractionSettings, Extractor, LinkPolicy, SkillMention
from skillatlas.ingest.extraction.link_settings import Curve
from skillatlas.ingest.extraction.linking.learned import load_learned
from skillatlas.ingest.extraction.odds import logistic

FOLDS = 5
# Of the lines of SkillSpan's training adverts that are four tokens long or more, without repetitions.
_FREE_SHARE = 0.45
_EVERY = ExtractionSettings(thresholds=dict.fromkeys(LinkPolicy, 0.0))
_FEATURES = tuple(one.name for one in fields(Curve) if one.name != "base")


@dataclass(frozen=True, slots=True)
class Row:
    """A skill of a sentence: features by name of the curve's weights, what curve it is of, and whether it is right."""

    group: str
    skill: str
    features: Mapping[str, float]
    sort: str
    exact: bool
    right: bool
    weight: float


@cache
def esco_extractor(*, learned: bool, every: bool = False, by_meaning: bool = True) -> Extractor:
    """Over ESCO 1.1.0. `every`: at any confidence."""
    forms = esco_forms(DATA)
    same = {form.skill_id: form.skill_id.removeprefix("esco:") for form in forms} if learned else {}
    settings = _EVERY if every else ExtractionSettings(by_meaning=by_meaning)
    return Extractor.build(scheme="esco", forms=forms, definitions=definitions(), same_as=same, settings=settings)


@cache
def definitions() -> Mapping[str, str]:
    """ESCO's descriptions by skill id."""
    return {
        "esco:" + row["conceptUri"].removeprefix("http://data.europa.eu/esco/"): row["description"]
        for row in esco_rows(DATA)
        if row["description"]
    }


def features(mention: SkillMention, asks: float | None = None) -> dict[str, float]:
    """What a curve looks at, from a mention's evidence."""
    scores: Any = mention.evidence["scores"]
    met = mention.evidence["rule"] != "near"
    return {
        "own": scores["own"],
        "learned": scores["learned"],
        "lead": scores["lead"],
        "asks": max(-3.0, min(3.0, scores["asks"] if asks is None else asks)),
        "preferred": float(met and mention.evidence["labelType"] == "PREFERRED"),
    }


def rows_of(
    extractor: Extractor,
    group: str,
    text: str,
    skills: Iterable[str],
    *,
    weight: float = 1.0,
    asks: float | None = None,
) -> list[Row]:
    """The rows of a sentence, each skill once."""
    gold = frozenset(skills)
    found: dict[str, Row] = {}
    for one in extractor.extract(text, policy=LinkPolicy.SENSITIVE).mentions:
        if "scores" in one.evidence and one.skill_id not in found:
            exact = one.evidence["rule"] != "near"
            sort: str = one.evidence["scores"]["curve"]
            right = one.skill_id in gold
            found[one.skill_id] = Row(group, one.skill_id, features(one, asks), sort, exact, right, weight)
    return list(found.values())


def validation_rows(extractor: Extractor) -> dict[str, list[Row]]:
    """The rows of the validation files by file."""
    return {
        name: [
            row
            for number, one in enumerate(validation(DATA, name))
            for row in rows_of(extractor, f"{name}.{number}", one.text, one.skills)
        ]
        for name in SETS
    }


@cache
def _asked_apart() -> Mapping[str, float]:
    """Whether SkillSpan's skill-free training lines ask for a skill, by curves fitted without them."""
    lines = [(stems(text), spans, text) for text, spans in skillspan(DATA)]
    words = load_learned().words
    found: dict[str, float] = {}
    for fold in range(FOLDS):
        numbers, weights, base = asking([line[:2] for n, line in enumerate(lines) if n % FOLDS != fold], dict(words))
        by_number = dict(zip(numbers, weights, strict=True))
        for stemmed, spans, text in lines[fold::FOLDS]:
            if not spans:
                known = {words[stem] for stem in stemmed if stem in words}
                found[text] = (base + sum(by_number.get(number, 0) for number in known)) * 1e-4
    return found


def free_rows(extractor: Extractor) -> list[Row]:
    """The rows of skill-free training lines."""
    asked = _asked_apart()
    sentences = sum(len(validation(DATA, name)) for name in SETS)
    weight = _FREE_SHARE / (1 - _FREE_SHARE) * sentences / len(asked)
    return [
        row
        for number, (text, asks) in enumerate(sorted(asked.items()))
        for row in rows_of(extractor, f"free.{number}", text, (), weight=weight, asks=asks)
    ]


def fit(rows: Sequence[Row], used: Sequence[str]) -> Curve:
    """A curve over some of the features."""
    from sklearn.linear_model import LogisticRegression

    table = np.array([[row.features[name] for name in used] for row in rows])
    model = LogisticRegression(max_iter=3000, tol=1e-8).fit(
        table, [row.right for row in rows], sample_weight=[row.weight for row in rows]
    )
    weights = dict.fromkeys(_FEATURES, 0.0) | {
        name: round(float(weight), 2) for name, weight in zip(used, model.coef_[0], strict=True)
    }
    return Curve(base=round(float(model.intercept_[0]), 2), **weights)


def fit_home(rows: Sequence[Row]) -> dict[str, Curve]:
    """The curves of a scheme of which annotated sentences know what is asked."""
    own = ("own", "lead", "asks", "preferred")
    return {
        "known": fit([row for row in rows if row.sort == "known"], (*own, "learned")),
        "unknown": fit([row for row in rows if row.sort == "unknown"], own),
    }


def confidence(row: Row, curve: Curve) -> float:
    """As the product works it out for a sentence on its own."""
    odds = curve.base + sum(getattr(curve, name) * row.features[name] for name in _FEATURES)
    return max(logistic(odds), 0.15 if row.exact else 0.0)


def cross_validated(
    rows: Sequence[Row], fit_all: Callable[[Sequence[Row]], Mapping[str, Curve]]
) -> list[tuple[Row, float]]:
    """Each row with its confidence by curves that were fitted without its sentence."""
    groups = sorted({row.group for row in rows})
    order = np.random.default_rng(6).permutation(len(groups))
    fold = {group: int(order[number]) % FOLDS for number, group in enumerate(groups)}
    found: list[tuple[Row, float]] = []
    for number in range(FOLDS):
        curves = fit_all([row for row in rows if fold[row.group] != number])
        found += [(row, confidence(row, curves[row.sort])) for row in rows if fold[row.group] == number]
    return found


def calibration_error(rows: Iterable[tuple[Row, float]]) -> float:
    """Expected calibration error over ten equal ranges of confidence, by weight."""
    bins: dict[int, list[tuple[float, float, float]]] = {}
    for row, sure in rows:
        bins.setdefault(min(9, int(sure * 10)), []).append((row.weight, sure, float(row.right)))
    total = sum(weight for one in bins.values() for weight, _, _ in one)
    return sum(abs(sum(weight * (sure - right) for weight, sure, right in one)) for one in bins.values()) / total


def main() -> None:
    home = esco_extractor(learned=True, every=True)
    rows = [row for one in validation_rows(home).values() for row in one] + free_rows(home)
    curves = fit_home(rows)
    away = esco_extractor(learned=False, every=True)
    rows = [row for one in validation_rows(away).values() for row in one] + free_rows(away)
    curves["foreign"] = fit(rows, ("own", "lead", "asks", "preferred"))
    for name, curve in curves.items():
        print(f"{name}: {curve}")


if __name__ == "__main__":
    main()
