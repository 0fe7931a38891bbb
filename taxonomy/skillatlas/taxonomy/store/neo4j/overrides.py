"""What people said of forms: few nodes, read whole."""

import hashlib
from typing import Any

from ..port import Override, Verdict
from . import queries
from .connection import Connection


def override_key(override: Override) -> str:
    """One indexed text for the four that name an override; a form may be longer than an index takes."""
    return hashlib.sha256("\0".join(override.place).encode()).hexdigest()


def override_row(override: Override) -> dict[str, Any]:
    """The properties of its node."""
    return {
        "key": override_key(override),
        "scheme": override.scheme,
        "collection": override.collection,
        "document": override.document,
        "formKey": override.key,
        "form": override.form,
        "verdict": override.verdict,
        "skill": override.skill,
        "release": override.release,
        "reason": override.reason,
    }


def read_overrides(connection: Connection, scheme: str | None) -> list[Override]:
    """All of them, or those of a scheme, by place."""
    found = [
        Override(key, collection, document, folded, form, Verdict(verdict), *rest)
        for key, collection, document, folded, form, verdict, *rest in connection.read_rows(
            queries.OVERRIDES, {"scheme": scheme}
        )
    ]
    return sorted(found, key=lambda one: one.place)
