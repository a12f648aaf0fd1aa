"""One JSON object to one address, and no more than whether it was taken.

The address may hold a token, so it is told to nobody: not in an error, not in a log.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx
from tenacity import (
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential_jitter,
)

from etl.errors import ConfigurationError, SourceUnreachable, TransientError
from etl.sources.transport import Transport, base_origin, context_for, user_agent
from etl.sources.wire import Backend, Watch

ATTEMPTS = 3
SECONDS = 8.0
"""For one attempt, from the look-up of its name to the end of its answer."""


class Webhook:
    """Posts to one URL; private addresses only if the URL names them literally."""

    def __init__(
        self,
        url: str,
        *,
        contact: str | None = None,
        stopping: Callable[[], bool] = lambda: False,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = url
        self._stopping = stopping
        self._sleep = sleep
        self._watch = Watch(clock, stopping)
        self._http = httpx.Client(
            transport=Transport(
                Backend(self._watch), context_for([base_origin(_bare(url))])
            ),
            headers={"User-Agent": user_agent(contact)},
            timeout=SECONDS,
            trust_env=False,
        )

    def close(self) -> None:
        """Drop the connection."""
        self._http.close()

    def post(self, message: Mapping[str, Any]) -> None:
        """Send it, three times at most. Raises SourceUnreachable without the URL."""
        body = json.dumps(message, ensure_ascii=False).encode("utf-8", "replace")
        retrying = Retrying(
            retry=retry_if_exception_type(TransientError),
            stop=lambda state: self._stopping() or stop_after_attempt(ATTEMPTS)(state),
            wait=wait_exponential_jitter(initial=0.5, max=5),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            retrying(self._once, body)
        except TransientError as error:
            raise SourceUnreachable(f"the webhook took no message: {error}") from None

    def _once(self, body: bytes) -> None:
        self._watch.start(SECONDS)
        try:
            with self._http.stream(
                "POST",
                self._url,
                content=body,
                headers={"Content-Type": "application/json; charset=utf-8"},
            ) as answer:
                status = answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            # its text may name the address
            raise TransientError(type(error).__name__) from None
        if not 200 <= status < 300:
            raise TransientError(f"HTTP {status}")


def check_address(url: str) -> None:
    """Raises ConfigurationError, without the path, for what can never be called."""
    try:
        base_origin(_bare(url))
    except (ConfigurationError, httpx.InvalidURL):
        raise ConfigurationError(
            "ETL_ALERT_URL: its host is no name; write http(s)://host[:port]/path"
        ) from None


def _bare(url: str) -> str:
    """Scheme, host and port of the URL, which are no secret."""
    found = httpx.URL(url)
    return str(httpx.URL(scheme=found.scheme, host=found.host, port=found.port))
