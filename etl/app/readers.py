"""Understanding many bodies in order: in this process, or in several of our own."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from etl.console import log
from etl.documents import Understood, understand
from etl.documents.readers.pdf.worker import PdfWorker
from etl.errors import DocumentFault
from etl.lookup import lookup
from etl.model.archive import Archived
from etl.replay import Read

Answer = Understood | DocumentFault

PATIENCE = 10.0
"""Seconds that a child gets to end by itself."""


@contextmanager
def reading(workers: int) -> Iterator[Read]:
    """What reads; with more than one worker in that many processes, at most the cores.

    One that dies costs nothing: its document is read here.
    """
    with PdfWorker() as pdf:
        here = partial(answer, _reader(pdf))
        if (count := min(workers, os.cpu_count() or 1)) <= 1:
            yield lambda items: ((item, here(item.bron.body)) for item in items)
            return
        children = [_Child() for _ in range(count)]
        try:
            yield partial(_shared, children, here)
        finally:
            for child in children:
                child.end()


def answer(read: Callable[[bytes], Understood], body: bytes) -> Answer:
    """What is read, or why not."""
    try:
        return read(body)
    except DocumentFault as fault:
        return fault


def _reader(pdf: PdfWorker) -> Callable[[bytes], Understood]:
    return partial(understand, read_pdf=pdf.read, lookup=lookup())


def _shared(
    children: Iterable[_Child],
    here: Callable[[bytes], Answer],
    items: Iterable[Archived],
) -> Iterator[tuple[Archived, Answer]]:
    """In the order of `items`, of which no more are at hand than there are children."""
    idle = deque(children)
    busy: deque[tuple[Archived, _Child]] = deque()

    def oldest() -> tuple[Archived, Answer]:
        item, child = busy.popleft()
        found = child.take()
        if found is None:
            log.logger().warning("reader_died", identifier=item.reading.record)
            found = here(item.bron.body)
        idle.append(child)
        return item, found

    for item in items:
        if not idle:
            yield oldest()
        child = idle.popleft()
        child.give(item.bron.body)
        busy.append((item, child))
    while busy:
        yield oldest()


class _Child:
    """A process that understands one body at a time; started anew when it died."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        # no daemon: it has a child of its own, for PDFs
        self._process: SpawnProcess = context.Process(target=serve, args=(theirs,))
        self._process.start()
        theirs.close()

    def give(self, body: bytes) -> None:
        """Hand it a body; `take` gives what came of it."""
        try:
            self._pipe.send_bytes(body)
        except OSError:
            return  # it died, as `take` will find

    def take(self) -> Answer | None:
        """What it made of the body; None if it died."""
        try:
            # Pickled by our own child, which only ever runs our code.
            found: Answer = pickle.loads(self._pipe.recv_bytes())  # noqa: S301
        except (OSError, EOFError):
            self.end()
            self._start()
            return None
        return found

    def end(self) -> None:
        """Let it go: it ends when its pipe does."""
        self._pipe.close()
        self._process.join(PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()


def serve(pipe: Connection) -> None:
    """The child: one answer for each body, until the pipe closes."""
    # the parent is told to end, and then closes the pipe
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with PdfWorker() as pdf:
        read = _reader(pdf)
        try:
            while True:
                pipe.send_bytes(pickle.dumps(answer(read, pipe.recv_bytes())))
        except (EOFError, OSError):
            return
