"""Make JSON Lines for `skillatlas ingest` of the tokenised job adverts in the real data.

    python scripts/adverts_to_jsonl.py ../shared/data/job_ads adverts.jsonl

Reads every `*.jsonl.gz` of the folder: a sentence a line, with `idx` (the advert) and `tokens`. Sentences of one
advert follow each other and become the lines of one document; its id is the file's name and `idx`. The text is made
again from tokens: no space before closing punctuation or after opening. The script prints how many documents it wrote.
"""

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

_TIGHT_LEFT = re.compile(r" (?=[.,;:!?%)\]}’]|'s\b|n't\b)")
_TIGHT_RIGHT = re.compile(r"(?<=[(\[{]) ")


def sentence(tokens: list[str]) -> str:
    """The text of one line of an advert."""
    return _TIGHT_RIGHT.sub("", _TIGHT_LEFT.sub("", " ".join(tokens)))


def rows(path: Path) -> Iterator[dict[str, object]]:
    """The lines of one file."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def adverts(folder: Path) -> Iterator[dict[str, str]]:
    """The documents of all files, in the order of file and advert."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        name = path.name.removesuffix(".jsonl.gz")
        for idx, group in groupby(rows(path), key=lambda row: row["idx"]):
            lines = [sentence(list(map(str, row["tokens"]))) for row in group]  # type: ignore[call-overload]
            yield {"id": f"{name}-{idx}", "kind": "JOB", "lang": "en", "text": "\n".join(lines)}


def main() -> int:
    """Write the documents; exit status 1 where there is none."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder with *.jsonl.gz")
    parser.add_argument("out", type=Path, help="file to write")
    arguments = parser.parse_args()
    count = 0
    with arguments.out.open("w", encoding="utf-8") as stream:
        for advert in adverts(arguments.folder):
            stream.write(json.dumps(advert, ensure_ascii=False, sort_keys=True) + "\n")
            count += 1
    print(f"{count} documents", file=sys.stderr)
    return 0 if count else 1


if __name__ == "__main__":
    sys.exit(main())
