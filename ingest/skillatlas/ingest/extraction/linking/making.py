"""A linker of a scheme, with its index from the cache where it lies there."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ..link_settings import LinkSettings
from ..model import Form
from .cache import cached, index_key
from .index import build_index
from .learned import load_learned
from .linker import Linker
from .words import WordRules, load_rules


def make_linker(
    forms: Sequence[Form],
    definitions: Mapping[str, str],
    same_as: Mapping[str, str],
    cache: Path | None,
    settings: LinkSettings,
) -> tuple[Linker, WordRules]:
    """The linker, and the rules by which texts for it are read."""
    rules = load_rules()
    key = index_key(forms, definitions, rules.digest) if cache is not None else ""
    index = cached(cache, key, lambda: build_index(forms, definitions, rules))
    described = any(form.described for form in forms)
    return Linker(index, load_learned(), same_as, settings, described=described), rules
