"""A process for the tests to kill: it imports into, or publishes, the store that its arguments name.

    python crash_child.py import|publish URL CONCEPTS

Before the work that is to be interrupted it prints "begin", afterwards "end". Importing prints a line for every
250 edits, so that whoever reads can kill it between them.
"""

import sys
from collections.abc import Iterator

from graphs import concept
from histories import put
from skillatlas.taxonomy import Broader, Concept, Edit, open_store, publish


def entities(count: int) -> Iterator[Concept | Broader]:
    """A chain of concepts."""
    for number in range(count):
        yield concept(f"atlas:{number:06}")
        if number:
            yield Broader(from_id=f"atlas:{number:06}", to_id=f"atlas:{number - 1:06}")


def told(edits: Iterator[Edit]) -> Iterator[Edit]:
    """The edits, with a word on the way."""
    for number, edit in enumerate(edits):
        if number % 250 == 0:
            print(f"at {number}", flush=True)
        yield edit


def main() -> None:
    """Do what the arguments say."""
    work, url, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    store = open_store(url)
    print("begin", flush=True)
    if work == "import":
        with store.writer() as writer:
            writer.edit(told(put(entity) for entity in entities(count)))
    else:
        publish(store)
    print("end", flush=True)
    store.close()


if __name__ == "__main__":
    main()
