"""An isolated, reused child process that reads PDFs within limits.

A PDF of 13 KB can cost 8 s of CPU, one of 2 MB a gigabyte: reading happens in a
child with an alarm, a limit on memory and a wall clock in the parent. A child
that dies or hangs costs one document; the next one gets a new child.
"""

from __future__ import annotations

import logging
import multiprocessing
import pickle
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import TracebackType
from typing import Self

from etl.documents.block import Reading
from etl.documents.readers.pdf import read_pdf
from etl.errors import DocumentFault

ALARM = 20
"""Seconds of wall clock a document gets inside the child."""

PATIENCE = 25.0
"""Seconds the parent waits before it ends a child whose alarm did not work."""

MEMORY = 512 * 1024 * 1024
"""Bytes of address space the child may have (Linux), or half of it to grow into."""

MAX_ANSWER = 32 * 1024 * 1024
"""Bytes of blocks accepted from the child."""

LIFETIME = 500
"""Documents a child reads before it is replaced, against slow leaks."""

START = 60.0
"""Seconds a child may take to start on a busy machine."""


_SPOILED = (
    OSError,
    EOFError,
    pickle.UnpicklingError,
    AttributeError,
    ImportError,
    LookupError,
    TypeError,
    ValueError,
)
"""What a child that dies, or answers garbage, makes of reading its answer."""


class PdfWorker:
    """Reads PDFs in a child process; use as a context manager, from one thread."""

    def __init__(self, *, patience: float = PATIENCE, alarm: int = ALARM) -> None:
        self._patience = patience
        self._alarm = alarm
        self._child: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._read = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def read(self, body: bytes) -> Reading:
        """As `read_pdf`, in the child.

        Raises DocumentFault, also when the child dies or is late.
        """
        if self._read >= LIFETIME:
            self._end()
        try:
            pipe = self._started()
            self._read += 1
            pipe.send_bytes(body)
            answer = self._answer(pipe)
        except _SPOILED as error:
            self._end()
            reason = f"the reading process ended ({type(error).__name__})"
            raise DocumentFault("pdf_limits", reason) from None
        if isinstance(answer, DocumentFault):
            raise answer
        return answer

    def _answer(self, pipe: Connection) -> Reading | DocumentFault:
        if not pipe.poll(self._patience):
            self._end()
            return DocumentFault("pdf_limits", f"no text after {self._patience:g} s")
        # Pickled by our own child, which only ever runs our code.
        answer = pickle.loads(pipe.recv_bytes(MAX_ANSWER))  # noqa: S301 - see above
        if isinstance(answer, (Reading, DocumentFault)):
            return answer
        raise pickle.UnpicklingError(type(answer).__name__)

    def _started(self) -> Connection:
        if (
            self._child is not None
            and self._child.is_alive()
            and self._pipe is not None
        ):
            return self._pipe
        self._end()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        child = context.Process(target=serve, args=(theirs, self._alarm), daemon=True)
        child.start()
        theirs.close()
        self._child, self._pipe, self._read = child, ours, 0
        if not ours.poll(START):
            self._end()
            raise DocumentFault("pdf_limits", f"no reading process after {START:g} s")
        ours.recv_bytes(16)
        return ours

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._child.close()
        self._child = self._pipe = None


def serve(pipe: Connection, alarm: int) -> None:
    """The child: one answer for each body, until the pipe closes."""
    logging.disable()  # pypdf's remarks; what matters is in the fault
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _limit_memory()
    pipe.send_bytes(b"ready")
    try:
        while True:
            pipe.send_bytes(_answer(pipe.recv_bytes(), alarm))
    except (EOFError, OSError):
        return


def _answer(body: bytes, alarm: int) -> bytes:
    """The blocks or the fault, pickled.

    The second of the two broad handlers allowed: whatever a hostile PDF provokes
    in the library is that document's fault.
    """
    try:
        with _deadline(alarm):
            return pickle.dumps(read_pdf(body))
    except DocumentFault as fault:
        return pickle.dumps(fault)
    except (MemoryError, RecursionError, _Late) as limit:
        reason = f"{type(limit).__name__} while reading"
        return pickle.dumps(DocumentFault("pdf_limits", reason))
    except Exception as error:  # noqa: BLE001 - the worker's edge
        reason = f"{type(error).__name__}: {str(error)[:200]}"
        return pickle.dumps(DocumentFault("pdf_corrupt", reason))


class _Late(BaseException):
    """Raised by the alarm; no `except Exception` in a library can swallow it."""


@contextmanager
def _deadline(seconds: int) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise _Late

    signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def _limit_memory() -> None:
    """Bound the address space, which only Linux enforces."""
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        used = pages * resource.getpagesize()
        limit = max(MEMORY, used + MEMORY // 2)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
