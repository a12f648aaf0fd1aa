"""An answer that makes sense, asked for again while it does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from etl.errors import DocumentFault, SourceChanged, SourceUnreachable
from etl.sources.client import Client, Patience
from etl.sources.sru import Nonsense, opening

T = TypeVar("T")

TRIES = 3
"""Requests for one page while its answers make no sense."""


class Failing(Nonsense):
    """An error message in place of data: the server's trouble, not a change."""


class BadRequest(SourceChanged):
    """The server does not understand what it is asked (HTTP 400)."""


def sensible(
    client: Client,
    url: str,
    read: Callable[[bytes], T],
    *,
    patience: Patience,
    event: Callable[..., None],
) -> T:
    """What `read` makes of the answer to `url`; it raises Nonsense to ask again.

    Raises SourceUnreachable where only error messages come, else SourceChanged, and
    both of the client's own.
    """
    nonsense: Nonsense | None = None
    for attempt in range(TRIES):
        client.pause(2.0**attempt if attempt else 0)
        try:
            return read(_body(client, url, patience))
        except Nonsense as odd:
            nonsense = odd
            event("odd_answer", url=url, reason=str(odd))
    kind = SourceUnreachable if isinstance(nonsense, Failing) else SourceChanged
    raise kind(f"{url}: {nonsense}") from nonsense


def is_error_message(body: bytes) -> bool:
    """Whether a body that should be XML or a file is a message of the failing server.

    It sends `<Error><Message>` or JSON.
    """
    head = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{"):
        return not head.startswith(b"{\\rtf")
    return re.match(rb"(<\?xml[^>]*>\s*)?<error\b", head) is not None


def _body(client: Client, url: str, patience: Patience) -> bytes:
    try:
        answer = client.get(url, patience=patience)
    except DocumentFault as fault:
        raise SourceChanged(fault.explanation) from fault
    if answer.status == 400:
        raise BadRequest(f"{url}: HTTP 400, {opening(answer.body)}")
    if answer.status != 200:
        raise SourceChanged(
            f"{url}: HTTP {answer.status} ({answer.url}); is the address right?"
        )
    return answer.body
