"""`etl parse`: files to JSON, without database and network."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from etl.documents import PARSER, understand
from etl.documents.readers.pdf.worker import PdfWorker
from etl.errors import ConfigurationError, DocumentFault
from etl.lookup import lookup
from etl.sources.body import DECODED_CAP

STDIN = "-"


def write_json(files: Sequence[str], out: TextIO, *, indent: int | None) -> bool:
    """Write what `parse` finds, one by one; returns whether there was a fault."""
    faults = False
    for found in parse(files):
        faults = faults or "fout" in found
        json.dump(found, out, ensure_ascii=False, indent=indent)
        out.write("\n")
        out.flush()
    return faults


def parse(files: Sequence[str]) -> Iterator[dict[str, Any]]:
    """One object a file, in the given order: a publication, or its fault."""
    with PdfWorker() as pdf:
        read = partial(understand, read_pdf=pdf.read, lookup=lookup())
        for file in files:
            name = name_of(file)
            try:
                body = body_of(file)
                found = read(body)
            except DocumentFault as fault:
                told = {"code": fault.code, "uitleg": fault.explanation}
                yield {"bestand": name, "fout": told}
                continue
            bron = {
                "formaat": found.formaat.value,
                "sha256": hashlib.sha256(body).hexdigest(),
                "parser": PARSER,
                "dekking": found.dekking,
            }
            yield {"bestand": name, **found.publicatie.as_json(), "bron": bron}


def name_of(file: str) -> str:
    """A file name is bytes; what is no UTF-8 in it cannot be printed as such."""
    return os.fsencode(file).decode("utf-8", "replace")


def body_of(file: str) -> bytes:
    """The bytes of a file, or of stdin for "-".

    Raises ConfigurationError if it is unreadable, DocumentFault if too large.
    """
    try:
        if file == STDIN:
            body = sys.stdin.buffer.read(DECODED_CAP + 1)
        else:
            with Path(file).open("rb") as opened:
                body = opened.read(DECODED_CAP + 1)
    except OSError as error:
        raise ConfigurationError(f"cannot read {file}: {error.strerror}") from error
    if len(body) > DECODED_CAP:
        raise DocumentFault("document_too_large", f"more than {DECODED_CAP:,} bytes")
    return body
