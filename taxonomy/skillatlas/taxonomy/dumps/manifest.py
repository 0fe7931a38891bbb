"""The manifest of a dump: which release it is, whose data is in it under which licence, and its checksums."""

from collections.abc import Mapping
from typing import Any

import orjson

from ..entities import from_record
from ..finding import find_release, find_scheme_state
from ..model import EntityType, Scheme
from ..store.port import Store


def manifest_of(store: Store, release: int, *, scheme: str | None = None, files: Mapping[str, str]) -> bytes:
    """The manifest as indented JSON with a final newline.

    `files`: SHA-256 of each file by its name. Schemes and catalogues are listed by key with their content hash, and
    schemes with their licence and attribution. Raises NotFoundError as `dump_lines` does.
    """
    found = find_release(store, release)
    content_hash = found.content_hash
    if scheme is not None:
        content_hash = find_scheme_state(store, release, scheme).content_hash
    manifest: dict[str, Any] = {
        "release": found.number,
        "scheme": scheme,
        "contentHash": content_hash,
        "schemes": _parts(store, release, scheme),
        "files": dict(sorted(files.items())),
    }
    return orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _parts(store: Store, release: int, scheme: str | None) -> list[dict[str, Any]]:
    schemes = {}
    for row in store.records(release, types=(EntityType.SCHEME,)):
        entity = from_record(row)
        assert isinstance(entity, Scheme)
        schemes[entity.key] = entity
    parts = []
    for state in store.scheme_states(release):
        if scheme not in (None, state.key):
            continue
        about = schemes.get(state.key)
        parts.append(
            {
                "key": state.key,
                "contentHash": state.content_hash,
                "concepts": state.concept_count,
                "title": about and about.title,
                "version": about and about.version,
                "licence": about and about.licence,
                "attribution": about and about.attribution,
                "sourceUrl": about and about.source_url,
            }
        )
    return parts
