"""Reading documents: text, Markdown, HTML, PDF, Word, ODT, RTF, a file each; JSON Lines, one a line; `.gz` of each."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from ..errors import DocumentError, FormatError, UnreadableError
from ..extraction import DocumentKind
from ..findings import Finding, fault
from ..importers.files import decode, read_bytes
from ..settings import DEFAULT_SETTINGS, ImportSettings
from .formats import FORMATS, INSTEAD, other_content, read_format

_PLAIN = frozenset({".txt", ".md"})
_LINES = frozenset({".jsonl", ".ndjson"})
_NAMES = ".txt, .md, .html, .pdf, .docx, .odt, .rtf or .jsonl"


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document as it came: `id` is its own, else `sha256:` and its text's hash; `lang` None is to be detected."""

    id: str
    text: str
    kind: DocumentKind
    lang: str | None = None
    title: str | None = None
    url: str | None = None
    file: str = ""
    line: int | None = None


def read_documents(
    paths: Iterable[Path],
    *,
    kind: DocumentKind = DocumentKind.JOB,
    lang: str | None = None,
    on_fault: Callable[[Finding], None] | None = None,
    settings: ImportSettings = DEFAULT_SETTINGS,
) -> Iterator[SourceDocument]:
    """The documents of files and folders, in the order given, those of a folder by name.

    `kind` and `lang` hold where a document does not say its own. What cannot be read goes to `on_fault` and is
    skipped; without it, DocumentError is raised, with the file and the line.
    """
    reader = _Reader(kind, lang, on_fault or _raise, settings)
    for path in paths:
        yield from reader.read(Path(path))


def _raise(finding: Finding) -> None:
    raise DocumentError(str(finding))


def text_id(text: str) -> str:
    """The id of a document that has none: its text's hash."""
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


@dataclass(frozen=True, slots=True)
class _Reader:
    kind: DocumentKind
    lang: str | None
    report: Callable[[Finding], None]
    settings: ImportSettings

    def read(self, path: Path) -> Iterator[SourceDocument]:
        if path.is_dir():
            for inner in sorted(path.iterdir()):
                if not inner.name.startswith("."):
                    yield from self.read(inner)
            return
        if not path.exists():
            self._fault(path, None, "there is no such file")
            return
        suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
        suffix = suffixes[-1] if suffixes else ""
        if suffix not in _PLAIN | _LINES | FORMATS.keys():
            what = INSTEAD.get(suffix, f"files of kind {suffix!r} are not read; give {_NAMES}")
            self._fault(path, None, what)
            return
        try:
            if suffix in FORMATS:
                text = read_format(suffix, read_bytes(path, self.settings.document_bytes))
            else:
                text = self._plain(path, read_bytes(path))
        except FormatError as error:
            self._fault(path, None, str(error))
            return
        except UnreadableError as error:
            for finding in error.findings:
                self.report(finding)
            return
        if suffix in _LINES:
            yield from self._lines(path, text)
        elif self._fits(path, None, text):
            yield SourceDocument(text_id(text), text, self.kind, self.lang, _title(path, text), None, path.name)

    def _plain(self, path: Path, data: bytes) -> str:
        wrong = other_content(data)
        if wrong:
            raise FormatError(wrong)
        return decode(data, path.name)

    def _lines(self, path: Path, text: str) -> Iterator[SourceDocument]:
        for line, part in enumerate(text.split("\n"), start=1):
            if not part.strip():
                continue
            try:
                row = orjson.loads(part)
            except orjson.JSONDecodeError as error:
                self.report(fault(path.name, line, f"is no JSON: {error.msg}", column=error.colno, rule="document"))
                continue
            found = self._document(path, line, row)
            if found is not None:
                yield found

    def _document(self, path: Path, line: int, row: Any) -> SourceDocument | None:
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            self._fault(path, line, 'is no document: an object with "text"')
            return None
        for name in ("id", "title", "kind", "lang", "url"):
            if row.get(name) is not None and not isinstance(row[name], str):
                self._fault(path, line, f"{name} is a text, not {row[name]!r}")
                return None
        if not self._fits(path, line, row["text"]):
            return None
        stated = row.get("kind")
        if stated is not None and stated.upper() not in list(DocumentKind):
            self._fault(path, line, f"the kind {stated!r} is none of {', '.join(DocumentKind)}")
            return None
        return SourceDocument(
            id=(row.get("id") or "").strip() or text_id(row["text"]),
            text=row["text"],
            kind=DocumentKind(stated.upper()) if stated else self.kind,
            lang=row.get("lang") or self.lang,
            title=row.get("title"),
            url=row.get("url"),
            file=path.name,
            line=line,
        )

    def _fits(self, path: Path, line: int | None, text: str) -> bool:
        if not text.strip():
            self._fault(path, line, "is empty")
        elif "\0" in text:
            self._fault(path, line, "holds a null character, so it is no text")
        elif len(text) > self.settings.text_limit:
            self._fault(path, line, f"has {len(text):,} characters, more than {self.settings.text_limit:,}; split it")
        else:
            return True
        return False

    def _fault(self, path: Path, line: int | None, text: str) -> None:
        self.report(fault(path.name, line, text, rule="document"))


def _title(path: Path, text: str) -> str:
    """The first heading of Markdown, else the file's name."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if first.startswith("# ") and first[2:].strip():
        return first[2:].strip()
    return path.name
