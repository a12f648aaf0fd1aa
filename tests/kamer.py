"""Pages of the Kamer's feed put together by hand, in the forms of the real ones."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

BASE = "https://gegevensmagazijn.tweedekamer.nl/SyncFeed/2.0"
ATOM = "http://www.w3.org/2005/Atom"
DATA = "http://www.tweedekamer.nl/xsd/tkData/v1-0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


def guid(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-000000000000"


def row(
    category: str,
    body: str = "",
    *,
    id: str | None = guid(1),  # noqa: A002 - the attribute's name
    bijgewerkt: str | None = "2024-09-20T12:25:46.7200000",
    verwijderd: str | None = "false",
    extra: str = "",
) -> str:
    """A row whose elements and attributes are prefixed, as the live feed has them."""
    given = {"id": id, "tk:bijgewerkt": bijgewerkt, "tk:verwijderd": verwijderd}
    attributes = "".join(
        f" {name}={quoteattr(value)}"
        for name, value in given.items()
        if value is not None
    )
    return f"<tk:{category}{attributes} {extra}>{body}</tk:{category}>"


def fields(**values: str | None) -> str:
    """Elements by their exact names, None as nil."""
    return "".join(
        f'<tk:{name} xsi:nil="true" />'
        if value is None
        else f"<tk:{name}>{escape(value)}</tk:{name}>"
        for name, value in values.items()
    )


def ref(name: str, target: str) -> str:
    return f'<tk:{name} ref="{target}" />'


def entry(
    row: str,
    token: int | str | None = 1,
    updated: str | None = "2024-09-23T06:50:28.1621419Z",
) -> str:
    link = f"{BASE}/Feed?skiptoken={token}&amp;category=Zaak"
    return (
        "<entry>"
        + (f"<updated>{updated}</updated>" if updated else "")
        + (f'<link rel="next" href="{link}" />' if token is not None else "")
        + f'<content type="application/xml">{row}</content></entry>'
    )


def feed(
    entries: Iterable[str] = (), following: object = None, resume: object = None
) -> bytes:
    links = "".join(
        f'<link rel="{rel}" href="{BASE}/Feed?skiptoken={token}&amp;category=Zaak" />'
        for rel, token in (("next", following), ("resume", resume))
        if token is not None
    )
    return (
        f'<feed xmlns="{ATOM}" xmlns:tk="{DATA}" xmlns:xsi="{XSI}">'
        f"<title>Gegevensmagazijn SyncFeed</title>{links}{''.join(entries)}</feed>"
    ).encode()


ZAAK = fields(
    nummer="2024Z13931",
    soort="Schriftelijke vragen",
    titel=None,
    citeertitel=None,
    alias=None,
    status="Vrijgegeven",
    onderwerp="Het artikel 'The brutal truth behind Italy’s migrant reduction:"
    " beatings and rape by EU-funded forces in Tunisia'",
    gestartOp="2024-09-20T00:00:00",
    organisatie="Tweede Kamer",
    grondslagvoorhang=None,
    termijn=None,
    vergaderjaar="2024-2025",
    volgnummer="-1",
    huidigeBehandelstatus=None,
    afgedaan="false",
    grootProject="false",
    kabinetsappreciatie=None,
)
"""The elements of the real zaak 2024Z13931, as its OData row tells them."""
