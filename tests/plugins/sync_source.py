"""A real server over a store that a test publishes into."""

import dataclasses
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from graphs import concept
from histories import put, removal
from service_process import wait_until
from skillatlas.service.http import create_app
from skillatlas.service.settings import Settings
from skillatlas.taxonomy import (
    Broader,
    Course,
    Entity,
    Label,
    LabelType,
    Scheme,
    Store,
    dump_lines,
    open_store,
    publish,
)

CONCEPTS = 400


@dataclass
class Source:
    """A store and the server over it at `url`."""

    store: Store
    url: str

    def publish(self, entities: Iterable[Entity], gone: Iterable[Entity] = ()) -> int:
        """The number of the release that these edits make."""
        return publish_edits(self.store, entities, gone)

    def dump(self, release: int, scheme: str | None = None) -> bytes:
        """The dump as the store gives it."""
        return b"".join(dump_lines(self.store, release, scheme=scheme))

    def relabel(self, word: str, numbers: Iterable[int] = range(CONCEPTS)) -> int:
        """A release that renames concepts."""
        return self.publish(
            dataclasses.replace(
                concept(f"atlas:{number:04}"), labels=(Label(LabelType.PREFERRED, "en", f"{word} {number}"),)
            )
            for number in numbers
        )


def publish_edits(store: Store, entities: Iterable[Entity], gone: Iterable[Entity] = ()) -> int:
    """Publish edits; the number of the release."""
    with store.writer() as writer:
        writer.edit([*map(put, entities), *map(removal, gone)])
    published = publish(store, note="a release")
    assert published.release is not None
    return published.release.number


def first_entities() -> list[Entity]:
    entities: list[Entity] = [Scheme("atlas", "https://example.org/", "title")]
    entities += [concept(f"atlas:{number:04}") for number in range(CONCEPTS)]
    entities += [
        Broader(from_id=f"atlas:{number:04}", to_id=f"atlas:{number // 2:04}", confidence=0.1 + number * 1e-7)
        for number in range(1, CONCEPTS)
    ]
    # Ids that sort differently by UTF-16, numbers that programs write differently, and text to be escaped.
    entities += [
        concept("atlas:\uff5e", label='quote " and \\ and \u2028'),
        concept("atlas:\U0001f600", label="中文"),
        Course(id="moocs:1", catalogue="moocs", title="Course", hours=60.0),
        Course(id="moocs:2", catalogue="moocs", title="Course", hours=1e-7),
    ]
    return entities


@contextmanager
def serving(store_url: str) -> Iterator[str]:
    """The application over a store, in a thread: a process of its own would take seconds to start. Gives its URL."""
    import uvicorn

    config = uvicorn.Config(create_app(Settings(store=store_url)), port=0, log_config=None, lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        wait_until(lambda: server.started or not thread.is_alive())
        (listening,) = (socket for one in server.servers for socket in one.sockets)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(30)


@contextmanager
def first_release(store_url: str) -> Iterator[Store]:
    """A store with one release of some hundred concepts."""
    store = open_store(store_url)
    try:
        publish_edits(store, first_entities())
        yield store
    finally:
        store.close()
