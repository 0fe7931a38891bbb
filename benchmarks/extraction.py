"""Extraction of adverts beside spaCy's PhraseMatcher with its stock tokenizer, over the same forms of ESCO.

Both run in one process, advert by advert in turn, and the processor's time is counted; read the ratio.
"""

import csv
import gzip
import io
import json
import statistics
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.processes import DATA
from benchmarks.table import Row, print_rows, row
from skillatlas.ingest.extraction import ExtractionSettings, Extractor, Form

ESCO = "ESCO dataset - v1.1.0 - classification - en - csv.zip"
ADVERT = 4096
SIZES = (1_000, 10_000, 100_000, 1_000_000)


def esco_forms(data: Path) -> list[Form]:
    """Preferred, alternative and hidden labels of all skills, straight from the official file."""
    forms: list[Form] = []
    csv.field_size_limit(2**30)
    with zipfile.ZipFile(data / "esco" / ESCO) as archive:
        member = next(name for name in archive.namelist() if name.rsplit("/", 1)[-1] == "skills_en.csv")
        with archive.open(member) as raw:
            for row in csv.DictReader(io.TextIOWrapper(raw, "utf-8", newline="")):
                skill = "esco:" + row["conceptUri"].removeprefix("http://data.europa.eu/esco/")
                preferred = row["preferredLabel"].strip()
                forms.append(Form(preferred, "en", skill, "PREFERRED"))
                for column, kind in (("altLabels", "ALTERNATIVE"), ("hiddenLabels", "HIDDEN")):
                    labels = {label.strip() for label in (row[column] or "").split("\n")} - {"", preferred}
                    forms += [Form(label, "en", skill, kind) for label in sorted(labels)]
    return forms


def adverts(data: Path) -> list[str]:
    """Whole adverts: the lines of one `idx` joined."""
    texts: list[str] = []
    for split in ("train", "dev"):
        lines: dict[str, list[str]] = {}
        with gzip.open(data / "job_ads" / f"skillspan_{split}.jsonl.gz", "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                lines.setdefault(row["idx"], []).append(" ".join(row["tokens"]))
        texts += ["\n".join(parts) for parts in lines.values()]
    return texts


def phrase_matcher(forms: list[Form]) -> Callable[[str], int]:
    """The baseline: make a `Doc` with the stock tokenizer and match, without regard to case."""
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    nlp.max_length = 2_000_000
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("SKILL", [nlp.make_doc(text) for text in sorted({form.text for form in forms})])
    return lambda text: len(matcher(nlp.make_doc(text)))


def timed(call: Callable[[str], object], text: str) -> float:
    """Seconds of the processor that a call takes: others on the machine do not lengthen it."""
    begin = time.process_time()
    call(text)
    return time.process_time() - begin


def each_advert(texts: list[str], extractor: Extractor, baseline: Callable[[str], int]) -> tuple[float, float]:
    """Seconds that all adverts take, ours and the baseline's; ours first on every second advert."""
    ours = stock = 0.0
    for number, text in enumerate(texts):
        first = number % 2 == 0
        if first:
            stock += timed(baseline, text)
        ours += timed(extractor.extract, text)
        if not first:
            stock += timed(baseline, text)
    return ours, stock


def _speed(texts: list[str], extractor: Extractor, baseline: Callable[[str], int], what: str) -> Row:
    ours, stock = each_advert(texts, extractor, baseline)
    return row(
        f"adverts, sections and qualifiers included, {what}",
        len(texts) / ours,
        "adverts/s",
        baseline=f"PhraseMatcher {len(texts) / stock:.0f} adverts/s",
        ratio=stock / ours,
        goal="ratio >= 0.7, aim 1.2",
        met=stock / ours >= 0.7,
    )


def _growth(texts: list[str], extractor: Extractor) -> list[Row]:
    joined = "\n\n".join(texts)
    whole = joined * (max(SIZES) // len(joined) + 1)
    rows: list[Row] = []
    per_character: list[float] = []
    for size in SIZES:
        text = whole[:size]
        spent = min(timed(extractor.extract, text) for _ in range(5 if size < max(SIZES) else 2))
        per_character.append(spent / size)
        last = size == max(SIZES)
        rows.append(
            row(
                f"{size // 1000} kB of adverts",
                spent * 1e3,
                "ms",
                ratio=per_character[-1] / per_character[1] if len(per_character) > 1 else None,
                baseline="time a character of 10 kB" if len(per_character) > 1 else "",
                goal="< 3 times 10 kB's" if last else "",
                met=per_character[-1] < 3 * per_character[1] if last else None,
            )
        )
    return rows


def run() -> list[Row]:
    """All figures."""
    forms = esco_forms(DATA)
    begin = time.process_time()
    # The exact path alone; `benchmarks.linking` has the full one.
    extractor = Extractor.build(scheme="esco", forms=forms, settings=ExtractionSettings(by_meaning=False))
    built = time.process_time() - begin
    begin = time.process_time()
    baseline = phrase_matcher(forms)
    stock_built = time.process_time() - begin
    texts = adverts(DATA)
    extractor.extract("warm up: Python")
    baseline("warm up: Python")
    rows = [
        row(
            f"building the matcher of {len(forms)} forms of ESCO",
            built,
            "s",
            baseline=f"PhraseMatcher {stock_built:.2f} s",
            ratio=stock_built / built,
        ),
        _speed(texts, extractor, baseline, "each once"),
        _speed(texts, extractor, baseline, "each a second time"),
    ]
    pieces = [text[:ADVERT] for text in texts if len(text) >= ADVERT]
    median = statistics.median(timed(extractor.extract, piece) for piece in pieces) * 1e3
    rows.append(row("advert of 4 kB, median", median, "ms", goal="< 50 ms", met=median < 50))
    return rows + _growth(texts, extractor)


if __name__ == "__main__":
    print_rows("extraction", run())
