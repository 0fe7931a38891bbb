"""Reading files that others made: text in UTF-8, rows of CSV, members of zips, each failure with its place."""

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ..errors import UnreadableError
from ..findings import Finding, fault
from ..settings import DEFAULT_SETTINGS

ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
"""What reading a damaged archive raises."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What old Office files, and encrypted new ones, begin with."""


def unreadable(file: str, line: int | None, text: str, *, column: int | None = None) -> UnreadableError:
    """The error of one file that cannot be read."""
    return UnreadableError((fault(file, line, text, rule="unreadable", column=column),))


def read_bytes(path: Path, limit: int = DEFAULT_SETTINGS.max_file_bytes) -> bytes:
    """A file's content, unpacked if it is a `.gz`, of at most `limit` bytes. Raises UnreadableError."""
    try:
        if path.is_dir():
            raise unreadable(str(path), None, "is a folder; name a file")
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError:
        raise unreadable(str(path), None, "there is no such file") from None
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise unreadable(str(path), None, f"is damaged or no gzip file ({error}); fetch it again") from None
    except OSError as error:
        raise unreadable(str(path), None, f"cannot be opened ({error.strerror or error})") from None
    if len(data) > limit:
        raise unreadable(str(path), None, f"is larger than {limit:,} bytes; split it")
    return data


def decode(data: bytes, file: str) -> str:
    """Text in UTF-8, without its byte order mark. Raises UnreadableError with the place of the first bad byte."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise unreadable(file, 1, "is UTF-16; save it as UTF-8", column=1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = error.start - (before.rfind(b"\n") + 1) + 1
        line = before.count(b"\n") + 1
        raise unreadable(
            file, line, f"is not UTF-8 (byte 0x{data[error.start]:02x}); save it as UTF-8", column=column
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise unreadable(file, line, "holds a null byte, so it is no text")
    return text


def csv_rows(
    text: str,
    file: str,
    required: Sequence[str],
    optional: Sequence[str] = (),
    *,
    separator: str = ",",
    ragged: bool = False,
    on_bad_row: Callable[[Finding], None] | None = None,
    on_header: Callable[[list[str]], None] | None = None,
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The line on which a row begins, and its cells of the required, then the optional columns ("" if absent).

    Blank lines are skipped. `ragged`: empty trailing cells may be missing. `on_bad_row` gets the fault of a row that
    is too short or too long, which is then skipped; `on_header` gets the names of all columns. Raises UnreadableError
    for a missing column, one that stands twice, quotes that never close, and without `on_bad_row` for such rows.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header: list[str] | None = None
    places: list[int] = []
    line = 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise unreadable(file, line, f"the row that begins here is no CSV ({error})") from None
        if row is None:
            break
        begin, line = line, reader.line_num + 1
        if not row:
            continue
        if header is None:
            header = [name.strip() for name in row]
            missing = [name for name in required if name not in header]
            if missing:
                found = ", ".join(header[:20])
                raise unreadable(file, begin, f"has no column {', '.join(missing)}; it has: {found}")
            twice = sorted({name for name in (*required, *optional) if header.count(name) > 1})
            if twice:
                raise unreadable(file, begin, f"has twice the column {', '.join(twice)}; rename one of them")
            if on_header is not None:
                on_header(header)
            places = [header.index(name) if name in header else -1 for name in (*required, *optional)]
            continue
        if len(row) != len(header):
            if len(row) > len(header) or not ragged:
                bad = unreadable(file, begin, f"the row has {len(row)} cells, the header {len(header)}")
                if on_bad_row is None:
                    raise bad
                on_bad_row(bad.findings[0])
                continue
            row += [""] * (len(header) - len(row))
        yield begin, tuple(row[place] if place >= 0 else "" for place in places)
    if header is None:
        raise unreadable(file, 1, "is empty")


class Zip:
    """A zip whose members are found by file name, wherever they lie in it."""

    def __init__(self, path: Path) -> None:
        """Open `path`. Raises UnreadableError where it is no whole zip."""
        self.path = path
        try:
            with zipfile.ZipFile(path) as archive:
                self._members: dict[str, list[zipfile.ZipInfo]] = {}
                for info in archive.infolist():
                    self._members.setdefault(info.filename.rsplit("/", 1)[-1], []).append(info)
        except FileNotFoundError:
            raise unreadable(str(path), None, "there is no such file") from None
        except IsADirectoryError:
            raise unreadable(str(path), None, "is a folder; name the zip files") from None
        except OSError as error:
            raise unreadable(str(path), None, f"cannot be opened ({error.strerror or error})") from None
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise unreadable(str(path), None, f"is no zip, or not the whole of one ({error}); fetch it again") from None

    @property
    def names(self) -> tuple[str, ...]:
        """File names of the members, sorted."""
        return tuple(sorted(name for name in self._members if name))

    def place(self, name: str) -> str:
        """How findings name a member."""
        return f"{self.path.name}/{name}"

    def text(self, name: str) -> str:
        """A member's text. Raises UnreadableError where it stands twice, is damaged, encrypted or not UTF-8."""
        place, (info, *others) = self.place(name), self._members[name]
        if others:
            where = " and ".join(member.filename for member in (info, *others))
            raise unreadable(place, None, f"stands several times in the zip ({where}); keep one of them")
        if info.file_size > DEFAULT_SETTINGS.max_file_bytes:
            raise unreadable(place, None, f"is larger than {DEFAULT_SETTINGS.max_file_bytes:,} bytes")
        try:
            with zipfile.ZipFile(self.path) as archive:
                data = archive.read(info)
        except ZIP_ERRORS as error:
            raise unreadable(place, None, f"is damaged ({error}); fetch the zip again") from None
        return decode(data, place)
