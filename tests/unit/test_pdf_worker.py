"""The child that reads PDFs: whatever becomes of it costs one document."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typeset import Typesetter, build

from etl.documents.readers.pdf import read_pdf
from etl.documents.readers.pdf import worker as pdf_worker
from etl.documents.readers.pdf.worker import PdfWorker
from etl.errors import DocumentFault

SHIPPED = Path(__file__).resolve().parents[2] / "etl" / "demo" / "data"
PDFS = sorted(SHIPPED.glob("*/*.pdf"))


def small() -> bytes:
    page = Typesetter().head().label("Vraag 1").text("Wat is er gebeurd?")
    return page.label("Antwoord 1").text("Niets.").foot().pdf()


@pytest.fixture
def worker() -> Iterator[PdfWorker]:
    with PdfWorker() as one:
        yield one


def pid_of(worker: PdfWorker) -> int:
    assert worker._child is not None
    assert worker._child.pid is not None
    return worker._child.pid


def fault_of(worker: PdfWorker, body: bytes) -> str:
    with pytest.raises(DocumentFault) as caught:
        worker.read(body)
    return caught.value.code


def test_the_child_answers_what_is_read_in_process(worker: PdfWorker) -> None:
    assert len(PDFS) >= 10
    for path in PDFS:
        body = path.read_bytes()
        assert worker.read(body) == read_pdf(body)
    assert worker._read == len(PDFS)


def test_faults_arrive_as_they_are_raised(worker: PdfWorker) -> None:
    assert fault_of(worker, build([""])) == "pdf_no_text"
    assert fault_of(worker, b"%PDF-1.4\ngarbage\n%%EOF") == "pdf_corrupt"
    assert fault_of(worker, b"") == "pdf_corrupt"
    assert worker.read(small()) == read_pdf(small())


def test_a_child_that_died_between_documents_is_replaced(worker: PdfWorker) -> None:
    worker.read(small())
    first = pid_of(worker)
    os.kill(first, signal.SIGKILL)
    assert worker._child is not None
    worker._child.join()
    assert worker.read(small()) == read_pdf(small())
    assert pid_of(worker) != first


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_a_child_killed_over_a_document_costs_that_document(
    worker: PdfWorker, before: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.read(small())
    pipe, child = worker._pipe, worker._child
    assert pipe is not None
    assert child is not None
    os.kill(pid_of(worker), signal.SIGSTOP)

    class Killing:
        """Sends to the child around its death."""

        def send_bytes(self, body: bytes) -> None:
            if not before:
                pipe.send_bytes(body)
            child.kill()
            child.join()
            if before:
                pipe.send_bytes(body)

        def __getattr__(self, name: str) -> object:
            return getattr(pipe, name)

    monkeypatch.setattr(worker, "_pipe", Killing())
    assert fault_of(worker, small()) == "pdf_limits"
    assert worker.read(small()) == read_pdf(small())


def test_a_child_that_hangs_is_ended_when_patience_is(worker: PdfWorker) -> None:
    worker.read(small())
    worker._patience = 0.05
    os.kill(pid_of(worker), signal.SIGSTOP)
    assert fault_of(worker, small()) == "pdf_limits"
    worker._patience = pdf_worker.PATIENCE
    assert worker.read(small()) == read_pdf(small())


def test_an_answer_beyond_the_cap_is_refused(
    worker: PdfWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(pdf_worker, "MAX_ANSWER", 50)
        assert fault_of(worker, small()) == "pdf_limits"
    assert worker.read(small()) == read_pdf(small())


class GarbagePipe:
    """Stands for the pipe of a child that answers anything but blocks."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer

    def send_bytes(self, _body: bytes) -> None:
        return

    def poll(self, _seconds: float) -> bool:
        return True

    def recv_bytes(self, _limit: int) -> bytes:
        return self.answer


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"garbage",
        b"\x80\x63",
        b"\x80\x04.",
        b"cno.such\nmodule\n.",
        b"cetl.errors\nNothing\n.",
        b"X\x01\x00\x00\x00\xff.",
        b"h\x09.",
        pickle.dumps(["no", "reading"]),
        bytes(range(256)) * 100,
    ],
)
def test_a_child_that_answers_garbage_costs_the_document(
    monkeypatch: pytest.MonkeyPatch, worker: PdfWorker, answer: bytes
) -> None:
    monkeypatch.setattr(worker, "_started", lambda: GarbagePipe(answer))
    assert fault_of(worker, small()) == "pdf_limits"
    monkeypatch.undo()
    assert worker.read(small()) == read_pdf(small())


def test_a_child_is_replaced_after_its_lifetime(
    worker: PdfWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_worker, "LIFETIME", 1)
    worker.read(small())
    first = pid_of(worker)
    worker.read(small())
    assert pid_of(worker) != first


def test_a_child_that_does_not_start_costs_the_document(
    worker: PdfWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(pdf_worker, "START", 0)
        assert fault_of(worker, small()) == "pdf_limits"
    assert worker.read(small()) == read_pdf(small())


def test_no_child_outlives_its_worker() -> None:
    with PdfWorker() as worker:
        worker.read(small())
        pid = pid_of(worker)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_worker_without_work_starts_no_child() -> None:
    with PdfWorker() as worker:
        assert worker._child is None


def test_the_alarm_ends_a_reading_no_library_can_swallow() -> None:
    with pytest.raises(pdf_worker._Late), pdf_worker._deadline(60):
        try:
            signal.raise_signal(signal.SIGALRM)
        except Exception:  # noqa: BLE001 - as a library might
            pytest.fail("swallowed")
    assert signal.alarm(0) == 0


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (MemoryError(), "pdf_limits"),
        (RecursionError(), "pdf_limits"),
        (pdf_worker._Late(), "pdf_limits"),
        (OSError("pipe"), "pdf_corrupt"),
        (ZeroDivisionError("x"), "pdf_corrupt"),
        (DocumentFault("pdf_encrypted", "locked"), "pdf_encrypted"),
    ],
)
def test_whatever_a_library_raises_becomes_a_typed_fault(
    error: BaseException, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def raising(_body: bytes) -> list[object]:
        raise error

    monkeypatch.setattr(pdf_worker, "read_pdf", raising)
    fault = pickle.loads(pdf_worker._answer(b"", 60))
    assert isinstance(fault, DocumentFault)
    assert fault.code == code


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits address space")
def test_the_child_may_not_have_more_memory_than_its_share() -> None:
    script = (
        "from etl.documents.readers.pdf.worker import _limit_memory, MEMORY\n"
        "_limit_memory()\n"
        "try: bytearray(2 * MEMORY)\n"
        "except MemoryError: print('refused')\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert run.stdout == "refused\n"


def test_reading_connects_nowhere_and_opens_nothing() -> None:
    script = (
        "import sys\n"
        "from etl.documents.readers.pdf import read_pdf\n"
        "bodies = [open(path, 'rb').read() for path in sys.argv[1:]]\n"
        "for body in bodies: read_pdf(body)\n"  # everything is imported now
        "seen = []\n"
        "watched = ('socket.', 'subprocess.', 'os.exec', 'os.system', 'open')\n"
        "sys.addaudithook(lambda event, args: seen.append((event, args))\n"
        "                 if event.startswith(watched) else None)\n"
        "for body in bodies: read_pdf(body)\n"
        "print(seen)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, *map(str, PDFS[:3])],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "[]\n"


def test_the_child_is_silent(
    capfd: pytest.CaptureFixture[str], worker: PdfWorker
) -> None:
    damaged = small().replace(b"/Root 1 0 R", b"/Root 9 0 R")
    worker.read(damaged)  # pypdf mends it, and remarks on that
    assert capfd.readouterr() == ("", "")
    assert not logging.root.manager.disable
