"""What commands need to run: the store or the whole runtime from --store, and questions put to the API in process."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .errors import AnswerError

if TYPE_CHECKING:
    from skillatlas.taxonomy import Store

    from ..runtime import Runtime


@contextmanager
def opened_store(url: str | None) -> Iterator["Store"]:
    """The store of a URL (None: the default), closed at the end."""
    from skillatlas.taxonomy import open_store

    from ..settings import default_store_url, ensure_store_folder

    wanted = url or default_store_url()
    ensure_store_folder(wanted)
    store = open_store(wanted)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def opened_runtime(url: str | None) -> Iterator["Runtime"]:
    """The runtime over the store of a URL, closed at the end."""
    from ..runtime import open_runtime
    from ..settings import Settings

    runtime = open_runtime(Settings(store=url) if url else Settings())
    try:
        yield runtime
    finally:
        runtime.close()


def ask(runtime: "Runtime", query: str, variables: Mapping[str, Any]) -> dict[str, Any]:
    """The data that the API answers. Raises AnswerError with the messages where it answers with errors."""
    from skillatlas.graphql import execute

    answer = execute(runtime.context, query, dict(variables))
    if answer.get("errors"):
        raise AnswerError("; ".join(error["message"] for error in answer["errors"]))
    data = answer["data"]
    assert isinstance(data, dict)
    return data


def ask_pages(store: str | None, query: str, field: str, variables: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """All pages of a connection at the root `field`; the query takes the cursor as `$after`."""
    after = None
    with opened_runtime(store) as runtime:
        while True:
            page = ask(runtime, query, {**variables, "after": after})[field]
            yield page
            if not page["pageInfo"]["hasNextPage"]:
                return
            after = page["pageInfo"]["endCursor"]


def ask_nodes(store: str | None, query: str, field: str, variables: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The nodes of all pages of a connection."""
    for page in ask_pages(store, query, field, variables):
        yield from (edge["node"] for edge in page["edges"])
