"""The fixed words of a report, one TOML file a language in `words/`; sentences with figures come from the API."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any


class Words:
    """The words of one language. A word that is not there is a fault of ours: KeyError."""

    def __init__(self, lang: str, tables: Mapping[str, Mapping[str, str]]) -> None:
        self.lang = lang
        self._tables = tables

    def __call__(self, key: str, **figures: object) -> str:
        """The text `table.name`, its places filled in by name."""
        table, _, name = key.partition(".")
        return self._tables[table][name].format(**figures)

    def day(self, day: date | str | None) -> str:
        """A day as people write it; the dash where there is none."""
        if day is None:
            return self("text.none")
        known = date.fromisoformat(day) if isinstance(day, str) else day
        month = self._tables["months"][f"m{known.month}"]
        return self("text.day", year=known.year, month=month, day=known.day)

    def keys(self) -> set[str]:
        """All keys, as calls name them."""
        return {f"{table}.{name}" for table, names in self._tables.items() for name in names}


@cache
def words(lang: str) -> Words:
    """The words of `en` or `zh`; read once, never changed."""
    text = resources.files("skillatlas.service.reporting").joinpath("words", f"{lang}.toml").read_text(encoding="utf-8")
    tables: dict[str, Any] = tomllib.loads(text)
    return Words(lang, tables)
