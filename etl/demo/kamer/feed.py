"""The SyncFeed's XML: pages, entries and payloads as the real ones were seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from etl.demo.kamer.magazijn import Drift, Held
from etl.demo.kamer.shape import FILE_FIELDS, Kind, Shape
from etl.demo.kamer.values import Value, in_feed, utc, with_offset, xml_text

TK = "http://www.tweedekamer.nl/xsd/tkData/v1-0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SPECIAL = re.compile(r"[&<>\x00-\x08\x0b-\x1f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
ERROR = b"<Error><Message>An error has occurred.</Message></Error>"


@dataclass(slots=True)
class Writing:
    """Choices that the real server makes too, not always the same.

    `namespace`: of the payload, by `prefix`, as the `default` one or `none` at all.
    `tombstone`: `bare`, with `body`, or with a `capital` "True".
    """

    drift: Drift
    namespace: str = "prefix"
    tombstone: str = "bare"
    names: dict[
        tuple[str, str], tuple[list[tuple[str, str]], list[tuple[str, str, Kind]]]
    ] = field(default_factory=dict)

    def payload(self, held: Held, *, alone: bool = False) -> str:
        """The element of one entity; `alone` declares its namespaces."""
        prefix = "tk:" if self.namespace == "prefix" else ""
        root = prefix + held.shape.element
        head = "".join(
            f" {name}={quoteattr(value)}" for name, value in self._attributes(held)
        )
        children = "".join(self._children(held, prefix))
        end = f">{children}</{root}>" if children else " />"
        return f"<{root}{self._declared(alone=alone)}{head}{end}"

    def _declared(self, *, alone: bool) -> str:
        own = {"default": f' xmlns="{TK}"', "none": ' xmlns=""'}
        both = f' xmlns:tk="{TK}" xmlns:xsi="{XSI}"' if alone else ""
        return own.get(self.namespace, "") + both

    def _attributes(self, held: Held) -> list[tuple[str, str]]:
        prefix = "" if self.namespace == "none" else "tk:"
        found = [("id", held.id)]
        if held.placeholder:
            return found
        moment = in_feed(held.changed, local=held.shape.local_time)
        yes = "True" if self.tombstone == "capital" else "true"
        found.append((f"{prefix}bijgewerkt", moment))
        found.append((f"{prefix}verwijderd", yes if held.deleted else "false"))
        for name, kind in FILE_FIELDS.items() if self._whole(held) else ():
            value, written = held.fields.get(name), self.drift.name(name)
            if value is not None and written:
                found.append((f"{prefix}{written}", xml_text(kind, value)))
        return found

    def _whole(self, held: Held) -> bool:
        return not held.placeholder and (not held.deleted or self.tombstone == "body")

    def _children(self, held: Held, prefix: str) -> list[str]:
        if not self._whole(held):
            return []
        refs, fields = self._names(held.shape, prefix)
        found = [
            f'<{written} ref="{target}" />'
            for ref, written in refs
            for target in held.refs.get(ref, ())
        ]
        for name, written, kind in fields:
            found.append(_element(written, kind, held.fields.get(name)))
        for name, value in self.drift.added.items():
            found.append(_element(prefix + name, Kind.TEXT, value))
        return found

    def _names(
        self, shape: Shape, prefix: str
    ) -> tuple[list[tuple[str, str]], list[tuple[str, str, Kind]]]:
        """The links and the fields of a shape, each with its name of today."""
        key = (shape.name, prefix)
        if key not in self.names:
            refs = [
                (ref, prefix + written)
                for ref in shape.refs
                if (written := self.drift.name(ref))
            ]
            fields = [
                (name, prefix + written, kind)
                for name, kind in shape.fields.items()
                if (written := self.drift.name(name))
            ]
            self.names[key] = (refs, fields)
        return self.names[key]


def _element(name: str, kind: Kind, value: Value) -> str:
    if value is None:
        return f'<{name} xsi:nil="true" />'
    return f"<{name}>{_escaped(xml_text(kind, value))}</{name}>"


def _escaped(text: str) -> str:
    if not _SPECIAL.search(text):
        return text
    # XML 1.0 has no way to write most of these; the server's writer tries all the same.
    return _CONTROL.sub(lambda char: f"&#x{ord(char[0]):X};", escape(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request for a page: `query` is how its own address ends."""

    base: str
    category: str | None
    token: int | None

    def address(self, token: int | None) -> str:
        """The address of the page after a token."""
        parts = [] if token is None else [f"skiptoken={token}"]
        if self.category is not None:
            parts.append(f"category={self.category}")
        return f"{self.base}/Feed" + ("?" + "&".join(parts) if parts else "")


def page(asked: Asked, found: Sequence[Held], head: int, now: int, how: Writing) -> str:
    """A page; without entries it says where to resume: at `head`, or where it was."""
    if found:
        relation, token = "next", found[-1].token
    else:
        relation, token = "resume", max(head, asked.token or 0)
    title = "" if asked.category is None else f" (category: {asked.category})"
    return FEED.format(
        title=title,
        itself=escape(asked.address(asked.token)),
        relation=relation,
        link=escape(asked.address(token)),
        updated=with_offset(now),
        entries="".join(_entry(asked, held, how) for held in found),
    )


def _entry(asked: Asked, held: Held, how: Writing) -> str:
    return ENTRY.format(
        id=held.id,
        base=escape(asked.base),
        updated=utc(held.updated),
        term=held.shape.element,
        link=escape(asked.address(held.token)),
        payload=how.payload(held),
    )


FEED = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:tk="{TK}" xmlns:xsi="{XSI}">\
<title>Gegevensmagazijn SyncFeed{{title}}</title>\
<link rel="self" href="{{itself}}" /><link rel="{{relation}}" href="{{link}}" />\
<updated>{{updated}}</updated>\
<author><name>Tweede Kamer der Staten-Generaal</name>\
<uri>https://opendata.tweedekamer.nl</uri><email>opendata@tweedekamer.nl</email>\
</author><rights>Disclaimer: https://opendata.tweedekamer.nl/disclaimer</rights>\
<id>{{itself}}</id>{{entries}}</feed>"""

ENTRY = """<entry><title>{id}</title><id>{base}/Entiteiten/{id}</id>\
<author><name>Tweede Kamer der Staten-Generaal</name></author>\
<updated>{updated}</updated><category term="{term}" />\
<link rel="next" href="{link}" />\
<content type="application/xml">{payload}</content></entry>"""
