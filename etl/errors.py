"""Every error the job knows, and what each one decides.

EtlError                    a bug unless a subclass says otherwise
├── ConfigurationError      stop: the user can mend it before any work is done
├── DocumentFault           quarantine: this one document costs only itself
├── SourceError             stop: what is committed stays
│   ├── SourceUnreachable   no answer within the retry budget
│   └── SourceChanged       an answer that makes no sense: not "zero results"
├── StoreError              stop: the database is away, full, read-only or newer
│   ├── StoreUnreachable    it cannot be reached or went away for longer than we wait
│   └── SchemaMismatch      its schema is older or newer than this code
├── RunLocked               another run holds the lock
├── Stopped                 we were asked to stop in the middle of a long wait
└── Overdue                 a run that hung, and was broken off when its time was up

`TransientError` is raised and caught inside the edges only: it is what a retry
loop waits on, and it leaves that loop as one of the classes above.
"""

from __future__ import annotations

from typing import ClassVar, Literal

Policy = Literal["retry", "quarantine", "stop"]


class EtlError(Exception):
    """Base of all expected errors; `str()` is the one line shown to the user."""

    policy: ClassVar[Policy] = "stop"
    exit_code: ClassVar[int] = 1


class ConfigurationError(EtlError):
    """Wrong usage, environment or path; said before any work."""

    exit_code = 2


class DocumentFault(EtlError):
    """A document that cannot be read or understood.

    `code` is one of the closed list in `FAULT_CODES`; `explanation` says in one
    line what was found instead and, where there is one, what to do.
    """

    policy = "quarantine"
    exit_code = 3

    def __init__(self, code: str, explanation: str) -> None:
        if code not in FAULT_CODES:
            raise ValueError(f"unknown fault code {code!r}")
        super().__init__(f"{code}: {explanation}")
        self.code = code
        self.explanation = explanation

    def __reduce__(self) -> tuple[type[DocumentFault], tuple[str, str]]:
        """Survive the pipe from the PDF worker: BaseException pickles `args` only."""
        return type(self), (self.code, self.explanation)


class SourceError(EtlError):
    """A source as a whole fails; the run ends and keeps what is committed."""

    exit_code = 4


class SourceUnreachable(SourceError):
    """A host gives no usable answer within the retry budget.

    `status` is that of its last answer, None where there was none.
    """

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class SourceChanged(SourceError):
    """A source answers something that its protocol does not know."""


class StoreError(EtlError):
    """The database cannot do its part."""

    exit_code = 5


class StoreUnreachable(StoreError):
    """The database cannot be reached, started or logged in to."""


class SchemaMismatch(StoreError):
    """The schema is behind or ahead of this code and may not be migrated now."""


class RunLocked(EtlError):
    """Another run holds the database lock."""

    exit_code = 6


class Stopped(EtlError):
    """Asked to stop while waiting for a source; what is committed stays."""

    exit_code = 143


class Overdue(EtlError):
    """A run that hung was broken off; what is committed stays."""


class TransientError(EtlError):
    """Worth another attempt; `wait` is what the server asked for, in seconds.

    `status` is that of its answer, None where there was none.
    """

    policy = "retry"
    exit_code = 4

    def __init__(
        self, message: str, wait: float | None = None, status: int | None = None
    ) -> None:
        super().__init__(message)
        self.wait = wait
        self.status = status


FAULT_CODES = {
    "document_missing": "the source lists it but serves it in no format",
    "document_incomplete": "a body of another size than the source says it has",
    "document_too_large": "the body is larger than the limit, on the wire or inflated",
    "format_unknown": "the bytes are of no format that is read here",
    "no_publication": "a readable file that is no Aanhangsel publication",
    "error_page": "an HTML page of the site instead of the document",
    "xml_malformed": "not well-formed XML",
    "xml_dtd": "XML with an internal DTD subset, which is refused",
    "xml_limits": "XML deeper or larger than the limits",
    "pdf_corrupt": "a PDF whose structure cannot be read",
    "pdf_encrypted": "a PDF that needs a password",
    "pdf_no_text": "a PDF without a text layer",
    "pdf_limits": "a PDF that ran into the limits on time or memory",
    "archive_corrupt": "a Word or OpenDocument file whose structure cannot be read",
    "archive_encrypted": "a Word or OpenDocument file that needs a password",
    "archive_limits": "a zip of more members, or packed tighter, than the limits",
    "key_missing": "neither the document nor its record names a publication",
    "request_refused": "the server answers this one document with an error",
    "document_unreachable": "no answer for this one document, while others came",
    "row_refused": "the database refuses a value of this document",
}
"""Closed list of quarantine codes with their meaning, also shown in the README."""

EXIT_ORDER = (1, 2, 5, 4, 3)
"""Which exit code wins when several apply (contract, section 1)."""
