"""Sockets, addresses and names of an HTTP client, for whoever speaks HTTP here."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterable

import httpcore
import httpx

from etl import __version__
from etl.errors import ConfigurationError
from etl.sources.wire import Backend

Origin = tuple[str, str, int]
"""Scheme, host and port."""


def user_agent(contact: str | None) -> str:
    """`aanhangsel-etl/0.1.0 (+contact)`, fit for a header whatever the contact is."""
    printable = "".join(c for c in contact or "" if " " <= c <= "~").strip()
    return f"aanhangsel-etl/{__version__}" + (f" (+{printable})" if printable else "")


class Transport(httpx.HTTPTransport):
    """httpx's own, over sockets that obey the watch; verification is never off."""

    def __init__(self, backend: Backend, context: ssl.SSLContext) -> None:
        super().__init__(verify=context, trust_env=False)
        # httpx takes no network backend; this pool is the one line that it lacks.
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            max_connections=2,
            max_keepalive_connections=2,
            keepalive_expiry=30.0,
            network_backend=backend,
        )


def context_for(origins: Iterable[Origin]) -> ssl.SSLContext:
    """The usual authorities; none at all, in a tenth of the time, without https."""
    if any(scheme == "https" for scheme, _, _ in origins):
        return httpx.create_ssl_context()
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def base_origin(base: str) -> Origin:
    """The origin of a configured URL. Raises ConfigurationError if it is none."""
    try:
        url = httpx.URL(base)
    except (httpx.InvalidURL, ValueError) as error:
        raise ConfigurationError(f"{base!r} is no URL: {error}") from error
    host = re.fullmatch(rb"[0-9a-z._:-]+", url.raw_host)
    if url.scheme not in ("http", "https") or not host or url.userinfo:
        raise ConfigurationError(f"{base!r}: write http(s)://host[:port]/path")
    return origin_of(url)


def host_of(url: httpx.URL) -> str:
    """The host; empty for a name that is spelt as no name can be."""
    try:
        return url.host
    except UnicodeError:
        return ""


def origin_of(url: httpx.URL) -> Origin:
    """Scheme, host and port; a URL with a user in it has an origin of its own."""
    port = url.port or {"http": 80, "https": 443}.get(url.scheme, 0)
    return (url.scheme if not url.userinfo else "user", host_of(url), port)
