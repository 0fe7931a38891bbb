"""Compact IRIs, `KEY:LOCAL`: minting, expanding and checking them."""

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

from .errors import InvalidIdError

ATLAS_NAMESPACE = "https://w3id.org/skillatlas/id/"
ESCO_NAMESPACE = "http://data.europa.eu/esco/"
ONET_NAMESPACE = "https://w3id.org/skillatlas/onet/"

_KEY = re.compile(r"[a-z][a-z0-9-]{1,23}")
_RESERVED_KEYS = frozenset({"http", "https", "urn"})
# quote() never encodes letters, digits and "_.-~"; "/" is added here.
_SAFE = "/"


def check_key(key: str) -> str:
    """Return `key` if it may name a scheme or a catalogue, which share one name space.

    Raises InvalidIdError otherwise.
    """
    if not _KEY.fullmatch(key) or key in _RESERVED_KEYS:
        raise InvalidIdError(
            f"{key!r} is no key: 2 to 24 of a-z, 0-9 and '-', beginning with a letter, not http, https or urn"
        )
    return key


def encode_local(local: str) -> str:
    """The local part as it stands in ids and IRIs: `A-Za-z0-9._~/-` kept, all else percent-encoded."""
    return quote(local, safe=_SAFE)


def decode_local(local: str) -> str:
    """The reverse of `encode_local`."""
    return unquote(local)


def make_id(key: str, local: str) -> str:
    """`KEY:LOCAL` of a local name not yet encoded. Raises InvalidIdError for an empty name."""
    if not local:
        raise InvalidIdError(f"an id of {key!r} needs a local part")
    return f"{key}:{encode_local(local)}"


def is_iri(text: str) -> bool:
    """Whether `text` is a full IRI and no compact one: its scheme cannot be a key followed by a local."""
    return text.startswith(("http://", "https://", "urn:"))


def compact(iri: str, key: str, namespace: str) -> str:
    """The id of a concept with this IRI in the scheme `key`; an IRI outside the namespace is its own id."""
    if iri.startswith(namespace) and len(iri) > len(namespace):
        local = iri[len(namespace) :]
        return f"{key}:{encode_local(decode_local(local))}"
    return iri


def expand(concept_id: str, namespaces: Mapping[str, str]) -> str:
    """The IRI of an id. A full IRI is returned as it is.

    Raises InvalidIdError where the id has no key, or its key is not in `namespaces`.
    """
    if is_iri(concept_id):
        return concept_id
    key, colon, local = concept_id.partition(":")
    if not colon or not local or key not in namespaces:
        raise InvalidIdError(f"{concept_id!r} is no id of a known scheme (form: KEY:LOCAL)")
    return namespaces[key] + local
