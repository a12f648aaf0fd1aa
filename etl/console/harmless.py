"""Text from outside, made fit for a terminal and a log: no secret, no control."""

from __future__ import annotations

import re

_SECRETS = (
    (re.compile(r"(://[^/\s:@]*:)[^/\s@]+(@)"), r"\1***\2"),
    (
        re.compile(r"(\b(?:ssl)?password\s*=\s*)('[^']*'|[^\s&'\"]+)", re.IGNORECASE),
        r"\1***",
    ),
)
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)


_hidden: set[str] = set()


def hide(secret: str) -> None:
    """Never let this be said, whoever says it: a library logs what it is handed."""
    if secret:
        _hidden.add(secret)


def redacted(text: str) -> str:
    """The text without what is hidden, and the passwords of URLs and of libpq."""
    for secret in _hidden:
        text = text.replace(secret, "***")
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


def printable(text: str) -> str:
    """The text with control characters written out: none acts, none forges a line."""
    return _CONTROL.sub(lambda found: ascii(found[0])[1:-1], text)
