"""Makes `linking/learned.json` of the training data: `python -m benchmarks.learn_linking [OUT]`; always the same bytes.

From SkillSkape's training sentences: for each of their skills the words of the sentences that name it, by TF-IDF.
From SkillSpan's training adverts: a logistic curve of words that tells sentences with a skill from those without.
Validation and dev files are not read, except to leave out the lines of SkillSpan that are validation sentences too.
"""

import ast
import csv
import gzip
import io
import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import orjson
from scipy import sparse

from benchmarks.processes import DATA
from skillatlas.ingest.extraction.folding import fold_form
from skillatlas.ingest.extraction.linking.learned import FILE
from skillatlas.ingest.extraction.linking.words import load_rules

KEPT = 150  # words of a skill, the heaviest
SEEN = 3  # sentences that a word must stand in
UNIT = 10_000
ABOUT = {
    "what": "Weights of words for linking sentences to skills; no sentences. Skills of ESCO by the end of their URI.",
    "madeBy": "python -m benchmarks.learn_linking",
    "from": [
        {
            "data": "SkillSkape training sentences, synthetic, 514 skills of ESCO 1.1.0 (JobSkape)",
            "licence": "MIT, © 2024 Antoine Magron",
            "gives": "skills: words of the sentences that name a skill",
        },
        {
            "data": "SkillSpan training adverts",
            "licence": "MIT, © 2023 Mike Zhang; Zhang et al. (2022)",
            "gives": "asks: words of sentences with a skill or knowledge span, against those without",
        },
        {
            "data": "ESCO 1.1.0: preferred labels, to find the URI of a skill",
            "licence": "This service uses the ESCO classification of the European Commission.",
            "gives": "names of the skills",
        },
    ],
}
ESCO = "esco/ESCO dataset - v1.1.0 - classification - en - csv.zip"


def esco_rows(data: Path) -> Iterator[dict[str, str]]:
    """The rows of ESCO 1.1.0's skills, as they stand in the official file."""
    csv.field_size_limit(2**30)
    with zipfile.ZipFile(data / ESCO) as archive:
        member = next(name for name in archive.namelist() if name.rsplit("/", 1)[-1] == "skills_en.csv")
        with archive.open(member) as raw:
            yield from csv.DictReader(io.TextIOWrapper(raw, "utf-8", newline=""))


def labels(data: Path) -> dict[str, str]:
    """Preferred label to the end of the URI; the first row of a repeated label."""
    found: dict[str, str] = {}
    for row in esco_rows(data):
        end = row["conceptUri"].removeprefix("http://data.europa.eu/esco/")
        found.setdefault(row["preferredLabel"].strip(), end)
    return found


def skillskape(data: Path) -> Iterator[tuple[str, list[str]]]:
    """Sentences and the ends of the URIs of their skills."""
    known = labels(data)
    with gzip.open(data / "linking" / "skillskape_train.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            skills = sorted({known[one.strip()] for one in ast.literal_eval(row["skills"]) if one.strip() in known})
            if skills:
                yield row["sentence"].strip().strip('"'), skills


def validation_lines(data: Path) -> set[str]:
    """Validation sentences, bare of case and marks."""
    found: set[str] = set()
    for name in ("tech", "house"):
        path = data / "linking" / f"{name}_validation_annotations.csv"
        with path.open(encoding="utf-8", newline="") as file:
            found |= {bare(row["sentence"]) for row in csv.DictReader(file)}
    return found


def bare(text: str) -> str:
    """Letters and digits in lower case."""
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def skillspan(data: Path) -> Iterator[tuple[str, bool]]:
    """Different lines of four tokens or more, and whether a span stands in them; without validation sentences."""
    left_out = validation_lines(data)
    seen: set[str] = set()
    with gzip.open(data / "job_ads" / "skillspan_train.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            text = " ".join(row["tokens"])
            key = bare(text)
            if len(row["tokens"]) >= 4 and key not in seen and not any(one in key for one in left_out if one):
                seen.add(key)
                yield text, any(tag != "O" for tag in (*row["tags_skill"], *row["tags_knowledge"]))


def stems(text: str) -> list[str]:
    """The words as the lanes read them."""
    return [word.stem for word in load_rules().read(fold_form(text))]


def skill_words(rows: list[tuple[list[str], list[str]]], words: dict[str, int], idf: np.ndarray) -> dict[str, object]:
    """For each skill the words of its sentences: the mean of their vectors, its heaviest words, of length 1."""
    sums: dict[str, dict[int, float]] = {}
    for sentence, skills in rows:
        numbers = sorted({words[stem] for stem in sentence if stem in words})
        length = float(np.sqrt(sum(float(idf[number]) ** 2 for number in numbers))) or 1.0
        for skill in skills:
            total = sums.setdefault(skill, {})
            for number in numbers:
                total[number] = total.get(number, 0.0) + float(idf[number]) / length
    found: dict[str, object] = {}
    for skill in sorted(sums):
        kept = sorted(sorted(sums[skill].items(), key=lambda one: (-one[1], one[0]))[:KEPT])
        length = float(np.sqrt(sum(weight**2 for _, weight in kept)))
        found[skill] = [[number for number, _ in kept], [round(weight / length * UNIT) for _, weight in kept]]
    return found


def asking(rows: list[tuple[list[str], bool]], words: dict[str, int]) -> tuple[list[int], list[int], int]:
    """Words, their weights and the base of a logistic curve over which words stand in a sentence."""
    from sklearn.linear_model import LogisticRegression

    lists = [sorted({words[stem] for stem in sentence if stem in words}) for sentence, _ in rows]
    pointers = np.cumsum([0, *map(len, lists)])
    flat = np.array([number for one in lists for number in one])
    table = sparse.csr_matrix((np.ones(len(flat)), flat, pointers), shape=(len(rows), len(words)))
    model = LogisticRegression(C=0.3, max_iter=1000, tol=1e-8).fit(table, [spans for _, spans in rows])
    weights = np.round(model.coef_[0] * UNIT / 100).astype(int) * 100
    kept = np.flatnonzero(weights)
    return kept.tolist(), weights[kept].tolist(), round(float(model.intercept_[0]) * UNIT / 100) * 100


def main() -> None:
    data = DATA
    folder = Path(__file__).resolve().parent.parent / "ingest/skillatlas/ingest/extraction/linking"
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else folder / FILE
    linked = [(stems(text), skills) for text, skills in skillskape(data)]
    asked = [(stems(text), spans) for text, spans in skillspan(data)]
    seen = Counter(stem for sentence, _ in (*linked, *asked) for stem in set(sentence))
    words = {stem: number for number, stem in enumerate(sorted(stem for stem, count in seen.items() if count >= SEEN))}
    stand = Counter(stem for sentence, _ in linked for stem in set(sentence))
    idf = np.array([np.log((1 + len(linked)) / (1 + stand[stem])) + 1 for stem in words])
    numbers, weights, base = asking(asked, words)
    content = {
        "about": ABOUT,
        "words": list(words),
        "idf": [round(float(one) * UNIT) for one in idf],
        "skills": skill_words(linked, words, idf),
        "asks": [numbers, weights],
        "asksBase": base,
    }
    out.write_bytes(orjson.dumps(content, option=orjson.OPT_APPEND_NEWLINE))
    print(f"{len(linked)} and {len(asked)} sentences, {len(words)} words, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
