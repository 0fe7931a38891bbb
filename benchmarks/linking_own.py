"""Linking to our own ontology, where the annotated data reaches it: through its exact mappings to ESCO."""

from benchmarks.annotated import SETS, Annotated, validation
from benchmarks.gazetteers import aho_corasick, characters, phrase_matcher, words
from benchmarks.processes import DATA
from benchmarks.shipped import shipped_graph
from benchmarks.table import Row, print_rows
from skillatlas.ingest.extraction import ExtractionSettings, Extractor, Form, build_extractor, forms_of
from skillatlas.ingest.extraction.same import same_as_esco
from skillatlas.taxonomy import Graph


def _mapped(graph: Graph, name: str) -> list[Annotated]:
    """Sentences with those of their skills that are mapped exactly to one of ours; without the rest."""
    ours: dict[str, str] = {}
    for skill, end in sorted(same_as_esco(graph, "atlas").items()):
        ours.setdefault(f"esco:{end}", skill)
    return [
        Annotated(one.text, frozenset(ours[skill] for skill in one.skills if skill in ours))
        for one in validation(DATA, name)
    ]


def own_figures() -> list[Row]:
    """All figures on our own ontology."""
    from benchmarks.linking import free_line_rows, knowledge_row, last_release, ranking_rows, ranks, speed_row

    graph = shipped_graph()
    full: Extractor = build_extractor(graph, "atlas")
    exact: Extractor = build_extractor(graph, "atlas", settings=ExtractionSettings(by_meaning=False))
    forms: list[Form] = [form for form in forms_of(graph, "atlas") if form.lang == "en"]
    lanes = {
        "char_wb on labels": characters(forms),
        "words 1-2 on forms": words(forms),
        "last release": last_release(forms, {}, exact),
    }
    dictionaries = {
        "PhraseMatcher": phrase_matcher(forms),
        "Aho-Corasick": aho_corasick(forms),
        "last release": lambda text: frozenset(one.skill_id for one in exact.extract(text).mentions),
    }
    rows: list[Row] = []
    for name in SETS:
        sentences = _mapped(graph, name)
        count = sum(bool(one.skills) for one in sentences)
        what = f"{name.upper()} where mapped to ours ({count} sentences)"
        rows += ranking_rows(what, sentences, {"all lanes": ranks(full)}, lanes, None)
    rows += free_line_rows("our own ontology", full, dictionaries)
    rows.append(knowledge_row("our own ontology", full, exact))
    rows.append(speed_row("our own ontology", full, exact))
    return rows


if __name__ == "__main__":
    print_rows("linking, our own ontology", own_figures())
