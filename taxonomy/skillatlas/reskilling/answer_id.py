"""Names for answers: the same question, release and program version give the same name."""

import hashlib
from collections.abc import Mapping, Set
from typing import Any

from skillatlas.taxonomy import canonical_json


def answer_id(operation: str, canonical_input: Mapping[str, Any], release: int, version: str) -> str:
    """The hex SHA-256 of the operation, its input, the release and the program's version.

    The caller fills in defaults and compacts ids; sets are sorted here, lists keep their order. Raises the
    taxonomy's InvalidEntityError for what JSON cannot hold, such as a lone surrogate.
    """
    named = {"operation": operation, "input": _sorted(canonical_input), "release": release, "version": version}
    return hashlib.sha256(canonical_json(named)).hexdigest()


def _sorted(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _sorted(item) for key, item in value.items()}
    if isinstance(value, Set):
        return sorted((_sorted(item) for item in value), key=canonical_json)
    if isinstance(value, (list, tuple)):
        return [_sorted(item) for item in value]
    return value
