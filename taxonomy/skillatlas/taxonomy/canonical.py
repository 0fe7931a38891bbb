"""RFC 8785 canonical JSON, fast enough for dumps of several hundred thousand lines.

orjson writes the same bytes as RFC 8785 except for some numbers and for keys outside the basic plane. Those are
found on the way, and handed to the reference implementation (a property test compares the two).
"""

from collections.abc import Mapping
from typing import Any

import orjson
import rfc8785

from .errors import InvalidEntityError

_MAX_SAFE_INTEGER = 2**53 - 1


class _NeedsReferenceError(Exception):
    """Raised inside when orjson's bytes might differ from RFC 8785."""


def _plain(value: Any) -> Any:
    """`value` with integral floats as integers and sequences as lists."""
    kind = type(value)  # exact types first: entities have hardly any others (measured: half the time)
    if kind is str or value is None or kind is bool:
        return value
    if kind is dict or isinstance(value, Mapping):
        for key in value:
            # orjson sorts by code point, RFC 8785 by UTF-16 unit: they differ beyond U+D7FF.
            if not key.isascii() and max(key) > "\ud7ff":
                raise _NeedsReferenceError
        return {str(key): _plain(item) for key, item in value.items()}
    if kind is list or kind is tuple or isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, int):
        if abs(value) > _MAX_SAFE_INTEGER:
            raise _NeedsReferenceError
        return value
    if isinstance(value, float):
        if value.is_integer() and abs(value) <= _MAX_SAFE_INTEGER:
            return int(value)
        if not 1e-4 <= abs(value) <= _MAX_SAFE_INTEGER:
            raise _NeedsReferenceError
        return value
    if isinstance(value, str):
        return str(value)
    raise InvalidEntityError(f"{kind.__name__} is no JSON value")


def _reference(value: Any) -> Any:
    if isinstance(value, int) and abs(value) > _MAX_SAFE_INTEGER:
        # A large float without a fraction is written like this, and must be read and written again as itself.
        if abs(value) < 1e21 and rfc8785.dumps(float(value)) == str(value).encode():
            return float(value)
        raise InvalidEntityError(f"{value} is beyond the integers that JSON keeps exactly")
    if isinstance(value, Mapping):
        return {str(key): _reference(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_reference(item) for item in value]
    return value


def canonical_json(value: Any) -> bytes:
    """The RFC 8785 bytes of a JSON value. Raises InvalidEntityError for what JSON cannot hold."""
    try:
        return orjson.dumps(_plain(value), option=orjson.OPT_SORT_KEYS)
    except _NeedsReferenceError:
        pass
    except (TypeError, AttributeError) as error:  # lone surrogates, keys that are no strings
        raise InvalidEntityError(f"not representable as JSON: {error}") from None
    try:
        return rfc8785.dumps(_reference(value))
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise InvalidEntityError(f"not representable as canonical JSON: {error}") from None
