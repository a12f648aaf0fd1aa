"""One polite HTTP client for a run: bounded, paced, patient, and nowhere else.

It alone speaks HTTP. What is worth another attempt it tries again within a budget;
what comes out is a response, or one of SourceUnreachable, DocumentFault, Stopped.
"""

from __future__ import annotations

import random as chance
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Self

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type

from etl.errors import (
    DocumentFault,
    SourceUnreachable,
    Stopped,
    TransientError,
)
from etl.model.record import Validators
from etl.sources.body import DECODED_CAP, WIRE_CAP, read_body
from etl.sources.breaker import Breaker
from etl.sources.patience import (
    DOCUMENT,
    ODATA,
    PAGE,
    RESOURCE,
    RETRY_AFTER_CAP,
    SRU,
    Budget,
    Patience,
    asked_wait,
    moment_after,
)
from etl.sources.rate import Pace, Rates
from etl.sources.transport import (
    Transport,
    base_origin,
    context_for,
    host_of,
    origin_of,
    user_agent,
)
from etl.sources.wire import Backend, Watch

__all__ = [
    "DOCUMENT",
    "ODATA",
    "PAGE",
    "RESOURCE",
    "SRU",
    "Client",
    "Patience",
    "Rates",
    "Response",
    "user_agent",
]

CONNECT = 10.0
"""Seconds to wait for a connection."""

HOPS = 5
RETRY_STATUS = frozenset({408, 425, 429})
REDIRECT_STATUS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer read to its end. `url` is where redirects led to.

    `status` is a redirect's when that leads outside the configured hosts or goes
    on for too long; `url` is then the one that was not followed.
    """

    status: int
    url: str
    media_type: str | None
    body: bytes
    fetched_at: datetime
    etag: str | None = None
    last_modified: str | None = None


class Client:
    """Asks only the exact scheme, host and port of the `bases`, also after redirects.

    `clock` counts seconds, `now` tells the time (aware), `sleep` waits and may
    return early when asked to stop, which `stopping` then says. `resolve` finds
    the addresses of a host and port. `on_step` is told before each request, after the
    head, the first and the last piece of its answer: a sign that something moves, and
    where a test ends the process.
    One for each run; not for several threads.
    """

    def __init__(  # noqa: PLR0913 - all by keyword; the world is handed in by parts
        self,
        *,
        bases: Sequence[str],
        rates: Rates,
        user_agent: str,
        stopping: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
        random: Callable[[], float] = chance.random,
        resolve: Callable[[str, int], list[str]] | None = None,
        verify: ssl.SSLContext | None = None,
        on_step: Callable[[str], None] = lambda step: None,
    ) -> None:
        self._origins = frozenset(base_origin(base) for base in bases)
        self._pace = Pace(rates, clock)
        self._breaker = Breaker()
        self._stopping = stopping
        self._clock = clock
        self._now = now
        self._sleep = sleep
        self._random = random
        self._on_step = on_step
        self._watch = Watch(clock, stopping)
        self._http = httpx.Client(
            transport=Transport(
                Backend(self._watch, resolve), verify or context_for(self._origins)
            ),
            headers={"User-Agent": user_agent, "Accept-Encoding": "gzip"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Drop the connections."""
        self._http.close()

    def get(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        patience: Patience = DOCUMENT,
        wire_cap: int = WIRE_CAP,
        decoded_cap: int = DECODED_CAP,
    ) -> Response:
        """The answer to a GET, with any status that another attempt cannot mend.

        304 comes only where `validators` were given. Raises SourceUnreachable when
        the budget is spent, DocumentFault (`document_too_large`) for a body beyond
        the caps, Stopped.
        """
        headers = _conditions(validators)
        target = _parsed(url)
        budget = Budget(
            self._clock,
            self._random,
            patience.budget,
            self._breaker.attempts(host_of(target)),
        )
        retrying = Retrying(
            retry=retry_if_exception_type(TransientError),
            stop=lambda state: budget.is_spent(state.attempt_number),
            wait=lambda state: budget.wait(state.attempt_number, _problem(state)),
            sleep=self.pause,
            reraise=True,
        )
        try:
            answer = retrying(
                self._follow, target, headers, patience, (wire_cap, decoded_cap)
            )
        except TransientError as error:
            self._breaker.failed(host_of(target))
            raise SourceUnreachable(budget.story(url, error), error.status) from error
        self._breaker.answered(host_of(target))
        return answer

    def pause(self, seconds: float) -> None:
        """Wait. Raises Stopped as soon as we are asked to stop."""
        if seconds > 0:
            self._sleep(seconds)
            if self._stopping():
                raise Stopped("asked to stop while waiting for a source")

    def _follow(
        self,
        target: httpx.URL,
        headers: Mapping[str, str],
        patience: Patience,
        caps: tuple[int, int],
    ) -> Response:
        """One attempt: the answer at the end of at most five redirects."""
        if origin_of(target) not in self._origins:
            raise DocumentFault("request_refused", f"{target} is on no configured host")
        for _ in range(HOPS + 1):
            answer, location = self._ask(target, headers, patience, caps)
            if location is None:
                return answer
            target = location
            if origin_of(target) not in self._origins:
                break
        return Response(
            status=answer.status,
            url=str(target),
            media_type=None,
            body=b"",
            fetched_at=answer.fetched_at,
        )

    def _ask(
        self,
        target: httpx.URL,
        headers: Mapping[str, str],
        patience: Patience,
        caps: tuple[int, int],
    ) -> tuple[Response, httpx.URL | None]:
        """One request and its answer; where it redirects to, or None."""
        self.pause(self._pace.book(host_of(target)))
        self._watch.start(patience.deadline)
        timeout = httpx.Timeout(patience.read, connect=CONNECT)
        try:
            request = self._http.build_request(
                "GET", target, headers=headers, timeout=timeout
            )
            self._on_step("request")
            answer = self._http.send(request, stream=True)
            try:
                self._on_step("head")
                location = _location(answer, target)
                return self._received(answer, bool(headers), caps), location
            finally:
                answer.close()
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise TransientError(_described(error)) from error
        except (ValueError, LookupError) as error:
            raise TransientError(f"an unreadable answer ({error})") from error

    def _received(
        self, answer: httpx.Response, conditional: bool, caps: tuple[int, int]
    ) -> Response:
        status = answer.status_code
        if status in RETRY_STATUS or status >= 500:
            raise TransientError(f"HTTP {status}", self._asked_wait(answer), status)
        if status == 206 or (status == 304 and not conditional):
            raise TransientError(f"HTTP {status}, which was not asked for")
        encoding = answer.headers.get("content-encoding", "").strip().lower()
        body = b""
        if status not in REDIRECT_STATUS and status not in (204, 304):
            try:
                body = read_body(self._pieces(answer), encoding, *caps)
            except DocumentFault as fault:
                told = f"{answer.url}: {fault.explanation}"
                raise DocumentFault(fault.code, told) from fault
            self._on_step("last piece")
        return Response(
            status=status,
            url=str(answer.url),
            media_type=_short(answer.headers.get("content-type")),
            body=body,
            fetched_at=self._now(),
            etag=_short(answer.headers.get("etag")),
            last_modified=_short(answer.headers.get("last-modified")),
        )

    def _pieces(self, answer: httpx.Response) -> Iterator[bytes]:
        for number, piece in enumerate(answer.iter_raw()):
            if number == 0:
                self._on_step("first piece")
            yield piece

    def _asked_wait(self, answer: httpx.Response) -> float | None:
        """Seconds of a Retry-After. Raises SourceUnreachable beyond the cap."""
        text = answer.headers.get("retry-after", "").strip()
        wait = asked_wait(text, self._now())
        if wait is not None and wait > RETRY_AFTER_CAP:
            raise SourceUnreachable(
                f"{answer.url}: HTTP {answer.status_code} and Retry-After {text!r};"
                f" come back at {moment_after(self._now(), wait)}",
                answer.status_code,
            )
        return wait


def _problem(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _parsed(url: str) -> httpx.URL:
    try:
        return httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise DocumentFault("request_refused", f"{url!r} is no URL: {error}") from error


def _location(answer: httpx.Response, base: httpx.URL) -> httpx.URL | None:
    text = answer.headers.get("location")
    if answer.status_code not in REDIRECT_STATUS or not text:
        return None
    return base.join(text)


def _conditions(validators: Validators | None) -> dict[str, str]:
    if validators is None:
        return {}
    named = {
        "If-None-Match": validators.etag,
        "If-Modified-Since": validators.last_modified,
    }
    return {name: value for name, value in named.items() if value}


def _described(error: Exception) -> str:
    text = str(error).strip() or "no reason given"
    return f"{type(error).__name__}: {text[:200]}"


def _short(header: str | None) -> str | None:
    """A header worth keeping; an absurd one is as good as none."""
    return header if header and len(header) <= 500 else None
