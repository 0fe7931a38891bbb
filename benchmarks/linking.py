"""Linking of sentences to skills beside its baselines, in one run on the same sentences.

The curves of confidence are cross-validated by sentence for precision, recall and calibration; ranking has no fitted
weight but the lanes' scales. What SkillSkape's synthetic sentences add is shown by the same figures without it.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from benchmarks.annotated import SETS, Annotated, Line, lines, validation
from benchmarks.extraction import ADVERT, adverts, esco_forms
from benchmarks.fit_linking import (
    Row as Fitted,
)
from benchmarks.fit_linking import (
    calibration_error,
    cross_validated,
    definitions,
    esco_extractor,
    fit_home,
    free_rows,
    validation_rows,
)
from benchmarks.gazetteers import (
    Names,
    Ranks,
    aho_corasick,
    characters,
    difference,
    phrase_matcher,
    set_figures,
    share_found,
    words,
)
from benchmarks.last_ranker import Ranker
from benchmarks.processes import DATA
from benchmarks.table import Row, print_rows, row
from skillatlas.ingest.extraction import ExtractionSettings, Extractor, Form, LinkPolicy
from skillatlas.ingest.extraction.linking.learned import load_learned

RANK_GOALS = {"tech": 68, "house": 50}
F1_GOALS = {"tech": 42, "house": 33}
PRECISION_GOALS = {"tech": 70, "house": 60}
FREE_GOALS = {LinkPolicy.BALANCED: 8, LinkPolicy.PRECISE: 3}


def ranks(extractor: Extractor) -> Ranks:
    """An extractor's ranking."""
    return lambda text: [one.skill_id for one in extractor.rank(text)]


def last_release(forms: Sequence[Form], meanings: Mapping[str, str], exact: Extractor) -> Ranks:
    """The last release's."""
    ranker = Ranker(forms, meanings)

    def ranked(text: str) -> Sequence[str]:
        met = {one.skill_id for one in exact.extract(text, policy=LinkPolicy.SENSITIVE).mentions}
        return [one.skill_id for one in ranker.rank(text, 10, sorted(met))]

    return ranked


def ranking_rows(
    name: str,
    sentences: Sequence[Annotated],
    ours: Mapping[str, Ranks],
    baselines: Mapping[str, Ranks],
    goal: int | None,
) -> list[Row]:
    """RP@5 of ours beside each baseline, with the paired difference from it."""
    linked = [one for one in sentences if one.skills]
    theirs = {key: [share_found(ranked(one.text), one.skills) for one in linked] for key, ranked in baselines.items()}
    rows: list[Row] = []
    for what, ranked in ours.items():
        scores = [share_found(ranked(one.text), one.skills) for one in linked]
        value = 100 * sum(scores) / len(scores)
        for key, others in theirs.items():
            low, high = difference(scores, others)
            mean = 100 * sum(others) / len(others)
            rows.append(
                row(
                    f"{name}, RP@5, {what}",
                    value,
                    "%",
                    baseline=f"{key} {mean:.1f} (difference {100 * low:+.1f} to {100 * high:+.1f})",
                    ratio=value / mean,
                    goal=f">= {goal}" if goal else "",
                    met=value >= goal if goal else None,
                )
            )
    return rows


def unknown_rows(name: str, home: Extractor, away: Extractor) -> list[Row]:
    """RP@5 over those skills alone that SkillSkape does not know: with the learned lane, and without it."""
    known = {f"esco:{skill}" for skill in load_learned().skills}
    linked = [Annotated(one.text, one.skills - known) for one in validation(DATA, name) if one.skills - known]
    with_it, without = (
        100 * sum(share_found(ranks(one)(line.text), line.skills) for line in linked) / len(linked)
        for one in (home, away)
    )
    return [
        row(
            f"{name.upper()}, RP@5 of skills SkillSkape does not know ({len(linked)} sentences)",
            with_it,
            "%",
            baseline=f"without the learned lane {without:.1f}",
            ratio=with_it / without if without else None,
        )
    ]


def set_rows(baselines: Mapping[str, Names], by_set: Mapping[str, list[Fitted]], free: list[Fitted]) -> list[Row]:
    """Sets of skills by sentence at each policy, cross-validated, and how well confidence is calibrated."""
    judged = cross_validated([row for rows in by_set.values() for row in rows] + free, fit_home)
    thresholds = ExtractionSettings().thresholds
    rows: list[Row] = []
    for name in SETS:
        sentences = validation(DATA, name)
        gold = [one.skills for one in sentences]
        theirs = {key: set_figures([names(one.text) for one in sentences], gold) for key, names in baselines.items()}
        for policy in LinkPolicy:
            found: list[set[str]] = [set() for _ in sentences]
            for one, sure in judged:
                group, _, number = one.group.partition(".")
                if group == name and sure >= thresholds[policy]:
                    found[int(number)].add(one.skill)
            figures = set_figures([frozenset(one) for one in found], gold)
            rows.append(_set_row(name, policy, figures, theirs))
    rows.append(_calibration(judged))
    return rows


def _set_row(
    name: str, policy: LinkPolicy, figures: Mapping[str, float], theirs: Mapping[str, Mapping[str, float]]
) -> Row:
    said = ", ".join(f"{key} {one['P']:.1f}/{one['R']:.1f}/{one['F1']:.1f}" for key, one in theirs.items())
    best = max(one["F1"] for one in theirs.values())
    goal, met = "", None
    if policy is LinkPolicy.BALANCED:
        goal, met = f"F1 >= {F1_GOALS[name]}", figures["F1"] >= F1_GOALS[name]
    if policy is LinkPolicy.PRECISE:
        least = PRECISION_GOALS[name]
        goal, met = f"P >= {least}, R >= 20", figures["P"] >= least and figures["R"] >= 20
    what = f"{name.upper()}, sets of skills, {policy}: P {figures['P']:.1f}, R {figures['R']:.1f}, F1"
    return row(what, figures["F1"], "%", baseline=f"P/R/F1: {said}", ratio=figures["F1"] / best, goal=goal, met=met)


def _calibration(judged: Sequence[tuple[Fitted, float]]) -> Row:
    error = calibration_error(judged)
    rate = sum(one.weight * one.right for one, _ in judged) / sum(one.weight for one, _ in judged)
    plain = calibration_error([(one, 0.5) for one, _ in judged])
    return row(
        f"calibration error of confidence, {len(judged)} skills, {100 * rate:.0f} % right",
        error,
        "",
        baseline=f"always 0.5: {plain:.2f}",
        ratio=error / plain,
        goal="<= 0.05",
        met=error <= 0.05,
    )


def free_line_rows(what: str, extractor: Extractor, baselines: Mapping[str, Names]) -> list[Row]:
    """The share of SkillSpan's skill-free dev lines in which something is named."""
    texts = [line.text for line in lines(DATA, "dev") if line.free]
    theirs = {key: sum(bool(names(text)) for text in texts) / len(texts) for key, names in baselines.items()}
    said = ", ".join(f"{key} {100 * share:.1f}" for key, share in theirs.items())
    rows: list[Row] = []
    for policy, goal in FREE_GOALS.items():
        share = 100 * sum(bool(extractor.extract(text, policy=policy).mentions) for text in texts) / len(texts)
        rows.append(
            row(
                f"false alarms in {len(texts)} skill-free lines, {what}, {policy}",
                share,
                "%",
                baseline=said,
                ratio=share / (100 * min(theirs.values())),
                goal=f"<= {goal}",
                met=share <= goal,
            )
        )
    return rows


def knowledge_row(what: str, extractor: Extractor, exact: Extractor) -> Row:
    """Loose F1 on knowledge spans of SkillSpan dev: a span is found where a mention overlaps it."""
    ours, theirs = (_loose(one, lines(DATA, "dev")) for one in (extractor, exact))
    return row(
        f"loose F1 of knowledge spans, SkillSpan dev, {what}",
        ours,
        "",
        baseline=f"exact forms {theirs:.3f}",
        ratio=ours / theirs,
        goal=">= 0.70",
        met=ours >= 0.70,
    )


def _loose(extractor: Extractor, every: object) -> float:
    said = right = asked = found = 0
    for line in every:  # type: ignore[attr-defined]
        assert isinstance(line, Line)
        places = {(one.start, one.end) for one in extractor.extract(line.text).mentions}
        said += len(places)
        right += sum(any(start < b and a < end for a, b in line.knowledge) for start, end in places)
        asked += len(line.knowledge)
        found += sum(any(start < b and a < end for start, end in places) for a, b in line.knowledge)
    precision, recall = right / max(1, said), found / max(1, asked)
    return 2 * precision * recall / max(1e-9, precision + recall)


def speed_row(what: str, extractor: Extractor, exact: Extractor) -> Row:
    """Adverts of 4 kB a second, sections and qualifiers included."""
    texts = [text[:ADVERT] for text in adverts(DATA) if len(text) >= ADVERT]
    spent: list[float] = []
    for one in (extractor, exact):
        one.extract(texts[0])
        begin = time.process_time()
        for text in texts:
            one.extract(text)
        spent.append(len(texts) / (time.process_time() - begin))
    return row(
        f"full path, {len(texts)} adverts of 4 kB, {what}",
        spent[0],
        "adverts/s",
        baseline=f"exact path {spent[1]:.0f}",
        ratio=spent[0] / spent[1],
        goal=">= 20",
        met=spent[0] >= 20,
    )


@cache
def _dictionaries() -> Mapping[str, Names]:
    forms = esco_forms(DATA)
    exact = esco_extractor(learned=False, by_meaning=False)
    return {
        "PhraseMatcher": phrase_matcher(forms),
        "Aho-Corasick": aho_corasick(forms),
        "last release": lambda text: frozenset(one.skill_id for one in exact.extract(text).mentions),
    }


def esco_figures() -> list[Row]:
    """All figures on ESCO 1.1.0."""
    forms = esco_forms(DATA)
    home, away = esco_extractor(learned=True), esco_extractor(learned=False)
    exact = esco_extractor(learned=False, by_meaning=False)
    lanes: dict[str, Ranks] = {
        "char_wb on labels": characters(forms),
        "words 1-2 on forms": words(forms),
        "last release": last_release(forms, definitions(), exact),
    }
    ours: dict[str, Callable[[str], Sequence[str]]] = {"all lanes": ranks(home), "without SkillSkape": ranks(away)}
    rows: list[Row] = []
    for name in SETS:
        rows += ranking_rows(name.upper(), validation(DATA, name), ours, lanes, RANK_GOALS[name])
        rows += unknown_rows(name, home, away)
    every = esco_extractor(learned=True, every=True)
    rows += set_rows(_dictionaries(), validation_rows(every), free_rows(every))
    rows += free_line_rows("ESCO", home, _dictionaries())
    rows.append(knowledge_row("ESCO", home, exact))
    rows.append(speed_row("ESCO", home, exact))
    return rows


def run() -> list[Row]:
    """All figures."""
    from benchmarks.linking_own import own_figures

    return esco_figures() + own_figures()


if __name__ == "__main__":
    print_rows("linking", run())
