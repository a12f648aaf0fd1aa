"""Word and OpenDocument files made by hand, as small as they may be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
ODT = "application/vnd.oasis.opendocument.text"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODT_NAMES = "".join(
    f' xmlns:{name}="{_ODF}:{long}:1.0"'
    for name, long in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
    )
)
NAMES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}"'


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip with these members; `mimetype` is stored as OpenDocument wants it."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else None
            archive.writestr(name, content, compress_type=stored)
    return whole.getvalue()


def docx(
    body: str,
    *,
    links: Mapping[str, str] | None = None,
    more: Mapping[str, str | bytes] | None = None,
    **parts: str,
) -> bytes:
    """A .docx with this content of w:body.

    `parts` are the contents of word/numbering.xml, footnotes, header1 and so on,
    without their root; `links` are addresses by relationship id; `more` are members.
    """
    return zipped({**docx_members(body, links or {}, parts), **(more or {})})


def docx_members(
    body: str, links: Mapping[str, str], parts: Mapping[str, str]
) -> dict[str, str | bytes]:
    kinds = {name: name.rstrip("0123456789") for name in parts}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for name, kind in {**kinds, "document": "document.main"}.items()
    )
    rels = "".join(
        f'<Relationship Id="p{n}" Type="{R}/{kind}" Target="{name}.xml"/>'
        for n, (name, kind) in enumerate(kinds.items())
    ) + "".join(
        f'<Relationship Id="{id_}" Type="{R}/hyperlink" Target="{url}" '
        'TargetMode="External"/>'
        for id_, url in links.items()
    )
    root = {"header": "hdr", "footer": "ftr"}
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="d" Type="{R}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/'
        f'relationships">{rels}</Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body>"
        "</w:document>",
    }
    for name, content in parts.items():
        tag = root.get(kinds[name], kinds[name])
        members[f"word/{name}.xml"] = f"<w:{tag} {NAMES}>{content}</w:{tag}>"
    return members


def run(text: str) -> str:
    """A run; line breaks and tabs as Word writes them."""
    inside = escape(text).replace("\n", "</w:t><w:br/><w:t>")
    inside = inside.replace("\t", "</w:t><w:tab/><w:t>")
    return f'<w:r><w:t xml:space="preserve">{inside}</w:t></w:r>'


def p(*content: str, style: str = "", num: str = "", level: int = 0) -> str:
    """A paragraph of texts, or of elements that begin with "<"."""
    inside = "".join(x if x.startswith("<") else run(x) for x in content)
    pstyle = f'<w:pStyle w:val="{style}"/>' if style else ""
    numbered = (
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
        if num
        else ""
    )
    return f"<w:p><w:pPr>{pstyle}{numbered}</w:pPr>{inside}</w:p>"


def paragraphs(*texts: str) -> str:
    return "".join(map(p, texts))


def table(*rows: Sequence[str]) -> str:
    """A table of cells, each the content of one paragraph."""
    inside = "".join(
        "<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{inside}</w:tbl>"


def numbering(*levels: tuple[str, str], num: str = "1") -> str:
    """One list with its number; a level is a format and a text ("%1.")."""
    inside = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (style, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{num}">{inside}</w:abstractNum>'
        f'<w:num w:numId="{num}"><w:abstractNumId w:val="{num}"/></w:num>'
    )


def note(number: int, text: str, kind: str = "footnote") -> str:
    """A note as the part of its kind holds it."""
    inside = text if text.startswith("<") else run(text)
    return (
        f'<w:{kind} w:id="{number}"><w:p><w:r><w:{kind}Ref/></w:r>'
        f"{inside}</w:p></w:{kind}>"
    )


def ref(number: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def typed(text: str) -> bytes:
    """A .docx of a text: a paragraph for each group of lines, as one types it."""
    groups = [group.strip("\n") for group in text.split("\n\n")]
    return docx("".join(p(group) if group.strip() else p() for group in groups))


def odt(text: str, styles: str = "", page: str = "") -> bytes:
    """An .odt with this content of office:text."""
    return zipped(
        {
            "mimetype": ODT,
            "content.xml": f"<office:document-content{_ODT_NAMES} "
            'xmlns:xlink="http://www.w3.org/1999/xlink"><office:automatic-styles>'
            f"{styles}</office:automatic-styles><office:body><office:text>{text}"
            "</office:text></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles{_ODT_NAMES}>"
            f"<office:master-styles><style:master-page>{page}</style:master-page>"
            "</office:master-styles></office:document-styles>",
            "META-INF/manifest.xml": "<manifest/>",
        }
    )
