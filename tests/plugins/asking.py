"""Asking the API in a test: one object with the store, the context, and short ways to ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from api_graphs import publish_entities
from skillatlas.graphql import Answer, Context, Limits, answer
from skillatlas.ingest import Extractors
from skillatlas.taxonomy import Entity, Published, Snapshots, Store


@dataclass(frozen=True, slots=True)
class Api:
    """A store with an API over it."""

    store: Store
    context: Context

    @classmethod
    def over(cls, store: Store, limits: Limits | None = None, *, introspection: bool = False) -> "Api":
        """The API over a store, as a server makes it."""
        return cls(store, Context(store, Snapshots(store), Extractors(), limits=limits, introspection=introspection))

    def answer(self, query: str, variables: dict[str, Any] | None = None) -> Answer:
        """The whole answer."""
        return answer(self.context, query, variables)

    def ask(self, query: str, **variables: Any) -> Any:
        """The data; fails the test on any error."""
        reply = self.answer(query, variables)
        assert "errors" not in reply.body, (reply.body["errors"], reply.internal)
        assert reply.status == 200
        return reply.body["data"]

    def refuse(self, query: str, **variables: Any) -> tuple[str, str]:
        """The code and message of the one error of a root field, which is null."""
        reply = self.answer(query, variables)
        assert reply.status == 200, reply.body
        (error,) = reply.body["errors"]
        (field,) = error["path"]
        assert reply.body["data"][field] is None
        return error["extensions"]["code"], error["message"]

    def reject(self, query: str, **variables: Any) -> tuple[str, str]:
        """The code and message of a request that is HTTP 400."""
        reply = self.answer(query, variables)
        assert reply.status == 400, reply.body
        assert "data" not in reply.body
        codes = {error["extensions"]["code"] for error in reply.body["errors"]}
        assert len(codes) == 1
        return codes.pop(), reply.body["errors"][0]["message"]

    def publish(self, entities: Iterable[Entity], note: str = "") -> Published:
        """Publish further entities; servers pick them up."""
        published = publish_entities(self.store, entities, note)
        self.context.snapshots.refresh()
        return published
