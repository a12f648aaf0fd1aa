"""SyncFeed 2.0, the Kamer's feed of changes: pages of rows, and a walk along them.

Elements are known by namespace, never by prefix. The feed is compacted: each row
stands in it once, at its last change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from etl.errors import SourceChanged
from etl.model.canonical import instant, shown
from etl.model.entity import (
    ATTRIBUTES,
    FIELDS,
    IGNORED,
    REFS,
    Category,
    Drift,
    Entity,
    Entry,
    Page,
    Row,
    entity_of,
    guid_of,
)
from etl.sources.client import PAGE, Client
from etl.sources.seek import Mark, seek
from etl.sources.sensible import Failing, is_error_message, sensible
from etl.sources.sru import Nonsense, opening, parse_xml

_ATOM = "http://www.w3.org/2005/Atom"
_DATA = "http://www.tweedekamer.nl/xsd/tkData"
"""How the namespaces of the rows and their attributes begin; v1-0 follows."""
_ATTRIBUTE = "{" + _DATA
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_TOKEN = re.compile(r"\d{1,18}", re.ASCII)
_USUAL = re.compile(
    r"https?://[^?#]*/Feed\?(?:category=\w+&)?skiptoken=(\d{1,18})(?:&category=\w+)?",
    re.ASCII,
)
"""A link as it always was; taking an address to pieces costs more than a whole row."""

OVERLAP = timedelta(days=1)
"""How much earlier than asked a walk begins: `updated` is not strictly ascending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Feed:
    """A page before its rows are looked at."""

    entries: tuple[etree._Element, ...]
    following: str | None
    resume: str | None


def read_feed(body: bytes, category: Category) -> Page:
    """One page. Raises SourceChanged for anything but a feed of such rows."""
    try:
        return _page(_feed(body), category)
    except Nonsense as nonsense:
        raise SourceChanged(str(nonsense)) from nonsense


class SyncFeed:
    """Walks the feed, one request at a time, always below `base_url`.

    `event` hears of what is odd but costs nothing.
    """

    def __init__(
        self,
        client: Client,
        base_url: str,
        *,
        event: Callable[..., None] = lambda name, **details: None,
    ) -> None:
        self._client = client
        self._base = base_url.rstrip("/")
        self._event = event

    def pages(self, category: Category, token: str | None) -> Iterator[Page]:
        """The pages after `token` up to the end of the feed; None is its beginning.

        The last page is an empty one, if the feed ends as it should; its `resume` is
        where to begin next time. Raises SourceUnreachable, SourceChanged: what was
        yielded before stands.
        """
        asked = _checked(token)
        while True:
            url = self._address(category, asked)
            page = _page(self._fetched(url), category)
            following = page.following
            # Tokens ascend over the whole feed, so this finds every circle.
            if page.entries and following and int(following) <= int(asked or -1):
                raise SourceChanged(f"{url}: the next page is {following} again")
            yield page
            if not page.entries or following is None:
                return
            asked = following

    def start_at(self, day: date) -> str | None:
        """The token from which all that was received since `day` follows.

        A day of overlap is included. None is the beginning of the feed, also when
        it is empty. Raises SourceUnreachable, SourceChanged.
        """
        return seek(self._marks, datetime.combine(day, time(), UTC) - OVERLAP)

    def _marks(self, token: int | None) -> list[Mark]:
        """The places on a page of the feed of all categories."""
        feed = self._fetched(self._address(None, None if token is None else str(token)))
        marks = []
        for entry in feed.entries:
            place, _ = _link(entry, "next")
            marks.append((None if place is None else int(place), _updated(entry)))
        return marks

    def _address(self, category: Category | None, token: str | None) -> str:
        named = {"category": category, "skiptoken": token}
        query = "&".join(f"{name}={value}" for name, value in named.items() if value)
        return f"{self._base}/Feed" + (f"?{query}" if query else "")

    def _fetched(self, url: str) -> _Feed:
        return sensible(self._client, url, _feed, patience=PAGE, event=self._event)


def _feed(body: bytes) -> _Feed:
    """Raises Nonsense, or Failing for an error message."""
    if is_error_message(body):
        raise Failing(f"no feed but {opening(body)}")
    root = parse_xml(body)
    if root is None or root.tag != f"{{{_ATOM}}}feed":
        raise Nonsense(f"no feed but {opening(body)}")
    following, bad = _link(root, "next")
    resume, worse = _link(root, "resume")
    if bad or worse:
        raise Nonsense(f"a feed whose link is {shown(bad or worse)}")
    return _Feed(
        entries=tuple(root.iterfind(f"{{{_ATOM}}}entry")),
        following=following,
        resume=resume,
    )


def _page(feed: _Feed, category: Category) -> Page:
    """The rows of a page. Raises SourceChanged when not one entry holds any row."""
    drift = Drift()
    rows = [_row(entry) for entry in feed.entries]
    if rows and not any(row is not None for row in rows):
        raise SourceChanged(
            f"{category}: {len(rows)} entries, and no content that is known"
        )
    entries = []
    for entry, row in zip(feed.entries, rows, strict=True):
        token, bad = _link(entry, "next")
        if token is None:
            drift.note(f"{category}: an entry with the next link {shown(bad)}")
        entity, problem = _entity(row, category, drift, token)
        entries.append(
            Entry(token=token, updated=_updated(entry), entity=entity, problem=problem)
        )
    return Page(
        category=category,
        entries=tuple(entries),
        following=feed.following,
        resume=feed.resume,
        drift=drift.lines(),
    )


def _row(entry: etree._Element) -> etree._Element | None:
    """The row inside an entry, whatever way its namespace is given."""
    content = entry.find(f"{{{_ATOM}}}content")
    if content is None:
        return None
    for child in content.iterchildren(etree.Element):
        space = etree.QName(child).namespace or ""
        # Without an xmlns of its own a row inherits the feed's.
        if space in ("", _ATOM) or space.startswith(_DATA):
            return child
    return None


def _entity(
    row: etree._Element | None, category: Category, drift: Drift, token: str | None
) -> tuple[Entity | None, str | None]:
    """The entity, or None and why there is none. `token` is the place behind it."""
    if row is None:
        drift.note(f"{category}: an entry without known content")
        return None, f"{category}: no known content"
    name = _name(row)
    if name != category.lower():
        drift.note(f"{category}: an entry of category {shown(name)}")
        return None, f"{category}: of category {shown(name)}"
    spelled = _spelled(row, category, drift)
    try:
        entity = entity_of(category, spelled)
    except ValueError as problem:
        if guid_of(spelled.id) is None:
            drift.note(f"{problem}: the entry before skiptoken {token} is left out")
        return None, str(problem)
    if not entity.deleted:
        drift.row(category, entity.fields)
    return entity, None


def _spelled(element: etree._Element, category: Category, drift: Drift) -> Row:
    row = Row()
    given = {
        _local_name(name): value
        for name, value in element.items()
        if name[0] != "{" or name.startswith(_ATTRIBUTE)
    }
    row.id = given.pop("id", None)
    row.deleted = given.pop("verwijderd", None)
    row.changed = given.pop("bijgewerkt", None)
    known, refs = FIELDS[category], REFS[category]
    for name in ATTRIBUTES & known.keys():
        row.values[name] = given.pop(name, None)
    for name in given:
        drift.unknown(category, "attribute", name)
    for child in element.iterchildren(etree.Element):
        name = _name(child)
        if name in refs:
            row.refs.setdefault(name, []).append(_ref(child))
        elif name in known:
            if name in row.values:
                drift.note(f"{category}: field '{name}' repeated")
            row.values.setdefault(name, _text(child))
        elif name not in IGNORED[category]:
            what = "field" if _ref(child) is None else "reference"
            drift.unknown(category, what, name)
    return row


def _name(element: etree._Element) -> str:
    return _local_name(str(element.tag))


@lru_cache(maxsize=1000)
def _local_name(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def _ref(element: etree._Element) -> str | None:
    for name, value in element.items():
        if _local_name(name) == "ref":
            return str(value)
    return None


def _text(element: etree._Element) -> str | None:
    nil = element.get(_NIL)
    if nil is not None and nil.strip().lower() in ("true", "1"):
        return None
    return "".join(element.itertext()) if len(element) else element.text or ""


def _updated(entry: etree._Element) -> datetime | None:
    text = entry.findtext(f"{{{_ATOM}}}updated")
    try:
        return instant(text) if text else None
    except ValueError:
        return None


def _link(element: etree._Element, rel: str) -> tuple[str | None, str | None]:
    """The token of an element's own link; else None and the link that has none."""
    for link in element.iterfind(f"{{{_ATOM}}}link"):
        if link.get("rel") == rel:
            href = str(link.get("href", ""))
            token = _token(href)
            return (token, None) if token else (None, href or "empty")
    return None, None


def _token(href: str) -> str | None:
    if usual := _USUAL.fullmatch(href):
        return usual[1]
    try:
        query = parse_qs(urlsplit(href).query, max_num_fields=50)
    except ValueError:
        return None
    named = {name.lower(): values for name, values in query.items()}
    found = [
        each for name in ("skiptoken", "$skiptoken") for each in named.get(name, ())
    ]
    return found[0] if found and _TOKEN.fullmatch(found[0]) else None


def _checked(token: str | None) -> str | None:
    if token is not None and not _TOKEN.fullmatch(token):
        raise SourceChanged(f"the cursor {shown(token)} is no skiptoken")
    return token
