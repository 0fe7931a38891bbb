"""The suite of short cases on our own ontology, beside spaCy's PhraseMatcher over the same forms.

A case is right as a whole if all its skills are read and no other, each with its requirement, and with its level and
years where the text states them. The baseline names skills only; it is compared with ours at that.
"""

import sys
from collections.abc import Callable, Sequence

from benchmarks.processes import ROOT
from benchmarks.table import Row, print_rows, row
from skillatlas.ingest.extraction import Form, forms_of

GOALS = {"seen": 90, "aside": 80}
LEAST = 70  # of each class, in per cent


def phrase_matcher(forms: Sequence[Form], lang: str) -> Callable[[str], frozenset[str]]:
    """spaCy's with the stock tokenizer of the language, without regard to case; the longest of overlapping matches.

    The Chinese tokenizer cuts Latin words into letters; matches inside such a word are left out.
    """
    import spacy
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    nlp = spacy.blank(lang)
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    skills: dict[str, str] = {}
    for form in sorted(forms, key=lambda one: (one.label_type != "PREFERRED", one.skill_id)):
        skills.setdefault(form.text.lower(), form.skill_id)
    matcher.add("SKILL", [nlp.make_doc(text) for text in skills])

    def names(text: str) -> frozenset[str]:
        found = [
            span
            for span in matcher(nlp.make_doc(text), as_spans=True)
            if not _inside(text, span.start_char) and not _inside(text, span.end_char)
        ]
        return frozenset(skills[span.text.lower()] for span in filter_spans(found) if span.text.lower() in skills)

    return names


def _inside(text: str, place: int) -> bool:
    around = text[max(0, place - 1) : place + 1]
    return len(around) == 2 and around.isascii() and around.isalnum()


def run() -> list[Row]:
    """Both halves by class and language; the baseline is on names of skills only."""
    sys.path.insert(0, str(ROOT / "tests" / "plugins"))
    from case_suite import HALVES, cases, read_case, scores, shipped_extractor, shipped_graph, together

    forms = forms_of(shipped_graph(), "atlas")
    dictionaries = {lang: phrase_matcher(forms, lang) for lang in ("en", "zh")}
    rows: list[Row] = []
    for half in HALVES:
        found = scores(cases(half), read_case(shipped_extractor()))
        stock = {
            key: sum(
                case.named_right(dictionaries[case.lang](case.text))
                for case in cases(half)
                if (case.group, case.lang) == key
            )
            for key in found
        }
        classes = sorted({group for group, _ in found})
        langs = sorted({lang for _, lang in found})
        wanted = [(group, lang) for group in classes for lang in (*langs, "")]
        for group, lang in [*wanted, *(("", lang) for lang in (*langs, ""))]:
            keys = [key for key in found if group in ("", key[0]) and lang in ("", key[1])]
            score = together(found[key] for key in keys)
            base = sum(stock[key] for key in keys)
            goal = GOALS[half] if not group else LEAST
            rows.append(
                row(
                    f"{half}: {group or 'all'}, {lang or 'both'}; skills right {100 * score.named / score.cases:.0f}",
                    100 * score.read / score.cases,
                    f"% of {score.cases}",
                    baseline=f"PhraseMatcher, skills right {100 * base / score.cases:.0f}",
                    ratio=score.named / base if base else None,
                    goal=f">= {goal}" if not lang else "",
                    met=100 * score.read >= goal * score.cases if not lang else None,
                )
            )
    return rows


if __name__ == "__main__":
    print_rows("cases", run())
