"""Indexes on disk: a file each, named by what it was made from, written whole or not at all, made anew if damaged."""

import hashlib
import logging
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from scipy import sparse

from ..model import Form
from .index import IndexedForm, LinkIndex
from .vectors import Postings

# Raised whenever words are read or tables are made in another way.
INDEX_VERSION = 2
_KEPT = 8  # files in a folder; the oldest go
_TABLES = ("by_form", "by_meaning", "by_label")
_DAMAGED = (OSError, ValueError, KeyError, TypeError, IndexError, EOFError, zipfile.BadZipFile, zlib.error)
_log = logging.getLogger(__name__)


def index_key(forms: Iterable[Form], definitions: Mapping[str, str], rules_digest: str) -> str:
    """What an index is made from, in one word: changes with any form, definition or rule."""
    digest = hashlib.sha256(f"{INDEX_VERSION}|{rules_digest}|{np.__version__}".encode())
    rows = sorted((form.skill_id, form.label_type, form.lang, form.text) for form in forms)
    # Lone surrogates, which labels may hold in principle, are no UTF-8.
    digest.update(repr(rows).encode("utf-8", "surrogatepass"))
    digest.update(repr(sorted(definitions.items())).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]


def cached(folder: Path | None, key: str, build: Callable[[], LinkIndex]) -> LinkIndex:
    """The index under a key: read if it lies there whole, else made and left there. No folder: only made."""
    if folder is None:
        return build()
    path = folder / f"linking-{key}.npz"
    if path.exists():
        try:
            return _load(path)
        except _DAMAGED:
            _log.warning("the index %s is damaged and is made anew", path.name)
    index = build()
    try:
        _save(path, index)
        _tidy(folder, path)
    except OSError as error:
        _log.warning("the index cannot be kept: %s", error.strerror or error)
    return index


def _save(path: Path, index: LinkIndex) -> None:
    arrays: dict[str, Any] = {
        "names": _text([index.skills, [astuple(form) for form in index.forms], list(index.words), list(index.grams)]),
        "owners": index.owners,
        "pairs": index.pairs,
        "named": index.named,
    }
    for name in _TABLES:
        postings: Postings = getattr(index, name)
        table = postings.table
        arrays |= {f"{name}.idf": postings.idf, f"{name}.norms": postings.norms, f"{name}.shape": table.shape}
        arrays |= {f"{name}.data": table.data, f"{name}.indices": table.indices, f"{name}.indptr": table.indptr}
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix="linking-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        Path(name).replace(path)  # at once, so that another process sees all of it or nothing
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _load(path: Path) -> LinkIndex:
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:  # checks each part's sum
        skills, forms, words, grams = orjson.loads(arrays["names"].tobytes())
        tables = {name: _postings(arrays, name) for name in _TABLES}
        return LinkIndex(
            skills=tuple(skills),
            forms=tuple(IndexedForm(*row) for row in forms),
            owners=arrays["owners"],
            words={word: number for number, word in enumerate(words)},
            pairs=arrays["pairs"],
            grams={gram: number for number, gram in enumerate(grams)},
            named=arrays["named"],
            **tables,
        )


def _postings(arrays: Mapping[str, Any], name: str) -> Postings:
    parts = (arrays[f"{name}.data"], arrays[f"{name}.indices"], arrays[f"{name}.indptr"])
    table = sparse.csr_matrix(parts, shape=tuple(arrays[f"{name}.shape"].tolist()))
    return Postings(arrays[f"{name}.idf"], arrays[f"{name}.norms"], table)


def _text(value: object) -> Any:
    return np.frombuffer(orjson.dumps(value), dtype=np.uint8)


def _tidy(folder: Path, newest: Path) -> None:
    """Leave the newest files; another process may have removed one already."""
    ages = sorted(((file.stat().st_mtime_ns, file.name) for file in folder.glob("linking-*.npz")), reverse=True)
    for _, name in ages[_KEPT:]:
        if name != newest.name:
            (folder / name).unlink(missing_ok=True)
