"""Progress of long work: a bar on a terminal, plain lines elsewhere, nothing where nobody asks."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, TextIO

Step = Callable[[int], None]
"""Tells that so many more items are done."""

_LINE_EVERY = 5.0  # seconds between plain lines: a log stays short, a watcher sees that work goes on


class Progress(Protocol):
    """Where long work tells how far it is."""

    def task(self, title: str, total: int | None = None) -> AbstractContextManager[Step]:
        """A piece of work with `total` items (None: not known); the step function counts them."""
        ...


class NoProgress:
    """Tells nobody."""

    @contextmanager
    def task(self, title: str, total: int | None = None) -> Iterator[Step]:  # noqa: ARG002 (the protocol's names)
        """A piece of work that nobody watches."""
        yield lambda _done: None


class PlainProgress:
    """Lines of text: when a task begins, every few seconds, and when it ends."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @contextmanager
    def task(self, title: str, total: int | None = None) -> Iterator[Step]:
        """A piece of work that is told in lines."""
        done = 0
        told = time.monotonic()
        self._say(f"{title} …")

        def step(count: int) -> None:
            nonlocal done, told
            done += count
            now = time.monotonic()
            if now - told >= _LINE_EVERY:
                told = now
                self._say(f"{title}: {done:,}" + (f" of {total:,}" if total else ""))

        yield step
        if done:
            self._say(f"{title}: {done:,} done")

    def _say(self, text: str) -> None:
        print(text, file=self._stream, flush=True)


class BarProgress:
    """A bar on a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @contextmanager
    def task(self, title: str, total: int | None = None) -> Iterator[Step]:
        """A piece of work that is shown as a bar."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichBar

        console = Console(file=self._stream)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with RichBar(*columns, console=console) as bar:
            number = bar.add_task(title, total=total)
            yield lambda count: bar.advance(number, count)


def progress_for(stream: TextIO | None = None) -> Progress:
    """A bar where `stream` (standard error if None) is a terminal, else plain lines."""
    target = sys.stderr if stream is None else stream
    return BarProgress(target) if target.isatty() else PlainProgress(target)
