"""Documents that are zips of XML: opened within limits, and parsed without entities and without the network."""

import io
import struct
import zipfile
from importlib import import_module
from typing import Any

from ..errors import FormatError
from ..importers.files import ZIP_ERRORS
from ..settings import DEFAULT_SETTINGS

SLIPS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    SyntaxError,
    TypeError,
    struct.error,
    *ZIP_ERRORS,
)
"""What libraries raise on broken documents beside their own errors: found by feeding them damaged ones."""


def lxml_etree() -> Any:
    """The module of trees of lxml, loaded when a document first needs it; it has no types. Raises ImportError."""
    return import_module("lxml.etree")


def checked_zip(data: bytes) -> zipfile.ZipFile:
    """The archive, whole and no larger than allowed once unpacked. Raises FormatError."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        size = sum(info.file_size for info in archive.infolist())
        encrypted = any(info.flag_bits & 1 for info in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OverflowError) as error:
        raise FormatError(f"is damaged or not whole ({error})") from None
    if encrypted:
        raise FormatError("is encrypted; save it without a password")
    if size > DEFAULT_SETTINGS.unpacked_bytes:
        raise FormatError(f"unpacks to {size:,} bytes, more than {DEFAULT_SETTINGS.unpacked_bytes:,}; it is not opened")
    return archive


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """A member's bytes, never more than its directory states. Raises FormatError where it is absent or damaged."""
    try:
        return archive.read(name)
    except KeyError:
        raise FormatError(f"lacks its part {name}, so it is no document of this kind") from None
    except ZIP_ERRORS as error:
        raise FormatError(f"is damaged ({error})") from None


def parsed(data: bytes, name: str) -> Any:
    """XML as a tree: entities are not expanded, nothing is fetched. Raises FormatError."""
    etree = lxml_etree()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise FormatError(f"is damaged: {name} is no XML ({error.msg})") from None
    if root.getroottree().docinfo.doctype:
        raise FormatError(f"is refused: {name} declares a document type, which office programs never write")
    return root
