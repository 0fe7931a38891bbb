"""Tables of spreadsheets (.xlsx), with openpyxl, row by row."""

import datetime
import io
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...errors import FormatError
from ..files import OLE, ZIP_ERRORS, read_bytes, unreadable

Cell = str | float
"""A cell as it was typed: numbers stay numbers."""


def read_sheet(path: Path, sheet: str | None) -> Iterator[tuple[int, list[Cell]]]:
    """Row numbers and cells of a sheet, the first one if none is named; rows without content are passed over.

    Raises UnreadableError: no spreadsheet, damaged, encrypted, too large, no such sheet, no reader installed.
    """
    from ...documents.archives import checked_zip

    file, data = path.name, read_bytes(path)
    if data.startswith(OLE):
        raise unreadable(file, None, "is an encrypted or an old Excel file; save it as .xlsx without a password")
    try:
        checked_zip(data).close()
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except FormatError as error:
        raise unreadable(file, None, str(error)) from None
    except ImportError:
        text = "spreadsheets are read with openpyxl, which is not installed: pip install 'skillatlas[documents]'"
        raise unreadable(file, None, text) from None
    broken = (InvalidFileException, KeyError, TypeError, AttributeError, IndexError, SyntaxError, *ZIP_ERRORS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that nobody reads here
        try:
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            names = [one.title for one in book.worksheets]
            if sheet is not None and sheet not in names:
                raise unreadable(file, None, f"has no sheet {sheet!r}; it has: {', '.join(names)}")
            if not names:
                raise unreadable(file, None, "has no sheet")
            chosen: Any = book[sheet or names[0]]
            for number, row in enumerate(chosen.iter_rows(values_only=True), start=1):
                cells = [_cell(value) for value in row]
                if any(cell != "" for cell in cells):
                    yield number, cells
        except broken as error:
            raise unreadable(file, None, f"is no spreadsheet, or a damaged one ({error})") from None


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    return str(value).strip()


def as_text(cell: Cell) -> str:
    """A cell as text: `101`, not `101.0`."""
    return cell if isinstance(cell, str) else f"{cell:.15g}"
