"""What an answer really is: KOOP says "missing" and "removed" with status 200 too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from etl.errors import DocumentFault
from etl.model.record import Bron, Offer, Unmodified, Withdrawn
from etl.sources.client import Response
from etl.sources.sru import looks_like_html, opening

_REMOVED = "publicatie is op verzoek van de publicerende organisatie verwijderd"
_MISSING_URL = re.compile(r"errors/404|fout404", re.IGNORECASE)
_HEADING = re.compile(rb"<(title|h1)\b[^>]*>(.*?)</\1", re.IGNORECASE | re.DOTALL)
_MISSING_TEXT = re.compile(
    rb"\b404\b|niet gevonden|bestaat niet|not found", re.IGNORECASE
)
PUBLICATION = re.compile(rb"kamervra|<vraag\b|class=\"(vraag|antwoord)\"|broodtekst")
"""What an HTML publication has and an error page has not."""

_END_MARKS = {"html": b"</html", "pdf": b"%%EOF", "odt": b"PK\x05\x06"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Missing:
    """Not served in this form."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something that may be right at a second try; `body` if it may do after all."""

    reason: str
    body: Bron | None = None


def judge(answer: Response, url: str, form: str) -> Offer | Missing | Oddity:
    """What the answer to a request for `url` in that form is.

    Raises DocumentFault (`request_refused`) for other errors than "missing".
    """
    if answer.status == 304:
        return Unmodified(url)
    if _is_removal(answer.body):
        return Withdrawn(url)
    if answer.status in (404, 410) or _MISSING_URL.search(answer.url):
        return Missing()
    if 300 <= answer.status < 400:
        raise DocumentFault(
            "request_refused", f"{url} leads to {answer.url[:200]}, which is not asked"
        )
    if answer.status >= 400:
        raise DocumentFault("request_refused", f"{url}: HTTP {answer.status}")
    if not answer.body.strip():
        return Missing()
    return _judge_body(answer, url, form)


def _judge_body(answer: Response, url: str, form: str) -> Bron | Missing | Oddity:
    body = answer.body
    if looks_like_html(body) and not (form == "html" and PUBLICATION.search(body)):
        return Missing() if says_missing(body) else Oddity(opening(body))
    bron = Bron(
        body=body,
        url=url,
        media_type=answer.media_type,
        fetched_at=answer.fetched_at,
        etag=answer.etag,
        last_modified=answer.last_modified,
    )
    return bron if _is_whole(body, form) else Oddity("a body without its end", bron)


def _is_whole(body: bytes, form: str) -> bool:
    """Whether the body has its end mark: one ended by a lost connection has not."""
    tail = body[-1024:]
    if form == "xml":
        return body.startswith(_UTF16) or tail.rstrip(b"\0 \t\r\n").endswith(b">")
    return _END_MARKS[form] in tail


def says_missing(page: bytes) -> bool:
    """Whether the headings of an HTML page say that what was asked for is not there."""
    return any(_MISSING_TEXT.search(one[2]) for one in _HEADING.finditer(page[:65_536]))


def _is_removal(body: bytes) -> bool:
    """Whether a page says so itself; an answer may quote the sentence."""
    if len(body) > 1_000_000 or b"verwijderd" not in body or _has_questions(body):
        return False
    text = re.sub(r"<[^>]*>", " ", body.decode("utf-8", "replace"))
    return _REMOVED in " ".join(unescape(text).split()).lower()


def _has_questions(body: bytes) -> bool:
    return b"kamervraagomschrijving" in body or b"<vraagdoc" in body
