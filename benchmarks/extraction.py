"""Extraction of adverts beside spaCy's PhraseMatcher with its stock tokenizer, over the same forms of ESCO.

Run as a script it prints a table and, with a path as argument, writes the figures as JSON. Both run in one process,
advert by advert in turn, so that the load of the machine falls on both; read the ratio.
"""

import csv
import gzip
import io
import json
import os
import statistics
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from skillatlas.ingest.extraction import Extractor, Form

DATA = Path(os.environ.get("SKILLATLAS_SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
ESCO = "ESCO dataset - v1.1.0 - classification - en - csv.zip"
ADVERT = 4096
SIZES = (1_000, 10_000, 100_000, 1_000_000)
GOALS = {"ratioAtLeast": 0.7, "ratioAim": 1.2, "medianMsOfAdvertBelow": 50.0}


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


def timed(call: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def each_advert(texts: list[str], extractor: Extractor, baseline: Callable[[str], int]) -> dict[str, float]:
    """Adverts a second of both, and their ratio; ours first on every second advert."""
    ours = stock = 0.0
    for number, text in enumerate(texts):
        if number % 2:
            ours += timed(lambda: extractor.extract(text))  # noqa: B023  called at once
            stock += timed(lambda: baseline(text))  # noqa: B023
        else:
            stock += timed(lambda: baseline(text))  # noqa: B023
            ours += timed(lambda: extractor.extract(text))  # noqa: B023
    return {
        "ours": round(len(texts) / ours, 1),
        "phraseMatcher": round(len(texts) / stock, 1),
        "ratio": round(stock / ours, 2),
    }


def growth(texts: list[str], extractor: Extractor) -> Iterator[tuple[str, float]]:
    """Milliseconds a kilobyte for texts of 1 kB to 1 MB, made of different adverts."""
    joined = "\n\n".join(texts)
    whole = joined * (max(SIZES) // len(joined) + 1)
    for size in SIZES:
        text = whole[:size]
        runs = 5 if size <= 100_000 else 2
        yield str(size), round(min(timed(lambda: extractor.extract(text)) for _ in range(runs)) * 1e6 / size, 3)  # noqa: B023


def run(data: Path = DATA) -> dict[str, object]:
    """All figures."""
    forms = esco_forms(data)
    begin = time.perf_counter()
    extractor = Extractor.build(scheme="esco", forms=forms)
    built = time.perf_counter() - begin
    begin = time.perf_counter()
    baseline = phrase_matcher(forms)
    built_baseline = time.perf_counter() - begin
    texts = adverts(data)
    extractor.extract("warm up: Python")
    baseline("warm up: Python")
    cold = each_advert(texts, extractor, baseline)
    warm = each_advert(texts, extractor, baseline)
    pieces = [text[:ADVERT] for text in texts if len(text) >= ADVERT]
    median = statistics.median(timed(lambda: extractor.extract(piece)) for piece in pieces) * 1e3  # noqa: B023
    return {
        "what": "extraction of whole adverts by exact forms, sections and qualifiers included",
        "forms": len(forms),
        "adverts": len(texts),
        "charactersEach": round(statistics.mean(map(len, texts))),
        "buildSeconds": {"ours": round(built, 2), "phraseMatcher": round(built_baseline, 2)},
        "advertsASecondCold": cold,
        "advertsASecondWarm": warm,
        "medianMsOfAdvert": round(median, 2),
        "msAKilobyteBySize": dict(growth(texts, extractor)),
        "goals": GOALS,
    }


def table(figures: dict[str, Any]) -> str:
    """The figures for people."""
    cold, warm = figures["advertsASecondCold"], figures["advertsASecondWarm"]
    lines = [
        f"{figures['adverts']} adverts of {figures['charactersEach']} characters, {figures['forms']} forms of ESCO 1.1.0",
        f"{'':24}{'skillatlas':>12}{'PhraseMatcher':>15}{'ratio':>8}",
        f"{'build, s':24}{figures['buildSeconds']['ours']:>12}{figures['buildSeconds']['phraseMatcher']:>15}",
        f"{'adverts/s, cold':24}{cold['ours']:>12}{cold['phraseMatcher']:>15}{cold['ratio']:>8}",
        f"{'adverts/s, warm':24}{warm['ours']:>12}{warm['phraseMatcher']:>15}{warm['ratio']:>8}",
        f"median of a 4 kB advert: {figures['medianMsOfAdvert']} ms",
        "ms a kB by size: " + ", ".join(f"{size}: {value}" for size, value in figures["msAKilobyteBySize"].items()),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    result = run()
    print(table(result))
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
