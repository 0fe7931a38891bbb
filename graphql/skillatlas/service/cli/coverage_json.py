"""The parts of the coverage report as JSON: dataclasses as objects, their fields in camel case."""

from dataclasses import fields, is_dataclass
from typing import Any

from skillatlas.ingest import Measure


def plain(value: Any) -> Any:
    """A value of dataclasses, tuples and dictionaries as what JSON knows; a measure has its share too."""
    if is_dataclass(value) and not isinstance(value, type):
        found = {_camel(field.name): plain(getattr(value, field.name)) for field in fields(value)}
        return found | {"share": value.share, "reached": value.reached} if isinstance(value, Measure) else found
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, (tuple, list)) else value


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
